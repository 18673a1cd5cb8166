//! The schema `jetway.report/v1`. Frozen: a field may be added, none is renamed, removed or given
//! another meaning. `docs/report.v1.schema.json` says the same to machines.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde::Serialize;

use crate::diagnostic::{Finding, Retry};
use crate::event::StageEnd;
use crate::report::story::Story;
use crate::report::words::clean::Cleaner;
use crate::report::words::ending::{headline, next_steps};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    jetway: &'static str,
    command: Option<&'static str>,
    sandbox: bool,
    scenario: Option<String>,
    outcome: &'static str,
    reached: &'static str,
    exit_code: u8,
    verdict: &'static str,
    summary: String,
    next: Vec<String>,
    started: String,
    seconds: f64,
    app: Option<App>,
    build: Option<Build>,
    stages: Vec<Stage>,
    findings: Vec<FindingV1>,
    api_calls: u64,
}

#[derive(Serialize)]
struct App {
    id: Option<String>,
    name: Option<String>,
    bundle_id: Option<String>,
}

#[derive(Serialize)]
struct Build {
    marketing_version: Option<String>,
    build_number: Option<String>,
    platform: Option<&'static str>,
    file: Option<String>,
    size: Option<u64>,
    sha256: Option<String>,
    build_upload_id: Option<String>,
    build_id: Option<String>,
    processing_state: Option<String>,
    testflight_url: Option<String>,
}

#[derive(Serialize)]
struct Stage {
    name: &'static str,
    seconds: Option<f64>,
    end: Option<&'static str>,
}

#[derive(Serialize)]
struct FindingV1 {
    code: String,
    codes: Vec<String>,
    severity: String,
    title: String,
    message: String,
    fix: Vec<String>,
    variables: BTreeMap<String, String>,
    location: Option<Location>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paste: Option<Paste>,
    source: String,
    link: Option<String>,
    page: Option<String>,
    retry: Option<Retry>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

#[derive(Serialize)]
struct Paste {
    file: String,
    lines: String,
}

/// The report as text. Redacted value by value, so that no secret can break its form.
pub fn render(story: &Story, cleaner: &Cleaner) -> String {
    let mut text = serde_json::to_string_pretty(&report(story, cleaner))
        .expect("strings and numbers always have a JSON form");
    text.push('\n');
    text
}

fn report(story: &Story, cleaner: &Cleaner) -> Report {
    let ending = story.ending();
    Report {
        schema: "jetway.report/v1",
        jetway: env!("CARGO_PKG_VERSION"),
        command: (!story.command.is_empty()).then_some(story.command),
        sandbox: story.sandbox.is_some(),
        scenario: story.sandbox.as_deref().map(|name| cleaner.text(name)),
        outcome: ending.outcome().name(),
        reached: ending.reached.name(),
        exit_code: ending.exit_code(),
        verdict: ending.verdict().name(),
        summary: cleaner.text(&headline(story)),
        next: next_steps(story)
            .iter()
            .map(|step| cleaner.text(step))
            .collect(),
        started: rfc3339(story.started),
        seconds: seconds(story.elapsed),
        app: app(story, cleaner),
        build: build(story, cleaner),
        stages: story
            .stages
            .iter()
            .map(|record| Stage {
                name: record.stage.name(),
                seconds: record.took.map(seconds),
                end: record.end.map(StageEnd::name),
            })
            .collect(),
        findings: story
            .worst_first()
            .into_iter()
            .map(|found| finding(found, cleaner))
            .collect(),
        api_calls: story.api_calls,
    }
}

fn app(story: &Story, cleaner: &Cleaner) -> Option<App> {
    let bundle = story
        .package
        .as_ref()
        .map(|package| &package.bundle_identifier);
    (story.app.is_some() || bundle.is_some()).then(|| App {
        id: story.app.as_ref().map(|app| cleaner.text(app.id.as_str())),
        name: story.app.as_ref().map(|app| cleaner.text(&app.name)),
        bundle_id: bundle.map(|bundle| cleaner.text(bundle.as_str())),
    })
}

fn build(story: &Story, cleaner: &Cleaner) -> Option<Build> {
    let package = story.package.as_ref();
    let file = package.filter(|package| !package.is_by_name());
    let text = |text: &str| cleaner.text(text);
    (package.is_some() || story.build_upload_id.is_some() || story.build_id.is_some()).then(|| {
        Build {
            marketing_version: package
                .map(|package| text(package.build.marketing_version.as_str())),
            build_number: package.map(|package| text(package.build.build_number.as_str())),
            platform: package.map(|package| package.build.platform.api_name()),
            file: file.map(|package| text(&package.file_name)),
            size: file.map(|package| package.size),
            sha256: story.package_sha256.as_deref().map(text),
            build_upload_id: story.build_upload_id.as_ref().map(|id| text(id.as_str())),
            build_id: story.build_id.as_ref().map(|id| text(id.as_str())),
            processing_state: story.processing_state.as_deref().map(text),
            testflight_url: story.testflight_url.as_deref().map(text),
        }
    })
}

fn finding(finding: &Finding, cleaner: &Cleaner) -> FindingV1 {
    let found = &finding.diagnostic;
    let text = |text: &str| cleaner.text(text);
    FindingV1 {
        code: text(found.code.as_str()),
        codes: found.codes.iter().map(|code| text(code)).collect(),
        severity: found.severity.to_string(),
        title: text(&found.title),
        message: text(&found.message),
        fix: found.fix.iter().map(|step| text(step)).collect(),
        variables: found
            .variables
            .iter()
            .map(|(name, value)| (text(name), text(value)))
            .collect(),
        location: finding.location.as_ref().map(|location| Location {
            path: text(&location.path),
            line: location.line,
            column: location.column,
        }),
        paste: found.paste.as_ref().map(|paste| Paste {
            file: text(&paste.file),
            lines: text(&paste.lines),
        }),
        source: text(&found.source),
        link: found.link.as_deref().map(text),
        page: found.page.as_deref().map(text),
        retry: found.retry,
    }
}

/// Seconds with three digits behind the point.
fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000.0).round() / 1_000.0
}

/// The time in UTC as RFC 3339 writes it, such as `2026-11-21T12:00:00Z`; a clock before 1970 counts as
/// standing there.
fn rfc3339(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time.max(SystemTime::UNIX_EPOCH)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Ending;
    use crate::report::tests::samples;
    use crate::secret::Vault;

    fn schema() -> jsonschema::Validator {
        let schema = include_str!("../../../docs/report.v1.schema.json");
        jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
    }

    fn rendered(story: &Story) -> serde_json::Value {
        serde_json::from_str(&render(story, &Cleaner::new(Vault::default()))).unwrap()
    }

    #[test]
    fn a_full_and_a_minimal_report_keep_to_the_schema() {
        let schema = schema();
        for told in [samples::rejected(), samples::passed(), Vec::new()] {
            let report = rendered(&samples::story(told));
            let offences: Vec<String> = schema
                .iter_errors(&report)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert_eq!(offences, Vec::<String>::new());
        }
    }

    #[test]
    fn the_schema_refuses_what_is_no_report() {
        let mut report = rendered(&samples::story(samples::passed()));
        report["outcome"] = "fine".into();
        assert!(!schema().is_valid(&report));
        let mut report = rendered(&samples::story(samples::passed()));
        report.as_object_mut().unwrap().remove("findings");
        assert!(!schema().is_valid(&report));
    }

    #[test]
    fn every_outcome_is_in_the_schema_and_in_the_documentation() {
        let documentation = include_str!("../../../docs/report.md");
        let schema = schema();
        let mut story = samples::story(samples::passed());
        for ending in Ending::all() {
            let outcome = ending.outcome();
            let row = format!("| `{}` | {}", outcome.name(), ending.exit_code());
            let row = if outcome.name() == "interrupted" {
                "| `interrupted` | 129, 130, 131, 143".to_owned()
            } else {
                row
            };
            assert!(documentation.contains(&row), "docs/report.md lacks {row}");
            story.ending = Some(ending);
            assert!(schema.is_valid(&rendered(&story)));
        }
        let report = rendered(&story);
        let parts = [&report, &report["build"]];
        for name in parts
            .iter()
            .flat_map(|part| part.as_object().unwrap().keys())
        {
            assert!(
                documentation.contains(&format!("`{name}")),
                "docs/report.md lacks {name}"
            );
        }
    }

    #[test]
    fn a_failing_report_reads_like_this() {
        let story = samples::story(samples::rejected());
        let text = render(&story, &Cleaner::new(Vault::default()));
        insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "[version]"));
    }

    #[test]
    fn times_are_told_in_utc() {
        let at = |seconds| rfc3339(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_795_262_399), "2026-11-21T11:59:59Z");
        assert_eq!(at(4_107_542_400), "2100-03-01T00:00:00Z");
    }
}
