//! Our dogfood workflow, every example and every whole workflow of the README, as `act` runs them. They need that
//! program, whose path is in `JETWAY_ACT` (`just act`).
//!
//! The texts are those of the files. What is replaced: Apple by the sandbox, actions of others by folders
//! (`act.rs`), and what the reader's own project would do on a Mac, by scripts: `build.sh`, `upload.sh` and
//! `xcodebuild archive`.

use serde_json::{Value, json};

use crate::act::{Ran, Workflow};
use crate::support::testing::github::GitHub;
use crate::support::{Server, ipa};

const TOKEN: &str = "ghs_0123456789abcdefghijABCDEFGHIJ";
const HEAD: &str = "1111111111111111111111111111111111111111";

fn example(name: &str) -> String {
    let path = format!("{}/.github/examples/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the example")
}

/// The whole workflow that follows these words in the README.
fn of_the_readme(words: &str) -> String {
    let path = format!("{}/README.md", env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(path).expect("README.md");
    let (_, rest) = page.split_once(words).expect("the words");
    let (_, rest) = rest.split_once("```yaml\n").expect("a block");
    let block = rest.split("\n```").next().expect("its end");
    assert!(block.contains("\njobs:\n"), "{block}");
    format!("{block}\n")
}

/// The workflow with the sandbox in place of Apple, and without its pauses.
fn to_sandbox(workflow: &str, server: &Server) -> String {
    let mut changed = String::new();
    for line in workflow.lines() {
        let input = line.trim_start();
        if input.starts_with("api-key: ${{") || input.starts_with("api-private-key: ${{") {
            let indent = &line[..line.len() - input.len()];
            changed.push_str(&format!(
                "{indent}asc-url: {}\n{indent}poll-interval: 5ms\n",
                server.url
            ));
        }
        changed.push_str(&format!("{line}\n"));
    }
    assert!(changed.contains("asc-url: "), "{workflow}");
    changed
}

/// With the sandbox's key where the examples look for one.
fn with_key(workflow: Workflow) -> Workflow {
    with_key_in(
        workflow,
        [
            "APPSTORE_API_PRIVATE_KEY",
            "APPSTORE_API_KEY_ID",
            "APPSTORE_ISSUER_ID",
        ],
    )
}

/// With the sandbox's key where the README looks for one.
fn with_key_of_the_readme(workflow: Workflow) -> Workflow {
    with_key_in(workflow, ["ASC_PRIVATE_KEY", "ASC_KEY_ID", "ASC_ISSUER_ID"])
}

fn with_key_in(workflow: Workflow, [text, id, issuer]: [&'static str; 3]) -> Workflow {
    let key = jetway::sandbox::demo_key();
    workflow
        .secret(text, &key.private_key_pem)
        .variable(id, key.key_id)
        .variable(issuer, key.issuer_id)
}

fn told(workflow: Workflow, github: &GitHub) -> Workflow {
    workflow
        .secret("GITHUB_TOKEN", TOKEN)
        .env("GITHUB_API_URL", &github.url)
}

fn pull_request(from: &str) -> Value {
    json!({
        "number": 12,
        "pull_request": {"number": 12, "head": {"sha": HEAD, "ref": "topic", "repo": {"full_name": from, "fork": true}}, "base": {"ref": "main"}},
        "repository": {"full_name": "example/app"},
    })
}

#[track_caller]
fn one_annotation(ran: &Ran, level: &str, words: &str) {
    let found = ran.annotations(level);
    assert!(
        found.iter().any(|one| one.contains(words)),
        "{found:#?}\n{}",
        ran.log()
    );
}

#[test]
#[ignore = "needs act"]
fn our_own_workflow_ships() {
    Workflow::of_ours("dogfood.yml")
        .job("ships")
        .matrix("runner:ubuntu-24.04")
        .run()
        .succeeds();
}

#[test]
#[ignore = "needs act"]
fn our_own_workflow_is_refused_with_annotations() {
    let ran = Workflow::of_ours("dogfood.yml")
        .job("is-refused")
        .run()
        .succeeds();
    one_annotation(&ran, "error", "NSPhotoLibraryUsageDescription");
    one_annotation(&ran, "error", "no-such-program");
    assert!(
        ran.summaries().contains("ITMS-90683"),
        "{}",
        ran.summaries()
    );
}

#[test]
#[ignore = "needs act"]
fn the_rehearsal_of_a_fork_needs_no_secret() {
    let ran = Workflow::of_a_user(&example("rehearse-on-pull-request.yml"))
        .event("pull_request", &pull_request("stranger/app"))
        .run()
        .succeeds();
    assert!(ran.summaries().contains("SANDBOX"), "{}", ran.log());
}

#[test]
#[ignore = "needs act"]
fn a_tag_is_shipped_and_its_pull_request_told() {
    let (server, github) = (Server::start("succeeds"), GitHub::start());
    github.pulls(json!([{"number": 12, "state": "open", "head": {"sha": HEAD}}]));
    let text = to_sandbox(&example("ship-on-tag.yml"), &server);
    let workflow =
        Workflow::of_a_user(&text).builds(&ipa("com.example.jetway-demo", "1.0.0", "42"));
    let push = json!({"ref": "refs/tags/v1.0.0", "repository": {"full_name": "example/app"}});
    let ran = told(with_key(workflow), &github)
        .event("push", &push)
        .run()
        .succeeds();
    assert_eq!(
        ran.output("jetway", "outcome"),
        Some("processed"),
        "{}",
        ran.log()
    );
    assert_eq!(ran.output("jetway", "verdict"), Some("succeeded"));
    assert_eq!(github.bodies().len(), 1, "{}", ran.log());
    assert_eq!(
        github.statuses().last().expect("a status")["state"],
        "success"
    );
}

#[test]
#[ignore = "needs act"]
fn a_fork_without_secrets_ends_well_and_sends_nothing() {
    let server = Server::start("succeeds");
    let text = to_sandbox(&example("ship-on-tag.yml"), &server)
        .replace("  push:\n    tags: [\"v*\"]\n", "  pull_request:\n");
    let ran = Workflow::of_a_user(&text)
        .builds(&ipa("com.example.jetway-demo", "1.0.0", "42"))
        .event("pull_request", &pull_request("stranger/app"))
        .run()
        .succeeds();
    assert_eq!(
        ran.output("jetway", "outcome"),
        Some("skipped"),
        "{}",
        ran.log()
    );
    assert_eq!(ran.annotations("error"), Vec::<String>::new());
}

#[test]
#[ignore = "needs act"]
fn two_jobs_upload_and_finish_one_build() {
    let (server, github) = (Server::start("succeeds"), GitHub::start());
    github.pulls(json!([{"number": 12, "state": "open", "head": {"sha": HEAD}}]));
    let text = to_sandbox(&example("finish-on-linux.yml"), &server);
    let workflow =
        Workflow::of_a_user(&text).builds(&ipa("com.example.jetway-demo", "1.0.0", "42"));
    let push = json!({"ref": "refs/tags/v1.0.0", "repository": {"full_name": "example/app"}});
    let ran = told(with_key(workflow), &github)
        .event("push", &push)
        .run()
        .succeeds();
    assert_eq!(github.bodies().len(), 1, "{}", ran.log());
    assert_eq!(
        github.statuses().last().expect("a status")["state"],
        "success"
    );
}

#[test]
#[ignore = "needs act"]
fn an_archive_runs_through_every_stage() {
    let text = "
on: push
jobs:
  ship:
    runs-on: macos-26
    steps:
      - uses: OWNER/jetway@v1
        id: jetway
        with: { path: Demo.xcarchive, sandbox: true, poll-interval: 5ms }
";
    let ran = Workflow::of_a_user(text).run().succeeds();
    assert_eq!(
        ran.output("jetway", "outcome"),
        Some("processed"),
        "{}",
        ran.log()
    );
    for name in ["package-path", "export-log"] {
        assert_ne!(
            ran.output("jetway", name).unwrap_or_default(),
            "",
            "{name}\n{}",
            ran.log()
        );
    }
}

/// The demo's package, which the sandbox has an app for.
fn demo() -> Vec<u8> {
    ipa("com.example.jetway-demo", "1.0.0", "42")
}

#[track_caller]
fn processed(ran: &Ran, server: &Server) {
    assert_eq!(
        ran.last_output("outcome"),
        Some("processed"),
        "{}",
        ran.log()
    );
    assert_eq!(
        ran.last_output("verdict"),
        Some("succeeded"),
        "{}",
        ran.log()
    );
    assert_eq!(ran.last_output("build-number"), Some("42"), "{}", ran.log());
    assert_eq!(server.done("commit"), 1, "{:#}", server.log());
    assert_eq!(ran.annotations("error"), Vec::<String>::new());
    assert_eq!(ran.annotations("warning"), Vec::<String>::new());
    assert!(ran.summaries().contains("42"), "{}", ran.summaries());
}

#[test]
#[ignore = "needs act"]
fn a_build_of_a_mac_is_shipped_from_linux() {
    let (server, github) = (Server::start("succeeds"), GitHub::start());
    github.pulls(json!([{"number": 12, "state": "open", "head": {"sha": HEAD}}]));
    let text = to_sandbox(&example("ship-from-linux.yml"), &server);
    let workflow = with_key(Workflow::of_a_user(&text).builds(&demo()));
    let ran = told(workflow, &github)
        .event("workflow_dispatch", &by_hand())
        .run()
        .succeeds();
    processed(&ran, &server);
    assert_eq!(
        github.statuses().last().expect("a status")["state"],
        "success"
    );
}

#[test]
#[ignore = "needs act"]
fn a_workflow_for_apple_actions_ships_with_its_inputs() {
    let server = Server::start("succeeds");
    let text = to_sandbox(&example("from-apple-actions.yml"), &server);
    let ran = with_key(Workflow::of_a_user(&text).builds(&demo()))
        .event("workflow_dispatch", &by_hand())
        .run()
        .succeeds();
    processed(&ran, &server);
}

fn by_hand() -> Value {
    json!({"ref": "refs/heads/main", "repository": {"full_name": "example/app"}})
}

#[test]
#[ignore = "needs act"]
fn the_readmes_release_by_tag_ships() {
    let (server, github) = (Server::start("succeeds"), GitHub::start());
    github.pulls(json!([{"number": 12, "state": "open", "head": {"sha": HEAD}}]));
    let text = to_sandbox(&of_the_readme("## Ship on a tag"), &server);
    let workflow = with_key_of_the_readme(Workflow::of_a_user(&text).builds(&demo()));
    let push = json!({"ref": "refs/tags/v1.0.0", "repository": {"full_name": "example/app"}});
    let ran = told(workflow, &github)
        .event("push", &push)
        .run()
        .succeeds();
    processed(&ran, &server);
    assert_eq!(github.bodies().len(), 1, "{}", ran.log());
    assert_eq!(
        github.statuses().last().expect("a status")["state"],
        "success"
    );
}

/// The same workflow, where Apple refuses the build.
#[test]
#[ignore = "needs act"]
fn the_readmes_release_by_tag_fails_where_apple_refuses_and_says_why() {
    let server = Server::start("rejects-itms-90683");
    let text = to_sandbox(&of_the_readme("## Ship on a tag"), &server);
    let push = json!({"ref": "refs/tags/v1.0.0", "repository": {"full_name": "example/app"}});
    let ran = with_key_of_the_readme(Workflow::of_a_user(&text).builds(&demo()))
        .event("push", &push)
        .run()
        .fails();
    assert_eq!(ran.last_output("outcome"), Some("failed"), "{}", ran.log());
    assert_eq!(ran.last_output("verdict"), Some("failed"), "{}", ran.log());
    one_annotation(&ran, "error", "ITMS-90683");
    assert!(
        ran.summaries().contains("ITMS-90683"),
        "{}",
        ran.summaries()
    );
}

/// Here the sandbox is asked for as its users do, so the stand-ins for Apple's tools export too.
#[test]
#[ignore = "needs act"]
fn the_readmes_archive_is_exported_and_shipped() {
    let mut text = of_the_readme("## From `xcodebuild archive` to TestFlight");
    for (from, to) in [
        ("xcodebuild archive ", "./xcodebuild.sh archive "),
        (
            "path: App.xcarchive\n",
            "path: App.xcarchive\n          sandbox: true\n          poll-interval: 5ms\n",
        ),
    ] {
        assert_eq!(text.matches(from).count(), 1, "{from}: {text}");
        text = text.replace(from, to);
    }
    let ran = Workflow::of_a_user(&text)
        .archives("xcodebuild.sh")
        .run()
        .succeeds();
    assert_eq!(
        ran.last_output("outcome"),
        Some("processed"),
        "{}",
        ran.log()
    );
    for name in ["package-path", "export-log", "build-id"] {
        assert_ne!(
            ran.last_output(name).unwrap_or_default(),
            "",
            "{name}\n{}",
            ran.log()
        );
    }
    assert!(ran.summaries().contains("SANDBOX"), "{}", ran.summaries());
}

#[test]
#[ignore = "needs act"]
fn the_readmes_log_of_another_tool_is_annotated_though_the_upload_failed() {
    let text = of_the_readme("To use it only for its words");
    let upload = "#!/bin/sh
echo 'ERROR ITMS-90683: \"Missing purpose string in Info.plist. The Info.plist file for the App.app bundle should contain a NSCameraUsageDescription key.\"'
exit 1
";
    let ran = Workflow::of_a_user(&text)
        .builds(&demo())
        .script("upload.sh", upload)
        .event("workflow_dispatch", &by_hand())
        .run()
        .fails();
    one_annotation(&ran, "error", "NSCameraUsageDescription");
    assert!(
        ran.summaries().contains("ITMS-90683"),
        "{}",
        ran.summaries()
    );
    assert_eq!(ran.last_output("verdict"), Some("failed"), "{}", ran.log());
}
