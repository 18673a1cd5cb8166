//! Takes off what tools and their wrappers print in front of a message: times, levels, names.

use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::logs::stream::clean::ascii;

/// The level that a line has by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Error,
    Warning,
    Info,
    Debug,
}

/// A line without its prefixes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stripped<'a> {
    /// What the tool said; keeps its indentation.
    pub body: &'a str,
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
}

/// A kind of prefix.
#[derive(Clone, Copy)]
enum Kind {
    /// Printed by a wrapper on every line; says nothing.
    Carrier,
    /// A wrapper's time: a message of its own, unless a tool's name follows.
    Time,
    /// A tool's time or process: a message of its own.
    Fresh,
    /// A tool's name in brackets.
    Tool,
    /// A level.
    Level,
    /// A file, a line and a level, as compilers print them.
    Place,
}

const RULES: &[(Kind, &str)] = &[
    (
        Kind::Carrier,
        r"^(?:\xEF\xBB\xBF|[^\t]{1,80}\t[^\t]{1,80}\t\d{4}-\d\d-\d\dT[\d:.]+Z ?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) ?)",
    ),
    (
        Kind::Level,
        r"^(?:##\[(?P<level>error|warning|debug)\]|::(?P<level2>error|warning|notice|debug)(?: [^:]{0,300})?::)",
    ),
    (
        Kind::Carrier,
        r"^(?:##\[\w+\]|\[(?:exec|stdout|stderr|command)\] ?|(?:> ?)+|\xE2\x96\xB8 |\xE2\x9D\x8C\s*|\xE2\x9A\xA0(?:\xEF\xB8\x8F)?\s*|\|\s|# (?:\*\*\*|ERROR|error)(?:\b|\*)?)",
    ),
    (Kind::Time, r"^\[\d\d:\d\d:\d\d\]: ?"),
    (
        Kind::Level,
        r"^\[(?:(?P<level>error|Error|ERROR|warning|Warning|WARN)|!)\]:? +",
    ),
    (
        Kind::Tool,
        r"^\[(?P<tool>altool|Transporter|iTMSTransporter|Application Loader)(?: (?P<level>Error|Warning) Output)?\]:? ?",
    ),
    (
        Kind::Level,
        r"^(?P<level>DEBUG|INFO|WARN|WARNING|ERROR|FATAL) +\[\d{4}-\d\d-\d\d[^\]]{0,40}\]: ?",
    ),
    (
        Kind::Fresh,
        r"^\s{0,40}\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,:]\d+)?(?: ?[+-]\d{4}| (?:GMT|UTC|[A-Z]{1,3}[SD]T))?\]?:?\s*",
    ),
    (
        Kind::Fresh,
        r"^(?P<tool>altool|xcodebuild|iTMSTransporter|Transporter|security|codesign)\[\d+:[0-9a-fx]+\]:?\s*",
    ),
    (Kind::Carrier, r"^(?:<[\w.-]+>|\[MT\]|\[[0-9a-f]{4,}\])\s+"),
    (Kind::Level, r"^\*\*\* (?P<level>Error|Warning):\s*"),
    (
        Kind::Level,
        r"^\s?(?P<level>ERROR|Error|WARNING|Warning|WARN|INFO|Info|DEBUG|Debug|DBG-X|VERBOSE|error|warning|note|fatal error):(?:\s+|$)",
    ),
    (
        Kind::Level,
        r"^(?:[-*] )?[`*]{0,3}(?P<level>ERROR|WARNING|Error|Warning) +(?:ITMS[- ]\d)",
    ),
    (
        Kind::Tool,
        r"^\[(?P<tool>altool|ContentDelivery)[\w.]*\]:?\s*",
    ),
    (
        Kind::Tool,
        r"^(?:/usr/bin/)?(?P<tool>xcodebuild|security|codesign|IDEDistribution): (?:(?P<level>error|warning): )?",
    ),
    (
        Kind::Place,
        r"^(?P<file>[^:\s][^:]{0,500}?)(?::(?P<line>\d+))?(?::\d+)?: (?:fatal )?(?P<level>error|warning|note): ",
    ),
];

fn rules() -> &'static [(Kind, Regex)] {
    static BUILT: OnceLock<Vec<(Kind, Regex)>> = OnceLock::new();
    BUILT.get_or_init(|| {
        RULES
            .iter()
            .map(|&(kind, pattern)| (kind, ascii(pattern)))
            .collect()
    })
}

/// Takes the prefixes off a line.
pub fn strip(line: &str) -> Stripped<'_> {
    let mut stripped = Stripped {
        body: line,
        ..Stripped::default()
    };
    for _ in 0..10 {
        if !rules()
            .iter()
            .any(|(kind, rule)| stripped.take(*kind, rule))
        {
            break;
        }
    }
    stripped
}

impl<'a> Stripped<'a> {
    /// Takes one prefix off, where the line has it.
    fn take(&mut self, kind: Kind, rule: &Regex) -> bool {
        let body = self.body;
        let Some(found) = rule.captures(body.as_bytes()) else {
            return false;
        };
        let named = |name: &str| found.name(name).and_then(|place| body.get(place.range()));
        let level = named("level").or_else(|| named("level2")).and_then(level);
        let mut level = level;
        let tool = named("tool").and_then(tool);
        if tool == Some("security") && level.is_none() {
            level = Some(Level::Error);
        }
        let mut end = found.get(0).map_or(0, |whole| whole.end());
        match kind {
            Kind::Carrier => {
                // The comment sign goes, the marker behind it stays.
                if body.starts_with("# ") {
                    end = 2;
                }
            }
            Kind::Time => self.fresh = true,
            Kind::Fresh => self.fresh = true,
            Kind::Tool if body.starts_with("[altool]") => {
                self.fresh = false;
            }
            Kind::Tool => self.fresh = true,
            Kind::Level => {
                if let Some(at) = body.find("ITMS")
                    && at < end
                {
                    end = at;
                }
                if body.starts_with("*** ") {
                    self.tool = self.tool.or(Some("altool"));
                }
                self.fresh = true;
            }
            Kind::Place => {
                if self.tool.is_some() || self.level.is_some() {
                    return false;
                }
                self.file = named("file");
                self.line = named("line");
                self.fresh = true;
            }
        }
        self.level = level.or(self.level);
        self.tool = tool.or(self.tool);
        match body.get(end..) {
            Some(rest) if end > 0 => {
                self.body = rest;
                true
            }
            _ => false,
        }
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
        "debug" | "dbg-x" | "verbose" => Some(Level::Debug),
        _ => None,
    }
}

fn tool(name: &str) -> Option<&'static str> {
    match name {
        "altool" | "ContentDelivery" | "Application Loader" => Some("altool"),
        "Transporter" | "iTMSTransporter" => Some("transporter"),
        "xcodebuild" | "IDEDistribution" => Some("xcodebuild"),
        "security" => Some("security"),
        "codesign" => Some("codesign"),
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
            "exportArchive It broke",
            error,
            None,
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
