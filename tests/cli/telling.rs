//! What each reporter says, in a workflow and outside of one.

use crate::support::Cli;

fn in_a_workflow(scenario: &str) -> Cli {
    Cli::new().in_a_workflow().ship().scenario(scenario)
}

#[test]
fn a_workflow_gets_groups_annotations_summary_and_outputs() {
    let ran = in_a_workflow("rejects-itms-90683").fails(1);
    let groups = ran.stdout.matches("::group::").count();
    assert!(groups >= 4, "{}", ran.stdout);
    assert_eq!(groups, ran.stdout.matches("::endgroup::").count());
    assert!(
        ran.stdout.lines().any(|line| line.starts_with("::error ")),
        "{}",
        ran.stdout
    );
    assert!(ran.summary.contains("SANDBOX"), "{}", ran.summary);
    assert!(ran.summary.contains("ITMS-90683"), "{}", ran.summary);
    for output in [
        "app-id",
        "bundle-id",
        "marketing-version",
        "build-number",
        "build-upload-id",
        "processing-state",
        "testflight-url",
        "report",
    ] {
        assert!(
            ran.outputs.contains(output),
            "{output} is missing\n{}",
            ran.outputs
        );
    }
}

#[test]
fn outside_of_a_workflow_nothing_is_on_stdout() {
    let ran = Cli::new().ship().scenario("succeeds").succeeds();
    assert_eq!(ran.stdout, "");
    assert!(ran.stderr.contains("SANDBOX"), "{}", ran.stderr);
}

#[test]
fn the_report_has_the_frozen_schema() {
    let ran = Cli::new().ship().scenario("succeeds").succeeds();
    let report = &ran.report;
    assert_eq!(report["schema"], "jetway.report/v1");
    assert_eq!(report["outcome"], "processed");
    assert_eq!(report["verdict"], "succeeded");
    assert_eq!(report["exit_code"], 0);
    assert_eq!(report["build"]["build_number"], "42");
    assert!(report["api_calls"].as_u64().expect("a count") > 5);
    let stages: Vec<&str> = report["stages"]
        .as_array()
        .expect("stages")
        .iter()
        .filter_map(|stage| stage["name"].as_str())
        .collect();
    assert_eq!(
        stages,
        [
            "package",
            "preflight",
            "credentials",
            "app",
            "upload",
            "processing"
        ]
    );
}

#[test]
fn a_full_disk_for_reports_does_not_fail_the_run() {
    let ran = Cli::new()
        .args(["ship", "--sandbox", "--poll-interval", "5ms"])
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", "/dev/full")
        .env("GITHUB_OUTPUT", "/dev/full")
        .succeeds();
    for what in ["the step outputs", "the job summary"] {
        let warning = format!("::warning title=jetway::{what} could not be written");
        assert!(ran.stdout.contains(&warning), "{}", ran.everything());
    }
}

#[test]
fn the_version_and_the_help_are_there() {
    let ran = Cli::new().arg("--version").succeeds();
    assert_eq!(
        ran.stdout.trim(),
        concat!("jetway ", env!("CARGO_PKG_VERSION"))
    );
    let ran = Cli::new().args(["ship", "--help"]).succeeds();
    assert!(ran.stdout.contains("JETWAY_API_KEY"), "{}", ran.stdout);
}
