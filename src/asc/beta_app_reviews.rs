//! `betaAppReviewSubmissions`, and what Apple's reviewers want to know first: `betaAppReviewDetails` and
//! `betaAppLocalizations` of the app.

use serde_json::json;

use crate::asc::wire::error::Error;
use crate::asc::wire::page::FULL_PAGE;
use crate::asc::wire::path;
use crate::asc::wire::record::{self, body};
use crate::asc::wire::transport::Client;
use crate::ids::{AppId, BuildId};

/// Where builds are submitted to the beta review.
const BETA_APP_REVIEW_SUBMISSIONS: &str = "/v1/betaAppReviewSubmissions";

const KIND: &str = "betaAppReviewSubmissions";

/// Whom the reviewers ask, and with which account they sign in.
const CONTACT: [&str; 4] = [
    "contactFirstName",
    "contactLastName",
    "contactPhone",
    "contactEmail",
];

/// How far the review of a build is, in Apple's word; `None` where it was not submitted.
pub async fn state(client: &Client, build: &BuildId) -> Result<Option<String>, Error> {
    let path = path::of_build(build, "betaAppReviewSubmission");
    let found = record::read(client, &path, &[]).await?;
    Ok(found.map(|(submission, _)| submission.word("betaReviewState")))
}

/// Submits a build to the beta review; gives Apple's word for how far that is.
pub async fn submit(client: &Client, build: &BuildId) -> Result<String, Error> {
    let body = body(
        KIND,
        None,
        json!({}),
        &[("build", "builds", build.as_str())],
    );
    let look = || async {
        let path = path::of_build(build, "betaAppReviewSubmission");
        Ok(record::read(client, &path, &[])
            .await?
            .map(|(there, _)| there))
    };
    let made = record::make(client, BETA_APP_REVIEW_SUBMISSIONS, &body, look).await?;
    Ok(made.word("betaReviewState"))
}

/// What is missing for a beta review, each as the resource's and the field's own name, with the locale where
/// it is of one.
pub async fn missing(client: &Client, app: &AppId) -> Result<Vec<Missing>, Error> {
    let mut missing = Vec::new();
    let path = path::of_app(app, "betaAppLocalizations");
    let locales = record::list(client, &path, &[("limit", FULL_PAGE)])
        .await?
        .data;
    if locales.is_empty() {
        missing.push(Missing::new("description", None));
    }
    for record in &locales {
        let locale = record.text("locale");
        for field in ["description", "feedbackEmail"] {
            if record.text(field).is_none() {
                missing.push(Missing::new(field, locale.clone()));
            }
        }
    }
    let path = path::of_app(app, "betaAppReviewDetail");
    let Some((detail, _)) = record::read(client, &path, &[]).await? else {
        missing.extend(CONTACT.map(|field| Missing::new(field, None)));
        return Ok(missing);
    };
    let signs_in = detail.flag("demoAccountRequired") == Some(true);
    let account = ["demoAccountName", "demoAccountPassword"];
    let wanted = CONTACT
        .into_iter()
        .chain(account.into_iter().filter(|_| signs_in));
    missing.extend(
        wanted
            .filter(|field| detail.text(field).is_none())
            .map(|field| Missing::new(field, None)),
    );
    Ok(missing)
}

/// A field that is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Apple's name of the field.
    pub field: &'static str,
    /// Of which language, where it is of one.
    pub locale: Option<String>,
}

impl Missing {
    fn new(field: &'static str, locale: Option<String>) -> Self {
        Self { field, locale }
    }
}
