//! What a message is by its words: who says it, whether it is a fault, and what of it is Apple's
//! sentence.

use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::codes::{Folded, names_in_folded};
use crate::logs::dialect::Dialect;
use crate::logs::dialects::{self, xcodebuild};
use crate::logs::expression::ascii;
use crate::logs::stream::paragraph::Paragraph;
use crate::text::cut::head;
use crate::text::expressions::Expressions;
use crate::text::plain::spaced;

/// The most bytes of a sentence that a finding shows.
const SENTENCE: usize = 4 * 1024;

/// Who said it: by the prefixes, else by the words.
pub fn tool(text: &str, paragraph: &Paragraph) -> Option<&'static str> {
    static RULES: OnceLock<Owned> = OnceLock::new();
    if let Some(tool) = paragraph.tool {
        return Some(tool);
    }
    if paragraph
        .file
        .as_deref()
        .is_some_and(|file| file.contains('/'))
    {
        return Some(xcodebuild::DIALECT.name);
    }
    if paragraph.mail {
        return None;
    }
    RULES
        .get_or_init(|| Owned::new(|dialect| dialect.known_by))
        .owner(text)
}

/// Expressions of one table of the dialects.
struct Owned {
    expressions: Expressions,
    owners: Vec<&'static str>,
}

impl Owned {
    fn new(table: impl Fn(&'static Dialect) -> &'static [&'static str] + Copy) -> Self {
        Self {
            expressions: Expressions::new(
                dialects::all(table).map(|(_, pattern)| (*pattern).to_owned()),
                ascii,
            ),
            owners: dialects::all(table)
                .map(|(dialect, _)| dialect.name)
                .collect(),
        }
    }

    /// The first dialect of which an expression fits.
    fn owner(&self, text: &str) -> Option<&'static str> {
        let first = self.expressions.fitting(text).next();
        first.map(|index| self.owners[index])
    }

    /// Whether one of that dialect fits.
    fn is_of(&self, tool: &str, text: &str) -> bool {
        let mut fitting = self.expressions.fitting(text);
        fitting.any(|index| self.owners[index] == tool)
    }

    fn is_any(&self, text: &str) -> bool {
        self.expressions.fitting(text).next().is_some()
    }
}

/// Whether a name alone says that there is a fault of Apple's.
pub fn is_strong(name: &str) -> bool {
    static RULES: OnceLock<Owned> = OnceLock::new();
    RULES
        .get_or_init(|| Owned::new(|dialect| dialect.strong_names))
        .is_any(name)
}

/// Whether the fault does no harm.
pub fn is_harmless(tool: &str, text: &str) -> bool {
    static RULES: OnceLock<Owned> = OnceLock::new();
    RULES
        .get_or_init(|| Owned::new(|dialect| dialect.harmless))
        .is_of(tool, text)
}

/// Whether a text with a name is only a value of a tree, or another's summary.
pub fn is_quiet(text: &str) -> bool {
    text.len() < 12
}

/// Whether a tool that prints no level says that something is wrong.
pub fn is_fault(tool: &str, text: &str) -> bool {
    static RULES: OnceLock<Owned> = OnceLock::new();
    RULES
        .get_or_init(|| Owned::new(|dialect| dialect.faults))
        .is_of(tool, text)
}

/// The names that a text prints, statuses in sentences too.
pub fn names(text: &str, folded: &Folded) -> Vec<String> {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r"(?i)(?:status code|HTTP status|response code)s?:? ([45]\d\d)\b|\(([45]\d\d)\)|\berror (9[01]\d{3})\b")
    });
    let mut names = names_in_folded(folded);
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

/// The message without what only stands around it: words that repeat it, the name of a project behind it,
/// the stack of Python's before it.
pub fn unwrapped(text: &str) -> &str {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(&format!(
            "^(?:{})",
            dialects::any(|dialect| dialect.wrappings)
        ))
    });
    let text = last_of_stack(text);
    let text = rule
        .find(text.as_bytes())
        .and_then(|found| text.get(found.end()..))
        .unwrap_or(text);
    static SUFFIX: OnceLock<Regex> = OnceLock::new();
    let suffix = SUFFIX.get_or_init(|| ascii(&dialects::any(|dialect| dialect.suffixes)));
    suffix
        .find(text.as_bytes())
        .and_then(|found| text.get(..found.start()))
        .unwrap_or(text)
        .trim()
}

/// The words of an exception, which Python prints behind the stack.
fn last_of_stack(text: &str) -> &str {
    if !text.starts_with("Traceback (most recent call last)") {
        return text;
    }
    let last = text
        .lines()
        .skip(1)
        .find(|line| !line.starts_with([' ', '\t']));
    last.unwrap_or(text)
}

/// Whether the text says that something failed, and nothing more.
pub fn is_wrapper(text: &str) -> bool {
    static RULE: OnceLock<Regex> = OnceLock::new();
    RULE.get_or_init(|| {
        let words = dialects::any(|dialect| dialect.only_failed);
        ascii(&format!(
            r"(?i)^(?:\W*(?:error|unable|failed|could not|an error occurred|errors? occurred|return status)?[: ]*(?:{words}))",
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
    spaced(text)
}

/// The id of the delivery, where the line names it.
pub fn delivery_id(body: &str) -> Option<String> {
    static RULES: OnceLock<Vec<Regex>> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        dialects::all(|dialect| dialect.delivery_id)
            .map(|(_, pattern)| ascii(pattern))
            .collect()
    });
    rules.iter().find_map(|rule| {
        let found = rule.captures(body.as_bytes())?;
        body.get(found.get(1)?.range()).map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_message_is_no_part_of_it() {
        assert_eq!(
            unwrapped("CS0103: No wave. [/src/buoy/Buoy.csproj::TargetFramework=net10.0-ios]"),
            "CS0103: No wave."
        );
        assert_eq!(
            unwrapped("No wave. [/src/Buoy.app]"),
            "No wave. [/src/Buoy.app]"
        );
        assert_eq!(
            unwrapped("Traceback (most recent call last):\n  File x\nSeaError: no wave"),
            "SeaError: no wave"
        );
    }
}
