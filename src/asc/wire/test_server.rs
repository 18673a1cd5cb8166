//! A server on loopback that answers as a test tells it to, in order, and remembers what it heard.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::asc::wire::connect::Settings;
use crate::asc::wire::transport::Client;
use crate::credentials::{ApiKey, KeyIdentity, TokenSource};
use crate::event::{Event, Events};
use crate::host::clock::Clock;
use crate::http::proxies::Proxies;
use crate::secret::Vault;
use crate::testing::server::{self, Answer};

pub use crate::testing::server::Request as Heard;

/// When the tests happen.
pub const NOW: u64 = 1_790_000_000;

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

pub struct Server {
    pub address: SocketAddr,
    server: server::Server,
}

impl Server {
    pub async fn new(replies: Vec<Reply>) -> Self {
        let replies = Mutex::new(VecDeque::from(replies));
        let server = server::Server::start(move |_| answer(replies.lock().unwrap().pop_front()));
        Self {
            address: server.address,
            server,
        }
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.server.take_requests()
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
        enterprise_url: None,
        tokens: TokenSource::new(key, identity, clock.clone(), Vault::default()),
        events: Events::stream().0,
        idle_timeout: Duration::from_secs(20),
        clock,
        first_pause: Duration::ZERO,
        extra_roots: Vec::new(),
        proxies: Proxies::none(),
    }
}

fn answer(reply: Option<Reply>) -> Answer {
    let date = httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW));
    let json =
        |status, body: String| Answer::new(status, body).header("content-type", "application/json");
    match reply {
        Some(Reply::Answer(status, headers, body)) => {
            let is_dated = headers.iter().any(|(name, _)| *name == "date");
            let dated = (!is_dated).then_some(("date", date));
            let headers = headers.into_iter().chain(dated);
            headers.fold(json(status, body), |answer, (name, value)| {
                answer.header(name, value)
            })
        }
        Some(Reply::Broken) => json(200, "{".to_owned()).broken(),
        Some(Reply::Silence) => Answer::silence(),
        None => json(418, "the test has no more replies".to_owned()),
    }
}
