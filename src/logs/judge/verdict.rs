//! Did it work? Decided by what the tools say at the end, never by an exit code alone, and never by
//! lines that only look like errors.

use std::sync::OnceLock;

use regex::bytes::RegexSet;

use crate::event::Verdict;

/// How much a sign decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The upload or check as a whole worked.
    Delivered,
    /// The upload or check as a whole failed.
    Refused,
    /// A step before the upload worked; errors after it still count.
    Built,
    /// A step before the upload failed.
    NotBuilt,
    /// It is said in passing that something failed.
    Stumbled,
}

const SIGNS: &[(Sign, &str)] = &[
    (
        Sign::Delivered,
        r"\b(?:UPLOAD|VERIFY|VALIDATION) SUCCEEDED\b",
    ),
    (
        Sign::Delivered,
        r"(?i)\bno errors (?:uploading|validating)\b",
    ),
    (
        Sign::Delivered,
        r"(?i)\b(?:package|packages|archive|app|binary|build|ipa|file)s?(?: \S+)? (?:was|were|has been|have been) (?:successfully )?(?:uploaded|delivered)(?: successfully)?",
    ),
    (
        Sign::Delivered,
        r"(?i)successfully (?:uploaded|delivered)\b",
    ),
    (
        Sign::Delivered,
        r"^\s*(?:Upload succeeded|Upload Successful)\b",
    ),
    (
        Sign::Delivered,
        r"(?i)^\s*IMPORT-STATUS:?\s*(?:VALID|COMPLETE)\b",
    ),
    (
        Sign::Refused,
        r"(?i)^\s*IMPORT-STATUS:?\s*(?:INVALID|FAILED)\b",
    ),
    (Sign::Refused, r"\b(?:UPLOAD|VERIFY|VALIDATION) FAILED\b"),
    (Sign::Refused, r"(?i)packages? (?:was|were) not uploaded"),
    (
        Sign::Refused,
        r"(?i)Return status of iTunes Transporter was [1-9]",
    ),
    (
        Sign::Refused,
        r"(?i)iTMSTransporter completed with a non-zero exit status",
    ),
    (
        Sign::Built,
        r"^\s*(?:\*\* (?:EXPORT|ARCHIVE) SUCCEEDED \*\*)",
    ),
    (Sign::NotBuilt, r"\*\* (?:EXPORT|ARCHIVE|BUILD) FAILED \*\*"),
    (
        Sign::NotBuilt,
        r"^\s*(?:\[.{0,12}\] )?Encountered error while (?:creating the IPA|archiving)",
    ),
    (Sign::NotBuilt, r"(?i)^Distribution failed with errors"),
    (
        Sign::Built,
        r"^\s*[1-9]\d* (?:certificates?|keys?|identit(?:y|ies)) imported",
    ),
    (
        Sign::Stumbled,
        r"(?i)\b(?:failed|unable) to (?:upload|validate) (?:package|archive|app|the|your)\b",
    ),
    (Sign::Stumbled, r"(?i)\berrors? (?:uploading|validating) '"),
    (Sign::Stumbled, r#"(?i)"?altool"? exited with code -?[1-9]"#),
    (Sign::Stumbled, r"(?i)^\s*Exit status: [1-9]"),
];

/// What decides so far.
#[derive(Debug, Default)]
pub struct Verdicts {
    delivered: Option<bool>,
    built: Option<bool>,
    stumbled: bool,
    /// An error was found after the last step that worked.
    error: bool,
}

impl Verdicts {
    /// Looks at a line without its prefixes.
    pub fn line(&mut self, body: &str) {
        static SET: OnceLock<RegexSet> = OnceLock::new();
        let set = SET.get_or_init(|| {
            regex::bytes::RegexSetBuilder::new(SIGNS.iter().map(|(_, pattern)| pattern))
                .unicode(false)
                .build()
                .expect("the signs build, a test uses them")
        });
        for index in &set.matches(body.as_bytes()) {
            self.sign(SIGNS[index].0);
        }
    }

    /// Takes a sign; the last one of a kind decides.
    pub fn sign(&mut self, sign: Sign) {
        match sign {
            Sign::Delivered => self.delivered = Some(true),
            Sign::Refused => self.delivered = Some(false),
            Sign::Built => {
                self.built = Some(true);
                self.error = false;
                self.stumbled = false;
            }
            Sign::NotBuilt => self.built = Some(false),
            Sign::Stumbled => self.stumbled = true,
        }
    }

    /// An error of Apple's or its tools' was found.
    pub fn error(&mut self) {
        self.error = true;
    }

    /// The verdict.
    pub fn decide(&self) -> Verdict {
        let worked = match (self.delivered, self.built) {
            (Some(delivered), _) => Some(delivered),
            (None, Some(false)) => Some(false),
            (None, _) if self.stumbled || self.error => Some(false),
            (None, built) => built,
        };
        match worked {
            Some(true) => Verdict::Succeeded,
            Some(false) => Verdict::Failed,
            None => Verdict::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(lines: &[&str]) -> Verdict {
        let mut verdicts = Verdicts::default();
        for line in lines {
            verdicts.line(line);
        }
        verdicts.decide()
    }

    #[test]
    fn a_banner_decides_and_nothing_else_does() {
        assert_eq!(
            decide(&["UPLOAD SUCCEEDED with no errors"]),
            Verdict::Succeeded
        );
        assert_eq!(decide(&["UPLOAD FAILED with 2 errors"]), Verdict::Failed);
        assert_eq!(decide(&["Exit status: 0"]), Verdict::Unknown);
        assert_eq!(
            decide(&[
                "UPLOAD FAILED with 1 error",
                "UPLOAD SUCCEEDED with no errors"
            ]),
            Verdict::Succeeded
        );
    }

    #[test]
    fn a_good_export_does_not_hide_a_failed_upload() {
        assert_eq!(
            decide(&["** EXPORT SUCCEEDED **", "Failed to upload package."]),
            Verdict::Failed
        );
    }
}
