//! Did it work? Decided by what the tools say at the end, never by an exit code alone, and never by
//! lines that only look like errors.

use std::sync::OnceLock;

use crate::event::Verdict;
use crate::logs::dialect::Sign;
use crate::logs::dialects::{self, altool, transporter};
use crate::logs::expression::ascii;
use crate::text::expressions::Expressions;

/// The signs of all dialects, in their order, with the dialect's name.
struct Signs {
    expressions: Expressions,
    each: Vec<(Sign, &'static str)>,
}

/// Whose messages so far are overcome: a step worked after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overcome {
    Nobodys,
    /// Those of one tool.
    Of(&'static str),
    Everybodys,
}

fn signs() -> &'static Signs {
    static BUILT: OnceLock<Signs> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut all: Vec<(Sign, &str, &'static str)> = dialects::all(|dialect| dialect.signs)
            .map(|(dialect, (sign, pattern))| (*sign, *pattern, dialect.name))
            .collect();
        all.sort_by_key(|(sign, _, _)| *sign);
        Signs {
            expressions: Expressions::new(
                all.iter().map(|(_, pattern, _)| (*pattern).to_owned()),
                ascii,
            ),
            each: all.iter().map(|(sign, _, name)| (*sign, *name)).collect(),
        }
    })
}

/// The signs that a line has, the later ones decide more.
fn signs_of(body: &str) -> impl Iterator<Item = (Sign, &'static str)> {
    let Signs { expressions, each } = signs();
    expressions.fitting(body).map(|index| each[index])
}

/// What decides so far.
#[derive(Debug, Default)]
pub struct Verdicts {
    delivered: Option<bool>,
    /// Apple's own tool said at last that it did not work; who ran it may not have noticed.
    refused_by_tool: bool,
    /// A package was uploaded, and not only checked.
    uploaded: bool,
    built: Option<bool>,
    stumbled: bool,
    /// An error was found after the last step that worked.
    error: bool,
    /// The last word of whoever ran the tools.
    job: Option<bool>,
}

impl Verdicts {
    /// Looks at a line without its prefixes; says whose messages so far are overcome.
    pub fn line(&mut self, body: &str) -> Overcome {
        let mut overcome = Overcome::Nobodys;
        for (sign, dialect) in signs_of(body) {
            if !self.trusts(sign, dialect) {
                continue;
            }
            overcome = match (self.sign(sign), sign) {
                (true, _) => Overcome::Everybodys,
                (false, Sign::Verified) => Overcome::Of(dialect),
                (false, _) => overcome,
            };
        }
        overcome
    }

    /// Whether a sign counts: what Apple's own tool refused is not uploaded because its wrapper says so. A tool
    /// that is run again says by itself that it worked.
    fn trusts(&mut self, sign: Sign, dialect: &str) -> bool {
        let is_tool = [altool::DIALECT.name, transporter::DIALECT.name].contains(&dialect);
        match sign {
            Sign::Refused => self.refused_by_tool |= is_tool,
            Sign::Delivered | Sign::Checked if is_tool => self.refused_by_tool = false,
            Sign::Delivered | Sign::Verified | Sign::JobPassed => return !self.refused_by_tool,
            _ => {}
        }
        true
    }

    /// Whether the line says that something worked.
    pub fn is_good(body: &str) -> bool {
        signs_of(body).any(|(sign, _)| match sign {
            Sign::Delivered
            | Sign::Checked
            | Sign::Prepared
            | Sign::Verified
            | Sign::Built
            | Sign::JobPassed => true,
            Sign::Refused | Sign::NotBuilt | Sign::Stumbled | Sign::JobFailed => false,
        })
    }

    /// Takes a sign; the last one of a kind decides. Says whether all that went wrong before is overcome.
    pub fn sign(&mut self, sign: Sign) -> bool {
        match sign {
            Sign::Delivered | Sign::Checked => {
                self.delivered = Some(true);
                self.uploaded |= sign == Sign::Delivered;
                self.job = None;
                return true;
            }
            Sign::Refused => self.delivered = Some(false),
            Sign::Prepared | Sign::Verified | Sign::Built => {
                self.built = Some(true);
                self.error = false;
                self.stumbled = false;
                self.job = None;
                return sign == Sign::Built;
            }
            Sign::NotBuilt => self.built = Some(false),
            Sign::Stumbled => self.stumbled = true,
            Sign::JobPassed => self.job = Some(true),
            Sign::JobFailed => self.job = Some(false),
        }
        false
    }

    /// An error of Apple's or its tools' was found.
    pub fn error(&mut self) {
        self.error = true;
    }

    /// Whether a package was uploaded so far.
    pub fn has_uploaded(&self) -> bool {
        self.uploaded && self.delivered == Some(true)
    }

    /// Whether a package was uploaded, and then something failed that comes after it.
    pub fn failed_after_upload(&self) -> bool {
        self.has_uploaded() && self.job == Some(false)
    }

    /// The verdict.
    pub fn decide(&self) -> Verdict {
        let worked = match (self.delivered, self.built, self.job) {
            (Some(false), _, _) | (_, _, Some(false)) => Some(false),
            (Some(true), _, _) => Some(true),
            (None, Some(false), _) => Some(false),
            (None, _, _) if self.stumbled || self.error => Some(false),
            (None, Some(true), _) | (None, None, Some(true)) => Some(true),
            (None, None, None) => None,
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
    fn a_wrapper_does_not_make_good_what_apples_tool_refused() {
        let refused = "UPLOAD FAILED with 1 error";
        let wrapper = "Successfully uploaded the new binary to App Store Connect";
        assert_eq!(decide(&[wrapper]), Verdict::Succeeded);
        assert_eq!(decide(&[refused, wrapper]), Verdict::Failed);
        assert_eq!(
            decide(&[refused, "fastlane.tools finished successfully"]),
            Verdict::Failed
        );
        let again = "UPLOAD SUCCEEDED with no errors";
        assert_eq!(decide(&[refused, again, wrapper]), Verdict::Succeeded);
    }

    #[test]
    fn the_last_word_of_the_job_decides_even_after_a_good_upload() {
        let uploaded = "UPLOAD SUCCEEDED with no errors";
        let failed = "Process completed with exit code 1.";
        assert_eq!(decide(&[failed]), Verdict::Failed);
        assert_eq!(decide(&[uploaded, failed]), Verdict::Failed);
        assert_eq!(decide(&[failed, uploaded]), Verdict::Succeeded);
        assert_eq!(
            decide(&["Process completed with exit code 0."]),
            Verdict::Unknown
        );
        let mut verdicts = Verdicts::default();
        verdicts.line("VERIFY SUCCEEDED with no errors");
        verdicts.line(failed);
        assert!(!verdicts.failed_after_upload());
        verdicts.line(uploaded);
        verdicts.line(failed);
        assert!(verdicts.failed_after_upload());
    }

    #[test]
    fn a_good_export_does_not_hide_a_failed_upload() {
        assert_eq!(
            decide(&["** EXPORT SUCCEEDED **", "Failed to upload package."]),
            Verdict::Failed
        );
    }
}
