//! `reviewSubmissions` and their items: what Apple's reviewers are asked to look at.

use serde_json::json;

use crate::asc::wire::error::Error;
use crate::asc::wire::page::FULL_PAGE;
use crate::asc::wire::path;
use crate::asc::wire::record::{self, Record, body};
use crate::asc::wire::transport::Client;
use crate::http::method::Method;
use crate::ids::{AppId, Platform};

/// Where submissions to the reviewers are made.
const REVIEW_SUBMISSIONS: &str = "/v1/reviewSubmissions";
/// Where something is put into a submission.
const REVIEW_SUBMISSION_ITEMS: &str = "/v1/reviewSubmissionItems";

const KIND: &str = "reviewSubmissions";
const ITEMS: &str = "reviewSubmissionItems";
const VERSION: &str = "appStoreVersion";
const VERSIONS: &str = "appStoreVersions";

/// All but those that are over.
const OPEN: &str =
    "READY_FOR_REVIEW,WAITING_FOR_REVIEW,IN_REVIEW,UNRESOLVED_ISSUES,CANCELING,COMPLETING";

/// A submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Its id.
    pub id: String,
    /// `READY_FOR_REVIEW`, `WAITING_FOR_REVIEW`, `IN_REVIEW`, `UNRESOLVED_ISSUES`, `CANCELING`, `COMPLETING` or
    /// `COMPLETE`.
    pub state: String,
    /// The id of the version in it, where there is one.
    pub version: Option<String>,
}

/// The submissions of an app for a platform that are not over.
pub async fn open(
    client: &Client,
    app: &AppId,
    platform: Platform,
) -> Result<Vec<Submission>, Error> {
    let query = [
        ("filter[platform]", platform.api_name()),
        ("filter[state]", OPEN),
        ("include", "appStoreVersionForReview"),
        ("limit", FULL_PAGE),
    ];
    let all = record::list(client, &path::of_app(app, KIND), &query).await?;
    Ok(all.data.iter().map(submission).collect())
}

/// One submission; `None` where Apple does not find it.
pub async fn read(client: &Client, id: &str) -> Result<Option<Submission>, Error> {
    let query = [("include", "appStoreVersionForReview")];
    let found = record::read(client, &path::one(KIND, id), &query).await?;
    Ok(found.map(|(one, _)| submission(&one)))
}

/// Makes a submission with nothing in it.
pub async fn make(client: &Client, app: &AppId, platform: Platform) -> Result<Submission, Error> {
    let attributes = json!({ "platform": platform.api_name() });
    let body = body(KIND, None, attributes, &[("app", "apps", app.as_str())]);
    let look = || async {
        let query = [
            ("filter[platform]", platform.api_name()),
            ("filter[state]", "READY_FOR_REVIEW"),
        ];
        let all = record::list(client, &path::of_app(app, KIND), &query).await?;
        Ok(all.data.into_iter().next())
    };
    record::make(client, REVIEW_SUBMISSIONS, &body, look)
        .await
        .map(|one| submission(&one))
}

/// The ids of the versions in a submission.
pub async fn versions(client: &Client, id: &str) -> Result<Vec<String>, Error> {
    let query = [("include", VERSION), ("limit", FULL_PAGE)];
    let all = record::list(client, &path::of(KIND, id, "items"), &query).await?;
    let of = |item: &Record| item.linked(VERSION).map(str::to_owned);
    Ok(all.data.iter().filter_map(of).collect())
}

/// Puts a version into a submission.
pub async fn add(client: &Client, id: &str, version: &str) -> Result<(), Error> {
    let links = [("reviewSubmission", KIND, id), (VERSION, VERSIONS, version)];
    let body = body(ITEMS, None, json!({}), &links);
    let look = || async {
        let query = [("include", VERSION), ("limit", FULL_PAGE)];
        let all = record::list(client, &path::of(KIND, id, "items"), &query).await?;
        let mut items = all.data.into_iter();
        Ok(items.find(|item| item.linked(VERSION) == Some(version)))
    };
    record::make(client, REVIEW_SUBMISSION_ITEMS, &body, look)
        .await
        .map(|_| ())
}

/// Hands a submission to the reviewers.
pub async fn submit(client: &Client, id: &str) -> Result<(), Error> {
    change(client, id, "submitted").await
}

/// Takes a submission back, which takes Apple a while. That Apple can't is no failure where it is taken back already, by
/// an earlier try whose answer got lost or by somebody else.
pub async fn take_back(client: &Client, submission: &Submission) -> Result<(), Error> {
    if submission.state == "CANCELING" {
        return Ok(());
    }
    let id = &submission.id;
    match change(client, id, "canceled").await {
        Err(error) if error.says("cancellable") || error.says("cancelable") => {
            match read(client, id).await? {
                Some(now) if !is_ending(&now.state) => Err(error),
                Some(_) | None => Ok(()),
            }
        }
        result => result,
    }
}

/// Whether a submission in this state is over, or will be without anybody's doing.
fn is_ending(state: &str) -> bool {
    ["CANCELING", "COMPLETING", "COMPLETE"].contains(&state)
}

async fn change(client: &Client, id: &str, what: &str) -> Result<(), Error> {
    let body = body(KIND, Some(id), json!({ what: true }), &[]);
    record::set(client, Method::Patch, &path::one(KIND, id), &body).await
}

fn submission(one: &Record) -> Submission {
    Submission {
        id: one.id.clone(),
        state: one.word("state"),
        version: one.linked("appStoreVersionForReview").map(str::to_owned),
    }
}
