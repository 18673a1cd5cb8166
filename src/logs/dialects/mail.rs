//! Apple's e-mails about a delivery. The same number may be a warning or a refusal: the sentence
//! that introduces the list decides.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::codes::variables;
use crate::diagnostic::Severity;
use crate::logs::dialect::Dialect;
use crate::logs::expression::ascii;
use crate::text::cut::head;

/// A mail of Apple's, pasted as text.
pub const DIALECT: Dialect = Dialect {
    name: "e-mail",
    hot: &[
        "dear developer",
        "one or more issues",
        "recent delivery",
        "recent submission",
        "delivery was successful",
        "submission was successful",
        "review was successful",
    ],
    introductions: &[
        r"\n(?:Invalid|Missing|Unsupported|Deprecated|Non-public|Incorrect|Potential|Unexpected|Too many)[\w ./]{2,60} -\s",
    ],
    ..Dialect::SILENT
};

/// The most lines of a mail.
const MOST_LINES: usize = 400;

/// The most bytes of a mail's head.
const HEAD: usize = 4 * 1024;

/// Values of a mail's head that belong to each of its messages.
const HEAD_VALUES: &[&str] = &["app", "version", "build_number", "app_id"];

/// The mail that is being read.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    head: String,
    lines: usize,
    /// How much its messages matter, as soon as it says so.
    pub severity: Option<Severity>,
}

impl Mail {
    /// A mail begins with this text.
    pub fn begins(text: &str) -> bool {
        static RULE: OnceLock<Regex> = OnceLock::new();
        RULE.get_or_init(|| {
            ascii(r"(?i)dear developer|(?:identified|noticed|found)\s+(?:>\s*)?one\s+(?:>\s*)?or\s+(?:>\s*)?more\s+(?:>\s*)?issues|recent\s+(?:>\s*)?(?:delivery|submission)\s+(?:>\s*)?(?:for|of)|(?:delivery|submission(?: for app store review)?) was successful")
        })
        .is_match(text.as_bytes())
    }

    /// Whether the mail is over.
    pub fn is_over(&self) -> bool {
        self.lines > MOST_LINES
    }

    /// Counts a line.
    pub fn line(&mut self, body: &str) {
        static CLOSING: OnceLock<Regex> = OnceLock::new();
        let closing = CLOSING.get_or_init(|| {
            ascii(r"(?i)^\s*(?:best regards|sincerely|(?:the )?app store team|apple developer relations)\b")
        });
        self.lines += 1;
        if closing.is_match(body.as_bytes()) {
            self.lines = MOST_LINES + 1;
        }
    }

    /// Adds to the head.
    pub fn say(&mut self, text: &str) {
        static MILD: OnceLock<Regex> = OnceLock::new();
        static HARD: OnceLock<Regex> = OnceLock::new();
        let mild = MILD.get_or_init(|| {
            ascii(r"(?i)(?:delivery|submission(?:\s+for\s+app\s+store\s+review)?)\s+was\s+successful|may\s+(?:want|wish)\s+to\s+correct|no\s+action\s+is\s+required")
        });
        let hard = HARD.get_or_init(|| {
            ascii(r"(?i)please\s+correct\s+the\s+following|must\s+be\s+corrected|could\s+not\s+be\s+(?:processed|delivered)|then\s+upload\s+again|upload\s+a\s+new\s+binary|has\s+been\s+rejected")
        });
        let room = HEAD.saturating_sub(self.head.len());
        self.head.push('\n');
        self.head.push_str(head(text, room));
        if mild.is_match(text.as_bytes()) {
            self.severity = Some(Severity::Warning);
        } else if self.severity.is_none() && hard.is_match(text.as_bytes()) {
            self.severity = Some(Severity::Error);
        }
    }

    /// What the head says of the app.
    pub fn facts(&self) -> BTreeMap<String, String> {
        let mut facts = variables(&self.head);
        facts.retain(|name, _| HEAD_VALUES.contains(&name.as_str()));
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_that_was_successful_is_only_warned_of() {
        let mut mail = Mail::default();
        mail.say(
            "We noticed one or more issues with a recent delivery for your app, \"Buoy\" 1.2 (34).",
        );
        assert_eq!(mail.severity, None);
        mail.say(
            "Although delivery was successful, you may want to correct them. Upload a new binary.",
        );
        assert_eq!(mail.severity, Some(Severity::Warning));
        assert_eq!(mail.facts()["build_number"], "34");
        let mut mail = Mail::default();
        mail.say("Although submission for App Store review was successful, upload a new binary next time.");
        assert_eq!(mail.severity, Some(Severity::Warning));
    }
}
