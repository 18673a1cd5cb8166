//! What a message is by its words: who says it, whether it is a fault, and what of it is Apple's
//! sentence.

use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::codes::names_in;
use crate::logs::stream::clean::{ascii, head};
use crate::logs::stream::paragraph::Paragraph;

/// The most bytes of a sentence that a finding shows.
const SENTENCE: usize = 4 * 1024;

/// Who said it: by the prefixes, else by the words.
pub fn tool(text: &str, paragraph: &Paragraph, export: bool) -> Option<&'static str> {
    static RULES: OnceLock<Vec<(&'static str, Regex)>> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        [
            ("codesign", r"^The specified item could not be found in the keychain"),
            ("xcodebuild", r"\(in target '|^archive not found at path|^exportOptionsPlist|^Error Domain=IDE"),
            ("security", r"\bSecKeychain|\bSecItem|\bSecCertificate|^\s*0 valid identities found"),
            ("codesign", r"errSec|self-signed root|code object is not signed|bundle format|^\s*\S.{0,300}: (?:replacing|no identity found)|resource fork, Finder"),
            ("transporter", r"(?i)iTMSTransporter|transporter|asset ?description"),
            ("app-store-connect", r"(?:GET|POST|PATCH|PUT|DELETE) https?://api\.(?:appstoreconnect|enterprise\.developer)\.apple\.com\S* returned [45]\d\d|^\[?(?:FORBIDDEN|NOT_AUTHORIZED|NOT_FOUND|ENTITY|STATE)_"),
            ("altool", r"Asset validation failed|\bErrorCode = -?\d|\bErrorMessage = |\baltool\b|IrisAPI|app-specific password|AuthKey_|--provider-public-id|--api-?key|previously uploaded version"),
            ("transporter", r"(?:^|ERROR |WARNING )ITMS-\d"),
        ]
        .into_iter()
        .map(|(tool, pattern)| (tool, ascii(pattern)))
        .collect()
    });
    if export {
        return Some("xcodebuild");
    }
    if let Some(tool) = paragraph.tool {
        return Some(tool);
    }
    if paragraph
        .file
        .as_deref()
        .is_some_and(|file| file.contains('/'))
    {
        return Some("xcodebuild");
    }
    rules
        .iter()
        .find(|(_, rule)| rule.is_match(text.as_bytes()))
        .map(|(tool, _)| *tool)
        .filter(|_| !paragraph.mail)
}

/// Whether a name alone says that there is a fault of Apple's.
pub fn is_strong(name: &str) -> bool {
    name.starts_with("ITMS-")
        || name.starts_with("altool-")
        || name.starts_with("errSec")
        || name.starts_with("CSSMERR")
        || name.contains("_ERROR")
        || name.contains("ENTITY_")
        || name.starts_with("FORBIDDEN.")
        || matches!(name, "NOT_AUTHORIZED" | "RATE_LIMIT_EXCEEDED")
        || name
            .strip_prefix('-')
            .is_some_and(|digits| digits.len() >= 4)
}

/// Whether a text with a name is only a value of a tree, or another's summary.
pub fn is_quiet(text: &str) -> bool {
    text.len() < 12
}

/// Whether a tool that prints no level says that something is wrong.
pub fn is_fault(tool: &str, text: &str) -> bool {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r"(?i)\bSec(?:Keychain|Item|Certificate)\w*:? |^\s*0 valid identities|errSec|not signed|unrecognized|ambiguous|could not be found|no identity found|not a file|authentication requires|must be higher|not allowed|mismatch|\bErrorCode = |\bErrorMessage = | returned [45]\d\d")
    });
    static BUILD: OnceLock<Regex> = OnceLock::new();
    let build = BUILD.get_or_init(|| {
        ascii(r"(?i)(?:doesn't|does not) (?:support|include|match|contain)|requires a (?:provisioning profile|development team)|conflicting provisioning|no (?:profiles? for|signing certificate|account for)|cannot be verified")
    });
    if tool == "xcodebuild" {
        return build.is_match(text.as_bytes());
    }
    matches!(
        tool,
        "security" | "codesign" | "transporter" | "altool" | "app-store-connect"
    ) && rule.is_match(text.as_bytes())
}

/// The names that a text prints, statuses in sentences too.
pub fn names(text: &str) -> Vec<String> {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r"(?i)(?:status code|HTTP status|response code)s?:? ([45]\d\d)\b|\(([45]\d\d)\)|\berror (9[01]\d{3})\b")
    });
    let mut names = names_in(text);
    for found in rule.captures_iter(text.as_bytes()).take(8) {
        let Some(name) = (1..4)
            .find_map(|group| found.get(group))
            .and_then(|place| text.get(place.range()))
        else {
            continue;
        };
        let name = if name.len() == 5 {
            format!("ITMS-{name}")
        } else {
            name.to_owned()
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The message behind words that only repeat it.
pub fn unwrapped(text: &str) -> &str {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r"^(?:Return status of iTunes Transporter was \d+: |Uploading IPA failed: |Error uploading ipa file:\s+)")
    });
    rule.find(text.as_bytes())
        .and_then(|found| text.get(found.end()..))
        .unwrap_or(text)
}

/// Whether the text says that something failed, and nothing more.
pub fn is_wrapper(text: &str) -> bool {
    static RULE: OnceLock<Regex> = OnceLock::new();
    RULE.get_or_init(|| {
        ascii(concat!(
            r"(?i)^(?:\W*(?:error|unable|failed|could not|an error occurred|errors? occurred|return status)?[: ]*(?:",
            r"failed to (?:upload|validate|export) (?:package|archive|app|the)|(?:upload|export|archive|build|validation|delivery) failed",
            r"|errors? (?:uploading|validating|occurred)|asset validation failed\.?$|validation failed\.?$|unable to (?:upload|validate) archive\.?$|to (?:upload|validate) archive\.?$",
            r"|of iTunes Transporter was|the process '[^']*' failed with exit code|process completed with exit code|command failed with exit|the call to the \w+ completed",
            r"|could not (?:upload|export)|exit status|running altool|(?:archive|export|build|upload) (?:was )?(?:succeeded|successful)",
            r"|will retry part|the following build commands failed|app store|\w+ transfer failed connect operation error\.?$|command \w+ failed with a nonzero exit code))",
        ))
    })
    .is_match(text.trim().as_bytes())
}

/// The sentence, without the tree of keys or the dump that follows it.
pub fn sentence(text: &str) -> &str {
    static TREE: OnceLock<Regex> = OnceLock::new();
    let tree = TREE.get_or_init(|| {
        ascii(r"\n\s*(?:\{|[\w-]+ : |[\w-]+ :\s*\n|NSUnderlyingError|[\x22]?[\w-]+[\x22]? = )")
    });
    let end = tree
        .find(text.as_bytes())
        .map_or(text.len(), |found| found.start());
    match text.get(..end) {
        Some(words) if words.trim().len() >= 12 => words,
        _ => text,
    }
}

/// A sentence as a finding shows it.
pub fn shown(text: &str) -> String {
    static LEAD: OnceLock<Regex> = OnceLock::new();
    let lead = LEAD.get_or_init(|| {
        ascii(r"^(?:\\n|\s|[*`]|\[logs\]|(?:ERROR|WARNING)[ :]+|App Store Connect Operation Error\s+)+")
    });
    let start = lead.find(text.as_bytes()).map_or(0, |found| found.end());
    let text = text
        .get(start..)
        .filter(|rest| !rest.trim().is_empty())
        .unwrap_or(text);
    let text = head(text.trim(), SENTENCE);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The id of the delivery, where the line names it.
pub fn delivery_id(body: &str) -> Option<String> {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r"(?i)delivery[- ]?uuid\W{1,6}([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
    });
    let found = rule.captures(body.as_bytes())?;
    body.get(found.get(1)?.range()).map(str::to_owned)
}
