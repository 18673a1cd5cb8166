//! `appEncryptionDeclarations`: Apple's approval of an app's encryption. They are made in App Store Connect.

use serde_json::json;

use crate::asc::wire::error::Error;
use crate::asc::wire::page::FULL_PAGE;
use crate::asc::wire::path;
use crate::asc::wire::record::{self, reference};
use crate::asc::wire::transport::Client;
use crate::http::method::Method;
use crate::ids::{AppId, BuildId};

const KIND: &str = "appEncryptionDeclarations";

/// The newest declaration of an app that Apple has approved.
pub async fn approved(client: &Client, app: &AppId) -> Result<Option<String>, Error> {
    let path = path::of_app(app, KIND);
    let found = record::list(client, &path, &[("limit", FULL_PAGE)]).await?;
    let approved = found
        .data
        .into_iter()
        .filter(|one| one.word("appEncryptionDeclarationState") == "APPROVED");
    Ok(approved
        .max_by_key(|one| one.text("createdDate"))
        .map(|one| one.id))
}

/// Shows a declaration with a build. Doing it twice changes nothing.
pub async fn attach(client: &Client, build: &BuildId, declaration: &str) -> Result<(), Error> {
    let path = path::of_build(build, "relationships/appEncryptionDeclaration");
    let body = json!({ "data": reference(KIND, declaration) });
    record::set(client, Method::Patch, &path, &body).await
}
