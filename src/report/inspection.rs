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
            (0, 0) => "ok".to_owned(),
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

/// One run with its rules and results.
pub fn sarif(inspection: &Inspection<'_>) -> String {
    let mut rules: BTreeMap<&str, &str> = BTreeMap::new();
    for verdict in inspection.rules {
        rules.extend(verdict.codes.iter().map(|code| (*code, verdict.sentence)));
    }
    // What no rule found, such as the faults of a log, is told by its own title.
    for finding in inspection.findings {
        let found = &finding.diagnostic;
        rules.entry(found.code.as_str()).or_insert(&found.title);
    }
    let results: Vec<Value> = inspection
        .findings
        .iter()
        .map(|finding| {
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
            if let Some(place) = &finding.location {
                let mut physical = json!({ "artifactLocation": { "uri": place.path } });
                if let Some(line) = place.line {
                    physical["region"] = json!({ "startLine": line });
                    if let Some(column) = place.column {
                        physical["region"]["startColumn"] = json!(column);
                    }
                }
                result["locations"] = json!([{ "physicalLocation": physical }]);
            }
            result
        })
        .collect();
    let rules: Vec<Value> = rules
        .into_iter()
        .map(|(code, sentence)| {
            let sentence = text::line(sentence);
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
