//! Errors of Apple's frameworks as `NSError` prints them: exports print them twice, and one in another.

use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::logs::expression::ascii;

/// An `NSError` as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NsError {
    /// Such as `IDEProfileLocatorErrorDomain/1`.
    pub name: String,
    /// What is wrong.
    pub description: String,
    /// Why, and what to do, as far as it is said.
    pub advice: String,
}

/// Domains of the upload, whose errors are read as messages of their own.
const DELIVERY: &[&str] = &["IrisAPI", "ITunes", "ContentDelivery", "MZ", "DTServiceKit"];

/// The errors that a text prints, the outermost first; none where the upload's domains are among
/// them, for their words are read as one message.
pub fn errors(text: &str) -> Vec<NsError> {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r#"Error Domain=(?P<domain>[\w.-]{1,120}) Code=(?P<code>-?\d{1,10})(?: \\?"(?P<text>[^\n]*?)\\?"(?: UserInfo=|[,;})]|\s*$|$))?"#)
    });
    let starts: Vec<usize> = text
        .match_indices("Error Domain=")
        .map(|(at, _)| at)
        .take(64)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut list: Vec<NsError> = Vec::new();
    for (&from, end) in starts.iter().zip(ends) {
        let part = &text[from..end];
        let Some(found) = rule.captures(part.as_bytes()) else {
            continue;
        };
        let named = |name: &str| {
            found
                .name(name)
                .and_then(|place| part.get(place.range()))
                .unwrap_or_default()
        };
        let domain = named("domain");
        if DELIVERY.iter().any(|start| domain.starts_with(start)) {
            return Vec::new();
        }
        let description = match named("text") {
            "(null)" | "" => value(part, "NSLocalizedDescription").unwrap_or_default(),
            text => text.to_owned(),
        };
        let mut advice = String::new();
        for key in ["NSLocalizedFailureReason", "NSLocalizedRecoverySuggestion"] {
            if let Some(words) = value(part, key)
                && !description.contains(&words)
                && !advice.contains(&words)
            {
                advice.push(' ');
                advice.push_str(&words);
            }
        }
        let error = NsError {
            name: format!("{domain}/{}", named("code")),
            description,
            advice: advice.trim().to_owned(),
        };
        if !list.contains(&error) {
            list.push(error);
        }
    }
    list
}

/// The value of a key of `UserInfo={key=value, key=value}`: up to the next key or the end.
fn value(text: &str, key: &str) -> Option<String> {
    static NEXT: OnceLock<Regex> = OnceLock::new();
    let next = NEXT.get_or_init(|| ascii(r"(?s), (?:NS|IDE|DVT|Ns)[A-Za-z_]+=|\}\s*\\?[\x22,;)]|\}\s*\z|\n\s*\\?\x22?Error Domain=|, \w+=<"));
    let from = text.find(&format!("{key}="))? + key.len() + 1;
    let rest = &text[from..];
    let end = next
        .find(rest.as_bytes())
        .map_or(rest.len(), |found| found.start());
    let words = rest.get(..end)?.trim().trim_matches('"');
    (!words.is_empty()).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_read_with_its_advice() {
        let found = errors(
            "Error Domain=IDEProfileLocatorErrorDomain Code=1 \"No profiles for 'com.example.buoy' were found\" UserInfo={IDEDistributionIssueSeverity=3, NSLocalizedDescription=No profiles for 'com.example.buoy' were found, NSLocalizedRecoverySuggestion=Xcode couldn't find any.}",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].name, "IDEProfileLocatorErrorDomain/1");
        assert_eq!(
            found[0].description,
            "No profiles for 'com.example.buoy' were found"
        );
        assert_eq!(found[0].advice, "Xcode couldn't find any.");
    }
}
