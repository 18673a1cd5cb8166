//! Findings about the key and its ids. A code is for ever.

use crate::credentials::identity::IdentityProblem;
use crate::credentials::problem::KeyProblem;
use crate::diagnostic::{Code, Diagnostic, Subject};

const KEY_EMPTY: Code = Code::new("api-key-empty");
const KEY_NOT_EXPANDED: Code = Code::new("api-key-not-expanded");
const KEY_IS_A_PATH: Code = Code::new("api-key-is-a-path");
const KEY_TRUNCATED: Code = Code::new("api-key-truncated");
const KEY_WRONG_KIND: Code = Code::new("api-key-wrong-kind");
const KEY_ENCRYPTED: Code = Code::new("api-key-encrypted");
const KEY_DAMAGED: Code = Code::new("api-key-damaged");
const KEY_UNRECOGNISED: Code = Code::new("api-key-unrecognised");
const KEY_ID_WRONG: Code = Code::new("api-key-id-wrong");
const ISSUER_ID_WRONG: Code = Code::new("api-issuer-id-wrong");
const IDS_SWAPPED: Code = Code::new("api-ids-swapped");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    KEY_EMPTY,
    KEY_NOT_EXPANDED,
    KEY_IS_A_PATH,
    KEY_TRUNCATED,
    KEY_WRONG_KIND,
    KEY_ENCRYPTED,
    KEY_DAMAGED,
    KEY_UNRECOGNISED,
    KEY_ID_WRONG,
    ISSUER_ID_WRONG,
    IDS_SWAPPED,
];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[
    (KEY_WRONG_KIND, "key-id"),
    (KEY_WRONG_KIND, "issuer-id"),
    (KEY_ID_WRONG, "placeholder"),
    (KEY_ID_WRONG, "issuer-id"),
    (KEY_ID_WRONG, "key"),
    (ISSUER_ID_WRONG, "placeholder"),
    (ISSUER_ID_WRONG, "key-id"),
    (ISSUER_ID_WRONG, "key"),
];

impl KeyProblem {
    /// The stable name of the problem.
    pub fn code(&self) -> Code {
        match self {
            Self::Empty => KEY_EMPTY,
            Self::NotExpanded(_) => KEY_NOT_EXPANDED,
            Self::FilePath => KEY_IS_A_PATH,
            Self::Truncated => KEY_TRUNCATED,
            Self::Rsa
            | Self::OtherCurve(_)
            | Self::OtherAlgorithm
            | Self::Certificate
            | Self::SigningRequest
            | Self::PublicKey
            | Self::Pkcs12
            | Self::ProvisioningProfile
            | Self::Json
            | Self::Token
            | Self::KeyId
            | Self::IssuerId => KEY_WRONG_KIND,
            Self::Encrypted => KEY_ENCRYPTED,
            Self::Damaged => KEY_DAMAGED,
            Self::Unrecognised(_) => KEY_UNRECOGNISED,
        }
    }

    /// The problem as a finding about the workflow's input.
    pub fn diagnostic(&self) -> Diagnostic {
        let case = match self {
            Self::KeyId => Some("key-id"),
            Self::IssuerId => Some("issuer-id"),
            Self::Empty
            | Self::NotExpanded(_)
            | Self::FilePath
            | Self::Truncated
            | Self::Rsa
            | Self::OtherCurve(_)
            | Self::OtherAlgorithm
            | Self::Certificate
            | Self::SigningRequest
            | Self::PublicKey
            | Self::Encrypted
            | Self::Pkcs12
            | Self::ProvisioningProfile
            | Self::Json
            | Self::Token
            | Self::Damaged
            | Self::Unrecognised(_) => None,
        };
        finding(self.code(), self, case, "api-key")
    }
}

impl IdentityProblem {
    /// The stable name of the problem.
    pub fn code(&self) -> Code {
        match self {
            Self::KeyIdMissing | Self::IssuerIdAsKeyId | Self::KeyIdMalformed(_) => KEY_ID_WRONG,
            Self::KeyIdAsIssuerId | Self::IssuerIdMalformed(_) => ISSUER_ID_WRONG,
            Self::Swapped => IDS_SWAPPED,
            Self::NotExpanded { name, .. } | Self::KeyAsId(name) => {
                if *name == "issuer id" {
                    ISSUER_ID_WRONG
                } else {
                    KEY_ID_WRONG
                }
            }
        }
    }

    /// The problem as a finding about the workflow's input.
    pub fn diagnostic(&self) -> Diagnostic {
        let input = if self.code() == ISSUER_ID_WRONG {
            "api-issuer-id"
        } else {
            "api-key-id"
        };
        let case = match self {
            Self::NotExpanded { .. } => Some("placeholder"),
            Self::IssuerIdAsKeyId => Some("issuer-id"),
            Self::KeyIdAsIssuerId => Some("key-id"),
            Self::KeyAsId(_) => Some("key"),
            Self::KeyIdMissing
            | Self::Swapped
            | Self::KeyIdMalformed(_)
            | Self::IssuerIdMalformed(_) => None,
        };
        finding(self.code(), self, case, input)
    }
}

fn finding(
    code: Code,
    problem: &dyn std::error::Error,
    case: Option<&'static str>,
    input: &str,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(code, problem.to_string()).about(Subject::WorkflowInput {
        name: input.to_owned(),
    });
    match case {
        Some(case) => diagnostic.case(case),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_a_listed_code_and_case() {
        for diagnostic in [
            KeyProblem::Empty.diagnostic(),
            KeyProblem::OtherCurve("P-384").diagnostic(),
            KeyProblem::Unrecognised(3).diagnostic(),
            KeyProblem::KeyId.diagnostic(),
            KeyProblem::IssuerId.diagnostic(),
            IdentityProblem::Swapped.diagnostic(),
            IdentityProblem::IssuerIdAsKeyId.diagnostic(),
            IdentityProblem::KeyIdAsIssuerId.diagnostic(),
            IdentityProblem::KeyAsId("API key id").diagnostic(),
            IdentityProblem::KeyAsId("issuer id").diagnostic(),
            IdentityProblem::IssuerIdMalformed("x".into()).diagnostic(),
        ] {
            assert!(diagnostic.is_listed(CODES, CASES), "{diagnostic:?}");
            assert!(diagnostic.fix.is_empty(), "the catalogue has the steps");
            assert!(!diagnostic.title.is_empty());
        }
    }

    #[test]
    fn no_code_is_listed_twice() {
        let mut codes: Vec<&str> = CODES.iter().map(Code::as_str).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), CODES.len());
    }
}
