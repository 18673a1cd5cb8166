//! The client as the resources use it: what a call is, and what its answer is decoded into. How it
//! gets there is in `send`.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::OnceCell;
use tokio::time::sleep;
use url::Url;

use crate::asc::wire::answer::start;
use crate::asc::wire::connect::{Settings, http_client, origin};
use crate::asc::wire::error::{Call, Error};
use crate::asc::wire::rate_limit::RateLimit;
use crate::credentials::TokenSource;
use crate::event::Events;
use crate::host::clock::Clock;
use crate::http::address::is_loopback;
use crate::http::method::Method;
use crate::http::retry::backoff;
use crate::http::told_waits::ToldWaits;

/// So many first pauses, two seconds in all, are given to a change before it is looked for again.
const SETTLING: u32 = 4;

/// App Store Connect. Clones share connections and token.
#[derive(Clone)]
pub struct Client(pub Arc<Inner>);

pub struct Inner {
    pub http: reqwest::Client,
    pub base_url: Url,
    /// Where the Enterprise Program's API is, if it may be asked whose the key is.
    pub enterprise_url: Option<Url>,
    /// What it said.
    pub is_enterprise: OnceCell<bool>,
    pub tokens: TokenSource,
    pub events: Events,
    pub idle_timeout: Duration,
    pub clock: Clock,
    /// Whether the server has ever answered.
    pub met: AtomicBool,
    /// Whether tokens are dated by the server's clock already.
    pub is_corrected: AtomicBool,
    /// The waits that were told so far in this run.
    pub waits: ToldWaits,
    pub rate_limit: Mutex<Option<RateLimit>>,
    pub first_pause: Duration,
}

/// One call, before it is made.
pub struct Request {
    pub method: Method,
    pub path: String,
    pub url: Url,
    pub body: Option<Bytes>,
    pub patience: Duration,
}

impl Client {
    /// A client that is ready to ask; nothing is sent yet.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let http = http_client(&settings)?;
        Ok(Self(Arc::new(Inner {
            http,
            base_url: settings.base_url,
            enterprise_url: settings.enterprise_url,
            is_enterprise: OnceCell::new(),
            tokens: settings.tokens,
            events: settings.events,
            idle_timeout: settings.idle_timeout,
            clock: settings.clock,
            met: AtomicBool::new(false),
            is_corrected: AtomicBool::new(false),
            waits: ToldWaits::default(),
            rate_limit: Mutex::default(),
            first_pause: settings.first_pause,
        })))
    }

    /// What the server last said about the rate limit.
    #[cfg(test)]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        *self.limit()
    }

    /// The waits that were told so far in this run, for the storage to share.
    pub fn told_waits(&self) -> ToldWaits {
        self.0.waits.clone()
    }

    /// Whether the API is on this machine, as a sandbox is.
    pub fn is_on_this_machine(&self) -> bool {
        is_loopback(&self.0.base_url)
    }

    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, Error> {
        Ok(self.get_page(path, query).await?.0)
    }

    /// The first page of a list, and how many bytes it has.
    pub async fn get_page<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<(T, usize), Error> {
        let request = self.request(Method::Get, path, query, None);
        self.measure(request).await
    }

    /// The next page of a list, if its address is on the same server, and how many bytes it has.
    pub async fn get_next<T: DeserializeOwned>(
        &self,
        path: &str,
        next: &str,
    ) -> Result<(T, usize), Error> {
        let mut request = self.request(Method::Get, path, &[], None);
        let astray = |origin| Error::Astray {
            call: request.call(),
            origin,
        };
        let url = Url::options()
            .base_url(Some(&request.url))
            .parse(next)
            .map_err(|_| astray("no address".to_owned()))?;
        let same = url.origin() == self.0.base_url.origin();
        if !same || !url.username().is_empty() || url.password().is_some() {
            return Err(astray(origin(&url)));
        }
        request.url = url;
        self.measure(request).await
    }

    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, Error> {
        let request = self.request(Method::Post, path, &[], Some(body));
        self.decode(request).await
    }

    /// Waits for the answer at least as long as `patience`.
    pub async fn patch<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &Value,
        patience: Duration,
    ) -> Result<T, Error> {
        let mut request = self.request(Method::Patch, path, &[], Some(body));
        request.patience = request.patience.max(patience);
        self.decode(request).await
    }

    /// Sends a body and takes any good answer, even an empty one.
    pub async fn act(&self, method: Method, path: &str, body: &Value) -> Result<(), Error> {
        let request = self.request(method, path, &[], Some(body));
        self.send(&request).await.map(|_| ())
    }

    pub async fn delete(&self, path: &str) -> Result<(), Error> {
        let request = self.request(Method::Delete, path, &[], None);
        self.send(&request).await.map(|_| ())
    }

    /// A pause before something is tried again, twice as long with every try before.
    pub async fn rest(&self, tries: u32) {
        sleep(backoff(self.0.first_pause, tries).length()).await;
    }

    /// A pause in which what was just made or changed comes to show.
    pub async fn settle(&self) {
        sleep(self.0.first_pause * SETTLING).await;
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Request {
        let mut url = self.0.base_url.clone();
        url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
        url.set_query(None);
        url.set_fragment(None);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Request {
            method,
            path: path.to_owned(),
            url,
            body: body.map(|body| Bytes::from(body.to_string())),
            patience: self.0.idle_timeout,
        }
    }

    async fn decode<T: DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        Ok(self.measure(request).await?.0)
    }

    /// What an answer says, and how many bytes it has.
    async fn measure<T: DeserializeOwned>(&self, request: Request) -> Result<(T, usize), Error> {
        let answer = self.send(&request).await?;
        let read = serde_json::from_slice(&answer.body);
        let read = read.map_err(|source| Error::NotUnderstood {
            call: request.call(),
            start: start(&answer.body),
            source,
        })?;
        Ok((read, answer.body.len()))
    }

    pub fn limit(&self) -> MutexGuard<'_, Option<RateLimit>> {
        self.0
            .rate_limit
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Request {
    pub fn call(&self) -> Call {
        Call {
            method: self.method.name(),
            path: self.path.clone(),
        }
    }
}
