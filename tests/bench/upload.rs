//! The two ends of the upload benchmark, each a process of its own; `tests/bench/upload.sh` runs them.
//!
//! `serve DIRECTORY [DELAY_MS]` takes parts by http and https, throws them away and answers after the
//! delay; it writes `http`, `https` (base URLs) and `root.pem` into the directory.
//! `send FILE PART_SIZE BASE_URL [ROOT_PEM]` sends a file with the engine of `src/upload`, compiled in
//! here so that the process is the engine's alone.
#![expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark that uses a few rooms of the crate"
)]

#[path = "../../src/diagnostic.rs"]
mod diagnostic;
#[path = "../../src/event/mod.rs"]
mod event;
#[path = "../../src/host/mod.rs"]
mod host;
#[path = "../../src/http/mod.rs"]
mod http;
#[path = "../../src/ids.rs"]
mod ids;
#[path = "../../src/secret/mod.rs"]
mod secret;
#[cfg(test)]
#[path = "../../src/testing/mod.rs"]
mod testing;
#[path = "../../src/text/mod.rs"]
mod text;
#[path = "../../src/upload/mod.rs"]
mod upload;
#[path = "../../src/wishes.rs"]
mod wishes;

use std::convert::Infallible;
use std::fs::{self, File};
use std::future::poll_fn;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http_body::Body as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use upload::{Engine, Part, PartPlan, Settings};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match arguments[..] {
        ["serve", directory] => runtime.block_on(serve(directory, Duration::ZERO)),
        ["serve", directory, delay] => {
            runtime.block_on(serve(
                directory,
                Duration::from_millis(delay.parse().unwrap()),
            ));
        }
        ["send", file, size, base] => runtime.block_on(send(file, size, base, Vec::new())),
        ["send", file, size, base, root] => {
            runtime.block_on(send(file, size, base, fs::read(root).unwrap()));
        }
        _ => println!("run tests/bench/upload.sh"),
    }
}

async fn send(file: &str, size: &str, base: &str, extra_roots: Vec<u8>) {
    let file = Arc::new(File::open(file).unwrap());
    let (total, size): (u64, u64) = (file.metadata().unwrap().len(), size.parse().unwrap());
    let parts = (0..total.div_ceil(size)).map(|index| Part {
        number: u32::try_from(index).unwrap() + 1,
        method: "PUT".into(),
        url: secret::Secret::new(format!("{base}/{index}")),
        offset: index * size,
        length: size.min(total - index * size),
        headers: vec![("Content-Type".into(), "application/octet-stream".into())],
        entity_tag: None,
    });
    let plan = PartPlan::new(parts.collect(), total).unwrap();
    let engine = Engine::new(Settings {
        extra_roots,
        ..Settings::new(6, Duration::from_mins(1))
    });
    let (events, _listener) = event::Events::stream();
    let sent = engine
        .unwrap()
        .send(file, &plan, &events, &CancellationToken::new())
        .await;
    let sent = sent.unwrap();
    assert_eq!(sent.bytes_sent, total);
    println!("{:.3} {}", sent.took.as_secs_f64(), peak_kib());
}

/// The most memory this process ever had, in KiB; Linux only.
fn peak_kib() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("0".into(), |peak| {
        peak.trim().trim_end_matches(" kB").into()
    })
}

async fn serve(directory: &str, delay: Duration) {
    let directory = Path::new(directory);
    let key = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()])
        .unwrap();
    fs::write(directory.join("root.pem"), key.cert.pem()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(
        rustls::crypto::aws_lc_rs::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .unwrap()
    .with_no_client_auth()
    .with_single_cert(
        vec![key.cert.der().clone()],
        rustls::pki_types::PrivatePkcs8KeyDer::from(key.signing_key.serialize_der()).into(),
    )
    .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let secure = TcpListener::bind("127.0.0.1:0").await.unwrap();
    for (listener, scheme) in [(&plain, "http"), (&secure, "https")] {
        let base = format!("{scheme}://{}", listener.local_addr().unwrap());
        fs::write(directory.join(scheme), base).unwrap();
    }
    fs::write(directory.join("ready"), "").unwrap();
    loop {
        tokio::select! {
            connection = plain.accept() => {
                tokio::spawn(answer(connection.unwrap().0, delay));
            }
            connection = secure.accept() => {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(connection.unwrap().0).await {
                        answer(stream, delay).await;
                    }
                });
            }
        }
    }
}

async fn answer(stream: impl AsyncRead + AsyncWrite + Unpin + 'static, delay: Duration) {
    let service = service_fn(move |request: Request<Incoming>| async move {
        let mut body = request.into_body();
        while let Some(Ok(_)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {}
        tokio::time::sleep(delay).await;
        Ok::<_, Infallible>(Response::new(String::new()))
    });
    // A sender that leaves early is none of our business.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
