//! What a pull request is told, by the whole program against a GitHub of our own.

use std::net::TcpListener;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::testing::github::GitHub;
use crate::support::{Cli, Ran, Server, ipa};

const HEAD: &str = "1111111111111111111111111111111111111111";
const TIP: &str = "2222222222222222222222222222222222222222";
const TOKEN: &str = "ghs_0123456789abcdefghijABCDEFGHIJ";
const BOT: &str = "github-actions[bot]";

/// As a step of a workflow that this event started.
fn on(cli: Cli, github: &GitHub, event: &str, reference: &str, payload: &Value) -> Cli {
    let path = cli.path("event.json");
    cli.in_a_workflow()
        .file("event.json", payload.to_string())
        .env("GITHUB_EVENT_PATH", path)
        .env("GITHUB_EVENT_NAME", event)
        .env("GITHUB_REF", reference)
        .env("GITHUB_SHA", TIP)
        .env("GITHUB_REPOSITORY", "example/app")
        .env("GITHUB_SERVER_URL", "https://github.example")
        .env("GITHUB_API_URL", &github.url)
        .env("GITHUB_RUN_ID", "99")
        .env("JETWAY_GITHUB_TOKEN", TOKEN)
}

fn pull_request(source: &Value) -> Value {
    json!({
        "number": 12,
        "pull_request": {"number": 12, "head": {"sha": HEAD, "repo": source}},
        "repository": {"full_name": "example/app"},
    })
}

fn own() -> Value {
    pull_request(&json!({"full_name": "example/app"}))
}

fn fork() -> Value {
    pull_request(&json!({"full_name": "stranger/app"}))
}

fn in_a_pull_request(cli: Cli, github: &GitHub) -> Cli {
    on(cli, github, "pull_request", "refs/pull/12/merge", &own())
}

fn rehearsal(github: &GitHub, scenario: &str) -> Cli {
    in_a_pull_request(Cli::new().ship().scenario(scenario), github)
}

#[track_caller]
fn only_comment(github: &GitHub) -> String {
    let bodies = github.bodies();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    bodies[0].clone()
}

#[track_caller]
fn last_status(github: &GitHub) -> Value {
    github.statuses().last().expect("a status").clone()
}

#[test]
fn one_comment_is_made_and_the_next_run_writes_it_anew() {
    let github = GitHub::start();
    rehearsal(&github, "rejects-itms-90683").fails(1);
    let body = only_comment(&github);
    let first = body.lines().next().expect("a line");
    assert!(first.starts_with("### SANDBOX ❌ "), "{body}");
    assert!(first.contains("NSPhotoLibraryUsageDescription"), "{body}");
    assert!(body.contains("**Apple refused Jetway demo"), "{body}");
    assert!(body.contains("ITMS-90683"), "{body}");
    assert!(body.contains("\n1. "), "{body}");
    assert!(
        body.contains("https://github.example/example/app/actions/runs/99"),
        "{body}"
    );
    assert_eq!(last_status(&github)["state"], "failure");
    rehearsal(&github, "succeeds").succeeds();
    let body = only_comment(&github);
    assert!(body.contains("ready for testing"), "{body}");
    assert!(!body.contains("ITMS-90683"), "{body}");
    let status = last_status(&github);
    assert_eq!(status["state"], "success");
    assert_eq!(status["sha"], HEAD);
    let context = status["context"].as_str().expect("a name");
    assert!(context.starts_with("SANDBOX TestFlight / "), "{context}");
}

#[test]
fn every_event_finds_its_commit_and_its_pull_request() {
    let found = json!([{"number": 12, "state": "open", "head": {"sha": TIP}}]);
    let pushed = json!({"after": TIP});
    let tagged = json!({"after": HEAD, "ref": "refs/tags/v1"});
    let run = json!({"workflow_run": {"head_sha": HEAD, "pull_requests": [{"number": 12}]}});
    let queue = "refs/heads/gh-readonly-queue/main/pr-12-abc";
    let queued = json!({"merge_group": {"head_sha": HEAD, "head_ref": queue}});
    let nothing = json!({});
    let branch = "refs/heads/topic";
    for (event, reference, payload, sha, has_comment) in [
        ("pull_request_target", branch, &own(), HEAD, true),
        ("push", branch, &pushed, TIP, true),
        ("push", "refs/tags/v1", &tagged, TIP, true),
        ("create", "refs/tags/v1", &nothing, TIP, true),
        ("workflow_run", branch, &run, HEAD, true),
        ("merge_group", queue, &queued, HEAD, true),
        ("workflow_dispatch", branch, &nothing, TIP, true),
        ("release", "refs/tags/v1", &nothing, TIP, true),
        ("schedule", branch, &nothing, TIP, false),
        ("repository_dispatch", branch, &nothing, TIP, false),
    ] {
        let github = GitHub::start();
        github.pulls(found.clone());
        let cli = Cli::new().ship().scenario("succeeds");
        let ran = on(cli, &github, event, reference, payload).succeeds();
        assert_eq!(last_status(&github)["sha"], sha, "{event}");
        assert_eq!(
            github.count("POST", "/issues/12/comments"),
            usize::from(has_comment),
            "{event}"
        );
        assert_eq!(ran.codes(), Vec::<&str>::new(), "{event}");
    }
}

#[test]
fn several_pull_requests_of_a_commit_get_no_comment_and_are_named() {
    let github = GitHub::start();
    github.pulls(json!([{"number": 3}, {"number": 4}]));
    let cli = Cli::new().ship().scenario("succeeds");
    let ran = on(
        cli,
        &github,
        "push",
        "refs/heads/main",
        &json!({"after": TIP}),
    )
    .succeeds();
    assert!(github.comments().is_empty());
    let notice = ran.finding("pull-request-unclear");
    assert!(notice["message"].to_string().contains("3, 4"), "{notice}");
    assert!(
        ran.summary.contains("several pull requests"),
        "{}",
        ran.summary
    );
}

#[test]
fn duplicates_are_healed_and_a_strangers_marker_is_left_alone() {
    let github = GitHub::start();
    rehearsal(&github, "succeeds").succeeds();
    let body = only_comment(&github);
    github.comment(BOT, &body);
    github.comment("stranger", &body);
    rehearsal(&github, "succeeds").succeeds();
    let authors: Vec<String> = github
        .comments()
        .iter()
        .map(|comment| {
            comment["user"]["login"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    assert_eq!(authors, [BOT, "stranger"]);
}

#[test]
fn missing_permissions_are_one_warning_and_change_nothing() {
    for (scenario, code) in [("succeeds", 0), ("rejects-itms-90683", 1)] {
        let github = GitHub::start();
        github.fails("GET", "/comments", 403, 9);
        github.fails("POST", "/comments", 403, 9);
        github.fails("POST", "/statuses", 403, 9);
        let ran = rehearsal(&github, scenario).fails(code);
        let missing: Vec<&str> = ran
            .codes()
            .into_iter()
            .filter(|code| code.starts_with("github-"))
            .collect();
        assert_eq!(missing, ["github-permission-missing"]);
        let warning = ran.finding("github-permission-missing");
        let yaml = "permissions: { contents: read, pull-requests: write, statuses: write }";
        assert_eq!(warning["variables"]["permissions"], yaml);
        assert!(warning["fix"].to_string().contains(yaml), "{warning}");
        assert!(ran.stdout.contains(yaml), "{}", ran.stdout);
        let warnings = ran.stdout.matches("::warning ").count();
        assert_eq!(warnings, 1, "{}", ran.stdout);
    }
}

#[test]
fn an_outage_a_limit_and_a_refusal_are_one_warning_each_and_change_nothing() {
    for status in [404, 422, 500, 502, 429] {
        let github = GitHub::start();
        github.fails("GET", "", status, 99);
        github.fails("POST", "", status, 99);
        let ran = rehearsal(&github, "succeeds").succeeds();
        let told = ran.codes();
        assert_eq!(told.len(), 1, "{status}: {told:?}");
        assert!(told[0].starts_with("github-"), "{status}: {told:?}");
        assert_eq!(ran.outcome(), "processed");
    }
}

#[test]
fn a_github_that_is_gone_changes_nothing() {
    let github = GitHub::start();
    let ran = rehearsal(&github, "succeeds")
        .env("GITHUB_API_URL", "http://127.0.0.1:9")
        .succeeds();
    assert_eq!(ran.codes(), ["github-not-told"]);
    let ran = rehearsal(&github, "succeeds")
        .env("GITHUB_API_URL", "http://github.example/api/v3")
        .succeeds();
    assert!(ran.stdout.contains("must be https"), "{}", ran.stdout);
    assert!(github.requests().is_empty());
}

#[test]
fn a_forks_pull_request_is_skipped_with_an_explanation_and_asks_github_nothing() {
    for payload in [fork(), pull_request(&Value::Null)] {
        let github = GitHub::start();
        let cli = Cli::new().ship().arg("App.ipa");
        let ran = on(cli, &github, "pull_request", "refs/pull/12/merge", &payload).succeeds();
        assert_eq!(ran.outcome(), "skipped");
        assert_eq!(ran.report["verdict"], "unknown");
        assert!(ran.summary.contains("no secrets"), "{}", ran.summary);
        assert!(!ran.stdout.contains("::error "), "{}", ran.stdout);
        assert!(ran.stdout.contains("::notice "), "{}", ran.stdout);
        assert!(github.requests().is_empty());
    }
}

#[test]
fn a_forks_pull_request_can_rehearse() {
    let github = GitHub::start();
    let cli = Cli::new()
        .ship()
        .arg("App.ipa")
        .env("JETWAY_REHEARSE", "true");
    let ran = on(cli, &github, "pull_request", "refs/pull/12/merge", &fork()).succeeds();
    assert_eq!(ran.outcome(), "processed");
    assert_eq!(ran.report["sandbox"], true);
    assert_eq!(ran.codes(), ["secrets-missing"]);
    assert!(github.requests().is_empty());
}

#[test]
fn without_a_key_our_own_runs_fail_unless_they_are_told_to_skip() {
    let github = GitHub::start();
    let app = ipa("com.example.app", "1.0.0", "1");
    let run = |what: &str| {
        let cli = Cli::new().ship().file("App.ipa", &app).arg("App.ipa");
        in_a_pull_request(cli, &github)
            .env("JETWAY_ON_MISSING_SECRETS", what)
            .run()
    };
    assert_ne!(run("").code, Some(0));
    assert_ne!(run("auto").code, Some(0));
    assert_eq!(run("skip").outcome(), "skipped");
    assert_eq!(run("never").code, Some(2));
}

#[test]
fn a_target_run_of_a_fork_is_warned_about() {
    let github = GitHub::start();
    let cli = Cli::new().ship().scenario("succeeds");
    let ran = on(
        cli,
        &github,
        "pull_request_target",
        "refs/heads/main",
        &fork(),
    )
    .succeeds();
    assert_eq!(ran.codes(), ["secrets-beside-fork"]);
    assert_eq!(github.comments().len(), 1);
}

#[test]
fn what_is_switched_off_is_not_written_and_a_check_run_is_made_when_asked_for() {
    let github = GitHub::start();
    rehearsal(&github, "succeeds")
        .args(["--pr-comment=false", "--commit-status=no"])
        .succeeds();
    assert!(github.requests().is_empty());
    rehearsal(&github, "rejects-itms-90683")
        .env("JETWAY_CHECK_RUN", "true")
        .fails(1);
    let checks = github.checks();
    assert_eq!(checks.len(), 1);
    assert_eq!(checks[0]["conclusion"], "failure");
    assert_eq!(checks[0]["head_sha"], HEAD);
    rehearsal(&github, "succeeds")
        .arg("--pr-comment=perhaps")
        .fails(2);
}

#[test]
fn without_a_token_nobody_is_asked() {
    let github = GitHub::start();
    rehearsal(&github, "succeeds")
        .env("JETWAY_GITHUB_TOKEN", "")
        .succeeds();
    assert!(github.requests().is_empty());
}

#[test]
fn no_secret_is_in_any_body_nor_in_what_is_shown() {
    let server = Server::start("rejects-itms-90683");
    let github = GitHub::start();
    let app = ipa("com.example.app", "1.0.0", "1");
    let cli = server.ship().file("App.ipa", app).arg("App.ipa");
    let ran = in_a_pull_request(cli, &github)
        .env("JETWAY_CHECK_RUN", "1")
        .fails(1);
    let key = jetway::sandbox::demo_key().private_key_pem;
    let piece = key.lines().nth(1).expect("a line of the key");
    for request in github.requests() {
        assert!(!request.body.contains(TOKEN), "{}", request.body);
        assert!(!request.body.contains(piece), "{}", request.body);
        assert!(!request.body.contains("eyJ"), "{}", request.body);
        assert!(request.path.starts_with("/api/v3/"), "{}", request.path);
        assert!(request.headers.contains(TOKEN), "{}", request.headers);
    }
    let shown: String = ran
        .stdout
        .lines()
        .filter(|line| !line.starts_with("::add-mask::"))
        .collect();
    assert!(!shown.contains(TOKEN), "{shown}");
    assert!(!ran.summary.contains(TOKEN) && !ran.stderr.contains(TOKEN));
    assert_eq!(
        last_status(&github)["context"],
        "TestFlight / com.example.app"
    );
}

/// Two jobs: a Mac that uploads and waits for nothing, and another machine that has the receipt alone.
#[test]
fn the_second_job_of_a_workflow_tells_the_same_pull_request() {
    let server = Server::start("gives-to-testers");
    let github = GitHub::start();
    let app = ipa("com.example.app", "1.0.0", "42");
    let first = server.ship().file("App.ipa", app).arg("App.ipa");
    let first = first.args(["--wait", "none", "--receipt", "receipt.json"]);
    let first = first.args(["--groups", "QA,Friends", "--submit-beta-review"]);
    let (child, directory) = in_a_pull_request(first, &github).start();
    let receipt = directory.path().join("receipt.json");
    let ran = Ran::of(child, &directory);
    assert_eq!(ran.outcome(), "uploaded", "{}", ran.everything());
    let receipt = std::fs::read_to_string(receipt).expect("a receipt");
    let body = only_comment(&github);
    assert!(body.contains("is uploaded"), "{body}");
    let context = last_status(&github)["context"].clone();

    let second = |name: &str, options: &[&str]| {
        let call = server.command(name).file("receipt.json", &receipt);
        let call = call.args(["receipt.json", "--poll-interval", "5ms"]);
        let call = options.iter().fold(call, Cli::arg);
        in_a_pull_request(call, &github).succeeds()
    };
    let ran = second("finish", &[]);
    assert_eq!(ran.outcome(), "submitted", "{}", ran.everything());
    let body = only_comment(&github);
    assert!(body.contains("was submitted to "), "{body}");
    assert!(!body.contains("is uploaded;"), "{body}");
    let status = last_status(&github);
    assert_eq!(
        (&status["context"], &status["state"]),
        (&context, &json!("success"))
    );
    assert_eq!(status["sha"], HEAD);

    // And later, from a scheduled workflow, the verdict.
    second("wait", &["--until=in-testing"]);
    let body = only_comment(&github);
    assert!(body.contains("what was waited for is so"), "{body}");
    assert_eq!(last_status(&github)["context"], context);
    github.pulls(json!([{"number": 12, "state": "open", "head": {"sha": HEAD}}]));
    let before = github.statuses().len();
    let later = server.command("status").file("receipt.json", &receipt);
    let later = later.arg("receipt.json");
    on(later, &github, "schedule", "refs/heads/main", &json!({})).succeeds();
    assert!(github.statuses().len() > before);
    assert_eq!(last_status(&github)["sha"], HEAD);
    only_comment(&github);
    let named = server
        .command("status")
        .args(["--bundle-id", "com.example.app"]);
    in_a_pull_request(named, &github).succeeds();
    let status = last_status(&github);
    assert_eq!(
        (&status["context"], &status["state"]),
        (&context, &json!("success"))
    );
    let said = status["description"].as_str().expect("words");
    assert!(said.starts_with("Apple says "), "{said}");
    assert_eq!(server.done("reserve"), 1);
}

/// By its names alone nobody knows of which commit a build was made: no word rather than one in the wrong place.
#[test]
fn a_build_without_its_receipt_is_told_on_no_commit_where_the_event_has_none() {
    let server = Server::start("succeeds");
    let app = ipa("com.example.app", "1.0.0", "42");
    let first = server.ship().file("App.ipa", app).arg("App.ipa");
    let shipped = first.succeeds();
    let id = shipped.report["build"]["build_id"].as_str().expect("an id");
    for (command, named) in [
        ("status", ["--bundle-id", "com.example.app"]),
        ("finish", ["--build-id", id]),
    ] {
        for event in ["schedule", "repository_dispatch", "workflow_dispatch"] {
            let github = GitHub::start();
            let call = server.command(command).args(named);
            let call = call.args(["--poll-interval", "5ms"]);
            let ran = on(call, &github, event, "refs/heads/main", &json!({})).succeeds();
            let told = ran.everything();
            assert!(
                told.contains("a receipt names the commit"),
                "{event}: {told}"
            );
            assert!(
                github.statuses().is_empty() && github.bodies().is_empty(),
                "{event}"
            );
        }
        let github = GitHub::start();
        let call = server.command(command).args(named);
        in_a_pull_request(call.args(["--poll-interval", "5ms"]), &github).succeeds();
        assert_eq!(last_status(&github)["sha"], HEAD, "{command}");
    }
}

/// The reviewers' no ends the waiting, and is told where the build was told of.
#[test]
fn a_rejection_reaches_the_pull_request() {
    let server = Server::start("review-rejects");
    let github = GitHub::start();
    let app = ipa("com.example.app", "1.0.0", "42");
    let ship = server.ship().file("App.ipa", app).arg("App.ipa");
    in_a_pull_request(ship.arg("--submit-to-app-store"), &github).succeeds();
    let wait = server
        .command("wait")
        .args(["--until", "live", "--poll-interval", "5ms"]);
    let wait = wait.args(["--bundle-id", "com.example.app"]);
    in_a_pull_request(wait, &github).fails(1);
    assert!(only_comment(&github).contains("was not approved"));
    let status = last_status(&github);
    assert_eq!(status["context"], "TestFlight / com.example.app");
    assert_eq!(status["state"], "failure");
}

#[test]
fn hostile_text_in_the_package_stays_text() {
    let server = Server::start("succeeds");
    let github = GitHub::start();
    let hostile = "1&lt;!-- @octocat ![x](https://evil.example) #1 --&gt;";
    let app = ipa("com.example.app", "1.0.0", hostile);
    let cli = server.ship().file("App.ipa", app).arg("App.ipa");
    in_a_pull_request(cli, &github).run();
    let body = only_comment(&github);
    assert_eq!(body.matches("<!--").count(), 1, "{body}");
    for odd in ["@octocat", "![x]", "https://evil", "#1 "] {
        assert!(!body.contains(odd), "{odd}\n{body}");
    }
}

#[test]
fn what_a_log_says_is_told_too_though_no_build_is_known() {
    const LOG: &str = "\
2031-02-03 10:11:14.200 ERROR: [ContentDelivery.Uploader.600001A2] Asset validation failed (90683) Missing purpose string in Info.plist. The Info.plist file for the 'Plum.app' bundle should contain a NSCameraUsageDescription key with a user-facing purpose string. (ID: 11111111-2222-3333-4444-555555555555)
2031-02-03 10:11:14.201 ERROR: [altool.600001A2] UPLOAD FAILED with 1 error
";
    let github = GitHub::start();
    let annotate = |log: &str, code| {
        let cli =
            Cli::new()
                .file("altool.log", log)
                .args(["annotate", "altool.log", "--check-run"]);
        in_a_pull_request(cli, &github).fails(code)
    };
    annotate(LOG, 1);
    let body = only_comment(&github);
    let first = body.lines().next().expect("a line");
    assert!(first.starts_with("### ❌ "), "{body}");
    assert!(first.contains("NSCameraUsageDescription"), "{body}");
    for part in [
        "**the log says that it failed**",
        "ITMS-90683",
        "\n1. ",
        "NSCameraUsageDescription",
        "jetway annotate",
    ] {
        assert!(body.contains(part), "{part}\n{body}");
    }
    for odd in ["the build is", "SANDBOX", "TestFlight"] {
        assert!(!body.contains(odd), "{odd}\n{body}");
    }
    let status = last_status(&github);
    assert_eq!(status["context"], "TestFlight / log");
    assert_eq!(status["state"], "failure");
    let said = status["description"].as_str().expect("words");
    assert!(said.contains("NSCameraUsageDescription"), "{said}");
    assert!(said.ends_with(" · the log says that it failed"), "{said}");
    assert_eq!(github.checks()[0]["conclusion"], "failure");
    annotate("UPLOAD SUCCEEDED with no errors\n", 0);
    let body = only_comment(&github);
    assert!(
        body.starts_with("### ✅ the log says that it worked\n"),
        "{body}"
    );
    assert_eq!(last_status(&github)["state"], "success");
}

const LOG_WITHOUT_CAMERA: &str = "\
2031-02-03 10:11:14.200 ERROR: [ContentDelivery.Uploader.600001A2] Asset validation failed (90683) Missing purpose string in Info.plist. The Info.plist file for the 'Plum.app' bundle should contain a NSCameraUsageDescription key with a user-facing purpose string. (ID: 11111111-2222-3333-4444-555555555555)
2031-02-03 10:11:14.201 ERROR: [altool.600001A2] UPLOAD FAILED with 1 error
";

const PLIST: &str = "<plist version=\"1.0\">\n<dict>\n\t<key>CFBundleName</key>\n\t<string>Plum</string>\n</dict>\n</plist>\n";

/// Reads a log in a repository with one app whose Info.plist lacks the camera's sentence.
fn annotated(github: &GitHub, log: &str, code: i32) {
    let project = "// !$*UTF8*$!\n{ objects = {\nP = { isa = PBXProject; targets = (T); buildConfigurationList = L; };\nT = { isa = PBXNativeTarget; name = Plum; productName = Plum; productType = \"com.apple.product-type.application\"; buildConfigurationList = L; };\nL = { isa = XCConfigurationList; buildConfigurations = (C); };\nC = { isa = XCBuildConfiguration; name = Release; buildSettings = { INFOPLIST_FILE = Plum/Info.plist; PRODUCT_NAME = Plum; PRODUCT_BUNDLE_IDENTIFIER = com.example.plum; }; };\n}; rootObject = P; }\n";
    let cli = Cli::new();
    let workspace = cli.path("");
    let cli = cli
        .file("altool.log", log)
        .file("Plum.xcodeproj/project.pbxproj", project)
        .file("Plum/Info.plist", PLIST)
        .file(".git/HEAD", "ref: refs/heads/main\n")
        .args(["annotate", "altool.log"]);
    in_a_pull_request(cli, github)
        .env("GITHUB_WORKSPACE", workspace)
        .fails(code);
}

fn reviews_of(github: &GitHub) -> Vec<Value> {
    github.reviews(|reviews| reviews.comments.clone())
}

#[test]
fn a_change_on_a_changed_line_is_suggested_once_and_taken_back_when_it_is_mended() {
    let github = GitHub::start();
    github.reviews(|reviews| reviews.change("Plum/Info.plist", "@@ -1,3 +1,4 @@\n <plist version=\"1.0\">\n <dict>\n+\t<key>CFBundleName</key>\n \t<string>Plum</string>"));
    annotated(&github, LOG_WITHOUT_CAMERA, 1);
    annotated(&github, LOG_WITHOUT_CAMERA, 1);
    let reviews = reviews_of(&github);
    assert_eq!(reviews.len(), 1, "{reviews:?}");
    assert_eq!(
        (&reviews[0]["line"], &reviews[0]["commit_id"]),
        (&json!(2), &json!(HEAD))
    );
    let body = reviews[0]["body"].as_str().expect("words");
    let suggestion = "```suggestion\n<dict>\n\t<key>NSCameraUsageDescription</key>\n";
    assert!(body.contains(suggestion), "{body}");
    assert_eq!(github.count("POST", "/pulls/12/comments"), 1);
    let comment = only_comment(&github);
    let link = format!("\nhttps://github.example/example/app/blob/{HEAD}/Plum/Info.plist#L1-L5\n");
    assert!(comment.contains(&link), "{comment}");
    assert!(
        comment.contains("\n```diff\n <dict>\n+\t<key>NSCameraUsageDescription</key>\n"),
        "{comment}"
    );
    // A stranger's, and one that was answered, stay.
    let stranger =
        json!({"id": 7, "body": body, "user": {"login": "stranger"}, "path": "x", "line": 1});
    github.reviews(|reviews| reviews.comments.push(stranger));
    annotated(&github, "UPLOAD SUCCEEDED with no errors\n", 0);
    let left = reviews_of(&github);
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(left[0]["user"]["login"], "stranger");
}

#[test]
fn a_suggestion_that_was_answered_stays_and_one_whose_line_is_gone_is_made_anew() {
    let github = GitHub::start();
    github.reviews(|reviews| reviews.change("Plum/Info.plist", "@@ -2,1 +2,1 @@\n <dict>"));
    annotated(&github, LOG_WITHOUT_CAMERA, 1);
    github.reviews(|reviews| reviews.comments[0]["line"] = Value::Null);
    annotated(&github, LOG_WITHOUT_CAMERA, 1);
    assert_eq!(reviews_of(&github).len(), 1);
    assert_eq!(reviews_of(&github)[0]["line"], 2);
    let first = reviews_of(&github)[0]["id"].clone();
    let answer =
        json!({"id": 8, "body": "thanks", "user": {"login": "octocat"}, "in_reply_to_id": first});
    github.reviews(|reviews| reviews.comments.push(answer));
    annotated(&github, "UPLOAD SUCCEEDED with no errors\n", 0);
    assert_eq!(reviews_of(&github).len(), 2);
}

#[test]
fn what_is_not_in_the_changes_is_not_suggested_and_nothing_fails() {
    for patch in [
        "@@ -3,1 +3,1 @@\n \t<key>CFBundleName</key>",
        "@@ -2,1 +2,1 @@\n <array>",
    ] {
        let github = GitHub::start();
        github.reviews(|reviews| reviews.change("Plum/Info.plist", patch));
        annotated(&github, LOG_WITHOUT_CAMERA, 1);
        assert!(reviews_of(&github).is_empty(), "{patch}");
        assert_eq!(github.comments().len(), 1);
    }
}

/// Ships to an Apple that never gets ready.
fn shipping_for_ever(github: &GitHub) -> (Server, Cli) {
    let server = Server::start("stays-processing");
    let app = ipa("com.example.app", "1.0.0", "1");
    let cli = server.ship().file("App.ipa", app).arg("App.ipa");
    let cli = in_a_pull_request(cli, github);
    (server, cli)
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(30), "never: {what}");
        std::thread::yield_now();
    }
}

/// Interrupts the run as the runner does, and gives what it left; it must be gone in five seconds.
fn cancel(child: Child, directory: &TempDir) -> Ran {
    let began = Instant::now();
    let sent = Command::new("kill")
        .args(["-INT".to_owned(), child.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
    let ran = Ran::of(child, directory);
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert_eq!(ran.code, Some(130), "{}", ran.everything());
    ran
}

#[test]
fn the_story_is_told_as_it_happens_and_a_cancelled_run_leaves_its_last_word() {
    let github = GitHub::start();
    let (_server, cli) = shipping_for_ever(&github);
    let (child, directory) = cli.start();
    wait_until("it is told that Apple works", || {
        let bodies = github.bodies();
        bodies
            .iter()
            .any(|body| body.starts_with("### ⏳ Apple is processing"))
            && github
                .statuses()
                .iter()
                .any(|status| status["state"] == "pending")
    });
    cancel(child, &directory);
    let body = only_comment(&github);
    assert!(body.contains("stopped by SIGINT"), "{body}");
    assert_eq!(last_status(&github)["state"], "error");
}

#[test]
fn a_cancelled_run_does_not_wait_for_a_github_that_is_silent() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", silent.local_addr().expect("an address"));
    let (server, cli) = shipping_for_ever(&GitHub::start());
    let (child, directory) = cli.env("GITHUB_API_URL", address).start();
    wait_until("the bytes are with Apple", || server.done("commit") > 0);
    let ran = cancel(child, &directory);
    assert_eq!(ran.outcome(), "interrupted");
    assert_eq!(ran.codes(), ["github-not-told"], "{}", ran.everything());
    assert!(!ran.summary.is_empty());
}
