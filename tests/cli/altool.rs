//! Uploads by a stand-in for Apple's own tool: its words decide, no secret is an argument, and nothing is
//! uploaded a second time of which nobody knows what became.

use std::fs;

use serde_json::json;

use crate::support::mac::Mac;
use crate::support::{Cli, Server, ipa};

const PASSWORD: &str = "abcd-efgh-ijkl-mnop";
const UUID: &str = "5a4db0c5-0000-4000-8000-000000000001";

/// A Mac with a package.
pub fn mac() -> Option<Mac> {
    let mac = Mac::new()?;
    fs::write(
        mac.path("work/Demo.ipa"),
        ipa("com.example.demo", "1.0.0", "42"),
    )
    .expect("a package");
    Some(mac)
}

/// `ship` as a person with an app-specific password.
pub fn by_a_person(mac: &Mac) -> Cli {
    mac.bare()
        .args(["ship", "--report", "report.json"])
        .arg(mac.path("work/Demo.ipa"))
        .env("JETWAY_APPLE_ID", "me@example.com")
        .env("JETWAY_APP_SPECIFIC_PASSWORD", PASSWORD)
}

/// `ship` with the key of a server.
pub fn by_a_key(mac: &Mac, server: &Server) -> Cli {
    server
        .by_environment(mac.bare())
        .args([
            "ship",
            "--report",
            "report.json",
            "--upload-engine",
            "altool",
        ])
        .env("JETWAY_WAIT", "none")
        .arg(mac.path("work/Demo.ipa"))
}

fn uploads(mac: &Mac) -> usize {
    let is_upload = |call: &&serde_json::Value| call["arguments"][1] == "--upload-package";
    mac.calls().iter().filter(is_upload).count()
}

fn calls(mac: &Mac) -> String {
    let calls = mac.calls();
    let words = calls.iter().map(|call| {
        let words = call["arguments"].as_array().expect("words").iter();
        let words: Vec<&str> = words.filter_map(|word| word.as_str()).collect();
        words.join(" ")
    });
    let words: Vec<String> = words.collect();
    words
        .join("\n")
        .replace(&*mac.path("work").to_string_lossy(), "WORK")
}

#[test]
fn a_person_uploads_and_the_password_is_in_no_argument_and_no_sink() {
    let Some(mac) = mac() else { return };
    let before = mac.snapshot();
    let ran = by_a_person(&mac).in_a_workflow().succeeds();
    assert_eq!(ran.outcome(), "uploaded", "{}", ran.everything());
    assert!(ran.outputs.contains(UUID), "{}", ran.outputs);
    assert_eq!(mac.violations(), "");
    insta::assert_snapshot!(calls(&mac));
    for call in mac.calls() {
        assert!(!call["arguments"].to_string().contains("abcd"));
    }
    let lines = ran.stdout.lines().chain(ran.stderr.lines());
    let shown: Vec<&str> = lines
        .filter(|line| !line.starts_with("::add-mask::"))
        .collect();
    for sink in [
        shown.join("\n"),
        ran.report.to_string(),
        ran.summary,
        ran.outputs,
    ] {
        assert!(!sink.contains(PASSWORD), "{sink}");
    }
    assert_eq!(mac.snapshot(), before);
}

#[test]
fn the_older_tool_is_spoken_to_in_its_own_words() {
    let Some(mac) = mac() else { return };
    mac.state("altool", &json!({ "version": "16" }));
    by_a_person(&mac).succeeds();
    assert_eq!(mac.violations(), "");
    assert!(calls(&mac).contains("--type ios") && calls(&mac).contains("--asc-public-id"));
}

#[test]
fn a_real_password_is_recognised_before_any_tool_is_called() {
    let Some(mac) = mac() else { return };
    let ran = by_a_person(&mac)
        .env("JETWAY_APP_SPECIFIC_PASSWORD", "Tr0ub4dor&3")
        .fails(2);
    ran.finding("app-specific-password-wrong");
    assert!(!ran.everything().contains("Tr0ub4dor"));
    assert!(mac.calls().is_empty());
}

#[cfg(not(target_os = "macos"))]
#[test]
fn without_a_mac_it_is_refused_with_the_way_that_works() {
    let Some(mac) = mac() else { return };
    let ran = by_a_person(&mac).env("JETWAY_TOOLS_DIR", "").fails(2);
    let found = ran.finding("altool-needs-mac");
    assert!(found["fix"].to_string().contains("api-key"), "{found}");
}

#[test]
fn an_account_of_several_teams_is_asked_for_one_and_so_is_an_unknown_app() {
    let Some(mac) = mac() else { return };
    let other = "69a6de71-0000-47e3-e053-5b8c7c11a4d1";
    let both = json!([{ "name": "A", "public-id": UUID }, { "name": "B", "public-id": other }]);
    mac.state("altool", &json!({ "providers": both, "apps": [] }));
    let ran = by_a_person(&mac).fails(1);
    let found = ran.finding("altool-provider-unclear");
    assert!(found["message"].to_string().contains(other), "{found}");
    let ran = by_a_person(&mac)
        .args(["--provider-public-id", other])
        .fails(1);
    ran.finding("altool-app-unclear");
    assert_eq!(uploads(&mac), 0);
    by_a_person(&mac)
        .args(["--provider-public-id", other, "--app-id", "6446000001"])
        .succeeds();
    assert_eq!(mac.violations(), "");
}

#[test]
fn words_decide_and_no_exit_code() {
    let Some(mac) = mac() else { return };
    let refused = "UPLOAD FAILED with 1 error.\n====\n{\"product-errors\":[{\"code\":90683,\"message\":\"Asset validation failed\",\"user-info\":{\"NSLocalizedFailureReason\":\"Missing purpose string in Info.plist. NSCameraUsageDescription\"}}]}";
    mac.state("altool", &json!({ "output": refused, "code": 0 }));
    let ran = by_a_person(&mac).fails(1);
    assert_eq!(ran.outcome(), "failed", "{}", ran.everything());
    assert!(ran.codes().contains(&"itms-90683"), "{:?}", ran.codes());
    assert_eq!(uploads(&mac), 1);
    let errors = "2026-09-01 10:00:00.000 ERROR: [altool.600] Failed to get json from defaults for 'com.apple.cds_x.plist'\n====\nUPLOAD SUCCEEDED with no errors";
    mac.state(
        "altool",
        &json!({ "output": " ", "errors": errors, "code": 1 }),
    );
    let ran = by_a_person(&mac).succeeds();
    assert_eq!(ran.outcome(), "uploaded");
    assert_eq!(ran.codes(), Vec::<&str>::new());
}

#[test]
fn a_person_who_is_refused_is_not_told_of_a_key() {
    let Some(mac) = mac() else { return };
    let refused =
        json!({ "product-errors": [{ "code": -19209, "message": "Unable to authenticate." }] });
    mac.state(
        "altool",
        &json!({ "output": refused.to_string(), "code": 1 }),
    );
    let ran = by_a_person(&mac).fails(3);
    let title = ran.finding("asc-not-authorized")["title"].to_string();
    assert!(title.contains("Apple Account"), "{title}");
    assert!(
        !ran.everything().contains("the API key"),
        "{}",
        ran.everything()
    );
}

#[test]
fn what_the_tool_lets_slip_is_not_repeated() {
    let Some(mac) = mac() else { return };
    let token = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJlc2lnbmF0dXJl";
    let errors = format!(
        "ERROR: it went wrong\nENV: {{\"ALTOOL_PASSWORD\"=>\"{PASSWORD}\", \"OTHER\"=>\"hunter2\"}}\n\"Authorization\" = \"Bearer {token}\""
    );
    mac.state(
        "altool",
        &json!({ "output": " ", "errors": errors, "code": 1 }),
    );
    let ran = by_a_person(&mac).fails(3);
    ran.finding("altool-outcome-unknown");
    assert_eq!(ran.report["reached"], "sent", "it may be: {:#}", ran.report);
    let said = "nobody knows whether App 1.0.0 (42) is with Apple";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    for claim in [
        "not delivered",
        "Then run again",
        "finds the upload",
        "jetway finish",
    ] {
        assert!(!ran.stderr.contains(claim), "{claim}: {}", ran.stderr);
    }
    for secret in [PASSWORD, "hunter2", token] {
        assert!(!ran.everything().contains(secret), "{secret}");
    }
    assert_eq!(uploads(&mac), 1, "nobody knows, so it is not made again");
}

#[test]
fn where_no_key_can_ask_the_tool_itself_is_asked() {
    let Some(mac) = mac() else { return };
    mac.fault("upload", "always", "139 crashed");
    mac.state(
        "altool",
        &json!({ "status": "BUILD-STATUS: PROCESSING\nIMPORT-STATUS: PROCESSING" }),
    );
    // It says so before the upload too: another build has the number, and the answer proves nothing.
    by_a_person(&mac).fails(3).finding("altool-outcome-unknown");
}

#[test]
fn a_key_is_a_private_file_for_the_tool_alone_and_goes_with_the_run() {
    let Some(mac) = mac() else { return };
    let server = Server::start("succeeds");
    let before = mac.snapshot();
    let ran = by_a_key(&mac, &server).succeeds();
    assert_eq!(ran.outcome(), "uploaded", "{}", ran.everything());
    assert_eq!(mac.violations(), "");
    assert_eq!(mac.snapshot(), before);
    let upload = mac.calls().pop().expect("a call");
    let directory = upload["environment"]["API_PRIVATE_KEYS_DIR"]
        .as_str()
        .expect("a directory");
    assert!(directory.contains("/jetway-signing-"), "{directory}");
    assert!(upload["arguments"].to_string().contains("--api-issuer"));
    assert!(
        !mac.calls()
            .iter()
            .any(|call| call["environment"].to_string().contains("PRIVATE KEY"))
    );
}

#[test]
fn a_tool_that_hangs_is_tried_once_more_where_apple_has_nothing() {
    let Some(mac) = mac() else { return };
    let server = Server::start("succeeds");
    mac.fault("upload", "1", "hang");
    let ran = by_a_key(&mac, &server)
        .args(["--tool-timeout", "1s"])
        .succeeds();
    assert_eq!(ran.outcome(), "uploaded", "{}", ran.everything());
    assert_eq!(uploads(&mac), 2);
    mac.fault("upload", "always", "hang");
    let rounds = "ERROR: WILL RETRY PART 1. The network connection was lost.\n".repeat(3);
    mac.state("altool", &json!({ "first": rounds }));
    let ran = by_a_key(&mac, &server)
        .args(["--tool-timeout", "1s"])
        .fails(3);
    let found = ran.finding("apple-tool-hung");
    let title = found["title"].as_str().expect("words");
    assert!(title.starts_with("altool did not end"), "{title}");
    assert_eq!(found["variables"]["case"], "altool");
    let words = found["message"].as_str().expect("words");
    assert!(
        words.ends_with("`WILL RETRY PART` 3 times or more."),
        "{words}"
    );
    assert_eq!(uploads(&mac), 4, "once more, and no oftener");
}

#[test]
fn a_tool_that_dies_after_the_upload_is_not_called_again() {
    let Some(mac) = mac() else { return };
    let server = Server::start("succeeds");
    let key = jetway::sandbox::demo_key();
    mac.state("altool", &json!({ "deliver": {
        "command": [env!("CARGO_BIN_EXE_jetway"), "ship", mac.path("work/Demo.ipa"), "--wait", "none"],
        "environment": {
            "JETWAY_ASC_URL": server.url, "JETWAY_API_KEY_ID": key.key_id,
            "JETWAY_API_ISSUER_ID": key.issuer_id, "JETWAY_API_KEY": key.private_key_pem,
            "HOME": mac.path("home"),
        },
    }}));
    mac.fault(
        "upload",
        "always",
        "134 NSInvalidArgumentException: Invalid type in JSON write (NSError)",
    );
    let ran = by_a_key(&mac, &server)
        .args(["--wait", "processed"])
        .args(["--poll-interval", "5ms"])
        .succeeds();
    assert_eq!(ran.outcome(), "processed", "{}", ran.everything());
    assert_eq!(uploads(&mac), 1);
    assert_eq!(mac.violations(), "");
}

#[test]
fn a_rehearsal_plays_the_tool_on_any_machine() {
    let ran = Cli::new()
        .ship()
        .args(["--sandbox", "--upload-engine", "altool"])
        .succeeds();
    assert_eq!(ran.outcome(), "uploaded", "{}", ran.everything());
}
