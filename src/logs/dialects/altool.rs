//! altool: text of all versions, with a tree of keys or a dump below it; JSON of all versions, and
//! property lists, which hold the same keys.

use serde_json::{Map, Value};

use crate::codes::{joined, names_in};
use crate::diagnostic::Severity;
use crate::logs::dialect::{Dialect, Documents, Prefix, Read, Said, Sign};
use crate::logs::json::{flatten, list, plain, text};

/// Apple's altool, and Application Loader before it.
pub const DIALECT: Dialect = Dialect {
    name: "altool",
    prefixes: &[
        Prefix::echoes(r"^\[altool\]:? ?"),
        Prefix::says(
            r"^\[(?:altool(?: (?P<level>Error|Warning) Output)|Application Loader(?: (?:Error|Warning) Output)?)\]:? ?",
        ),
        Prefix::says(r"^altool\[\d+:[0-9a-fx]+\]:?\s*"),
        Prefix::says(r"^\*\*\* (?P<level>Error|Warning):\s*"),
        Prefix::says(r"^\[(?:altool|ContentDelivery)[\w.]*\]:?\s*"),
    ],
    hot: &[
        "*** error",
        "*** warning",
        "validation failed",
        "upload failed",
        "upload succeeded",
        "verify failed",
        "verify succeeded",
        "no errors uploading",
        "no errors validating",
        "error uploading",
        "errors uploading",
        "error validating",
        "errors validating",
        "failed to upload",
        "unable to upload",
        "unable to validate",
        "unable to authenticate",
        "unable to determine",
        "successfully uploaded",
        "uploaded successfully",
        "has been uploaded",
        "delivery uuid",
        "delivery-uuid",
        "import-status",
        "build-status",
        "will retry part",
        "product-errors",
        "success-message",
        "\"tool-version\"",
        "<plist",
        "<?xml",
        "errorcode = ",
        "errormessage = ",
        "error output]",
        "operation error",
        "authkey_",
        "provider-public-id",
    ],
    begins: &[
        r"Asset validation failed",
        r"UPLOAD ",
        r"VERIFY ",
        r"Validation failed \(",
        r"App Store Connect Operation Error",
        r"Running altool",
        r"<\?xml",
        r"<plist",
    ],
    heads: &[r"(?:validation|upload(?:ing)?|delivery) failed"],
    introductions: &[
        r"\*\*\* (?P<level>Error|Warning): ",
        r"\b(?:Asset validation failed|Validation failed) \((?:9\d{4}|409)\)",
        r"App Store Connect Operation Error",
    ],
    known_by: &[concat!(
        r"Asset validation failed|\bErrorCode = -?\d|\bErrorMessage = |\baltool\b|IrisAPI|app-specific password",
        r"|AuthKey_|--provider-public-id|--api-?key|previously uploaded version",
    )],
    faults: &[
        r"(?i)could not be found|must be higher|not allowed|not a file|mismatch|not signed|unrecognized|ambiguous",
        r"(?i)\bErrorCode = |\bErrorMessage = ",
    ],
    strong_names: &[r"^altool-", r"^-\d{4}"],
    only_failed: &[
        r"failed to (?:upload|validate|export) (?:package|archive|app|the)",
        r"(?:upload|validation|delivery) failed",
        r"errors? (?:uploading|validating)",
        r"asset validation failed\.?$",
        r"(?:unable )?to (?:upload|validate) archive\.?$",
        r"could not upload",
        r"running altool",
        r"upload (?:was )?(?:succeeded|successful)",
        r"will retry part",
    ],
    signs: &[
        (Sign::Delivered, r"\bUPLOAD SUCCEEDED\b"),
        (Sign::Checked, r"\b(?:VERIFY|VALIDAT(?:E|ION)) SUCCEEDED\b"),
        (Sign::Delivered, r"(?i)\bno errors uploading\b"),
        (Sign::Checked, r"(?i)\bno errors validating\b"),
        (
            Sign::Delivered,
            r"(?i)^\s*IMPORT-STATUS:?\s*(?:VALID|COMPLETE)\b",
        ),
        (
            Sign::Refused,
            r"(?i)^\s*IMPORT-STATUS:?\s*(?:INVALID|FAILED)\b",
        ),
        (
            Sign::Refused,
            r"\b(?:UPLOAD|VERIFY|VALIDAT(?:E|ION)) FAILED\b",
        ),
        (
            Sign::Stumbled,
            r"(?i)\b(?:failed|unable) to (?:upload|validate) (?:package|archive|app|the|your)\b",
        ),
        (Sign::Stumbled, r"(?i)\berrors? (?:uploading|validating) '"),
        (
            Sign::Delivered,
            r"(?i)\.(?:itmsp|ipa|pkg)['\x22]? (?:was|has been) (?:successfully )?(?:uploaded|delivered)\b",
        ),
        (Sign::Stumbled, r#"(?i)"?altool"? exited with code -?[1-9]"#),
    ],
    delivery_id: &[
        r"(?i)delivery[- ]?uuid\W{1,6}([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
    ],
    documents: Some(Documents {
        words: &["rror", "success-message", "warnings", "buildStatus"],
        read,
    }),
    ..Dialect::SILENT
};

fn read(map: &Map<String, Value>) -> Option<Read> {
    let has = |key: &str| map.contains_key(key);
    let objects = |key: &str| list(map, key).next().is_some();
    let own = has("tool-version") || has("tool-path");
    let answer = has("product-errors")
        || has("success-message")
        || has("tool-version") && objects("warnings")
        || own && objects("errors");
    let mut read = Read::default();
    if answer {
        read.altool(map);
    } else if has("processingErrors") {
        read.status(map);
    } else {
        return None;
    }
    read.resources(map);
    Some(read)
}

impl Read {
    pub fn altool(&mut self, map: &Map<String, Value>) {
        for error in list(map, "product-errors") {
            self.altool_entry(error, Severity::Error);
        }
        for warning in list(map, "warnings").chain(list(map, "product-warnings")) {
            self.altool_entry(warning, Severity::Warning);
        }
        self.delivery_id = map
            .get("details")
            .and_then(Value::as_object)
            .and_then(|details| text(details, "delivery-uuid"))
            .or_else(|| text(map, "delivery-uuid"));
        if self
            .said
            .iter()
            .any(|said| said.severity == Severity::Error)
        {
            self.sign = Some(Sign::Refused);
        } else if let Some(words) = text(map, "success-message") {
            let checked = words.to_ascii_lowercase().contains("validating");
            self.sign = Some(if checked {
                Sign::Checked
            } else {
                Sign::Delivered
            });
        }
    }

    fn altool_entry(&mut self, entry: &Map<String, Value>, severity: Severity) {
        let empty = Map::new();
        let info = ["user-info", "userInfo"]
            .iter()
            .find_map(|name| entry.get(*name).and_then(Value::as_object))
            .unwrap_or(&empty);
        let message = text(entry, "message").unwrap_or_default();
        let reason = text(info, "NSLocalizedFailureReason").unwrap_or_default();
        let sentence = joined(&message, &reason);
        let mut all = sentence.clone();
        for value in info.values() {
            flatten(value, &mut all);
        }
        let mut codes = Vec::new();
        numbers(entry, &mut codes, &mut all, 0);
        for (key, value) in info {
            if let Some(value) = plain(value) {
                all.push_str(&format!("\n{key} : {value}"));
            }
        }
        let mut names = names_in(&all);
        names.extend(codes);
        self.say(Said {
            sentence,
            text: all,
            codes: names,
            severity,
            source: "altool",
            variables: Vec::new(),
        });
    }

    /// What altool answers when it is asked for the state of a build.
    pub fn status(&mut self, map: &Map<String, Value>) {
        for error in list(map, "processingErrors") {
            self.issue(error, Severity::Error);
        }
        self.delivery_id = text(map, "deliveryUUID").or_else(|| text(map, "delivery-uuid"));
        let state = text(map, "buildStatus").unwrap_or_default();
        self.state(&state);
    }
}

/// The names of an entry and of the errors under it.
fn numbers(entry: &Map<String, Value>, codes: &mut Vec<String>, all: &mut String, depth: usize) {
    codes.extend(text(entry, "code").filter(|code| code != "0"));
    if depth > 8 {
        return;
    }
    for inner in list(entry, "underlying-errors") {
        if let Some(info) = inner.get("user-info").or_else(|| inner.get("userInfo")) {
            flatten(info, all);
        }
        numbers(inner, codes, all, depth + 1);
    }
}
