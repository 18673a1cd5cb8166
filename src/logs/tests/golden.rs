//! Logs of our own making, one folder for each tool, and how each must be read.
//!
//! `JETWAY_BLESS=1 cargo test --lib logs::tests::golden` writes the readings anew; look at each.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Severity};
use crate::event::Verdict;
use crate::ids::BuildUploadId;
use crate::logs::Reading;
use crate::logs::dialects;
use crate::logs::tests::read;

/// The logs, in order.
pub(super) fn logs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/logs");
    let entries = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder)
            .expect("the golden logs are part of the source")
            .map(|entry| entry.expect("a folder can be read").path())
            .collect()
    };
    let mut logs: Vec<PathBuf> = entries(&root)
        .iter()
        .filter(|path| path.is_dir())
        .flat_map(|folder| entries(folder))
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    logs.sort();
    logs
}

fn finding(found: &Diagnostic) -> Value {
    json!({
        "code": found.code.as_str(),
        "codes": found.codes,
        "severity": found.severity.to_string(),
        "title": found.title,
        "message": found.message,
        "said_by": found.source,
        "about": found.subjects.iter().map(|subject| format!("{subject:?}")).collect::<Vec<_>>(),
        "variables": found.variables,
    })
}

fn told(reading: &Reading) -> String {
    let value = json!({
        "verdict": reading.verdict.name(),
        "delivery_id": reading.delivery_id.as_ref().map(BuildUploadId::as_str),
        "facts": reading.facts,
        "findings": reading.findings.iter().map(finding).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&value).expect("a reading is JSON");
    format!("{text}\n")
}

#[test]
fn every_golden_log_is_read_as_it_was() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told to write its fixtures"
    )]
    let bless = std::env::var_os("JETWAY_BLESS").is_some();
    let mut other = Vec::new();
    let logs = logs();
    assert!(logs.len() >= 60, "{} golden logs", logs.len());
    for log in logs {
        let text = fs::read_to_string(&log).expect("a golden log is UTF-8");
        let is = told(&read(&text));
        let file = log.with_extension("json");
        if bless {
            fs::write(&file, is).expect("a fixture can be written");
            continue;
        }
        let was = fs::read_to_string(&file).unwrap_or_default();
        if is != was {
            let name = log.with_extension("");
            other.push(format!("{}:\nwas {was}\nis {is}", name.display()));
        }
    }
    assert!(other.is_empty(), "{}", other.join("\n"));
}
#[test]
fn a_logs_name_says_how_it_ends_and_a_good_one_has_no_error() {
    let mut wrong = Vec::new();
    for log in logs() {
        let name = log.file_stem().unwrap_or_default().to_string_lossy();
        let (fails, works) = (name.starts_with("failed-"), name.starts_with("ok-"));
        let reading = read(&fs::read_to_string(&log).expect("a golden log is UTF-8"));
        let errors = reading.findings.iter();
        let errors = errors
            .filter(|found| found.severity == Severity::Error)
            .count();
        let is_as_said = match (fails, works) {
            (true, _) => reading.verdict == Verdict::Failed && errors > 0,
            (_, true) => reading.verdict != Verdict::Failed && errors == 0,
            _ => true,
        };
        if !is_as_said {
            wrong.push(format!(
                "{}: {:?}, {errors} errors",
                log.display(),
                reading.verdict
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dialect_has_a_golden_log() {
    let logs = logs();
    for tool in dialects::LIST {
        let name = tool.name;
        assert!(
            logs.iter()
                .any(|log| log.parent().is_some_and(|folder| folder.ends_with(name))),
            "tests/fixtures/logs/{name} has no log"
        );
    }
}
