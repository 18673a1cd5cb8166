//! The one way to App Store Connect: signs, asks, asks again where that is right, and tells.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use reqwest::header::{ACCEPT, AUTHORIZATION, DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::redirect;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::timeout;
use url::{Host, Url};

use crate::asc::document::plain;
use crate::asc::error::{Call, Error, Refusal, SKEW_WORTH_NAMING, read_body, skew_sentence, start};
use crate::asc::rate_limit::RateLimit;
use crate::asc::verdict::{Heard, Method, Pause, Tries, Verdict, judge};
use crate::credentials::TokenSource;
use crate::event::{ApiCall, Event, Events};
use crate::host::clock::Clock;
use crate::secret::Secret;

/// A list of operations for a file of 4 GiB has less than 1 MiB.
const LARGEST_ANSWER: usize = 64 << 20;

const CONNECT_PATIENCE: Duration = Duration::from_secs(30);

/// A pause from here on is worth a word.
const PAUSE_WORTH_NAMING: Duration = Duration::from_secs(5);

/// What a client is made of.
pub struct Settings {
    /// Where the API is: https anywhere, plain http on loopback only.
    pub base_url: Url,
    /// Where tokens come from.
    pub tokens: TokenSource,
    /// Who is told about calls.
    pub events: Events,
    /// A connection on which nothing moves for so long is dropped.
    pub idle_timeout: Duration,
    /// For `Retry-After` dates and the measure of skew.
    pub clock: Clock,
    /// What the program calls itself.
    pub user_agent: String,
    /// PEM certificates that are trusted beside the platform's; may be empty.
    pub extra_roots: Vec<u8>,
    /// Whether proxies are used.
    pub proxies: Proxies,
}

/// Whether proxies are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proxies {
    /// As `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    FromEnvironment,
    /// None, as for a sandbox inside this very process.
    None,
}

/// App Store Connect. Clones share connections and token.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    base_url: Url,
    tokens: TokenSource,
    events: Events,
    idle_timeout: Duration,
    clock: Clock,
    /// Whether the server has ever answered.
    met: AtomicBool,
    rate_limit: Mutex<Option<RateLimit>>,
    /// Tests do not wait.
    waits: bool,
}

/// One call, before it is made.
pub(super) struct Request {
    method: Method,
    path: String,
    url: Url,
    body: Option<Bytes>,
    patience: Duration,
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
}

/// Whether the token may be sent there: https anywhere, plain http on loopback only, and no user name
/// or password in the address.
pub fn is_allowed_base(url: &Url) -> bool {
    let bare = url.username().is_empty() && url.password().is_none();
    bare && match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// What every HTTP client of the program begins with: TLS by rustls, the platform's certificates and
/// these PEM ones, no redirects, proxies by the environment. It sets no read timeout, which would cut
/// a slow upload that still moves.
pub fn http_builder(
    roots: &[u8],
    idle: Duration,
    user_agent: &str,
) -> Result<reqwest::ClientBuilder, Error> {
    let builder = reqwest::Client::builder()
        .user_agent(user_agent)
        .redirect(redirect::Policy::none())
        .connect_timeout(idle.min(CONNECT_PATIENCE));
    if roots.is_empty() {
        return Ok(builder);
    }
    let setup = |source| Error::Setup {
        reason: "the file of SSL_CERT_FILE holds no PEM certificates".to_owned(),
        source,
    };
    match reqwest::Certificate::from_pem_bundle(roots) {
        Ok(certificates) if certificates.is_empty() => Err(setup(None)),
        Ok(certificates) => Ok(builder.tls_certs_merge(certificates)),
        Err(source) => Err(setup(Some(source))),
    }
}

impl Client {
    /// A client that is ready to ask; nothing is sent yet.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        Self::with_waits(settings, true)
    }

    pub(super) fn with_waits(settings: Settings, waits: bool) -> Result<Self, Error> {
        let base_url = settings.base_url;
        if !is_allowed_base(&base_url) {
            return Err(Error::Setup {
                reason: format!(
                    "{} must be https, or http on loopback, without user name and password",
                    origin(&base_url)
                ),
                source: None,
            });
        }
        let mut builder = http_builder(
            &settings.extra_roots,
            settings.idle_timeout,
            &settings.user_agent,
        )?;
        if base_url.scheme() == "http" {
            // No TLS: a machine without certificates must do, and reading them takes time.
            builder = builder.tls_certs_only([]);
        }
        if settings.proxies == Proxies::None {
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(|source| Error::Setup {
            reason: "TLS or the proxy is not usable".to_owned(),
            source: Some(source),
        })?;
        Ok(Self(Arc::new(Inner {
            http,
            base_url,
            tokens: settings.tokens,
            events: settings.events,
            idle_timeout: settings.idle_timeout,
            clock: settings.clock,
            met: AtomicBool::new(false),
            rate_limit: Mutex::default(),
            waits,
        })))
    }

    /// What the server last said about the rate limit.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        *self.limit()
    }

    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, Error> {
        let request = self.request(Method::Get, path, query, None);
        self.decode(request).await
    }

    /// The next page of a list, if its address is on the same server.
    pub(super) async fn get_next<T: DeserializeOwned>(
        &self,
        path: &str,
        next: &str,
    ) -> Result<T, Error> {
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
        self.decode(request).await
    }

    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &Value,
    ) -> Result<T, Error> {
        let request = self.request(Method::Post, path, &[], Some(body));
        self.decode(request).await
    }

    /// Waits for the answer at least as long as `patience`.
    pub(super) async fn patch<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &Value,
        patience: Duration,
    ) -> Result<T, Error> {
        let mut request = self.request(Method::Patch, path, &[], Some(body));
        request.patience = request.patience.max(patience);
        self.decode(request).await
    }

    pub(super) async fn delete(&self, path: &str) -> Result<(), Error> {
        let request = self.request(Method::Delete, path, &[], None);
        self.send(&request).await.map(|_| ())
    }

    /// A pause between two looks at the server.
    pub(super) async fn rest(&self, pause: Duration) {
        if self.0.waits {
            tokio::time::sleep(pause).await;
        }
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
        let answer = self.send(&request).await?;
        serde_json::from_slice(&answer.body).map_err(|source| Error::NotUnderstood {
            call: request.call(),
            start: start(&answer.body),
            source,
        })
    }

    async fn send(&self, request: &Request) -> Result<Answer, Error> {
        let mut tries = Tries::default();
        let mut token = self.0.tokens.token()?;
        loop {
            let result = self.once(request, &token).await;
            self.tell(request, &result);
            let heard = self.heard(&result, &mut tries);
            let pause = match judge(request.method, heard, tries) {
                Verdict::Accept => return result,
                Verdict::Refuse => {
                    let answer = result?;
                    return Err(Error::Refused(Box::new(self.refusal(request, &answer))));
                }
                Verdict::Again(pause) => {
                    tries.transient += 1;
                    pause
                }
                Verdict::Renew(pause) => {
                    tries.unauthorized += 1;
                    self.set_clock_right(&result);
                    token = self.0.tokens.renew(&token)?;
                    self.pause(request, pause).await;
                    continue;
                }
            };
            self.pause(request, pause).await;
            token = self.0.tokens.token()?;
        }
    }

    async fn once(&self, request: &Request, token: &Secret) -> Result<Answer, Error> {
        let call = || request.call();
        let silent = |_| Error::Silent {
            call: call(),
            patience: request.patience,
        };
        let sending = self.0.http.execute(self.build(request, token)?);
        let mut response = timeout(request.patience, sending)
            .await
            .map_err(silent)?
            .map_err(|source| sent_or_not(call(), source))?;
        let mut body = BytesMut::new();
        while let Some(chunk) = timeout(request.patience, response.chunk())
            .await
            .map_err(silent)?
            .map_err(|source| Error::Lost {
                call: call(),
                source: source.without_url(),
            })?
        {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(Error::TooLarge {
                    call: call(),
                    limit: LARGEST_ANSWER,
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body: body.freeze(),
        })
    }

    fn build(&self, request: &Request, token: &Secret) -> Result<reqwest::Request, Error> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose()))
            .expect("a token is base64 and dots");
        bearer.set_sensitive(true);
        let mut builder = self
            .0
            .http
            .request(method, request.url.clone())
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, bearer);
        if let Some(body) = &request.body {
            builder = builder
                .header("Content-Type", "application/json")
                .body(body.clone());
        }
        builder.build().map_err(|source| Error::Setup {
            reason: format!("{} can't be asked", request.call()),
            source: Some(source.without_url()),
        })
    }

    fn tell(&self, request: &Request, result: &Result<Answer, Error>) {
        let answer = result.as_ref().ok();
        self.0.events.send(Event::ApiCall(ApiCall {
            method: request.method.name(),
            path: request.path.clone(),
            status: answer.map(|answer| answer.status),
        }));
        let Some(new) = answer
            .and_then(|answer| answer.headers.get("x-rate-limit")?.to_str().ok())
            .and_then(RateLimit::parse)
        else {
            return;
        };
        let before = self.limit().replace(new);
        if new.is_nearly_used_up() && !before.is_some_and(RateLimit::is_nearly_used_up) {
            self.0.events.note(format!(
                "this API key has {} of {} calls left in this hour",
                new.remaining, new.limit
            ));
        }
    }

    /// What the verdict needs to know. Nobody listening at loopback is no trouble of the network, so
    /// it is not waited out.
    fn heard(&self, result: &Result<Answer, Error>, tries: &mut Tries) -> Heard {
        match result {
            Ok(answer) => {
                self.0.met.store(true, Ordering::Relaxed);
                Heard::Answer {
                    status: answer.status,
                    retry_after: answer.retry_after(&self.0.clock),
                }
            }
            Err(Error::NotSent { .. }) => {
                if is_loopback(&self.0.base_url)
                    && !self.0.met.load(Ordering::Relaxed)
                    && tries.transient > 0
                {
                    tries.transient = u32::MAX;
                }
                Heard::NotSent
            }
            // Whatever can't get better by asking again is treated like a refusal.
            Err(Error::Lost { .. } | Error::Silent { .. }) => Heard::Lost,
            Err(_) => {
                tries.transient = u32::MAX;
                Heard::Lost
            }
        }
    }

    async fn pause(&self, request: &Request, pause: Pause) {
        let length = match pause {
            Pause::Told(length) => {
                if length >= PAUSE_WORTH_NAMING {
                    self.0.events.note(format!(
                        "App Store Connect asks to wait {} s before {} is tried again",
                        length.as_secs(),
                        request.call()
                    ));
                }
                length
            }
            Pause::About(length) => spread(length),
        };
        self.rest(length).await;
    }

    /// After a 401: dates tokens by Apple's clock where ours is off.
    fn set_clock_right(&self, result: &Result<Answer, Error>) {
        let skew = result.as_ref().ok().and_then(|answer| self.skew(answer));
        if let Some(skew) = skew {
            self.0.tokens.adjust(skew);
            self.0.events.note(format!(
                "{}; tokens are dated by Apple's clock from here on",
                skew_sentence(skew)
            ));
        }
    }

    /// Seconds that the server's clock is ahead of ours, from a minute on.
    fn skew(&self, answer: &Answer) -> Option<i64> {
        let theirs = answer.date()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let ours = i64::try_from(self.0.clock.unix_seconds()).ok()?;
        let skew = i64::try_from(theirs.as_secs()).ok()? - ours;
        (skew.unsigned_abs() >= SKEW_WORTH_NAMING).then_some(skew)
    }

    fn refusal(&self, request: &Request, answer: &Answer) -> Refusal {
        let (errors, start) = read_body(&answer.body);
        let header = |name| answer.headers.get(name)?.to_str().ok().map(plain);
        Refusal {
            call: request.call(),
            status: answer.status,
            errors,
            request_id: header("x-request-id").or_else(|| header("x-apple-jingle-correlation-key")),
            start,
            skew: (answer.status == 401).then(|| self.skew(answer)).flatten(),
            retry_after: answer.retry_after(&self.0.clock),
        }
    }

    fn limit(&self) -> std::sync::MutexGuard<'_, Option<RateLimit>> {
        self.0
            .rate_limit
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Request {
    fn call(&self) -> Call {
        Call {
            method: self.method.name(),
            path: self.path.clone(),
        }
    }
}

impl Answer {
    fn date(&self) -> Option<SystemTime> {
        httpdate::parse_http_date(self.headers.get(DATE)?.to_str().ok()?).ok()
    }

    /// Seconds, or a date by the server's own clock.
    fn retry_after(&self, clock: &Clock) -> Option<Duration> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = httpdate::parse_http_date(text).ok()?;
        let now = self.date().unwrap_or_else(|| clock.now());
        Some(until.duration_since(now).unwrap_or(Duration::ZERO))
    }
}

fn sent_or_not(call: Call, source: reqwest::Error) -> Error {
    let source = source.without_url();
    if source.is_connect() {
        Error::NotSent { call, source }
    } else {
        Error::Lost { call, source }
    }
}

fn origin(url: &Url) -> String {
    plain(&url.origin().ascii_serialization())
}

/// Between half and the whole of it.
fn spread(pause: Duration) -> Duration {
    let random = getrandom::u32().unwrap_or(u32::MAX);
    pause / 2 + (pause / 2).mul_f64(f64::from(random) / f64::from(u32::MAX))
}
