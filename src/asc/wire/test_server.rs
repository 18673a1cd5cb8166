//! A server on loopback that answers as a test tells it to, in order, and remembers what it heard.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, Response, Uri};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::asc::wire::connect::Settings;
use crate::asc::wire::transport::Client;
use crate::credentials::{ApiKey, KeyIdentity, TokenSource};
use crate::event::{Event, Events};
use crate::host::clock::Clock;
use crate::http::client::Proxies;
use crate::secret::Vault;

/// When the tests happen.
pub const NOW: u64 = 1_790_000_000;

pub struct Heard {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Heard {
    pub fn line(&self) -> String {
        let uri = self.uri.to_string();
        let uri = percent_encoding::percent_decode_str(&uri).decode_utf8_lossy();
        format!("{} {uri}", self.method)
    }

    pub fn token(&self) -> String {
        self.headers["authorization"].to_str().unwrap().to_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

pub enum Reply {
    Answer(u16, Vec<(&'static str, String)>, String),
    /// Half an answer, then the connection breaks.
    Broken,
    /// Nothing, for ever.
    Silence,
}

pub fn ok(body: &Value) -> Reply {
    Reply::Answer(200, Vec::new(), body.to_string())
}

pub fn status(status: u16) -> Reply {
    Reply::Answer(status, Vec::new(), String::new())
}

pub fn refused(status: u16, code: &str) -> Reply {
    let body = serde_json::json!({"errors": [{"status": status.to_string(), "code": code, "title": "No"}]});
    Reply::Answer(status, Vec::new(), body.to_string())
}

#[derive(Default)]
struct State {
    replies: VecDeque<Reply>,
    heard: Vec<Heard>,
}

pub struct Server {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub async fn new(replies: Vec<Reply>) -> Self {
        let state = Arc::new(Mutex::new(State {
            replies: replies.into(),
            heard: Vec::new(),
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::clone(&state);
        let router =
            axum::Router::new().fallback(move |request| answer(Arc::clone(&shared), request));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, state }
    }

    pub fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.state.lock().unwrap().heard)
    }

    pub fn lines(&self) -> Vec<String> {
        self.heard().iter().map(Heard::line).collect()
    }

    pub fn client(&self) -> Client {
        self.client_and_events().0
    }

    pub fn client_and_events(&self) -> (Client, UnboundedReceiver<Event>) {
        let (events, receiver) = Events::stream();
        let mut settings = settings(&format!("http://{}", self.address));
        settings.events = events;
        (Client::new(settings).unwrap(), receiver)
    }
}

pub fn settings(base_url: &str) -> Settings {
    let pair = rcgen::KeyPair::generate().unwrap();
    let key = ApiKey::parse(&pair.serialize_pem()).unwrap();
    let identity = KeyIdentity::check("2X9R4HXF34", None).unwrap();
    let clock = Clock::starting_at(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW));
    Settings {
        base_url: base_url.parse().unwrap(),
        tokens: TokenSource::new(key, identity, clock.clone(), Vault::default()),
        events: Events::stream().0,
        idle_timeout: Duration::from_secs(20),
        clock,
        first_pause: Duration::ZERO,
        extra_roots: Vec::new(),
        proxies: Proxies::None,
    }
}

async fn answer(state: Arc<Mutex<State>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let reply = {
        let mut state = state.lock().unwrap();
        state.heard.push(Heard {
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            body,
        });
        state.replies.pop_front()
    };
    let date = httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW));
    let response = Response::builder().header("content-type", "application/json");
    match reply {
        Some(Reply::Answer(status, headers, body)) => {
            let mut response = response.status(status);
            if !headers.iter().any(|(name, _)| *name == "date") {
                response = response.header("date", date);
            }
            headers
                .into_iter()
                .fold(response, |response, (name, value)| {
                    response.header(name, value)
                })
                .body(Body::from(body))
                .unwrap()
        }
        Some(Reply::Broken) => {
            let pieces = [Ok(Bytes::from("{")), Err(io::Error::other("broken"))];
            response
                .body(Body::from_stream(futures_util::stream::iter(pieces)))
                .unwrap()
        }
        Some(Reply::Silence) => std::future::pending().await,
        None => response
            .status(418)
            .body(Body::from("the test has no more replies"))
            .unwrap(),
    }
}
