//! What Codemagic's and Appcircle's descriptions promise, each under its own name there, against the sandbox.

use serde_json::{Value, json};

use crate::support::{Cli, Ran, Server, ipa};

/// `ship` of a small package with these options.
fn ship(server: &Server, options: &[&str]) -> Cli {
    let app = ipa("com.example.app", "1.0.0", "42");
    let call = server.ship().file("App.ipa", app).arg("App.ipa");
    options.iter().fold(call, Cli::arg)
}

fn bodies(server: &Server, operation: &str) -> usize {
    server.done(operation)
}

mod codemagic {
    use super::*;

    #[test]
    fn api_key_key_id_and_issuer_id() {
        let server = Server::start("succeeds");
        let key = jetway::sandbox::demo_key();
        let ship = || {
            let app = ipa("com.example.app", "1.0.0", "42");
            Cli::new()
                .ship()
                .file("App.ipa", app)
                .arg("App.ipa")
                .env("JETWAY_ASC_URL", &server.url)
        };
        // The names that other tools' workflows have them under.
        let ran = ship()
            .env("APP_STORE_CONNECT_KEY_IDENTIFIER", key.key_id)
            .env("APP_STORE_CONNECT_ISSUER_ID", key.issuer_id)
            .env("APP_STORE_CONNECT_PRIVATE_KEY", &key.private_key_pem)
            .succeeds();
        assert_eq!(ran.outcome(), "processed");
        let own = ship()
            .env("JETWAY_API_KEY_ID", key.key_id)
            .env("JETWAY_API_ISSUER_ID", key.issuer_id)
            .env("JETWAY_API_KEY", &key.private_key_pem)
            .env("APP_STORE_CONNECT_KEY_IDENTIFIER", "AAAAAAAAAA");
        assert_eq!(own.succeeds().outcome(), "processed");
    }

    #[test]
    fn submit_to_testflight() {
        let server = Server::start("succeeds");
        let ran = ship(&server, &["--submit-beta-review"]).succeeds();
        assert_eq!(ran.outcome(), "submitted");
        assert_eq!(bodies(&server, "submit-beta-review"), 1);
    }

    #[test]
    fn beta_groups() {
        let server = Server::start("succeeds");
        let ran = ship(&server, &["--groups=QA,Friends"]).succeeds();
        assert_eq!(ran.outcome(), "distributed");
        let server = Server::start("succeeds");
        let typo = ship(&server, &["--groups=Freinds"]).fails(1);
        let finding = typo.finding("beta-group-not-found");
        assert!(
            finding["message"].to_string().contains("Friends"),
            "{finding}"
        );
        assert_eq!(server.bytes_put(), 0);
    }

    #[test]
    fn expire_build_submitted_for_review() {
        let server = Server::start("another-build-replaced");
        ship(
            &server,
            &["--submit-beta-review", "--replace-build-in-review"],
        )
        .succeeds();
        assert_eq!(bodies(&server, "submit-beta-review"), 1);
        assert!(bodies(&server, "change-build") > 0);
    }

    #[test]
    fn submit_to_app_store() {
        let server = Server::start("succeeds");
        let submit = || ship(&server, &["--submit-to-app-store"]).succeeds();
        assert_eq!(submit().outcome(), "submitted");
        assert!(submit().stderr.contains("already"));
        assert_eq!(bodies(&server, "add-item"), 1);
    }

    #[test]
    fn cancel_previous_submissions() {
        let server = Server::start("other-version-taken-back");
        let cancels = ["--submit-to-app-store", "--cancel-previous-submission"];
        ship(&server, &cancels).succeeds();
        let server = Server::start("other-version-in-review");
        let ran = ship(&server, &["--submit-to-app-store"]).fails(1);
        assert_eq!(ran.codes(), ["store-version-in-review"]);
        assert_eq!(server.bytes_put(), 0);
    }

    #[test]
    fn release_type() {
        for kind in ["MANUAL", "AFTER_APPROVAL"] {
            let server = Server::start("succeeds");
            let options = ["--submit-to-app-store", "--release-type", kind];
            assert_eq!(ship(&server, &options).succeeds().outcome(), "submitted");
        }
        let server = Server::start("succeeds");
        let wrong = ship(&server, &["--submit-to-app-store", "--release-type=SOON"]).fails(2);
        assert_eq!(wrong.codes(), ["option-invalid"]);
    }

    #[test]
    fn earliest_release_date() {
        let scheduled = |date: &str| {
            let server = Server::start("succeeds");
            let options = ["--submit-to-app-store", "--release-type=SCHEDULED"];
            let ran = ship(&server, &options)
                .args(["--earliest-release-date", date])
                .run();
            (ran.code, server.bytes_put())
        };
        assert_eq!(scheduled("9000-12-01T10:00:00+01:00").0, Some(0));
        for wrong in ["9000-12-01T10:30:00Z", "2020-12-01T10:00:00Z", "tomorrow"] {
            assert_eq!(scheduled(wrong), (Some(2), 0), "{wrong}");
        }
    }

    #[test]
    fn phased_release_unset_keeps_what_is_there() {
        for (option, made) in [("--phased-release", 1), ("--phased-release=false", 0)] {
            let server = Server::start("succeeds");
            ship(&server, &["--submit-to-app-store", option]).succeeds();
            assert_eq!(bodies(&server, "make-phased"), made, "{option}");
        }
        let server = Server::start("succeeds");
        ship(&server, &["--submit-to-app-store"]).succeeds();
        assert_eq!(bodies(&server, "make-phased"), 0);
    }

    #[test]
    fn copyright() {
        let server = Server::start("succeeds");
        let options = ["--submit-to-app-store", "--copyright=2026 Example Ltd"];
        assert_eq!(ship(&server, &options).succeeds().outcome(), "submitted");
        assert_eq!(bodies(&server, "make-version"), 1);
        let alone = ship(&server, &["--copyright=2026 Example Ltd"]).fails(2);
        assert_eq!(alone.codes(), ["option-invalid"]);
    }

    #[test]
    fn release_notes_of_every_language_from_its_own_files() {
        let server = Server::start("succeeds");
        let notes =
            json!([{"language": "en-US", "text": "New"}, {"language": "de-DE", "text": "Neu"}]);
        let call = ship(&server, &["--whats-new=notes"])
            .file("notes/release_notes.json", notes.to_string())
            .file("notes/release_notes_fr-FR.txt", "Nouveau");
        let ran = call.succeeds();
        for locale in ["en-US", "de-DE", "fr-FR"] {
            let said = format!("written in {locale}");
            assert!(ran.stderr.contains(&said), "{said}: {}", ran.stderr);
        }
    }

    #[test]
    fn missing_metadata_is_named_with_its_place() {
        let server = Server::start("metadata-missing");
        let ran = ship(&server, &["--submit-to-app-store"]).fails(1);
        let finding = ran.finding("store-field-missing");
        assert!(
            finding["message"]
                .to_string()
                .contains("In App Store Connect it is under"),
            "{finding}"
        );
    }

    /// What only a person can answer is named with where the question is.
    #[test]
    fn questions_that_only_the_web_page_asks_are_named_with_their_place() {
        for (scenario, code, said) in [
            ("questions-unanswered", "store-field-missing", "Age Rating"),
            (
                "questions-unanswered",
                "store-field-missing",
                "Content Rights",
            ),
            (
                "screenshots-missing",
                "asc-state-error-screenshot-required",
                "creenshot",
            ),
            ("privacy-unanswered", "asc-app-privacy", "App Privacy"),
            ("declaration-missing", "asc-declaration-missing", "declare"),
        ] {
            let server = Server::start(scenario);
            let ran = ship(&server, &["--submit-to-app-store"]).fails(1);
            let all = ran.report["findings"].as_array().expect("findings").iter();
            let mut of_code = all.filter(|finding| finding["code"] == code);
            let is_told = of_code.any(|finding| finding.to_string().contains(said));
            assert!(is_told, "{scenario} {said}\n{}", ran.everything());
        }
    }

    #[test]
    fn separate_apple_accounts() {
        let servers = [Server::start("succeeds"), Server::start("succeeds")];
        for server in &servers {
            ship(server, &[]).succeeds();
        }
        assert!(servers.iter().all(|server| server.done("reserve") == 1));
    }

    #[test]
    fn magic_actions_run_off_the_mac_with_two_time_outs() {
        let help = Cli::new().args(["finish", "--help"]).succeeds().stdout;
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        for said in ["[default: 15m]", "[default: 2h]"] {
            assert!(help.contains(said), "{said}: {help}");
        }
        let server = Server::start("stays-processing");
        let ran = ship(&server, &["--processing-timeout=50ms", "--receipt=r.json"]).fails(4);
        assert!(
            ran.stderr.contains("`jetway finish r.json`"),
            "{}",
            ran.stderr
        );
        assert!(ran.report["build"]["build_id"].is_string());
    }
}

mod appcircle {
    use super::*;

    #[test]
    fn one_upload_then_testflight_and_the_store() {
        let server = Server::start("succeeds");
        let built = ship(&server, &[]).succeeds();
        let put = server.bytes_put();
        let id = built.report["build"]["build_id"].as_str().expect("an id");
        let of = |command: &str, option: &str| -> Ran {
            let call = server.command(command).args(["--build-id", id, option]);
            call.args(["--poll-interval", "5ms"]).succeeds()
        };
        assert_eq!(of("distribute", "--groups=QA").outcome(), "distributed");
        assert_eq!(of("submit", "--release-type=MANUAL").outcome(), "submitted");
        assert_eq!((server.bytes_put(), server.done("reserve")), (put, 1));
    }

    #[test]
    fn the_app_record_must_exist_and_the_visible_ones_are_listed() {
        let server = Server::start("no-app-record");
        let ran = ship(&server, &[]).fails(1);
        let finding = ran.finding("app-not-found").to_string();
        for said in ["the app's record", "add-a-new-app", "com.example.notes"] {
            assert!(finding.contains(said), "{said}: {finding}");
        }
        assert_eq!(server.bytes_put(), 0);
    }

    #[test]
    fn wait_for_testflight_approval() {
        let server = Server::start("succeeds");
        ship(&server, &["--groups=Friends", "--submit-beta-review"]).succeeds();
        let wait = server.command("wait").args(["--until", "in-testing"]);
        let wait = wait.args(["--bundle-id", "com.example.app", "--poll-interval", "5ms"]);
        assert_eq!(wait.succeeds().outcome(), "distributed");
    }

    #[test]
    fn check_release_status() {
        let server = Server::start("succeeds");
        ship(&server, &["--submit-to-app-store"]).succeeds();
        let status = server
            .command("status")
            .args(["--bundle-id", "com.example.app"])
            .succeeds();
        for said in [
            "Build 42",
            "Outside testers",
            "Version 1.0.0",
            "Review submission",
        ] {
            assert!(status.stderr.contains(said), "{said}: {}", status.stderr);
        }
        assert!(status.report["build"]["processing_state"].is_string());
    }

    #[test]
    fn release_and_cancel() {
        let server = Server::start("succeeds");
        ship(&server, &["--submit-to-app-store", "--release-type=MANUAL"]).succeeds();
        let about = |name: &str| {
            let call = server.command(name).args(["--poll-interval", "5ms"]);
            call.args(["--bundle-id", "com.example.app"])
        };
        about("wait").args(["--until", "approved"]).succeeds();
        about("release").succeeds();
        assert_eq!(server.done("release"), 1);
        let server = Server::start("succeeds");
        ship(&server, &["--submit-to-app-store"]).succeeds();
        let cancel = server.command("cancel");
        cancel.args(["--bundle-id", "com.example.app"]).succeeds();
        assert_eq!(server.done("change-submission"), 2);
    }

    #[test]
    fn the_roles_and_what_each_may() {
        let verify = |scenario: &str| {
            let call = Cli::new().args(["verify", "--format", "json"]);
            let ran = call.scenario(scenario).succeeds();
            let told: Value = serde_json::from_str(&ran.stdout).expect("JSON");
            let rows = told["capabilities"].as_array().expect("a table");
            let words = rows.iter().map(|row| row["may"].as_str().expect("a word"));
            words.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(verify("admin-key"), "yes yes yes yes yes yes yes");
        assert_eq!(verify("succeeds"), "yes yes yes yes no no no");
        assert_eq!(verify("developer-key"), "unclear no no no no no no");
    }

    #[test]
    fn agreements_are_named_with_who_can_sign_them() {
        let server = Server::start("agreements-missing");
        let ran = ship(&server, &[]).fails(1);
        let fix = ran.report["findings"][0]["fix"].to_string();
        assert!(fix.contains("Account Holder"), "{fix}");
        assert_eq!(server.bytes_put(), 0);
    }

    #[test]
    fn old_builds_end_only_once_the_new_one_can_be_tested() {
        let ship_number = |server: &Server, number: &str, options: &[&str]| {
            let app = ipa("com.example.app", "1.0.0", number);
            let call = server.ship().file("App.ipa", app).arg("App.ipa");
            options.iter().fold(call, Cli::arg).succeeds()
        };
        let expires = ["--groups=QA", "--expire-previous"];
        let server = Server::start("succeeds");
        ship_number(&server, "42", &[]);
        ship_number(&server, "43", &expires);
        assert_eq!(server.done("change-build"), 1);
        let outside = [
            "--groups=Friends",
            "--submit-beta-review",
            "--expire-previous",
        ];
        let server = Server::start("succeeds");
        ship_number(&server, "42", &[]);
        let ran = ship_number(&server, "43", &outside);
        assert_eq!(ran.codes(), ["older-builds-kept"]);
        assert_eq!(server.done("change-build"), 0);
    }
}

/// Of a fault of Apple's the finding says whose it is and what is safe, and the calls are counted.
#[test]
fn apple_or_me() {
    let server = Server::start("beta-review-500");
    let ran = ship(&server, &["--submit-beta-review"]).fails(3);
    let finding = ran.finding("asc-unexpected-error");
    let message = finding["message"].as_str().expect("words");
    assert!(message.contains("a fault at Apple"), "{message}");
    assert!(message.contains("stays done"), "{message}");
    let step = finding["fix"][0].as_str().expect("a step");
    assert!(step.contains("`jetway finish --build-id="), "{step}");
    let log = server.log();
    let requests = log["requests"].as_array().expect("a list").iter();
    let calls = requests.filter(|request| request["operation"] != "put-part");
    assert_eq!(ran.report["api_calls"], calls.count());
}
