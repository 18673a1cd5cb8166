//! `buildBetaDetails`: whether a build can be tested yet. A build that is `VALID` may still be
//! processed here.

use std::fmt;

use serde::Deserialize;

use crate::asc::endpoints;
use crate::asc::wire::document::{Document, Resource, plain};
use crate::asc::wire::error::Error;
use crate::asc::wire::transport::Client;
use crate::ids::BuildId;

/// The beta states of a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BetaDetail {
    /// For the team's own testers.
    pub internal: BetaState,
    /// For everybody else.
    pub external: BetaState,
}

/// A beta state in Apple's own word, such as `READY_FOR_BETA_TESTING`; empty where Apple gave none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BetaState(String);

impl BetaState {
    /// Apple's word.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether Apple is still at it.
    pub fn is_processing(&self) -> bool {
        self.0 == "PROCESSING" || self.0.is_empty()
    }

    /// Whether Apple could not process the build for testing.
    pub fn is_exception(&self) -> bool {
        self.0 == "PROCESSING_EXCEPTION"
    }

    /// Whether the export compliance answer is missing.
    pub fn lacks_export_compliance(&self) -> bool {
        self.0 == "MISSING_EXPORT_COMPLIANCE"
    }
}

impl fmt::Display for BetaState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attributes {
    internal_build_state: Option<String>,
    external_build_state: Option<String>,
}

/// The beta states of a build; `None` where Apple has none yet.
pub async fn of_build(client: &Client, build: &BuildId) -> Result<Option<BetaDetail>, Error> {
    let answer: Result<Document<Option<Resource<Attributes>>>, Error> =
        client.get(&endpoints::beta_detail_of(build), &[]).await;
    match answer {
        Ok(document) => Ok(document.data.map(beta_detail)),
        Err(error) if error.status() == Some(404) => Ok(None),
        Err(error) => Err(error),
    }
}

fn beta_detail(mut resource: Resource<Attributes>) -> BetaDetail {
    let attributes = resource.take_attributes();
    let state = |name: Option<String>| BetaState(plain(&name.unwrap_or_default()));
    BetaDetail {
        internal: state(attributes.internal_build_state),
        external: state(attributes.external_build_state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::wire::test_server::{Server, ok, refused};
    use serde_json::json;

    #[tokio::test]
    async fn a_build_without_beta_states_has_none_yet() {
        let id = BuildId::new("b1");
        for reply in [ok(&json!({"data": null})), refused(404, "NOT_FOUND")] {
            let server = Server::new(vec![reply]).await;
            assert_eq!(of_build(&server.client(), &id).await.unwrap(), None);
        }
        let server = Server::new(vec![refused(403, "FORBIDDEN_ERROR")]).await;
        assert!(of_build(&server.client(), &id).await.is_err());
    }

    #[tokio::test]
    async fn beta_states_keep_apples_words() {
        let server = Server::new(vec![ok(&json!({"data": {"id": "d1", "attributes":
            {"internalBuildState": "MISSING_EXPORT_COMPLIANCE", "externalBuildState": null}}}))])
        .await;
        let detail = of_build(&server.client(), &BuildId::new("b1"))
            .await
            .unwrap()
            .unwrap();
        assert!(detail.internal.lacks_export_compliance() && !detail.internal.is_processing());
        assert!(detail.external.is_processing());
    }
}
