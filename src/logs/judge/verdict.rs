//! Did it work? Decided by what the tools say at the end, never by an exit code alone, and never by
//! lines that only look like errors.

use std::sync::OnceLock;

use regex::bytes::RegexSet;

use crate::event::Verdict;
use crate::logs::dialect::Sign;
use crate::logs::dialects;
use crate::logs::expression::ascii_set;

/// The signs of all dialects, in their order.
struct Signs {
    set: RegexSet,
    each: Vec<Sign>,
}

fn signs() -> &'static Signs {
    static BUILT: OnceLock<Signs> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut all: Vec<(Sign, &str)> = dialects::all(|dialect| dialect.signs)
            .map(|(_, sign)| *sign)
            .collect();
        all.sort_by_key(|(sign, _)| *sign);
        Signs {
            set: ascii_set(all.iter().map(|(_, pattern)| *pattern)),
            each: all.iter().map(|(sign, _)| *sign).collect(),
        }
    })
}

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
        let Signs { set, each } = signs();
        for sign in set.matches(body.as_bytes()).iter().map(|index| each[index]) {
            self.sign(sign);
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
