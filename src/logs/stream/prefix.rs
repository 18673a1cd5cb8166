//! Takes off what tools and their wrappers print in front of a message: times, levels, names.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexSet};

use crate::logs::dialect::{Level, Prefix};
use crate::logs::dialects;
use crate::logs::expression::{ascii, ascii_set};

/// The most prefixes of one line.
const MOST: usize = 10;

/// A line without its prefixes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stripped<'a> {
    /// What the tool said; keeps its indentation.
    pub body: &'a str,
    /// What was taken off in front of it.
    pub before: &'a str,
    /// The level, where the line has one.
    pub level: Option<Level>,
    /// The line begins a message of its own.
    pub fresh: bool,
    /// Which tool says so, where the prefixes tell.
    pub tool: Option<&'static str>,
    /// The file that an error of a build is about.
    pub file: Option<&'a str>,
    /// The line in that file.
    pub line: Option<&'a str>,
    /// The column in that line.
    pub column: Option<&'a str>,
}

/// The prefixes of all dialects. The set finds out in one pass which of them fit.
struct Rules {
    set: RegexSet,
    each: Vec<(&'static str, &'static Prefix, Regex)>,
}

fn rules() -> &'static Rules {
    static BUILT: OnceLock<Rules> = OnceLock::new();
    BUILT.get_or_init(|| {
        let all = || dialects::all(|dialect| dialect.prefixes);
        Rules {
            set: ascii_set(all().map(|(_, prefix)| prefix.pattern)),
            each: all()
                .map(|(dialect, prefix)| (dialect.name, prefix, ascii(prefix.pattern)))
                .collect(),
        }
    })
}

/// Takes the prefixes off a line.
pub fn strip(line: &str) -> Stripped<'_> {
    let Rules { set, each } = rules();
    let mut stripped = Stripped {
        body: line,
        ..Stripped::default()
    };
    for _ in 0..MOST {
        let fits = set.matches(stripped.body.as_bytes());
        let mut fitting = fits.iter().filter_map(|index| each.get(index));
        if !fitting.any(|(name, prefix, rule)| stripped.take(name, prefix, rule)) {
            break;
        }
    }
    let taken = line.len() - stripped.body.len();
    stripped.before = line.get(..taken).unwrap_or_default();
    stripped
}

impl<'a> Stripped<'a> {
    /// Takes one prefix off, where the line has it.
    fn take(&mut self, name: &'static str, prefix: &Prefix, rule: &Regex) -> bool {
        let body = self.body;
        let Some(found) = rule.captures(body.as_bytes()) else {
            return false;
        };
        let named = |name: &str| found.name(name).and_then(|place| body.get(place.range()));
        let file = named("file");
        // Without a word for it, a place is one of an error only where a mark before it says so.
        let worded = named("level").is_some() || prefix.level.is_some();
        if file.is_some() && worded == (self.tool.is_some() || self.level.is_some()) {
            return false;
        }
        let end = match found.name("rest") {
            Some(rest) => rest.start(),
            None => found.get(0).map_or(0, |whole| whole.end()),
        };
        let Some(rest) = body.get(end..).filter(|_| end > 0) else {
            return false;
        };
        self.body = rest;
        self.level = named("level")
            .and_then(level)
            .or(prefix.level)
            .or(self.level.filter(|_| !prefix.quotes));
        self.fresh = prefix.begins.unwrap_or(self.fresh);
        self.tool = prefix.named.then_some(name).or(self.tool);
        self.file = file.or(self.file);
        self.line = named("line").or(self.line);
        self.column = named("column").or(self.column);
        true
    }

    /// Whether nothing but white space is left.
    pub fn is_blank(&self) -> bool {
        self.body.trim().is_empty()
    }

    /// Whether the body begins with white space.
    pub fn is_indented(&self) -> bool {
        self.body.starts_with([' ', '\t'])
    }
}

fn level(name: &str) -> Option<Level> {
    match name.to_ascii_lowercase().as_str() {
        "error" | "fatal" | "fatal error" => Some(Level::Error),
        "warning" | "warn" => Some(Level::Warning),
        "info" | "notice" | "note" => Some(Level::Info),
        "debug" | "dbg-x" | "verbose" | "trace" => Some(Level::Debug),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, body: &str, level: Option<Level>, tool: Option<&str>) {
        let stripped = strip(line);
        assert_eq!(
            (stripped.body, stripped.level, stripped.tool),
            (body, level, tool),
            "{line}"
        );
    }

    #[test]
    fn prefixes_of_tools_and_wrappers_come_off() {
        let error = Some(Level::Error);
        check(
            "2031-02-03 04:05:06.789 ERROR: [ContentDelivery.Uploader.60AB] It broke",
            "It broke",
            error,
            Some("altool"),
        );
        check(
            "[04:05:06]: [altool] *** Error: It broke",
            "It broke",
            error,
            Some("altool"),
        );
        check(
            "2031-02-03T04:05:06.1234567Z ##[error]It broke",
            "It broke",
            error,
            None,
        );
        check(
            "ERROR [2031-02-03 04:05:06.70]: It broke",
            "It broke",
            error,
            None,
        );
        check(
            "- ERROR ITMS-90087: \"x\"",
            "ITMS-90087: \"x\"",
            error,
            None,
        );
        check(
            "<main> ERROR: ERROR ITMS-90087: \"x\"",
            "ITMS-90087: \"x\"",
            error,
            None,
        );
        check(
            "error: exportArchive It broke",
            "It broke",
            error,
            Some("xcodebuild"),
        );
        check(
            "/a/Buoy.xcodeproj: error: It broke",
            "It broke",
            error,
            None,
        );
        check("[altool]    code : 7", "   code : 7", None, Some("altool"));
    }

    #[test]
    fn a_compiler_says_where() {
        let stripped = strip("/src/App/Sea.swift:12:7: error: cannot find 'wave' in scope");
        assert_eq!(stripped.file, Some("/src/App/Sea.swift"));
        assert_eq!(stripped.line, Some("12"));
    }
}
