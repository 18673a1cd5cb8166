//! Our dogfood workflow and three of the examples, as `act` runs them. They need that program, whose path is
//! in `JETWAY_ACT` (`just act`).

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

/// The example with the sandbox in place of Apple, and without its pauses.
fn to_sandbox(example: &str, server: &Server) -> String {
    let key = "          api-key: ${{";
    assert!(example.contains(key), "{example}");
    let more = format!(
        "          asc-url: {}\n          poll-interval: 5ms\n{key}",
        server.url
    );
    example.replace(key, &more)
}

/// With the sandbox's key where the examples look for one.
fn with_key(workflow: Workflow) -> Workflow {
    let key = jetway::sandbox::demo_key();
    workflow
        .secret("APPSTORE_API_PRIVATE_KEY", &key.private_key_pem)
        .variable("APPSTORE_API_KEY_ID", key.key_id)
        .variable("APPSTORE_ISSUER_ID", key.issuer_id)
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
