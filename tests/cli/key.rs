//! The key as people really paste it, and `verify`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jetway::sandbox::demo_key;

use crate::support::{Cli, Server, ipa};

fn ship_with_key(server: &Server, key: &str) -> Cli {
    server
        .ship()
        .file("App.ipa", ipa("com.example.app", "1.0", "7"))
        .arg("App.ipa")
        .env("JETWAY_API_KEY", key)
}

#[test]
fn a_key_ships_in_whatever_form_it_was_pasted() {
    let pem = demo_key().private_key_pem;
    let forms = [
        pem.replace('\n', "\\n"),
        STANDARD.encode(&pem),
        format!("\"{}\"", pem.trim()),
    ];
    let server = Server::start("succeeds");
    for form in forms {
        // The second and third find the first one's build, which is the same bytes.
        let ran = ship_with_key(&server, &form).succeeds();
        assert_eq!(ran.outcome(), "processed");
    }
}

#[test]
fn a_key_that_is_none_says_what_it_looks_like_and_is_not_repeated() {
    let server = Server::start("succeeds");
    let ran = ship_with_key(&server, "/Users/me/AuthKey_2X9R4HXF34.p8").fails(1);
    let finding = ran.finding("api-key-is-a-path");
    assert!(
        finding["title"]
            .as_str()
            .unwrap_or_default()
            .contains("path"),
        "{finding:#}"
    );
    let garbage = "hunter2-hunter2-hunter2-hunter2";
    let ran = ship_with_key(&server, garbage).fails(1);
    assert!(!ran.everything().contains(garbage), "{}", ran.everything());
}

#[test]
fn swapped_ids_are_recognised() {
    let key = demo_key();
    let ran = Cli::new()
        .file("App.ipa", ipa("com.example.app", "1.0", "7"))
        .ship()
        .args([
            "App.ipa",
            "--api-key-id",
            key.issuer_id,
            "--api-issuer-id",
            key.key_id,
        ])
        .env("JETWAY_API_KEY", key.private_key_pem)
        .fails(1);
    let message = ran.finding("api-ids-swapped")["title"].to_string();
    assert!(message.contains("swap"), "{message}");
}

#[test]
fn verify_says_what_the_key_sees_and_hides_most_of_the_issuer() {
    let ran = Cli::new().args(["verify", "--sandbox"]).succeeds();
    let key = demo_key();
    assert!(ran.stdout.contains(key.key_id), "{}", ran.everything());
    assert_eq!(ran.stderr, "");
    assert!(
        !ran.everything().contains(key.issuer_id),
        "{}",
        ran.everything()
    );
}

#[test]
fn verify_ends_with_one_where_the_key_is_refused() {
    let ran = Cli::new()
        .args([
            "verify",
            "--sandbox",
            "--scenario",
            "wrong-key",
            "--report",
            "report.json",
        ])
        .fails(1);
    assert!(!ran.codes().is_empty(), "{}", ran.everything());
}

#[test]
fn no_secret_is_shown_or_written_anywhere() {
    let server = Server::start("part-fails-503");
    let pem = demo_key().private_key_pem;
    let ran = ship_with_key(&server, &pem).in_a_workflow().succeeds();
    let masked: String = ran
        .stdout
        .lines()
        .filter(|line| !line.starts_with("::add-mask::"))
        .collect();
    let all = format!(
        "{masked}{}{:#}{}{}",
        ran.stderr, ran.report, ran.summary, ran.outputs
    );
    let body: Vec<&str> = pem.lines().filter(|line| !line.starts_with('-')).collect();
    for secret in body.into_iter().chain(["X-Amz-Signature", "eyJ"]) {
        assert!(
            !all.contains(secret),
            "{secret} is shown\n{}",
            ran.everything()
        );
    }
}

#[test]
fn the_deadline_ends_a_check_too() {
    let ran = Cli::new()
        .args(["verify", "--sandbox", "--scenario", "wrong-key"])
        .args(["--report", "report.json", "--timeout", "100ms"])
        .fails(3);
    assert_eq!(ran.outcome(), "deadline-passed");
}

fn verify(scenario: &str, options: &[&str]) -> Cli {
    let call = Cli::new().args(["verify", "--report", "report.json"]);
    options.iter().fold(call.scenario(scenario), Cli::arg)
}

#[test]
fn verify_tells_the_role_by_what_the_key_can_do_and_judges_it_by_what_it_is_for() {
    let all = "--for=upload,testflight,appstore,certificates";
    let none: [&str; 0] = [];
    for (scenario, purposes, codes) in [
        ("succeeds", "--for=upload,testflight,appstore", &[][..]),
        ("succeeds", "--for=certificates", &["key-role-too-low"; 3]),
        ("developer-key", "--for=upload", &[]),
        ("developer-key", "--for=testflight", &["key-role-too-low"]),
        ("developer-key", all, &["key-role-too-low"; 6]),
        ("admin-key", all, &[]),
        ("admin-key", "--for=upload", &["key-role-too-high"]),
    ] {
        let is_bad = codes.first() == Some(&"key-role-too-low");
        let ran = verify(scenario, &[purposes]).fails(i32::from(is_bad));
        assert_eq!(ran.codes(), codes, "{scenario} {purposes}");
    }
    let ran = verify("admin-key", &none).succeeds();
    for said in ["role is Admin", "make certificates: yes", "Team SANDBOX123"] {
        assert!(ran.stdout.contains(said), "{said}: {}", ran.stdout);
    }
    let ran = verify("agreements-missing", &none).fails(1);
    assert!(
        ran.codes().iter().any(|code| code.contains("agreement")),
        "{:?}",
        ran.codes()
    );
    let wrong = verify("succeeds", &["--for=everything"]).fails(2);
    assert_eq!(wrong.codes(), ["option-invalid"]);
}

#[test]
fn verify_names_what_ends_soon() {
    let ran = verify("certificate-expires", &["--expiring=30d"]).fails(1);
    assert_eq!(ran.codes(), ["ends-soon", "ends-soon"]);
    let title = ran.finding("ends-soon")["title"].to_string();
    assert!(title.contains("9 days"), "{title}");
    for said in ["DISTRIBUTION: 2", "made through the API"] {
        assert!(ran.stdout.contains(said), "{said}: {}", ran.stdout);
    }
    let ran = verify("certificate-expires", &["--expiring=5d"]).succeeds();
    assert_eq!(ran.codes(), Vec::<&str>::new());
    let ran = verify("certificate-expires", &["--expiring=30d", "--format=json"]).fails(1);
    let told: serde_json::Value = serde_json::from_str(&ran.stdout).expect("nothing but JSON");
    assert_eq!(told["role"], "App Manager");
    assert_eq!(told["ends"]["certificates_by_kind"]["DISTRIBUTION"], 2);
    let first = &told["ends"]["all"][0];
    assert_eq!(first["days_left"], 9);
    assert!(
        first["days_old"].as_i64().is_some_and(|days| days > 0),
        "{first}"
    );
    assert_eq!(told["ends"]["all"][1]["days_old"], serde_json::Value::Null);
    let issuer = demo_key().issuer_id;
    assert!(!ran.everything().contains(issuer), "{}", ran.everything());
}

#[test]
fn a_role_that_is_too_low_is_told_before_a_byte_is_sent() {
    for wish in ["--groups=QA", "--submit-to-app-store"] {
        let server = Server::start("developer-key");
        let ran = server
            .ship()
            .file("App.ipa", ipa("com.example.app", "1.0.0", "42"))
            .args(["App.ipa", wish])
            .fails(1);
        assert_eq!(ran.codes(), ["key-role-too-low"], "{wish}");
        assert_eq!(server.bytes_put(), 0);
        assert_eq!(server.done("reserve"), 0);
    }
}
