//! The room against a server of our own on loopback.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::Instant;

use crate::github::check_runs::{Annotation, CheckRun, Conclusion, Level};
use crate::github::comments::{Marker, Sticky};
use crate::github::context::Repository;
use crate::github::reviews::Suggestion;
use crate::github::statuses::{State, Status};
use crate::github::*;
use crate::host::clock::Clock;
use crate::http::client::USER_AGENT;
use crate::http::fault::Fault;
use crate::http::proxies::Proxies;
use crate::http::test_tls::localhost;
use crate::secret::{Secret, Vault};
use crate::testing::github::GitHub;
use crate::text::chain;

const SHA: &str = "1111111111111111111111111111111111111111";
const BOT: &str = "github-actions[bot]";

fn settings(url: &str) -> Settings {
    Settings {
        api_url: url.to_owned(),
        repository: Repository::parse("example/app").unwrap(),
        token: Secret::new("ghs_the-token-of-the-workflow"),
        vault: Vault::default(),
        clock: Clock::system(),
        extra_roots: Vec::new(),
        proxies: Proxies::none(),
    }
}

fn client(server: &GitHub) -> Client {
    Client::open(settings(&server.url))
        .unwrap()
        .until(Instant::now() + Duration::from_secs(20))
}

fn marker() -> Marker {
    Marker::new("com.example.app", "ship")
}

fn body(text: &str) -> String {
    format!("{text}\n\n{}", marker())
}

async fn put(server: &GitHub, text: &str) -> Result<(), Error> {
    Sticky::new(12)
        .put(&client(server), &marker(), &body(text))
        .await
}

fn status() -> Status {
    Status {
        context: "TestFlight / com.example.app".to_owned(),
        state: State::Success,
        description: "ready".to_owned(),
        target_url: None,
    }
}

#[tokio::test]
async fn a_call_names_what_it_takes_and_the_version_that_it_is_written_for() {
    let server =
        crate::testing::server::Server::start(|_| crate::testing::server::Answer::new(200, "[]"));
    let client = Client::open(settings(&server.url())).unwrap();
    let _: Vec<serde_json::Value> = client.list("/issues/1/comments").await.unwrap();
    let heard = server.requests();
    assert_eq!(heard[0].headers["accept"], "application/vnd.github+json");
    assert_eq!(heard[0].headers["x-github-api-version"], "2022-11-28");
}

#[tokio::test]
async fn an_answer_without_an_end_is_left_and_a_pause_for_one_call_holds_for_all() {
    let server =
        crate::testing::server::Server::start(|request| match request.uri.path().contains("/7/") {
            true => crate::testing::server::Answer::new(429, "").header("retry-after", "3000"),
            false => crate::testing::server::Answer::new(200, vec![b' '; 17 << 20]),
        });
    let client = Client::open(settings(&server.url())).unwrap();
    let client = client.until(Instant::now() + Duration::from_secs(20));
    let endless: Result<Vec<serde_json::Value>, _> =
        client.without_repetition().get("/issues/1/comments").await;
    let error = endless.unwrap_err();
    assert!(chain::joined(&error).contains("far too large"), "{error:?}");
    let limited: Result<Vec<serde_json::Value>, _> = client.get("/issues/7/comments").await;
    assert!(matches!(limited, Err(Error::RateLimited { .. })));
    let before = server.requests().len();
    let other: Result<Vec<serde_json::Value>, _> = client.clone().get("/issues/1/comments").await;
    assert!(matches!(other, Err(Error::RateLimited { .. })));
    assert_eq!(server.requests().len(), before);
}

#[tokio::test]
async fn a_list_without_an_end_is_left_after_so_many_bytes_or_pages() {
    // Three pages of so much are more than a list may have, and each of them is less than an answer may have.
    for (size, pages) in [(12 << 20, 3), (1, 30)] {
        let server = crate::testing::server::Server::start(move |_| {
            let body = serde_json::json!(["x".repeat(size)]).to_string();
            let next = "<https://api.github.com/more>; rel=\"next\"";
            crate::testing::server::Answer::new(200, body).header("link", next)
        });
        let client = Client::open(settings(&server.url())).unwrap();
        let client = client.until(Instant::now() + Duration::from_secs(60));
        let found: Vec<String> = client.list("/issues/1/comments").await.unwrap();
        assert_eq!(found.len(), pages);
        let heard = server.requests();
        assert_eq!(heard.len(), pages);
        let last = format!("/repos/example/app/issues/1/comments?per_page=100&page={pages}");
        assert_eq!(heard[pages - 1].uri.to_string(), last);
    }
}

#[tokio::test]
async fn a_comment_is_made_once_and_then_written_anew() {
    let server = GitHub::start();
    put(&server, "first").await.unwrap();
    put(&server, "second").await.unwrap();
    assert_eq!(server.bodies(), [body("second")]);
    assert_eq!(server.count("POST", "/comments"), 1);
}

#[tokio::test]
async fn what_is_said_already_is_not_said_again() {
    let server = GitHub::start();
    server.comment(BOT, &body("same").replace('\n', "\r\n"));
    put(&server, "same").await.unwrap();
    assert_eq!(server.count("PATCH", "") + server.count("POST", ""), 0);
}

#[tokio::test]
async fn the_marker_in_a_strangers_comment_or_in_the_middle_is_no_comment_of_ours() {
    let server = GitHub::start();
    server.comment("stranger", &body("seeded"));
    server.comment(BOT, &format!("{}\nand more", body("quoted")));
    server.comment(
        BOT,
        &format!("other app\n{}", Marker::new("com.example.other", "ship")),
    );
    put(&server, "ours").await.unwrap();
    assert_eq!(server.comments().len(), 4);
    assert_eq!(server.bodies()[0], body("seeded"));
}

#[tokio::test]
async fn a_comment_far_down_the_pages_is_found() {
    let server = GitHub::start();
    for number in 0..230 {
        server.comment("someone", &format!("{number}"));
    }
    server.comment(BOT, &body("old"));
    put(&server, "new").await.unwrap();
    assert_eq!(server.bodies().last(), Some(&body("new")));
    assert_eq!(server.comments().len(), 231);
    assert_eq!(server.count("GET", "/comments"), 3);
}

#[tokio::test]
async fn of_several_the_oldest_stays() {
    let server = GitHub::start();
    let oldest = server.comment(BOT, &body("one"));
    server.comment(BOT, &body("two"));
    server.comment(BOT, &body("three"));
    put(&server, "now").await.unwrap();
    let comments = server.comments();
    assert_eq!(comments.len(), 1);
    assert_eq!(comments[0]["id"], oldest);
    assert_eq!(comments[0]["body"], body("now"));
}

#[tokio::test]
async fn a_token_of_another_app_learns_its_name_and_heals_what_it_made() {
    let server = GitHub::start();
    let oldest = server.comment("my-app[bot]", &body("before"));
    // It may not ask who it is, and writes under a name of its own.
    server.viewer("my-app[bot]");
    server.fails("GET", "/user", 403, 1);
    put(&server, "now").await.unwrap();
    let comments = server.comments();
    assert_eq!(comments.len(), 1, "{comments:?}");
    assert_eq!(comments[0]["id"], oldest);
}

#[tokio::test]
async fn an_answer_that_got_lost_makes_no_second_comment() {
    let server = GitHub::start();
    server.fails_after_doing("POST", "/comments", 502);
    put(&server, "once").await.unwrap();
    assert_eq!(server.bodies(), [body("once")]);
    assert_eq!(server.count("POST", "/comments"), 1);
}

#[tokio::test]
async fn a_comment_that_was_deleted_meanwhile_is_made_again() {
    let server = GitHub::start();
    let client = client(&server);
    let mut sticky = Sticky::new(12);
    sticky.put(&client, &marker(), &body("one")).await.unwrap();
    server.fails("PATCH", "/comments", 404, 1);
    sticky.put(&client, &marker(), &body("two")).await.unwrap();
    assert_eq!(server.bodies(), [body("two")]);
}

#[tokio::test]
async fn the_comment_of_a_run_that_knew_no_app_is_taken_over() {
    let server = GitHub::start();
    let nameless = Marker::new("", "ship");
    server.comment(BOT, &format!("no package\n{nameless}"));
    put(&server, "now").await.unwrap();
    assert_eq!(server.bodies(), [body("now")]);
}

#[test]
fn no_bundle_identifier_leaves_the_marker() {
    let hostile = Marker::new("a--> <b>@x\n-->--", "ship").to_string();
    assert_eq!(hostile.matches("-->").count(), 1, "{hostile}");
    assert_eq!(hostile.lines().count(), 1);
    assert!(!hostile.contains('@') && !hostile.contains("<b"));
    assert_eq!(
        marker().to_string(),
        "<!-- jetway:v1:com.example.app:ship -->"
    );
}

#[tokio::test]
async fn requests_carry_the_token_our_name_and_the_base_path_and_no_secret() {
    let server = GitHub::start();
    put(&server, "a ghs_the-token-of-the-workflow b")
        .await
        .unwrap();
    for request in server.requests() {
        let headers = request.headers.to_ascii_lowercase();
        assert!(request.path.starts_with("/api/v3/"), "{}", request.path);
        assert!(
            headers.contains("authorization: bearer ghs_the"),
            "{headers}"
        );
        assert_eq!(headers.matches("user-agent:").count(), 1, "{headers}");
        assert!(
            headers.contains(&format!("user-agent: {USER_AGENT}\r\n")),
            "{headers}"
        );
        assert!(!request.body.contains("ghs_the"), "{}", request.body);
    }
    assert_eq!(server.bodies(), [body("a *** b")]);
}

#[tokio::test]
async fn a_server_that_stumbles_is_asked_again_and_a_limit_is_kept() {
    let server = GitHub::start();
    server.fails("GET", "/comments", 502, 1);
    server.fails_with("POST", "/comments", 403, ("retry-after", "1"));
    put(&server, "at last").await.unwrap();
    assert_eq!(server.bodies(), [body("at last")]);
}

#[tokio::test]
async fn a_long_limit_is_told_and_not_waited_out() {
    let server = GitHub::start();
    server.fails_with("POST", "/statuses", 429, ("retry-after", "3600"));
    let error = statuses::set(&client(&server), SHA, &status())
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::RateLimited { seconds: 3600, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_missing_permission_is_told_with_githubs_words_and_tried_once() {
    let server = GitHub::start();
    server.fails("POST", "/statuses", 403, 9);
    let error = statuses::set(&client(&server), SHA, &status())
        .await
        .unwrap_err();
    assert!(error.is_forbidden());
    assert_eq!(
        error.to_string(),
        format!(
            "POST /repos/example/app/statuses/{SHA} was answered 403: Resource not accessible by integration"
        )
    );
    assert_eq!(server.count("POST", "/statuses"), 1);
}

#[tokio::test]
async fn a_status_whose_answer_got_lost_is_looked_for_first() {
    let server = GitHub::start();
    server.fails_after_doing("POST", "/statuses", 500);
    statuses::set(&client(&server), SHA, &status())
        .await
        .unwrap();
    assert_eq!(server.statuses().len(), 1);
    server.fails("POST", "/statuses", 500, 1);
    let pending = Status {
        state: State::Pending,
        ..status()
    };
    statuses::set(&client(&server), SHA, &pending)
        .await
        .unwrap();
    assert_eq!(server.statuses().len(), 2);
}

#[tokio::test]
async fn annotations_come_by_fifties() {
    let server = GitHub::start();
    let annotation = Annotation {
        path: "Info.plist".to_owned(),
        line: 3,
        level: Level::Failure,
        title: "x".repeat(400),
        message: "m".to_owned(),
    };
    let run = CheckRun {
        name: "TestFlight".to_owned(),
        conclusion: Conclusion::Failure,
        title: "refused".to_owned(),
        summary: "s".to_owned(),
        details_url: None,
        annotations: vec![annotation; 120],
    };
    check_runs::create(&client(&server), SHA, &run)
        .await
        .unwrap();
    let sizes: Vec<usize> = server
        .checks()
        .iter()
        .map(|check| check["output"]["annotations"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [50, 50, 20]);
    let title = &server.checks()[0]["output"]["annotations"][0]["title"];
    assert_eq!(title.as_str().unwrap().chars().count(), 255);
    assert_eq!(server.checks()[0]["status"], "completed");
}

#[tokio::test]
async fn a_branchs_name_is_one_piece_of_the_path() {
    let server = GitHub::start();
    server.pulls(serde_json::json!([{"number": 5, "state": "open", "head": {"sha": SHA}}]));
    let found = pull_requests::find(&client(&server), "topic/a?b", Some(SHA)).await;
    assert_eq!(found.unwrap(), pull_requests::Choice::One(5));
    assert_eq!(server.count("GET", "/commits/topic%2Fa%3Fb/pulls"), 1);
}

#[tokio::test]
async fn the_token_goes_over_tls_or_stays_on_this_machine() {
    for address in [
        "http://github.example/api/v3",
        "https://user:hunter22@github.example",
        "ftp://127.0.0.1",
        "nonsense",
    ] {
        let refused = Client::open(settings(address))
            .err()
            .map(|error| error.to_string());
        let said = refused.expect(address);
        assert!(said.contains("must be https"), "{said}");
        assert!(!said.contains("hunter22"), "{said}");
    }
    assert!(Client::open(settings("https://github.example/api/v3")).is_ok());
}

#[tokio::test]
async fn a_server_that_is_gone_is_told_within_the_time() {
    let server = GitHub::start();
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let client = Client::open(settings(&address))
        .unwrap()
        .without_repetition();
    let error = statuses::set(&client, SHA, &status()).await.unwrap_err();
    // Nobody was there, so surely nothing was done.
    assert!(
        matches!(
            error,
            Error::NoAnswer {
                fault: Fault::NotConnected,
                ..
            }
        ) && !error.is_unsure(),
        "{error:?}"
    );
    let said = chain::with_root(&error);
    assert!(said.contains("was not answered: "), "{said}");
    assert!(said.len() < 200 && !said.contains("ghs_"), "{said}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_server_that_is_not_trusted_is_named_so_and_asked_once() {
    let (acceptor, root) = localhost();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let connections = Arc::new(AtomicUsize::new(0));
    let seen = connections.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            seen.fetch_add(1, Ordering::Relaxed);
            // A client that does not trust us breaks the handshake off.
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer).await;
            let no = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            let _ = stream.write_all(no).await;
            let _ = stream.shutdown().await;
        }
    });
    let trusting = Settings {
        extra_roots: root.into_bytes(),
        ..settings(&url)
    };
    let client = Client::open(trusting).unwrap();
    let error = statuses::set(&client, SHA, &status()).await.unwrap_err();
    assert!(error.is_forbidden(), "{error:?}");
    // On a machine without certificates there is not even a client.
    let Ok(client) = Client::open(settings(&url)) else {
        return;
    };
    let before = connections.load(Ordering::Relaxed);
    let error = statuses::set(&client, SHA, &status()).await.unwrap_err();
    assert!(error.to_string().contains("SSL_CERT_FILE"), "{error}");
    assert!(error.is_final() && !error.is_unsure());
    assert_eq!(connections.load(Ordering::Relaxed) - before, 1);
}

#[tokio::test]
async fn certificates_that_are_none_are_refused() {
    let wrong = Settings {
        extra_roots: b"hello".to_vec(),
        ..settings("https://github.example")
    };
    assert!(matches!(Client::open(wrong), Err(Error::Setup(_))));
}

#[test]
fn an_error_is_as_final_and_as_doubtful_as_its_status() {
    for status in 100..=999 {
        let error = Error::Refused {
            call: "POST /x".to_owned(),
            status,
            message: "no".to_owned(),
        };
        let is_trouble = status == 408 || (500..600).contains(&status);
        assert_eq!(error.is_unsure(), is_trouble, "{status}");
        let passes = is_trouble || status == 425 || status == 429;
        assert_eq!(error.is_final(), !passes, "{status}");
    }
}

#[test]
fn the_permissions_to_add_are_one_line_of_yaml() {
    let refused = |status| Error::Refused {
        call: "POST /x".to_owned(),
        status,
        message: "no".to_owned(),
    };
    let wanted = [Scope::Statuses, Scope::PullRequests];
    let failures = [
        (Scope::Statuses, refused(403)),
        (Scope::PullRequests, refused(502)),
    ];
    let warning = diagnostics::not_told(&failures, &wanted);
    assert_eq!(warning.code, diagnostics::PERMISSION_MISSING);
    assert_eq!(
        warning.variables["permissions"],
        "permissions: { contents: read, pull-requests: write, statuses: write }"
    );
    let outage = diagnostics::not_told(&failures[1..], &wanted);
    assert_eq!(outage.code, diagnostics::NOT_TOLD);
}

fn suggestion(path: &str, line: u32, old: &[&str]) -> Suggestion {
    let marker = Marker::new(&format!("com.example.app#{path}"), "suggestion");
    Suggestion {
        path: path.to_owned(),
        line,
        old: old.iter().map(|line| (*line).to_owned()).collect(),
        body: format!("Do this.\n\n{marker}"),
        marker,
    }
}

async fn suggest(server: &GitHub, suggestions: &[Suggestion]) -> Result<(), Error> {
    let kind = Marker::new("com.example.app#", "suggestion");
    reviews::put(&client(server), 12, SHA, (&kind, suggestions)).await
}

#[tokio::test]
async fn at_most_five_changes_are_suggested_each_on_the_lines_that_the_patch_shows() {
    let server = GitHub::start();
    let mut wanted = Vec::new();
    for number in 0..9 {
        let path = format!("{number}.plist");
        server.reviews(|reviews| reviews.change(&path, "@@ -1,2 +4,2 @@\n a\n+b"));
        wanted.push(suggestion(&path, 4, &["a", "b"]));
    }
    wanted.insert(0, suggestion("0.plist", 4, &["a", "not what is there"]));
    wanted.insert(0, suggestion("elsewhere.plist", 4, &["a"]));
    suggest(&server, &wanted).await.unwrap();
    let made = server.reviews(|reviews| reviews.comments.clone());
    assert_eq!(made.len(), reviews::MOST);
    assert_eq!(
        (&made[0]["start_line"], &made[0]["line"]),
        (&4.into(), &5.into())
    );
    assert_eq!(made[0]["path"], "0.plist");
}

#[tokio::test]
async fn a_pull_request_that_moved_on_is_no_fault_and_one_that_may_not_be_read_is() {
    let server = GitHub::start();
    server.reviews(|reviews| reviews.change("a", "@@ -1,1 +1,1 @@\n a"));
    server.fails("POST", "/pulls/12/comments", 422, 1);
    suggest(&server, &[suggestion("a", 1, &["a"])])
        .await
        .unwrap();
    server.fails("GET", "/pulls/12/files", 403, 1);
    let refused = suggest(&server, &[suggestion("a", 1, &["a"])]).await;
    assert!(refused.unwrap_err().is_forbidden());
}

#[tokio::test]
async fn another_apps_suggestions_are_left_alone() {
    let server = GitHub::start();
    let other = Marker::new("com.example.app2#a", "suggestion");
    let body = format!("x\n\n{other}");
    let comment =
        serde_json::json!({"id": 1, "body": body, "user": {"login": BOT}, "path": "a", "line": 1});
    server.reviews(|reviews| reviews.comments.push(comment));
    suggest(&server, &[]).await.unwrap();
    assert_eq!(server.count("DELETE", ""), 0);
}
