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
        finding(self.code(), self, self.fix(), "api-key")
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
        finding(self.code(), self, self.fix(), input)
    }
}

fn finding(
    code: Code,
    problem: &dyn std::error::Error,
    fix: Vec<&'static str>,
    input: &str,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(code, problem.to_string()).about(Subject::WorkflowInput {
        name: input.to_owned(),
    });
    fix.into_iter().fold(diagnostic, Diagnostic::fix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_a_documented_code_and_a_fix() {
        for diagnostic in [
            KeyProblem::Empty.diagnostic(),
            KeyProblem::OtherCurve("P-384").diagnostic(),
            KeyProblem::Unrecognised(3).diagnostic(),
            IdentityProblem::Swapped.diagnostic(),
            IdentityProblem::IssuerIdMalformed("x".into()).diagnostic(),
        ] {
            assert!(CODES.contains(&diagnostic.code));
            assert!(!diagnostic.fix.is_empty(), "{}", diagnostic.code);
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
