//! `annotate` on real logs, where a collection of them is beside the project: what a good answer says is
//! checked as the collection's own scorer does.

use std::path::{Path, PathBuf};
use std::process::Command;

use regex::bytes::{Regex, RegexBuilder};
use serde_json::Value;

/// The share of cases that must be right, in per cent.
const GOAL: usize = 95;

#[test]
fn real_logs_are_answered_as_their_reader_would_want() {
    let Some(cases) = cases() else {
        eprintln!("skipped: no collection of logs beside the project");
        return;
    };
    let mut right = 0;
    for case in &cases {
        let wanted = wanted(case);
        right += usize::from(wanted.is_empty());
        if !wanted.is_empty() {
            eprintln!("{}: wanted {}", case.display(), wanted.join("; "));
        }
    }
    eprintln!("{right} of {} cases are right", cases.len());
    assert!(right * 100 >= cases.len() * GOAL);
}

/// The cases: for each log a file in JSON beside it.
fn cases() -> Option<Vec<PathBuf>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told where the collection is"
    )]
    let shared = std::env::var_os("JETWAY_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let files = std::fs::read_dir(shared.join("cases")).ok()?;
    let files = files.filter_map(|entry| Some(entry.ok()?.path()));
    let mut cases: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .filter(|path| path.with_extension("txt").exists())
        .collect();
    cases.sort();
    Some(cases)
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a case can be read");
    serde_json::from_str(&text).expect("a case is JSON")
}

/// What was wanted of a case and did not come.
fn wanted(case: &Path) -> Vec<String> {
    let check = &json(case)["check"];
    let answer = answer(case);
    let mut wanted = answer.lacks_ending(check);
    wanted.extend(answer.lacks_words(check));
    wanted
}

/// Reads the case's log.
fn answer(case: &Path) -> Answer {
    let directory = tempfile::tempdir().expect("a directory");
    let report = directory.path().join("report.json");
    let done = Command::new(env!("CARGO_BIN_EXE_jetway"))
        .arg("annotate")
        .arg(case.with_extension("txt"))
        .arg("--report")
        .arg(&report)
        .env_clear()
        .current_dir(directory.path())
        .output()
        .expect("jetway runs");
    let report = json(&report);
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    Answer {
        code: done.status.code().unwrap_or(-1),
        report,
        findings,
    }
}

struct Answer {
    code: i32,
    report: Value,
    findings: Vec<Value>,
}

impl Answer {
    /// What is wrong with verdict, exit code and the number of findings.
    fn lacks_ending(&self, check: &Value) -> Vec<String> {
        let mut wanted = Vec::new();
        let verdict = &self.report["verdict"];
        if !many(&check["verdict"]).contains(&verdict) {
            wanted.push(format!("another verdict than {verdict}"));
        }
        let code = Value::from(self.code);
        if !many(&check["exit"]).contains(&&code) {
            wanted.push(format!("another exit code than {code}"));
        }
        for severity in ["error", "warning"] {
            let most = check[format!("max_{severity}s")].as_u64();
            let are = self.of(severity).len() as u64;
            if most.is_some_and(|most| are > most) {
                wanted.push(format!("fewer {severity}s than {are}"));
            }
        }
        if check["unknown"] != true && self.findings.iter().any(is_not_known) {
            wanted.push("a finding that is known".to_owned());
        }
        wanted
    }

    /// What is missing in the words of the findings, and what should not be there.
    fn lacks_words(&self, check: &Value) -> Vec<String> {
        const STEPS: [&str; 3] = ["title", "meaning", "fix"];
        let patterns = |name: &str| many(&check[name]).into_iter().filter_map(Value::as_str);
        let head = self.head();
        let first = &head[..head.len().min(1)];
        let first = text(first, &["code", "title", "meaning", "message", "fix"]);
        let mut wanted = Vec::new();
        if check["first"].is_array() && !patterns("first").any(|one| fits(one, &first)) {
            wanted.push(format!("a first finding with {}", check["first"]));
        }
        let within = check["within"].as_u64().unwrap_or(2) as usize;
        let steps = text(&head[..head.len().min(within)], &STEPS);
        let all: Vec<&Value> = self.findings.iter().collect();
        let whole = text(&all, &STEPS);
        let report = text(&[&self.report], &["summary", "reason", "next"]);
        let told = format!("{whole}{report}");
        for (name, words) in [("fix", &steps), ("said", &told)] {
            let missing = patterns(name).filter(|pattern| !fits(pattern, words));
            wanted.extend(missing.map(|pattern| format!("{name}: {pattern}")));
        }
        let advice = advice(&whole);
        let harm = patterns("never").filter(|pattern| fits(pattern, &advice));
        wanted.extend(harm.map(|pattern| format!("never {pattern}")));
        wanted
    }

    fn of(&self, severity: &str) -> Vec<&Value> {
        let of = |finding: &&Value| finding["severity"] == severity;
        self.findings.iter().filter(of).collect()
    }

    /// The errors; where there is none, all findings.
    fn head(&self) -> Vec<&Value> {
        let errors = self.of("error");
        if errors.is_empty() {
            self.findings.iter().collect()
        } else {
            errors
        }
    }
}

fn many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// The texts of some fields, one a line, with straight quotes and without backticks.
fn text(findings: &[&Value], fields: &[&str]) -> String {
    let mut text = String::new();
    for finding in findings {
        for value in fields.iter().flat_map(|field| many(&finding[*field])) {
            text.push_str(value.as_str().unwrap_or_default());
            text.push('\n');
        }
    }
    text.replace('`', "")
        .replace(['\u{2018}', '\u{2019}'], "'")
        .replace(['\u{201c}', '\u{201d}'], "\"")
}

fn is_not_known(finding: &Value) -> bool {
    let code = finding["code"].as_str().unwrap_or_default();
    let title = finding["title"].as_str().unwrap_or_default();
    ["message-not-known", "failed-without-reason"].contains(&code)
        || title.contains("not known yet")
        || title.contains("but not why")
}

/// The sentences that say what to do, without those that say what not to do.
fn advice(text: &str) -> String {
    let not = rule(
        r"\b(do not|don't|never|must not|should not|no need|need not|not a matter|instead of|rather than|not:)",
    );
    let end = rule(r"[.;!?]\s+");
    let mut advice = String::new();
    for line in text.lines() {
        let mut from = 0;
        let ends = end.find_iter(line.as_bytes()).map(|found| found.end());
        for to in ends.chain([line.len()]) {
            let sentence = &line[from..to];
            if !not.is_match(sentence.as_bytes()) {
                advice.push_str(sentence);
                advice.push('\n');
            }
            from = to;
        }
    }
    advice
}

/// Whether a pattern of the collection fits. Its only look-around is that several must fit at once.
fn fits(pattern: &str, text: &str) -> bool {
    if let Some(all) = pattern.strip_prefix("(?s)(?=") {
        let all = all.trim_end_matches(')').split(")(?=");
        return all.into_iter().all(|one| {
            let open = one.matches('(').count() > one.matches(')').count();
            rule(&format!("(?s){one}{}", if open { ")" } else { "" })).is_match(text.as_bytes())
        });
    }
    rule(pattern).is_match(text.as_bytes())
}

fn rule(pattern: &str) -> Regex {
    RegexBuilder::new(pattern)
        .unicode(false)
        .case_insensitive(true)
        .multi_line(true)
        .build()
        .expect("a pattern of the collection is a plain one")
}
