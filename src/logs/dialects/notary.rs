//! Apple's notary service: notarytool's words and JSON, the log of a submission, and the stapler.

use serde_json::{Map, Value};

use crate::diagnostic::Severity;
use crate::logs::dialect::{Dialect, Documents, Prefix, Read, Said, Sign};
use crate::logs::json::{list, text};

/// notarytool and stapler.
pub const DIALECT: Dialect = Dialect {
    name: "notary",
    prefixes: &[Prefix::begins(
        r"^(?P<rest>Conducting pre-submission checks|Submission ID received|Processing: /)",
    )],
    hot: &[
        "notary",
        "notariz",
        "notaris",
        "current status: ",
        "status: invalid",
        "status: rejected",
        "status: accepted",
        "validate action",
        "successfully uploaded file",
        "submission log",
    ],
    marks: &["notarytool", "apple notary service", "notarization servers"],
    begins: &[
        r"Current status: ",
        r"Submission ID received",
        r"Conducting pre-submission",
        r"The staple and validate action",
    ],
    known_by: &[r"staple and validate action|notary service|notarytool"],
    only_failed: &[
        r"the staple and validate action failed",
        r"(?:failed|unable) to notarize",
        r"notarization failed",
    ],
    signs: &[
        (
            Sign::Prepared,
            r"^\s*status: Accepted|^Current status: Accepted",
        ),
        (Sign::Prepared, r"^The staple and validate action worked"),
        (
            Sign::NotBuilt,
            r"^\s*status: (?:Invalid|Rejected)|^Current status: (?:Invalid|Rejected)",
        ),
        (Sign::NotBuilt, r"^The staple and validate action failed"),
        (Sign::NotBuilt, r"(?i)\bfailed to notarize\b"),
    ],
    documents: Some(Documents {
        words: &["\"Invalid\"", "\"Rejected\"", "\"Accepted\""],
        read,
    }),
    ..Dialect::SILENT
};

/// What notarytool answers, and the log of a submission, which lists what is wrong with each file.
fn read(map: &Map<String, Value>) -> Option<Read> {
    let has = |key: &str| map.contains_key(key);
    let is_log = has("logFormatVersion") && has("jobId");
    let is_answer = has("id") && has("message");
    let status = text(map, "status").filter(|_| is_log || is_answer)?;
    let refused = ["Invalid", "Rejected"].contains(&status.as_str());
    let mut read = Read::default();
    let mut told: Vec<String> = Vec::new();
    for issue in list(map, "issues").filter(|_| refused) {
        let is_error = text(issue, "severity").as_deref() == Some("error");
        let Some(message) = text(issue, "message").filter(|_| is_error) else {
            continue;
        };
        // One fault is told once, with the first file that has it.
        if told.contains(&message) {
            continue;
        }
        told.push(message.clone());
        let path = text(issue, "path").unwrap_or_default();
        read.say(said(message, &path));
    }
    if refused && told.is_empty() {
        let message = text(map, "statusSummary").or_else(|| text(map, "message"));
        let message = message.filter(|words| words != "Processing complete");
        let words = format!(
            "Apple's notary service says: {}",
            message.unwrap_or(status.clone())
        );
        read.say(said(words, ""));
    }
    read.sign = Some(if refused {
        Sign::NotBuilt
    } else {
        Sign::Prepared
    });
    Some(read)
}

fn said(sentence: String, path: &str) -> Said {
    // The first part is the archive that was sent.
    let inside = path.split_once('/').map_or(path, |(_, inside)| inside);
    let mut variables = Vec::new();
    if !inside.is_empty() {
        variables.push(("path", inside.to_owned()));
    }
    Said {
        text: sentence.clone(),
        sentence,
        codes: vec!["notary-invalid".to_owned()],
        severity: Severity::Error,
        source: DIALECT.name,
        variables,
    }
}
