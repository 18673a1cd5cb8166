//! `buildBetaDetails`: whether a build can be tested yet. A build that is `VALID` may still be
//! processed here.

use std::fmt;

use serde::Deserialize;
use serde_json::json;

use crate::asc::wire::document::{Document, Resource};
use crate::asc::wire::error::Error;
use crate::asc::wire::path;
use crate::asc::wire::record;
use crate::asc::wire::transport::Client;
use crate::http::method::Method;
use crate::ids::BuildId;
use crate::text;

/// The beta states of a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BetaDetail {
    /// Its id.
    pub id: String,
    /// Whether testers are told of the build by themselves; Apple's word is missing now and then.
    pub notifies: Option<bool>,
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

    /// Whether a build in this external state waits for somebody to submit it to the beta review.
    pub fn waits_for_submission(&self) -> bool {
        self.0 == "READY_FOR_BETA_SUBMISSION"
    }

    /// Whether a build in this external state never goes to outside testers.
    pub fn is_for_team(&self) -> bool {
        self.0 == "NOT_APPLICABLE"
    }

    /// Whether outside testers can get a build in this external state.
    pub fn is_testable(&self) -> bool {
        ["BETA_APPROVED", "IN_BETA_TESTING", "READY_FOR_BETA_TESTING"].contains(&self.0.as_str())
    }

    /// Whether a build in this external state was submitted to the beta review and not rejected.
    pub fn is_past_submission(&self) -> bool {
        [
            "WAITING_FOR_BETA_REVIEW",
            "IN_BETA_REVIEW",
            "BETA_APPROVED",
            "IN_BETA_TESTING",
            "READY_FOR_BETA_TESTING",
        ]
        .contains(&self.0.as_str())
    }
}

/// Whether testers can get a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Testing {
    /// The team's own testers can.
    Ready,
    /// Not before the question on encryption is answered.
    LacksExportCompliance,
    /// Not before Apple has looked at the answer on encryption.
    InComplianceReview,
    /// Not any more.
    Expired,
    /// Never: Apple could not process the build for testing.
    Failed,
    /// Apple uses a word that says none of it.
    Unknown,
}

impl BetaDetail {
    /// Whether Apple is done with the build, one way or the other.
    pub fn is_settled(&self) -> bool {
        let internal = self.internal.as_str();
        !internal.is_empty() && internal != "PROCESSING" && self.external.as_str() != "PROCESSING"
    }

    /// Whether the question on encryption is not answered, or the answer does not count yet.
    pub fn lacks_export_compliance(&self) -> bool {
        self.testing() == Testing::LacksExportCompliance
    }

    /// What the states come to. Words of
    /// <https://developer.apple.com/documentation/appstoreconnectapi/internalbetastate>.
    pub fn testing(&self) -> Testing {
        let either = |word| self.internal.as_str() == word || self.external.as_str() == word;
        if either("PROCESSING_EXCEPTION") {
            return Testing::Failed;
        }
        if either("MISSING_EXPORT_COMPLIANCE") {
            return Testing::LacksExportCompliance;
        }
        match self.internal.as_str() {
            "READY_FOR_BETA_TESTING" | "IN_BETA_TESTING" => Testing::Ready,
            "IN_EXPORT_COMPLIANCE_REVIEW" => Testing::InComplianceReview,
            "EXPIRED" => Testing::Expired,
            _ => Testing::Unknown,
        }
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
    auto_notify_enabled: Option<bool>,
}

/// The beta states of a build; `None` where Apple has none yet.
pub async fn of_build(client: &Client, build: &BuildId) -> Result<Option<BetaDetail>, Error> {
    let answer: Result<Document<Option<Resource<Attributes>>>, Error> = client
        .get(&path::of_build(build, "buildBetaDetail"), &[])
        .await;
    match answer {
        Ok(document) => Ok(document.data.map(beta_detail)),
        Err(error) if error.status() == Some(404) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Says whether testers are told of the build by themselves.
pub async fn notify(client: &Client, id: &str, notifies: bool) -> Result<(), Error> {
    let attributes = json!({ "autoNotifyEnabled": notifies });
    let body = record::body("buildBetaDetails", Some(id), attributes, &[]);
    let path = path::one("buildBetaDetails", id);
    record::set(client, Method::Patch, &path, &body).await
}

fn beta_detail(mut resource: Resource<Attributes>) -> BetaDetail {
    let attributes = resource.take_attributes();
    let state = |name: Option<String>| BetaState(text::lines(&name.unwrap_or_default()));
    BetaDetail {
        id: resource.id,
        notifies: attributes.auto_notify_enabled,
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
        assert!(detail.is_settled());
        assert_eq!(detail.testing(), Testing::LacksExportCompliance);
    }

    #[test]
    fn only_apples_own_word_makes_a_build_ready() {
        let of = |internal: &str, external: &str| BetaDetail {
            id: String::new(),
            notifies: None,
            internal: BetaState(internal.to_owned()),
            external: BetaState(external.to_owned()),
        };
        for (internal, external, settled, testing) in [
            (
                "READY_FOR_BETA_TESTING",
                "READY_FOR_BETA_SUBMISSION",
                true,
                Testing::Ready,
            ),
            ("IN_BETA_TESTING", "", true, Testing::Ready),
            ("IN_BETA_TESTING", "PROCESSING", false, Testing::Ready),
            (
                "READY_FOR_BETA_TESTING",
                "MISSING_EXPORT_COMPLIANCE",
                true,
                Testing::LacksExportCompliance,
            ),
            (
                "PROCESSING_EXCEPTION",
                "MISSING_EXPORT_COMPLIANCE",
                true,
                Testing::Failed,
            ),
            (
                "IN_EXPORT_COMPLIANCE_REVIEW",
                "",
                true,
                Testing::InComplianceReview,
            ),
            ("EXPIRED", "EXPIRED", true, Testing::Expired),
            ("SOMETHING_NEW", "", true, Testing::Unknown),
            ("PROCESSING", "", false, Testing::Unknown),
            ("", "", false, Testing::Unknown),
        ] {
            let detail = of(internal, external);
            assert_eq!(
                (detail.is_settled(), detail.testing()),
                (settled, testing),
                "{internal} {external}"
            );
        }
    }
}
