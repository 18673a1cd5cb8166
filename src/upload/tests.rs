//! The engine against small servers on this machine.

use std::error::Error as _;
use std::fs::File;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::header::HeaderName;
use tempfile::NamedTempFile;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::event::{Event, Events};
use crate::http::client::SetupError;
use crate::http::test_tls::localhost;
use crate::secret::Secret;
use crate::testing::server::{Answer, Request, Server};
use crate::upload::checksum::{composite, digest};
use crate::upload::engine::{Engine, Sent};
use crate::upload::error::{Cause, Change, Error};
use crate::upload::parts::{Part, PartPlan};
use crate::upload::settings::Settings;

/// Storage that answers what `answer` says of a request and of how many there were before it; first its
/// address.
fn storage(answer: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static) -> (String, Server) {
    let before = AtomicUsize::new(0);
    let server =
        Server::start(move |request| answer(request, before.fetch_add(1, Ordering::Relaxed)));
    (server.url(), server)
}

/// Which part a request brings.
fn part(request: &Request) -> u64 {
    request.uri.path()[1..].parse().unwrap()
}

fn says(status: u16, headers: &[(&str, &str)], body: &'static str) -> Answer {
    let answer = Answer::new(status, body);
    headers
        .iter()
        .fold(answer, |answer, (name, value)| answer.header(name, *value))
}

fn stored(seen: &Request) -> Answer {
    let tag = format!("\"{}\"", digest(&seen.body).hex());
    says(200, &[("etag", &tag)], "")
}

fn file_of(size: usize) -> (NamedTempFile, Vec<u8>) {
    let bytes: Vec<u8> = (0..size)
        .map(|at| u8::try_from(at % 251).unwrap())
        .collect();
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(&bytes).unwrap();
    (file, bytes)
}

fn parts(base: &str, size: u64, part_size: u64) -> Vec<Part> {
    let count = size.div_ceil(part_size);
    let part = |index: u64| Part {
        number: u32::try_from(index + 1).unwrap(),
        method: "PUT".into(),
        url: Secret::new(format!("{base}/{index}?signature=hush-hush-hush")),
        offset: index * part_size,
        length: part_size.min(size - index * part_size),
        headers: vec![("Content-Type".into(), "application/octet-stream".into())],
        entity_tag: None,
    };
    (0..count).rev().map(part).collect()
}

fn settings() -> Settings {
    Settings {
        first_pause: Duration::ZERO,
        attempts: 3,
        ..Settings::new(6, Duration::from_mins(1))
    }
}

struct Sending {
    result: Result<Sent, Error>,
    events: UnboundedReceiver<Event>,
}

async fn send(settings: Settings, file: &NamedTempFile, parts: Vec<Part>) -> Sending {
    let size = file.as_file().metadata().unwrap().len();
    let plan = PartPlan::new(parts, size).unwrap();
    let file = Arc::new(File::open(file.path()).unwrap());
    let (events, listener) = Events::stream();
    let engine = Engine::new(settings).unwrap();
    let result = engine
        .send(file, &plan, &events, &CancellationToken::new())
        .await;
    Sending {
        result,
        events: listener,
    }
}

/// The error and its causes, as a reporter would show them.
fn shown(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    assert!(!text.contains("hush"), "{text}");
    assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    text
}

#[tokio::test]
async fn every_part_arrives_as_the_storage_wants_it() {
    let (base, server) = storage(|seen, _| stored(seen));
    let (file, bytes) = file_of(300_001);
    let sending = send(settings(), &file, parts(&base, 300_001, 40_000)).await;
    let sent = sending.result.unwrap();
    assert_eq!(
        (sent.parts_sent, sent.parts_skipped, sent.parts_unconfirmed),
        (8, 0, 0)
    );
    assert_eq!((sent.bytes_sent, sent.resent_bytes), (300_001, 0));
    assert_eq!(sent.composite, composite(bytes.chunks(40_000).map(digest)));
    let mut requests = server.requests();
    requests.sort_by_key(part);
    let arrived: Vec<u8> = requests
        .iter()
        .flat_map(|seen| seen.body.to_vec())
        .collect();
    assert_eq!(arrived, bytes);
    for seen in requests {
        let mut names: Vec<&str> = seen.headers.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "accept",
                "content-length",
                "content-type",
                "host",
                "user-agent"
            ]
        );
        assert_eq!(
            seen.headers["content-length"],
            seen.body.len().to_string().as_str()
        );
        assert_eq!(seen.headers["content-type"], "application/octet-stream");
    }
}

#[tokio::test]
async fn a_file_of_no_bytes_is_sent_at_once() {
    let (file, _) = file_of(0);
    let sent = send(settings(), &file, vec![]).await.result.unwrap();
    assert_eq!(sent.composite, composite([]));
}

#[tokio::test]
async fn never_more_parts_are_under_way_than_asked_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (file, _) = file_of(50_000);
    let three = Settings {
        concurrency: 3,
        ..settings()
    };
    // The storage answers when three are waiting; a fourth would be seen as a connection.
    let storage = tokio::spawn(async move {
        let mut waiting = Vec::new();
        for _ in 0..3 {
            let (mut stream, _) = listener.accept().await.unwrap();
            read_request(&mut stream).await;
            waiting.push(stream);
        }
        let fourth = tokio::time::timeout(Duration::from_millis(50), listener.accept()).await;
        assert!(fourth.is_err());
        for mut stream in waiting {
            tokio::spawn(async move {
                stream.write_all(OK).await.unwrap();
                while read_request(&mut stream).await {
                    stream.write_all(OK).await.unwrap();
                }
            });
        }
    });
    let sent = send(three, &file, parts(&base, 50_000, 5_000))
        .await
        .result
        .unwrap();
    assert_eq!((sent.parts_sent, sent.parts_unconfirmed), (10, 10));
    storage.await.unwrap();
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/// Reads one whole request; false where the connection ended instead.
async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> bool {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else {
            return false;
        };
        head.push(byte);
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let (_, length) = head.split_once("content-length: ").unwrap();
    let length: usize = length.lines().next().unwrap().parse().unwrap();
    stream.read_exact(&mut vec![0; length]).await.is_ok()
}

#[tokio::test]
async fn what_passes_by_itself_is_tried_again_without_counting_twice() {
    let (base, server) = storage(|seen, before| match before {
        0 => says(503, &[("retry-after", "0")], "busy"),
        1 => says(200, &[("etag", "\"00000000000000000000000000000000\"")], ""),
        _ => stored(seen),
    });
    let (file, bytes) = file_of(100_000);
    let mut sending = send(settings(), &file, parts(&base, 100_000, 30_000)).await;
    let sent = sending.result.unwrap();
    assert_eq!((sent.parts_sent, sent.bytes_sent), (4, 100_000));
    assert!(
        (20_000..=60_000).contains(&sent.resent_bytes),
        "{}",
        sent.resent_bytes
    );
    assert_eq!(sent.composite, composite(bytes.chunks(30_000).map(digest)));
    assert_eq!(server.requests().len(), 6);
    let mut last = 0;
    while let Ok(event) = sending.events.try_recv() {
        if let Event::Progress(progress) = event {
            assert!(progress.done <= progress.total);
            last = progress.done;
        }
    }
    assert_eq!(last, 100_000);
}

/// Patient enough that no clock that runs ahead of the network makes a connection look silent.
fn unhurried(concurrency: usize) -> Settings {
    Settings {
        attempts: 8,
        ..Settings::new(concurrency, Duration::from_secs(10 * 24 * 60 * 60))
    }
}

#[tokio::test(start_paused = true)]
async fn a_storage_that_asks_every_part_to_wait_is_left_after_an_hour_of_waits() {
    let busy = || storage(|_, _| says(503, &[("retry-after", "900")], "come back later"));
    let (base, server) = busy();
    let (file, _) = file_of(60);
    let mut sending = send(unhurried(1), &file, parts(&base, 60, 10)).await;
    assert_eq!(
        shown(&sending.result.unwrap_err()),
        "part 1 was not sent (5 attempts): the storage answered 503: come back later"
    );
    assert_eq!(server.requests().len(), 5);
    let mut notes = Vec::new();
    while let Ok(event) = sending.events.try_recv() {
        if let Event::Note(note) = event {
            notes.push(note);
        }
    }
    let last = notes.pop().unwrap();
    assert!(last.ends_with("part 1 is not tried again"), "{last}");
    assert_eq!(notes.len(), 4);
    assert!(notes.iter().all(|note| note.ends_with("again in 900.0 s")));
    // The lanes wait together, and so what they wait counts once.
    let (base, server) = busy();
    let began = Instant::now();
    let many = unhurried(6);
    let waits = many.waits.clone();
    let error = send(many, &file, parts(&base, 60, 10)).await.result;
    assert!(matches!(error, Err(Error::Part { .. })), "{error:?}");
    assert!(began.elapsed() >= 3 * Duration::from_secs(900));
    assert!((18..=30).contains(&server.requests().len()));
    assert!(!waits.has_room_for(Duration::from_secs(900)));
}

#[tokio::test]
async fn a_part_that_never_gets_through_is_given_up_by_number_and_attempts() {
    let (base, server) = storage(|_, _| says(504, &[], "gateway timed out\x07"));
    let (file, _) = file_of(10);
    let error = send(settings(), &file, parts(&base, 10, 10))
        .await
        .result
        .unwrap_err();
    assert_eq!(
        shown(&error),
        "part 1 was not sent (3 attempts): the storage answered 504: gateway timed out"
    );
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_refusal_is_said_in_the_words_of_the_storage_and_not_repeated() {
    let (base, server) = storage(|_, _| {
        says(
            403,
            &[],
            "<Error><Code>AccessDenied</Code><Message>Request has expired for signature=hush-hush-hush</Message></Error>",
        )
    });
    let (file, _) = file_of(10);
    let error = send(settings(), &file, parts(&base, 10, 10))
        .await
        .result
        .unwrap_err();
    assert_eq!(
        shown(&error),
        "part 1 was not sent (1 attempt): the storage answered 403: AccessDenied, Request has expired for ***"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_redirect_that_is_not_safe_is_named_and_not_followed() {
    for status in [307, 308] {
        let (base, server) = storage(move |_, _| {
            let to = "http://elsewhere.example/x?signature=hush";
            says(status, &[("location", to)], "")
        });
        let (file, _) = file_of(10);
        let sending = send(settings(), &file, parts(&base, 10, 10)).await;
        assert_eq!(
            shown(&sending.result.unwrap_err()),
            format!(
                "part 1 was not sent (1 attempt): the storage answered {status}, a redirect to elsewhere.example, which is not followed"
            )
        );
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_part_is_sent_on_once_and_only_where_the_answer_says_to_send_it_again() {
    for (status, hops, good) in [
        (307, 1, true),
        (308, 1, true),
        (302, 1, false),
        (307, 2, false),
    ] {
        let (base, server) = storage(move |request, _| {
            let seen = request.uri.path().matches("/on").count();
            if seen < hops {
                let to = format!("{}/on", request.uri.path());
                return says(status, &[("location", to.as_str())], "");
            }
            stored(request)
        });
        let (file, _) = file_of(10);
        let sent = send(settings(), &file, parts(&base, 10, 10)).await.result;
        assert_eq!(sent.is_ok(), good, "{status} {hops}");
        let heard = server.requests();
        assert_eq!(
            heard.len(),
            if status == 302 { 1 } else { 2 },
            "{status} {hops}"
        );
    }
}

/// What a part says of its bytes, and what it says to the first address alone.
const OF_THE_BYTES: [(&str, &str); 2] = [
    ("Content-Type", "application/octet-stream"),
    ("Content-MD5", "hEM2AEmB4f4fzKVzGJ4u5w=="),
];
const FOR_THE_FIRST: [(&str, &str); 4] = [
    ("X-Amz-Security-Token", "hush-session"),
    ("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"),
    ("X-Auth-Token", "hush-token"),
    ("X-Api-Key", "hush-key"),
];

#[tokio::test]
async fn a_part_is_sent_on_with_its_bytes_and_without_what_was_meant_for_the_first_address() {
    for is_another in [false, true] {
        let (there, other) = storage(|seen, _| stored(seen));
        let (base, server) = storage(move |seen, _| match seen.uri.path() {
            "/0" => {
                let to = if is_another { &there } else { "" };
                let to = format!("{to}/on?signature=of-its-own");
                says(307, &[("location", &to), ("set-cookie", "a=b")], "")
            }
            _ => stored(seen),
        });
        let (file, bytes) = file_of(10);
        let mut parts = parts(&base, 10, 10);
        parts[0].headers = OF_THE_BYTES
            .into_iter()
            .chain(FOR_THE_FIRST)
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        send(settings(), &file, parts).await.result.unwrap();
        let mut heard = server.requests();
        heard.extend(other.requests());
        let [first, second] = &heard[..] else {
            panic!("{heard:?}");
        };
        for (name, value) in OF_THE_BYTES.into_iter().chain(FOR_THE_FIRST) {
            assert_eq!(first.headers[name], value);
        }
        assert_eq!(other.requests().len(), usize::from(is_another));
        assert_eq!(second.line(), "PUT /on?signature=of-its-own");
        assert_eq!(second.body, bytes);
        for (name, value) in OF_THE_BYTES {
            assert_eq!(second.headers[name], value);
        }
        let names = second.headers.keys().map(HeaderName::as_str);
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "accept",
                "content-length",
                "content-md5",
                "content-type",
                "host",
                "user-agent"
            ]
        );
        let all = format!("{:?} {}", second.headers, second.uri);
        assert!(!all.contains("hush"), "{all}");
    }
}

#[tokio::test]
async fn storage_that_cannot_be_reached_is_an_error_without_its_url() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (file, _) = file_of(10);
    let error = send(settings(), &file, parts(&base, 10, 10))
        .await
        .result
        .unwrap_err();
    let text = shown(&error);
    assert!(
        text.starts_with(
            "part 1 was not sent (3 attempts): the connection to the storage failed: "
        ),
        "{text}"
    );
}

#[tokio::test]
async fn parts_that_the_storage_holds_are_skipped_and_others_are_sent() {
    let (base, server) = storage(|seen, _| stored(seen));
    let (file, bytes) = file_of(100_000);
    let mut parts = parts(&base, 100_000, 30_000);
    for part in &mut parts {
        let from = usize::try_from(part.offset).unwrap();
        let to = from + usize::try_from(part.length).unwrap();
        part.entity_tag = match part.number {
            1 => Some(format!("\"{}\"", digest(&bytes[from..to]).hex())),
            2 => Some("\"00000000000000000000000000000000\"".into()),
            3 => Some(digest(&bytes[from..to]).hex().to_lowercase()),
            _ => None,
        };
    }
    let sent = send(settings(), &file, parts).await.result.unwrap();
    assert_eq!((sent.parts_sent, sent.parts_skipped), (2, 2));
    assert_eq!(sent.bytes_sent, 40_000);
    assert_eq!(sent.composite, composite(bytes.chunks(30_000).map(digest)));
    let mut arrived: Vec<u64> = server.requests().iter().map(part).collect();
    arrived.sort_unstable();
    assert_eq!(arrived, [1, 3]);
}

type Touch = fn(&File);

#[tokio::test]
async fn a_file_that_changes_under_our_hands_is_noticed() {
    let cases: [(Touch, Change); 3] = [
        (
            |file| file.set_len(50_000).unwrap(),
            Change::Shrank {
                from: 100_000,
                to: 50_000,
            },
        ),
        (
            |file| file.set_len(100_001).unwrap(),
            Change::Grew {
                from: 100_000,
                to: 100_001,
            },
        ),
        (
            |file| {
                file.set_modified(std::time::SystemTime::UNIX_EPOCH)
                    .unwrap();
            },
            Change::Written,
        ),
    ];
    for (change, expected) in cases {
        let (file, _) = file_of(100_000);
        let victim = file.reopen().unwrap();
        let victim = Arc::new(victim);
        let (base, _) = storage(move |seen, _| {
            change(&victim);
            stored(seen)
        });
        let error = send(settings(), &file, parts(&base, 100_000, 30_000))
            .await
            .result
            .unwrap_err();
        assert!(
            matches!(error, Error::Changed(change) if change == expected),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_file_of_another_size_than_its_plan_is_refused_before_a_byte_is_sent() {
    let (base, server) = storage(|seen, _| stored(seen));
    let (file, _) = file_of(10);
    let plan = PartPlan::new(parts(&base, 11, 11), 11).unwrap();
    let (events, _listener) = Events::stream();
    let engine = Engine::new(settings()).unwrap();
    let file = Arc::new(file.reopen().unwrap());
    let error = engine
        .send(file, &plan, &events, &CancellationToken::new())
        .await
        .unwrap_err();
    assert!(matches!(
        error,
        Error::Changed(Change::Shrank { from: 11, to: 10 })
    ));
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_yes_before_the_whole_part_is_not_believed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_u8().await.unwrap();
        stream.write_all(OK).await.unwrap();
        std::future::pending::<()>().await;
    });
    let file = NamedTempFile::new().unwrap();
    file.as_file().set_len(64 << 20).unwrap();
    let once = Settings {
        attempts: 1,
        ..settings()
    };
    let error = send(once, &file, parts(&base, 64 << 20, 64 << 20))
        .await
        .result
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::Part {
                cause: Cause::TooEarly { status: 200 },
                ..
            }
        ),
        "{error:?}"
    );
}

/// Impatient enough for a test.
fn impatient() -> Settings {
    Settings {
        idle_timeout: Duration::from_millis(300),
        ..settings()
    }
}

#[tokio::test]
async fn a_slow_link_that_moves_is_never_cut() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let slow = tokio::spawn(async move {
        for _ in 0..3 {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(read_slowly(stream, 800 << 10));
        }
        // Whoever comes now sends a part again.
        let _ = listener.accept().await;
    });
    let size = 3 * (800 << 10);
    let (file, _) = file_of(size);
    let parts = parts(&base, size as u64, 800 << 10);
    let sent = send(impatient(), &file, parts).await.result.unwrap();
    assert_eq!((sent.parts_sent, sent.resent_bytes), (3, 0));
    assert!(
        sent.took > Duration::from_secs(1),
        "the server was not slow"
    );
    assert!(!slow.is_finished(), "a part was sent again");
}

/// Reads a body of so many bytes, a little every 100 ms, and answers.
async fn read_slowly(mut stream: TcpStream, mut left: usize) {
    let mut buffer = vec![0; 64 << 10];
    while left > 0 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let got = stream.read(&mut buffer).await.unwrap();
        assert!(got > 0, "the connection was cut with {left} bytes to come");
        left = left.saturating_sub(got);
    }
    stream.write_all(OK).await.unwrap();
}

/// Storage whose first connection falls silent, after the request or before it; later ones answer. The
/// task ends when both have been closed.
async fn falls_silent(reads: bool) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let storage = tokio::spawn(async move {
        let (mut silent, _) = listener.accept().await.unwrap();
        if reads {
            read_request(&mut silent).await;
        }
        let (mut stream, _) = listener.accept().await.unwrap();
        while read_request(&mut stream).await {
            stream.write_all(OK).await.unwrap();
        }
        // A reset is as good as an end.
        let _ = silent.read_to_end(&mut Vec::new()).await;
    });
    (base, storage)
}

#[tokio::test]
async fn a_connection_on_which_nothing_moves_is_dropped_and_its_part_sent_again() {
    for reads in [true, false] {
        let (base, storage) = falls_silent(reads).await;
        let (file, _) = file_of(20_000);
        let mut sending = send(impatient(), &file, parts(&base, 20_000, 20_000)).await;
        let sent = sending.result.unwrap();
        assert_eq!((sent.parts_sent, sent.resent_bytes), (1, 20_000));
        assert!(sent.took >= Duration::from_millis(300));
        assert!(sent.took < Duration::from_secs(5), "{:?}", sent.took);
        let mut notes = Vec::new();
        while let Ok(event) = sending.events.try_recv() {
            if let Event::Note(note) = event {
                notes.push(note);
            }
        }
        storage.await.unwrap();
        let [stalled, unconfirmed] = &notes[..] else {
            panic!("{notes:?}");
        };
        assert!(
            stalled.starts_with("part 1: nothing moved on the connection for "),
            "{stalled}"
        );
        assert_eq!(
            unconfirmed,
            "the storage named no MD5 for 1 of 1 parts, so their bytes were not compared"
        );
    }
}

#[tokio::test]
async fn a_stopped_upload_ends_at_once_and_begins_no_part() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let accepted = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        stop.cancel();
        let stopped = Instant::now();
        let second = tokio::time::timeout(Duration::from_millis(200), listener.accept()).await;
        (stream, stopped, second.is_ok())
    });
    let (file, _) = file_of(100_000);
    let plan = PartPlan::new(parts(&base, 100_000, 10_000), 100_000).unwrap();
    let (events, _listener) = Events::stream();
    let one = Settings {
        concurrency: 1,
        ..settings()
    };
    let engine = Engine::new(one).unwrap();
    let file = Arc::new(file.reopen().unwrap());
    let result = engine.send(file, &plan, &events, &cancel).await;
    let ended = Instant::now();
    assert!(matches!(result, Err(Error::Cancelled)));
    let (_stream, stopped, second) = accepted.await.unwrap();
    assert!(
        ended - stopped < Duration::from_millis(100),
        "{:?}",
        ended - stopped
    );
    assert!(!second, "another part was begun");
}

#[tokio::test]
async fn a_refusal_in_the_middle_of_a_part_is_heard() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut connections = Vec::new();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.read_u8().await.unwrap();
            // What comes after the refusal is never read.
            let no =
                b"HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 6\r\n\r\ngo off";
            stream.write_all(no).await.unwrap();
            connections.push(stream);
        }
    });
    let file = NamedTempFile::new().unwrap();
    file.as_file().set_len(8 << 20).unwrap();
    let error = send(settings(), &file, parts(&base, 8 << 20, 8 << 20))
        .await
        .result
        .unwrap_err();
    assert_eq!(
        shown(&error),
        "part 1 was not sent (1 attempt): the storage answered 403: go off"
    );
}

#[tokio::test]
async fn an_extra_root_certificate_is_trusted_and_no_other() {
    let (acceptor, root) = localhost();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                while read_request(&mut stream).await {
                    stream.write_all(OK).await.unwrap();
                }
            });
        }
    });
    let (file, _) = file_of(100_000);
    let trusting = Settings {
        extra_roots: root.into_bytes(),
        ..settings()
    };
    let sent = send(trusting, &file, parts(&base, 100_000, 30_000))
        .await
        .result
        .unwrap();
    assert_eq!(sent.parts_sent, 4);
    let error = send(settings(), &file, parts(&base, 100_000, 30_000))
        .await
        .result
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::Part {
                attempts: 1,
                cause: Cause::Certificate(_),
                ..
            }
        ),
        "{error:?}"
    );
}

#[test]
fn roots_that_are_none_are_refused() {
    let wrong = Settings {
        extra_roots: b"no certificate".to_vec(),
        ..settings()
    };
    let refused = Engine::new(wrong).map(drop);
    assert!(
        matches!(refused, Err(Error::Setup(SetupError::NoCertificates(_)))),
        "{refused:?}"
    );
}
