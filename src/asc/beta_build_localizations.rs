//! `betaBuildLocalizations`: what to test, in each language.

use serde_json::json;

use crate::asc::wire::error::Error;
use crate::asc::wire::page::FULL_PAGE;
use crate::asc::wire::path;
use crate::asc::wire::record::{self, Record, body};
use crate::asc::wire::transport::Client;
use crate::http::method::Method;
use crate::ids::BuildId;

/// Where notes in a language are added to a build.
const BETA_BUILD_LOCALIZATIONS: &str = "/v1/betaBuildLocalizations";

const KIND: &str = "betaBuildLocalizations";

/// What to test, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localization {
    /// Its id.
    pub id: String,
    /// Such as `en-US`.
    pub locale: String,
    /// The notes; empty where there are none.
    pub whats_new: String,
}

/// The notes of a build. A new build has none for a while.
pub async fn of_build(client: &Client, build: &BuildId) -> Result<Vec<Localization>, Error> {
    let path = path::of_build(build, KIND);
    let found = record::list(client, &path, &[("limit", FULL_PAGE)]).await?;
    Ok(found.data.iter().map(localization).collect())
}

/// Adds a language with its notes. Apple may make the same one meanwhile and refuse ours then.
pub async fn add(client: &Client, build: &BuildId, locale: &str, text: &str) -> Result<(), Error> {
    let attributes = json!({ "locale": locale, "whatsNew": text });
    let body = body(
        KIND,
        None,
        attributes,
        &[("build", "builds", build.as_str())],
    );
    let look = || async {
        let path = path::of_build(build, KIND);
        let there = record::list(client, &path, &[("limit", FULL_PAGE)]).await?;
        let mut there = there.data.into_iter();
        Ok(there.find(|record| record.word("locale") == locale))
    };
    record::make(client, BETA_BUILD_LOCALIZATIONS, &body, look)
        .await
        .map(|_| ())
}

/// Changes the notes of a language.
pub async fn change(client: &Client, id: &str, text: &str) -> Result<(), Error> {
    let body = body(KIND, Some(id), json!({ "whatsNew": text }), &[]);
    record::set(client, Method::Patch, &path::one(KIND, id), &body).await
}

fn localization(record: &Record) -> Localization {
    Localization {
        id: record.id.clone(),
        locale: record.word("locale"),
        whats_new: record.text("whatsNew").unwrap_or_default(),
    }
}
