//! What was found in a package, as a table for people, as JSON, and as SARIF 2.1.0 for code scanning
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>). Pure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::text;

/// What was found, and what was looked for.
#[derive(Clone, Copy, Debug)]
pub struct Inspection<'a> {
    /// The findings, the worst first.
    pub findings: &'a [Finding],
    /// Every rule.
    pub rules: &'a [Rule],
    /// What could not be looked at.
    pub unseen: &'a [String],
    /// What is good to know and wrong with nothing.
    pub notes: &'a [String],
    /// The package, as a path from the repository's root where it lies in it; a log has none.
    pub package: Option<&'a str>,
}

/// Whether a rule could look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It could.
    Checked,
    /// It is for packages of another kind.
    Elsewhere,
    /// What it looks at is not there, or can't be read.
    Unseen,
}

impl Look {
    /// The word for programs.
    fn word(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Elsewhere => "not-for-it",
            Self::Unseen => "not-seen",
        }
    }
}

/// One rule, and what became of it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// Its codes.
    pub codes: &'static [&'static str],
    /// What it asks for.
    pub sentence: &'static str,
    /// Whether it could look.
    pub look: Look,
    /// How many findings it had.
    pub found: usize,
    /// How many were left out on wish.
    pub ignored: usize,
}

/// Each rule with what became of it; then what could not be looked at.
pub fn table(inspection: &Inspection<'_>) -> String {
    let mut page = String::new();
    let widest = inspection.rules.iter().map(|verdict| verdict.name.len());
    let widest = widest.max().unwrap_or_default();
    for verdict in inspection.rules {
        let state = match (verdict.found, verdict.ignored) {
            (0, 0) => match verdict.look {
                Look::Checked => "ok".to_owned(),
                Look::Elsewhere => "not for it".to_owned(),
                Look::Unseen => "not seen".to_owned(),
            },
            (0, ignored) => format!("{ignored} ignored"),
            (found, _) => format!("{found} found"),
        };
        let _ = writeln!(
            page,
            "{:widest$}  {state:10}  {}",
            verdict.name,
            verdict.codes.join(" ")
        );
    }
    for finding in inspection.findings {
        let found = &finding.diagnostic;
        let _ = writeln!(
            page,
            "\n{} {}: {}",
            found.severity,
            found.code,
            text::line(&found.title)
        );
        for step in &found.fix {
            let _ = writeln!(page, "  {}", text::line(step));
        }
    }
    for sentence in inspection.unseen {
        let _ = writeln!(page, "\nNot looked at: {}", text::line(sentence));
    }
    for sentence in inspection.notes {
        let _ = writeln!(page, "\n{}", text::line(sentence));
    }
    page
}

/// Everything, for programs.
pub fn json(inspection: &Inspection<'_>) -> String {
    let findings: Vec<Value> = inspection.findings.iter().map(one).collect();
    let rules: Vec<Value> = inspection
        .rules
        .iter()
        .map(|verdict| {
            json!({
                "rule": verdict.name,
                "codes": verdict.codes,
                "look": verdict.look.word(),
                "found": verdict.found,
                "ignored": verdict.ignored,
            })
        })
        .collect();
    pretty(&json!({
        "version": 1,
        "findings": findings,
        "rules": rules,
        "unseen": inspection.unseen,
        "notes": inspection.notes,
    }))
}

fn one(finding: &Finding) -> Value {
    let found = &finding.diagnostic;
    json!({
        "code": found.code,
        "codes": found.codes,
        "severity": found.severity,
        "title": text::line(&found.title),
        "fix": found.fix,
        "variables": found.variables,
        "link": found.link,
        "location": finding.location,
    })
}

/// One run with its rules and results. Code scanning shows no result without a place: what has none in the repository
/// is the package's.
pub fn sarif(inspection: &Inspection<'_>) -> String {
    let mut rules: BTreeMap<&str, String> = BTreeMap::new();
    for verdict in inspection.rules {
        for code in verdict.codes {
            let text = rules.entry(code).or_default();
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(verdict.sentence);
        }
    }
    // What no rule found, such as the faults of a log, is told by its own title.
    for finding in inspection.findings {
        let found = &finding.diagnostic;
        rules
            .entry(found.code.as_str())
            .or_insert_with(|| text::line(&found.title));
    }
    let results: Vec<Value> = inspection
        .findings
        .iter()
        .map(|finding| result(finding, inspection.package))
        .collect();
    let rules: Vec<Value> = rules
        .into_iter()
        .map(|(code, sentence)| {
            let sentence = text::line(&sentence);
            json!({ "id": code, "shortDescription": { "text": sentence } })
        })
        .collect();
    pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "jetway",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "results": results,
        }],
    }))
}

/// One result, at its place or else at the package.
fn result(finding: &Finding, package: Option<&str>) -> Value {
    let found = &finding.diagnostic;
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    };
    let mut result = json!({
        "ruleId": found.code,
        "level": level,
        "message": { "text": told(found) },
    });
    let place = finding.location.as_ref();
    let path = place.map(|place| place.path.as_str());
    if let Some(path) = path.or(package) {
        let mut physical = json!({ "artifactLocation": { "uri": reference(path) } });
        if let Some(line) = place.and_then(|place| place.line) {
            physical["region"] = json!({ "startLine": line });
        }
        if let Some(column) = place.and_then(|place| place.column) {
            physical["region"]["startColumn"] = json!(column);
        }
        result["locations"] = json!([{ "physicalLocation": physical }]);
    }
    result
}

/// What is wrong, and what a tool said of it.
fn told(found: &Diagnostic) -> String {
    let title = text::line(&found.title);
    let words = text::line(&found.message);
    if found.source == "jetway" || words.is_empty() || title.contains(&words) {
        return title;
    }
    format!("{title}: {words}")
}

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("a value can be written");
    text.push('\n');
    text
}

/// A path as a reference of RFC 3986.
fn reference(path: &str) -> String {
    let mut reference = String::new();
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => reference.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => reference.push(char::from(byte)),
            byte => {
                let _ = write!(reference, "%{byte:02X}");
            }
        }
    }
    reference
}
