//! What a key can see and do, for `verify`. Nothing is changed; App Store Connect does not tell a key
//! its role, so what it may read is taken as evidence, and said to be no more than that.

use serde_json::Value;

use crate::asc::apps::{self, App};
use crate::asc::certificates;
use crate::asc::profiles;
use crate::asc::wire::error::Error;
use crate::asc::wire::path;
use crate::asc::wire::transport::Client;
use crate::diagnostic::Diagnostic;

/// The team's people.
const USERS: &str = "/v1/users";
/// The team's bundle identifiers.
const BUNDLE_IDS: &str = "/v1/bundleIds";

/// Apple's code where an agreement is not signed, or is over.
const AGREEMENT: &str = "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED";

/// What a key was seen to see and do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// The apps that it sees, 200 at most.
    pub apps: Vec<App>,
    /// Whether there are more.
    pub more_apps: bool,
    /// Whether it may list the team's people.
    pub users: Access,
    /// Whether it may list the submissions of an app to the reviewers, which asks for the right to manage it.
    pub submissions: Access,
    /// Whether it may list the team's certificates.
    pub certificates: Access,
    /// Whether it may list the team's profiles.
    pub profiles: Access,
    /// Whether it may list the team's bundle identifiers.
    pub bundle_ids: Access,
    /// The team's id, where a bundle identifier tells it.
    pub team: Option<String>,
    /// What Apple says of agreements, where something is wrong with them.
    pub agreements: Vec<Diagnostic>,
}

/// Whether something may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It was.
    Allowed,
    /// Apple answered 403.
    Forbidden,
    /// Neither.
    Undecided,
}

/// The role that fits what was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It could not be found out.
    Unknown,
    /// Developer, or one that may look and no more.
    Developer,
    /// App Manager.
    AppManager,
    /// Admin.
    Admin,
}

/// Looks: six reads. An error is one of the list of apps, without which the key is of no use.
pub async fn look(client: &Client) -> Result<Abilities, Error> {
    let (apps, more_apps) = apps::visible(client).await?;
    let mut agreements = Vec::new();
    let mut look = async |path: String| access(client, &path, &mut agreements).await;
    let users = look(USERS.to_owned()).await.0;
    let submissions = match apps.first() {
        Some(app) => look(path::of_app(&app.id, "reviewSubmissions")).await.0,
        None => Access::Undecided,
    };
    let certificates = look(certificates::CERTIFICATES.to_owned()).await.0;
    let profiles = look(profiles::PROFILES.to_owned()).await.0;
    let (bundle_ids, first) = look(BUNDLE_IDS.to_owned()).await;
    let team = first["attributes"]["seedId"].as_str().map(str::to_owned);
    Ok(Abilities {
        apps,
        more_apps,
        users,
        submissions,
        certificates,
        profiles,
        bundle_ids,
        team,
        agreements,
    })
}

/// Whether a list may be read, and the first thing in it.
async fn access(client: &Client, path: &str, agreements: &mut Vec<Diagnostic>) -> (Access, Value) {
    match client.get::<Value>(path, &[("limit", "1")]).await {
        Ok(page) => (
            Access::Allowed,
            page.pointer("/data/0").cloned().unwrap_or_default(),
        ),
        Err(error) if error.has_code(AGREEMENT) => {
            agreements.extend(error.findings());
            (Access::Undecided, Value::Null)
        }
        Err(error) if error.status() == Some(403) => (Access::Forbidden, Value::Null),
        Err(_) => (Access::Undecided, Value::Null),
    }
}

impl Abilities {
    /// The role that fits.
    pub fn role(&self) -> Role {
        match (self.users, self.submissions) {
            (Access::Allowed, _) => Role::Admin,
            (_, Access::Allowed) => Role::AppManager,
            (_, Access::Forbidden) => Role::Developer,
            (Access::Forbidden | Access::Undecided, Access::Undecided) => Role::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::wire::test_server::{Server, ok, refused, status};
    use serde_json::json;

    #[tokio::test]
    async fn what_a_key_may_read_is_evidence_of_its_role() {
        let list = || ok(&json!({"data": [{"id": "1", "attributes": {"seedId": "A1B2C3D4E5"}}]}));
        let no = || refused(403, "FORBIDDEN_ERROR");
        let server = Server::new(vec![list(), no(), list(), no(), no(), list()]).await;
        let abilities = look(&server.client()).await.unwrap();
        assert_eq!(abilities.apps.len(), 1);
        assert_eq!(abilities.users, Access::Forbidden);
        assert_eq!(abilities.certificates, Access::Forbidden);
        assert_eq!(abilities.role(), Role::AppManager);
        assert_eq!(abilities.team.as_deref(), Some("A1B2C3D4E5"));
        assert_eq!(
            server.lines()[1..],
            [
                "GET /v1/users?limit=1",
                "GET /v1/apps/1/reviewSubmissions?limit=1",
                "GET /v1/certificates?limit=1",
                "GET /v1/profiles?limit=1",
                "GET /v1/bundleIds?limit=1"
            ]
        );
    }

    #[tokio::test]
    async fn what_could_not_be_found_out_is_not_guessed() {
        let nothing = (0..4).map(|_| status(400));
        let answers = [ok(&json!({"data": []}))].into_iter().chain(nothing);
        let server = Server::new(answers.collect()).await;
        let abilities = look(&server.client()).await.unwrap();
        assert_eq!(abilities.role(), Role::Unknown);
        assert_eq!(abilities.submissions, Access::Undecided);
    }

    #[tokio::test]
    async fn an_agreement_that_only_some_calls_miss_is_told() {
        let list = || ok(&json!({"data": [{"id": "1", "attributes": null}]}));
        let unsigned = || refused(403, AGREEMENT);
        let answers = vec![list(), unsigned(), list(), unsigned(), list(), list()];
        let server = Server::new(answers).await;
        let abilities = look(&server.client()).await.unwrap();
        assert_eq!(abilities.agreements.len(), 2);
        assert_eq!(abilities.users, Access::Undecided);
    }
}
