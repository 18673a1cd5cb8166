//! `betaGroups`: whom a build is given to.

use serde_json::json;

use crate::asc::wire::error::Error;
use crate::asc::wire::page::FULL_PAGE;
use crate::asc::wire::path;
use crate::asc::wire::record::{self, Record, reference};
use crate::asc::wire::transport::Client;
use crate::http::method::Method;
use crate::ids::{AppId, BuildId};

/// Groups of testers of all apps.
const BETA_GROUPS: &str = "/v1/betaGroups";

/// A group of testers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BetaGroup {
    /// Its id.
    pub id: String,
    /// Its name, which need not be the only one of its kind.
    pub name: String,
    /// Whether its testers belong to the team; the others get no build before Apple has looked at it.
    pub is_internal: bool,
    /// Whether it has every build by itself.
    pub has_all_builds: bool,
    /// Where anybody can join, where that is open.
    pub public_link: Option<String>,
}

/// The groups of an app.
pub async fn of_app(client: &Client, app: &AppId) -> Result<Vec<BetaGroup>, Error> {
    let query = [("limit", FULL_PAGE)];
    let found = record::list(client, &path::of_app(app, "betaGroups"), &query).await?;
    Ok(found.data.iter().map(group).collect())
}

/// The ids of the groups that have a build.
pub async fn with_build(
    client: &Client,
    app: &AppId,
    build: &BuildId,
) -> Result<Vec<String>, Error> {
    let query = [
        ("filter[app]", app.as_str()),
        ("filter[builds]", build.as_str()),
        ("limit", FULL_PAGE),
    ];
    let found = record::list(client, BETA_GROUPS, &query).await?;
    Ok(found.data.into_iter().map(|group| group.id).collect())
}

/// Gives a build to groups. Doing it twice changes nothing.
pub async fn add(client: &Client, build: &BuildId, groups: &[&BetaGroup]) -> Result<(), Error> {
    let list: Vec<_> = groups
        .iter()
        .map(|group| reference("betaGroups", &group.id))
        .collect();
    let path = path::of_build(build, "relationships/betaGroups");
    record::set(client, Method::Post, &path, &json!({ "data": list })).await
}

fn group(record: &Record) -> BetaGroup {
    BetaGroup {
        id: record.id.clone(),
        name: record.word("name"),
        is_internal: record.flag("isInternalGroup").unwrap_or(false),
        has_all_builds: record.flag("hasAccessToAllBuilds").unwrap_or(false),
        public_link: record
            .flag("publicLinkEnabled")
            .filter(|open| *open)
            .and_then(|_| record.text("publicLink")),
    }
}
