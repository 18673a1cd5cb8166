//! What is typed and given in other ways than one: patterns, names in files, a dry run, the action's words.

use jetway::sandbox::demo_key;

use crate::support::{Cli, Ran, Server, ipa};

#[test]
fn a_pattern_takes_the_one_package_that_it_fits() {
    let cli = Cli::new()
        .file("build/ios/App 1.2.ipa", ipa("com.example.app", "1.2", "7"))
        .file("build/ios/notes.txt", "x");
    let ran = cli.ship().scenario("succeeds").arg("build/**/*.ipa").run();
    assert_eq!(
        ran.report["build"]["file"],
        "App 1.2.ipa",
        "{}",
        ran.everything()
    );
    let two = Cli::new().file("A.ipa", "x").file("B.ipa", "x");
    let ran = two.ship().scenario("succeeds").arg("*.ipa").fails(2);
    let unclear = ran.finding("package-unclear");
    assert_eq!(unclear["title"], "2 packages fit *.ipa");
    assert_eq!(unclear["message"], "A.ipa\nB.ipa");
    let ran = Cli::new().ship().scenario("succeeds").arg("*.ipa").fails(2);
    assert_eq!(
        ran.finding("package-unclear")["title"],
        "no package fits *.ipa"
    );
}

#[test]
fn the_keys_names_come_from_fastlanes_json_and_from_the_files_name() {
    let server = Server::start("succeeds");
    let key = demo_key();
    let json = serde_json::json!({
        "key_id": key.key_id, "issuer_id": key.issuer_id, "key": key.private_key_pem,
    });
    let url = server.url.clone();
    let verify = |cli: Cli| cli.env("JETWAY_ASC_URL", &url).arg("verify");
    verify(Cli::new().file("key.json", json.to_string()))
        .args(["--api-key-path", "key.json"])
        .succeeds();
    let name = format!("AuthKey_{}.p8", key.key_id);
    verify(Cli::new().file(&name, key.private_key_pem))
        .args(["--api-key-path", &name, "--api-issuer-id", key.issuer_id])
        .succeeds();
}

#[test]
fn a_dry_run_and_verify_with_a_package_look_at_everything_and_send_nothing() {
    for command in ["verify", "ship"] {
        let server = Server::start("succeeds");
        let cli = server
            .by_environment(Cli::new().file("App.ipa", ipa("com.example.app", "1.0.0", "1")))
            .args([command, "App.ipa"])
            .args(["--report", "report.json"]);
        let cli = match command {
            "ship" => cli.arg("--dry-run"),
            _ => cli,
        };
        let ran = cli.succeeds();
        assert_eq!(ran.outcome(), "passed", "{}", ran.everything());
        let said = ran.report["summary"].as_str().expect("words");
        assert!(said.contains("would be taken"), "{said}");
        assert_eq!(server.done("reserve"), 0);
    }
    let server = Server::start("duplicate-build");
    let ran = server
        .by_environment(Cli::new().file("App.ipa", ipa("com.example.app", "1.0.0", "1")))
        .args(["verify", "App.ipa", "--report", "report.json"])
        .fails(1);
    assert_eq!(ran.codes(), ["build-number-taken"], "{}", ran.everything());
}

#[test]
fn a_key_that_sees_no_app_is_no_success_without_a_word() {
    let ran = Cli::new()
        .args([
            "verify",
            "--sandbox",
            "--scenario",
            "no-apps",
            "--report",
            "report.json",
        ])
        .succeeds();
    assert_eq!(ran.codes(), ["no-app-seen"]);
    let said = ran.report["summary"].as_str().expect("words");
    assert!(said.contains("warning"), "{said}");
}

#[test]
fn the_action_is_spoken_to_in_its_own_words() {
    let call = || Cli::new().ship().scenario("suceeds").args(["--wait", "x"]);
    let said = |ran: Ran| {
        let findings = ran.report["findings"].as_array().expect("findings").clone();
        let words = findings
            .iter()
            .map(|found| format!("{} {}\n", found["title"], found["fix"]));
        words.collect::<String>()
    };
    let typed = said(call().fails(2));
    assert!(
        typed.contains("--wait: ") && typed.contains("--scenario: "),
        "{typed}"
    );
    let set = said(call().env("JETWAY_IN_ACTION", "true").fails(2));
    assert!(
        !set.contains("--wait") && !set.contains("--scenario"),
        "{set}"
    );
    assert!(set.contains("wait: `x` is none of"), "{set}");
}

#[test]
fn all_that_is_missing_is_told_at_once() {
    let ran = Cli::new()
        .args(["verify", "--report", "report.json"])
        .fails(2);
    assert_eq!(ran.codes(), ["configuration-missing"]);
    let missing = ran.finding("configuration-missing");
    assert_eq!(
        missing["title"],
        "`JETWAY_API_KEY` and `--api-key-id` are not given"
    );
    let ran = Cli::new()
        .args(["ship", "--report", "report.json"])
        .env("JETWAY_IN_ACTION", "true")
        .fails(2);
    let missing = ran.finding("configuration-missing");
    assert_eq!(
        missing["title"],
        "`path`, `api-key` and `api-key-id` are not given"
    );
    assert!(
        missing["fix"].to_string().contains("--sandbox"),
        "{missing}"
    );
}

#[test]
fn less_and_more_is_said_when_asked_for() {
    let ship = |how: &'static str| {
        Cli::new()
            .ship()
            .scenario("succeeds")
            .arg(how)
            .succeeds()
            .stderr
    };
    let quiet = ship("-q");
    assert!(
        !quiet.contains("upload:") && quiet.contains("ready for testing"),
        "{quiet}"
    );
    let verbose = ship("--verbose");
    assert!(verbose.contains("POST /v1/buildUploads: 201"), "{verbose}");
}

#[test]
fn help_suggestions_completions_and_colours_are_there() {
    let help = Cli::new().args(["help", "ship"]).succeeds().stdout;
    for part in [
        "Examples:",
        "Exit codes:",
        "Waiting for Apple:",
        "App Store Connect:",
    ] {
        assert!(help.contains(part), "{part}\n{help}");
    }
    let typo = Cli::new().args(["shp"]).fails(2).stderr;
    assert!(typo.contains("'ship'"), "{typo}");
    let key = Cli::new().args(["ship", "--api-key", "x"]).fails(2).stderr;
    assert!(key.contains("JETWAY_API_KEY"), "{key}");
    let bash = Cli::new().args(["completions", "bash"]).succeeds().stdout;
    assert!(bash.contains("_jetway()"), "{bash}");
    Cli::new().args(["completions", "cmd"]).fails(2);
    let ship = |name: &str| {
        Cli::new()
            .ship()
            .scenario("succeeds")
            .env(name, "1")
            .succeeds()
            .stderr
    };
    assert!(ship("FORCE_COLOR").contains("\u{1b}[1m"));
    assert!(!ship("NO_COLOR").contains('\u{1b}'));
}

#[test]
fn setup_puts_the_program_on_the_path() {
    let cli = Cli::new();
    let list = cli.path("path");
    let temporary = cli.path("temporary");
    let (child, directory) = cli
        .env("GITHUB_PATH", &list)
        .env("RUNNER_TEMP", &temporary)
        .arg("setup")
        .start();
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let folder = std::fs::read_to_string(directory.path().join("path")).expect("the list");
    let program = std::path::Path::new(folder.trim()).join("jetway");
    let version = std::process::Command::new(program)
        .arg("--version")
        .output();
    assert!(version.expect("it runs").status.success());
    Cli::new().arg("setup").fails(2);
}

#[test]
fn a_wrong_call_in_a_workflow_is_an_annotation() {
    let ran = Cli::new().in_a_workflow().args(["ship", "--nope"]).fails(2);
    assert!(
        ran.stdout
            .starts_with("::error title=jetway was called wrongly::unexpected argument"),
        "{}",
        ran.stdout
    );
}
