//! What comes after the upload: whoever is killed at any call and carries on ends as one that was not, and few
//! calls are made.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Cli, Ran, Server, ipa_of_size};

/// Everything that can be asked for.
const ALL: [&str; 9] = [
    "--groups=Everyone,QA,Friends",
    "--whats-new=Everything is faster.",
    "--submit-beta-review",
    "--notify-testers=false",
    "--submit-to-app-store",
    "--phased-release",
    "--release-type=MANUAL",
    "--app-store-whats-new=Everything is faster.",
    "--copyright=2026 Example",
];

/// What must be made once, and how often each was.
const MADE: [&str; 7] = [
    "reserve",
    "add-notes",
    "submit-beta-review",
    "make-version",
    "make-phased",
    "make-submission",
    "add-item",
];

/// `ship` against a server at this address, with the sandbox's key.
fn ship_to(url: &str) -> Cli {
    with_package(url, "1.0.0", "42")
}

fn with_package(url: &str, version: &str, number: &str) -> Cli {
    let key = jetway::sandbox::demo_key();
    Cli::new()
        .ship()
        .args(["--asc-url", url, "--api-key-id", key.key_id])
        .args(["--api-issuer-id", key.issuer_id])
        .env("JETWAY_API_KEY", key.private_key_pem)
        .file(
            "App.ipa",
            ipa_of_size("com.example.app", version, number, 20_000),
        )
        .arg("App.ipa")
}

fn with_all(call: Cli) -> Cli {
    ALL.iter().fold(call, Cli::arg)
}

/// The calls of a run that are no polling: each poll of the same thing counts once.
fn calls(server: &Server) -> Vec<String> {
    let log = server.log();
    let requests = log["requests"].as_array().expect("a list").clone();
    let polls = [
        "read-upload",
        "read-build",
        "read-beta-detail",
        "list-builds",
        "read-version",
    ];
    let mut seen = Vec::new();
    for request in requests {
        let name = request["operation"].as_str().expect("a name").to_owned();
        if name == "put-part" || polls.contains(&name.as_str()) && seen.contains(&name) {
            continue;
        }
        seen.push(name);
    }
    seen
}

#[test]
fn a_run_makes_few_calls_beside_polling() {
    let budget = |options: &[&str], most: usize| {
        let server = Server::start("gives-to-testers");
        let ran = options
            .iter()
            .fold(ship_to(&server.url), Cli::arg)
            .succeeds();
        let made = calls(&server);
        assert!(
            made.len() <= most,
            "{} calls: {made:#?}\n{}",
            made.len(),
            ran.stderr
        );
    };
    budget(&[], 12);
    budget(&ALL[..3], 20);
    budget(&ALL, 32);
}

/// A way to the server that lets so many requests through and then answers no more.
struct Gate {
    url: String,
    passed: Arc<AtomicUsize>,
}

impl Gate {
    fn before(server: &Server, most: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let target = server.url.trim_start_matches("http://").to_owned();
        let passed = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&passed);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let counted = Arc::clone(&counted);
                let server = TcpStream::connect(&target).expect("the sandbox listens");
                thread::spawn(move || carry(client, server, &counted, most));
            }
        });
        Self { url, passed }
    }
}

/// Carries requests one way and answers the other, until the last request that gets no answer.
fn carry(mut client: TcpStream, mut server: TcpStream, passed: &Arc<AtomicUsize>, most: usize) {
    let mut to_client = client.try_clone().expect("a second end");
    let mut from_server = server.try_clone().expect("a second end");
    let answered = Arc::clone(passed);
    thread::spawn(move || {
        let mut bytes = [0; 65_536];
        while let Ok(read @ 1..) = from_server.read(&mut bytes) {
            if answered.load(Ordering::SeqCst) >= most
                || to_client.write_all(&bytes[..read]).is_err()
            {
                // The server did what was asked, and nobody hears of it.
                thread::sleep(Duration::from_secs(30));
                return;
            }
        }
    });
    let mut bytes = [0; 65_536];
    while let Ok(read @ 1..) = client.read(&mut bytes) {
        let heads = bytes[..read]
            .windows(11)
            .filter(|part| part == b" HTTP/1.1\r\n")
            .count();
        passed.fetch_add(heads, Ordering::SeqCst);
        if server.write_all(&bytes[..read]).is_err() {
            return;
        }
    }
}

/// How often each thing was made, and how the store and the testers stand.
fn state(server: &Server) -> Vec<(String, usize)> {
    let undone = server.done("delete-upload");
    MADE.iter()
        .map(|name| match *name {
            "reserve" => ("reserve".to_owned(), server.done("reserve") - undone),
            name => (name.to_owned(), server.done(name)),
        })
        .collect()
}

#[test]
fn a_run_that_is_killed_at_any_call_and_carried_on_with_ends_as_one_that_was_not() {
    // What is killed before its package is with Apple is tried elsewhere.
    at_every_call("commit", |at, right| {
        let server = Server::start("gives-to-testers");
        let gate = Gate::before(&server, at);
        kill(with_all(ship_to(&gate.url)), &gate, at);
        let again = with_all(ship_to(&server.url)).run();
        judge(at, &server, &again, right)
    });
}

#[test]
fn a_run_that_is_killed_at_any_call_and_finished_from_its_receipt_ends_as_one_that_was_not() {
    at_every_call("", |at, right| {
        let server = Server::start("gives-to-testers");
        let gate = Gate::before(&server, at);
        let home = tempfile::tempdir().expect("a home");
        let here = |call: Cli| with_all(call).env("HOME", home.path());
        let killed = here(ship_to(&gate.url)).args(["--receipt", "receipt.json"]);
        let directory = kill(killed, &gate, at);
        let receipt = fs::read_to_string(directory.path().join("receipt.json"));
        let receipt = receipt.unwrap_or_default();
        // Another machine: nothing but the receipt and the key.
        let finish = server.command("finish").file("receipt.json", &receipt);
        let mut again = finish
            .args(["receipt.json", "--poll-interval", "5ms"])
            .run();
        let needs_package = ["receipt-unusable", "upload-incomplete"];
        if again
            .codes()
            .iter()
            .any(|code| needs_package.contains(code))
        {
            // What is missing at Apple is where the package is.
            again = here(ship_to(&server.url)).run();
        }
        judge(at, &server, &again, right)
    });
}

/// Tries every call after the first one of this name, four at a time, and tells all that went wrong.
fn at_every_call(after: &str, try_at: impl Fn(usize, &[(String, usize)]) -> Option<String> + Sync) {
    let whole = Server::start("gives-to-testers");
    with_all(ship_to(&whole.url)).succeeds();
    let right = state(&whole);
    let log = whole.log();
    let requests = log["requests"].as_array().expect("a list");
    let is_part = |request: &&Value| request["operation"] == "put-part";
    let all = requests.len() - requests.iter().filter(is_part).count();
    let first = requests
        .iter()
        .position(|request| request["operation"] == after);
    let next = AtomicUsize::new(first.map_or(1, |at| at + 1));
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at > all {
                        return;
                    }
                    wrong.lock().expect("no panic").extend(try_at(at, &right));
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no panic");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Ends the process at its call of this number; the server does what it was asked, and nobody hears of it.
fn kill(call: Cli, gate: &Gate, at: usize) -> TempDir {
    let (mut child, directory) = call.start();
    while gate.passed.load(Ordering::SeqCst) < at
        && child.try_wait().expect("it can be asked").is_none()
    {
        thread::sleep(Duration::from_millis(2));
    }
    // The server needs a moment for what it was asked last.
    thread::sleep(Duration::from_millis(60));
    child.kill().expect("it dies");
    child.wait().expect("it is gone");
    directory
}

/// What is not as it should be after a kill at this call.
fn judge(at: usize, server: &Server, again: &Ran, right: &[(String, usize)]) -> Option<String> {
    let found = state(server);
    let is_right = again.code == Some(0) && again.outcome() == "submitted" && found == right;
    (!is_right).then(|| {
        format!(
            "killed at call {at}: ended {:?} {}, made {found:?}, not {right:?}\n{}",
            again.code,
            again.outcome(),
            again.stderr
        )
    })
}

fn command(server: &Server, name: &str) -> Cli {
    server.command(name).args(["--poll-interval", "5ms"])
}

/// A command about the app that the tests ship.
fn about(server: &Server, name: &str) -> Cli {
    command(server, name).args(["--bundle-id", "com.example.app"])
}

fn build_id(ran: &Ran) -> String {
    ran.report["build"]["build_id"]
        .as_str()
        .expect("a build")
        .to_owned()
}

#[test]
fn a_build_is_carried_on_with_by_its_id_stage_by_stage() {
    let server = Server::start("succeeds");
    let build = build_id(&ship_to(&server.url).succeeds());
    let of = |name, options: &[&str]| {
        let call = command(&server, name).args(["--build-id", &build]);
        options.iter().fold(call, Cli::arg).succeeds()
    };
    assert_eq!(of("distribute", &["--groups=QA"]).outcome(), "distributed");
    assert_eq!(
        of("submit", &["--release-type=MANUAL"]).outcome(),
        "submitted"
    );
    assert_eq!(of("finish", &[]).outcome(), "processed");
    let again = of("submit", &[]);
    assert!(again.stderr.contains("already"), "{}", again.stderr);
    assert_eq!(
        (server.done("add-item"), server.done("make-version")),
        (1, 1)
    );
    let gone = command(&server, "distribute").args(["--build-id", "none", "--groups=QA"]);
    assert_eq!(gone.fails(1).codes(), ["build-not-found"]);
}

#[test]
fn the_review_is_waited_for_and_the_version_released_when_somebody_says_so() {
    let server = Server::start("succeeds");
    let submitted = ship_to(&server.url).args([
        "--submit-to-app-store",
        "--release-type=MANUAL",
        "--phased-release",
    ]);
    submitted.succeeds();
    let status = about(&server, "status").succeeds();
    assert!(
        status.stderr.contains("WAITING_FOR_REVIEW"),
        "{}",
        status.stderr
    );
    about(&server, "wait")
        .args(["--until", "approved"])
        .succeeds();
    about(&server, "release").succeeds();
    about(&server, "wait").args(["--until", "live"]).succeeds();
    let again = about(&server, "release").succeeds();
    assert!(again.stderr.contains("already"), "{}", again.stderr);
    assert_eq!(server.done("release"), 1);
    let named = |call: Cli| call.args(["--marketing-version", "1.0.0"]);
    named(about(&server, "release"))
        .args(["--phased", "pause"])
        .succeeds();
    named(about(&server, "release"))
        .args(["--phased", "complete"])
        .succeeds();
}

#[test]
fn a_rejection_ends_the_waiting_and_a_submission_can_be_taken_back() {
    let server = Server::start("review-rejects");
    ship_to(&server.url)
        .args(["--submit-to-app-store"])
        .succeeds();
    let rejected = about(&server, "wait").args(["--until", "live"]).fails(1);
    assert_eq!(rejected.codes(), ["store-version-rejected"]);
    assert_eq!(rejected.outcome(), "withheld");
    let server = Server::start("succeeds");
    ship_to(&server.url)
        .args(["--submit-to-app-store"])
        .succeeds();
    about(&server, "cancel").succeeds();
    assert_eq!(server.done("change-submission"), 2);
}

#[test]
fn what_apple_does_not_take_back_is_not_said_to_be() {
    let server = Server::start("submission-not-cancellable");
    let ran = about(&server, "cancel").fails(1);
    assert_eq!(ran.codes(), ["asc-not-cancellable"]);
    assert!(
        !ran.stderr.contains("is being taken back"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_version_that_is_on_its_way_is_not_released_twice() {
    let server = Server::start("version-on-its-way");
    let ran = about(&server, "release").succeeds();
    assert!(
        ran.stderr.contains("on its way into the App Store already"),
        "{}",
        ran.stderr
    );
    assert_eq!(server.done("release"), 0);
}

#[test]
fn the_headline_says_which_review_has_the_build() {
    let options = [
        "--groups=Friends",
        "--submit-beta-review",
        "--submit-to-app-store",
    ];
    let told = |scenario: &str, code: i32, most: usize| {
        let server = Server::start(scenario);
        let call = options[..most].iter().fold(ship_to(&server.url), Cli::arg);
        call.fails(code).stderr
    };
    let both = told("succeeds", 0, 3);
    assert!(
        both.contains("was submitted to the beta review and to the App Store"),
        "{both}"
    );
    let beta = told("succeeds", 0, 2);
    assert!(
        beta.contains("(42) was submitted to the beta review\n"),
        "{beta}"
    );
    let kept = told("metadata-missing", 1, 3);
    assert!(
        kept.contains(
            "was submitted to the beta review and not to the App Store: something must change first"
        ),
        "{kept}"
    );
}

/// The reviewers miss a text in a language: it is told by its name, though Apple gives its id alone.
#[test]
fn what_a_version_lacks_is_told_with_its_language() {
    let server = Server::start("metadata-missing");
    let ran = ship_to(&server.url).arg("--submit-to-app-store").fails(1);
    let found = ran.finding("store-field-missing");
    let locale = found["variables"]["locale"].as_str().expect("a language");
    let title = found["title"].as_str().expect("words");
    assert!(!locale.is_empty() && title.ends_with(locale), "{found:#}");
}

#[test]
fn outside_testers_are_waited_for() {
    let server = Server::start("succeeds");
    ship_to(&server.url)
        .args(["--groups=Friends", "--submit-beta-review"])
        .succeeds();
    let ran = about(&server, "wait")
        .args(["--until", "in-testing"])
        .succeeds();
    assert_eq!(ran.outcome(), "distributed");
}

#[test]
fn the_next_build_number_alone_is_on_standard_output() {
    let server = Server::start("succeeds");
    let of = |options: &[&str]| {
        let call = about(&server, "next-build-number");
        let ran = options.iter().fold(call, Cli::arg).succeeds();
        (ran.stdout.trim().to_owned(), ran.codes().join(","))
    };
    assert_eq!(of(&[]).0, "1");
    ship_to(&server.url).succeeds();
    assert_eq!(of(&[]).0, "43");
    assert_eq!(
        of(&["--marketing-version=1.0.0"]),
        ("43".to_owned(), String::new())
    );
    assert_eq!(
        of(&["--marketing-version=2.0"]),
        ("1".to_owned(), "build-number-lower".to_owned())
    );
    // What another workflow has sent a moment ago is no build yet, and its number is spoken for.
    let busy = Server::start("never-appears");
    let call = with_package(&busy.url, "2.0", "77").args(["--wait", "none"]);
    assert_eq!(call.succeeds().outcome(), "uploaded");
    let next = about(&busy, "next-build-number").succeeds();
    assert_eq!(next.stdout.trim(), "78");
    let missing = command(&server, "next-build-number").fails(2);
    assert_eq!(missing.codes(), ["option-invalid"]);
}
