//! Two runs that reserve the same build in the same moment: one build, one commit and two reports that are true.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use crate::support::{Ran, Server, content, ipa_of, ipa_of_size};

const RESERVING: &[u8] = b"POST /v1/buildUploads HTTP/1.1\r\n";
const SIZE: usize = 12_000_000;

/// How many wish to reserve, and who waits for the others.
type Waiting = Arc<(Mutex<usize>, Condvar)>;

/// A way to the server on which nobody reserves before two wish to.
fn together(server: &Server) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let target = server.url.trim_start_matches("http://").to_owned();
    let waiting = Waiting::default();
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let server = TcpStream::connect(&target).expect("the sandbox listens");
            let waiting = Arc::clone(&waiting);
            thread::spawn(move || carry(client, server, &waiting));
        }
    });
    url
}

fn carry(mut client: TcpStream, mut server: TcpStream, waiting: &Waiting) {
    let mut to_client = client.try_clone().expect("a second end");
    let mut from_server = server.try_clone().expect("a second end");
    thread::spawn(move || std::io::copy(&mut from_server, &mut to_client));
    let mut bytes = vec![0; 65_536];
    while let Ok(read @ 1..) = client.read(&mut bytes) {
        if bytes[..read].starts_with(RESERVING) {
            wait_for_two(waiting);
        }
        if server.write_all(&bytes[..read]).is_err() {
            return;
        }
    }
}

fn wait_for_two((count, heard): &(Mutex<usize>, Condvar)) {
    let mut count = count.lock().expect("no panic");
    *count += 1;
    heard.notify_all();
    let patience = Duration::from_secs(20);
    let waited = heard.wait_timeout_while(count, patience, |count| *count < 2);
    assert!(!waited.expect("no panic").1.timed_out(), "nobody else came");
}

/// Two runs at once, each with its package; the scenario's answers are slow enough for both to send.
fn both(server: &Server, packages: [Vec<u8>; 2]) -> [Ran; 2] {
    let url = together(server);
    let key = jetway::sandbox::demo_key();
    packages
        .map(|package| {
            crate::support::Cli::new()
                .ship()
                .args(["--asc-url", &url, "--api-key-id", key.key_id])
                .args(["--api-issuer-id", key.issuer_id, "--concurrency", "1"])
                .env("JETWAY_API_KEY", &key.private_key_pem)
                .file("App.ipa", package)
                .arg("App.ipa")
                .start()
        })
        .map(|(child, directory)| Ran::of(child, &directory))
}

fn package(size: usize) -> Vec<u8> {
    ipa_of_size("com.example.app", "1.0.0", "1", size)
}

#[test]
fn two_runs_that_reserve_at_once_end_with_one_build_and_two_true_reports() {
    for scenario in ["succeeds", "slow-answers"] {
        let server = Server::start(scenario);
        let ran = both(&server, [package(SIZE), package(SIZE)]);
        for ran in &ran {
            assert_eq!(ran.code, Some(0), "{scenario}\n{}", ran.everything());
            assert_eq!(ran.outcome(), "processed", "{scenario}");
        }
        let upload = |ran: &Ran| ran.report["build"]["build_upload_id"].clone();
        assert_eq!(upload(&ran[0]), upload(&ran[1]), "{scenario}");
        for (operation, times) in [("reserve", 2), ("delete-upload", 1), ("commit", 1)] {
            assert_eq!(server.done(operation), times, "{scenario}: {operation}");
        }
        let gave_way = |ran: &&Ran| ran.stderr.contains("a moment before this one");
        assert_eq!(ran.iter().filter(gave_way).count(), 1, "{scenario}");
    }
}

/// Who has other bytes under the same number does not mix them with the first one's: one of the two is refused.
#[test]
fn two_runs_of_different_bytes_that_reserve_at_once_end_with_one_build_and_one_refusal() {
    let server = Server::start("succeeds");
    let ran = both(&server, [package(SIZE), package(SIZE / 2)]);
    let mut codes = ran.each_ref().map(|ran| ran.code);
    codes.sort_unstable();
    assert_eq!(
        codes,
        [Some(0), Some(1)],
        "{}\n{}",
        ran[0].everything(),
        ran[1].everything()
    );
    let refused = ran.iter().find(|ran| ran.code == Some(1)).expect("one");
    let taken = ["build-number-taken", "itms-90189"];
    let is_told = refused.codes().iter().any(|code| taken.contains(code));
    assert!(is_told, "{}", refused.everything());
}

/// The same, where not even the size tells the two apart.
#[test]
fn two_runs_of_other_bytes_of_one_size_never_both_say_that_the_build_is_theirs() {
    for (scenario, at) in [
        ("succeeds", SIZE / 2),
        ("slow-answers", 9_000_000),
        ("slow-answers", 2_000),
    ] {
        let server = Server::start(scenario);
        let mut content = content(SIZE);
        content[at..at + 4].copy_from_slice(b"else");
        let other = ipa_of("com.example.app", "1.0.0", "1", &content);
        let ran = both(&server, [package(SIZE), other]);
        let all = format!(
            "{}\n{}\n{:#}",
            ran[0].everything(),
            ran[1].everything(),
            server.log()
        );
        // Where both are too slow to see each other's bytes in time, Apple's checksum tells: none is done, or, where a
        // part was replaced between the last look and the commit, the one that is done is warned.
        let (done, refused): (Vec<&Ran>, Vec<&Ran>) =
            ran.iter().partition(|ran| ran.code == Some(0));
        assert!(done.len() <= 1, "{scenario} {at}\n{all}");
        for ran in refused {
            assert!(
                ran.codes().contains(&"build-number-taken"),
                "{scenario} {at}\n{all}"
            );
        }
        assert_eq!(server.done("commit"), 1, "{scenario} {at}\n{all}");
    }
}

#[test]
fn a_reservation_that_nobody_fills_is_filled_by_whoever_came_later() {
    let server = Server::start("another-run-reserves");
    let ran = server
        .ship()
        .file("App.ipa", package(20_000))
        .arg("App.ipa")
        .succeeds();
    assert_eq!(ran.outcome(), "processed");
    assert!(ran.stderr.contains("given back"), "{}", ran.everything());
    assert_eq!(
        (server.done("reserve"), server.done("delete-upload")),
        (1, 1)
    );
    assert_eq!(server.done("commit"), 1);
}
