//! What a key can see and do, for `verify`. Nothing is changed; App Store Connect does not tell a key
//! its role, so what it may read is taken as evidence, and said to be no more than that.

use serde::Deserialize;

use crate::asc::apps::{self, App};
use crate::asc::endpoints;
use crate::asc::wire::document::Page;
use crate::asc::wire::error::Error;
use crate::asc::wire::transport::Client;

/// What a key was seen to see and do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// The apps that it sees, 200 at most.
    pub apps: Vec<App>,
    /// Whether there are more.
    pub more_apps: bool,
    /// Whether it may list the team's people.
    pub users: Access,
    /// Whether it may list the team's certificates.
    pub certificates: Access,
}

/// Whether something may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// It was.
    Allowed,
    /// Apple answered 403; its own sentence, where there was one.
    Forbidden(String),
    /// Neither: what went wrong.
    Undecided(String),
}

#[derive(Debug, Default, Deserialize)]
struct Nothing {}

/// Looks: three reads. An error is one of the list of apps, without which the key is of no use.
pub async fn look(client: &Client) -> Result<Abilities, Error> {
    let (apps, more_apps) = apps::visible(client).await?;
    Ok(Abilities {
        apps,
        more_apps,
        users: access(client, endpoints::USERS).await,
        certificates: access(client, endpoints::CERTIFICATES).await,
    })
}

async fn access(client: &Client, path: &str) -> Access {
    match client.get::<Page<Nothing>>(path, &[("limit", "1")]).await {
        Ok(_) => Access::Allowed,
        Err(error) => match error.refusal() {
            Some(refusal) if refusal.status == 403 => Access::Forbidden(
                refusal
                    .errors
                    .first()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            ),
            _ => Access::Undecided(error.to_string()),
        },
    }
}

impl Abilities {
    /// What this says about the key's role, in one careful sentence.
    pub fn role(&self) -> &'static str {
        match (&self.users, &self.certificates) {
            (Access::Allowed, Access::Allowed) => {
                "the key may list people and certificates, as a key with the Admin role may"
            }
            (Access::Allowed, _) => "the key may list people, but not certificates",
            (_, Access::Allowed) => {
                "the key may list certificates but not people, as a key with the App Manager or Developer role may"
            }
            (Access::Forbidden(_), Access::Forbidden(_)) => {
                "the key may list neither people nor certificates; App Manager and Developer keys can be like this, and so can keys that may not upload"
            }
            _ => "what the key may do could not be found out",
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
        let list = || ok(&json!({"data": [{"id": "1", "attributes": null}]}));
        let server = Server::new(vec![list(), refused(403, "FORBIDDEN_ERROR"), list()]).await;
        let abilities = look(&server.client()).await.unwrap();
        assert_eq!(abilities.apps.len(), 1);
        assert_eq!(abilities.users, Access::Forbidden("No".into()));
        assert_eq!(abilities.certificates, Access::Allowed);
        assert!(abilities.role().contains("App Manager"));
        assert_eq!(
            server.lines()[1..],
            ["GET /v1/users?limit=1", "GET /v1/certificates?limit=1"]
        );
    }

    #[tokio::test]
    async fn what_could_not_be_found_out_is_not_guessed() {
        let server = Server::new(vec![ok(&json!({"data": []})), status(400), status(400)]).await;
        let abilities = look(&server.client()).await.unwrap();
        assert!(matches!(abilities.users, Access::Undecided(_)));
        assert!(abilities.role().contains("could not be found out"));
    }
}
