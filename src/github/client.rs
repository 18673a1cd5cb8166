//! Calls to GitHub's REST API, over octocrab's raw calls: one verdict, one time limit, and nothing
//! secret in any body.
//!
//! The proxy of the settings is used, never for loopback.

use std::backtrace::Backtrace;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body::Body;
use octocrab::service::middleware::base_uri::BaseUriLayer;
use octocrab::service::middleware::reqwest_connector::ReqwestConnector;
use octocrab::{AuthState, Octocrab, OctocrabBuilder};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

use crate::github::answer::{Answer, decode, header, limits, refused, shown};
use crate::github::connect::{CALL_PATIENCE, allowed, http};
use crate::github::context::Repository;
use crate::github::error::Error;
use crate::github::verdict::{ATTEMPTS, Came, Limits, Verdict, judge, policy};
use crate::host::clock::Clock;
use crate::http::fault::Fault;
use crate::http::method::Method;
use crate::http::proxies::Proxies;
use crate::http::retry::{self, Pause};
use crate::secret::{Secret, Vault};

/// Items of a page; GitHub gives no more.
const PAGE: usize = 100;
/// A hundred comments of 64 KiB, the longest there are, in JSON.
const LARGEST_ANSWER: usize = 16 << 20;
/// All pages of a list. A list that is longer is left where it is: the comment of ours is among the first.
const LARGEST_LIST: usize = 32 << 20;
/// A pull request is locked at 2,500 comments.
const PAGES: usize = 30;

/// What a client is made of.
pub struct Settings {
    /// `GITHUB_API_URL`; a path such as `/api/v3` is kept.
    pub api_url: String,
    /// The repository whose pull requests and commits are told.
    pub repository: Repository,
    /// The token; it is kept in the vault.
    pub token: Secret,
    /// What may be in no body.
    pub vault: Vault,
    /// For the time at which a rate limit ends.
    pub clock: Clock,
    /// PEM certificates that are trusted beside the platform's; may be empty.
    pub extra_roots: Vec<u8>,
    /// The proxy on the way.
    pub proxies: Proxies,
}

/// The API of one repository. Clones share connections.
#[derive(Clone)]
pub struct Client {
    crab: Octocrab,
    repository: Repository,
    vault: Vault,
    clock: Clock,
    until: Instant,
    attempts: u32,
    /// Until when GitHub takes nothing on: it says so to one call and means all.
    held: Arc<Mutex<Instant>>,
}

impl Client {
    /// A client for these settings; nothing is sent yet. It must be called inside a runtime.
    pub fn open(settings: Settings) -> Result<Self, Error> {
        let url = allowed(&settings.api_url)?;
        settings.vault.keep(&settings.token);
        let http = http(&url, &settings.extra_roots, &settings.proxies)
            .map_err(|source| Error::Setup(Box::new(source)))?;
        let base = url.as_str().trim_end_matches('/').parse::<hyper::Uri>();
        let base = base.map_err(|source| Error::Setup(Box::new(source)))?;
        // octocrab's own builder sends a second `User-Agent` and panics on a token with a line end.
        let Ok(crab) = OctocrabBuilder::new_empty()
            .with_service(ReqwestConnector::new(http))
            .with_layer(&BaseUriLayer::new(base))
            .with_auth(AuthState::AccessToken {
                token: settings.token.expose().trim().to_owned().into(),
            })
            .build();
        Ok(Self {
            crab,
            repository: settings.repository,
            vault: settings.vault,
            clock: settings.clock,
            until: Instant::now() + CALL_PATIENCE,
            attempts: ATTEMPTS,
            held: Arc::new(Mutex::new(Instant::now())),
        })
    }

    /// The same client with a time at which it gives up.
    #[must_use]
    pub fn until(&self, until: Instant) -> Self {
        Self {
            until,
            ..self.clone()
        }
    }

    /// The same client that makes every call once.
    #[must_use]
    pub fn without_repetition(&self) -> Self {
        Self {
            attempts: 1,
            ..self.clone()
        }
    }

    /// Below the repository: `/issues/12/comments`.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        let path = self.below_repository(path);
        let answer = self.call(Method::Get, &path, None).await?;
        decode(Method::Get, &path, &answer)
    }

    /// Outside of the repository: `/user`.
    pub(super) async fn get_global<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        let answer = self.call(Method::Get, path, None).await?;
        decode(Method::Get, path, &answer)
    }

    /// Every item of a list below the repository, page by page.
    pub(super) async fn list<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        let mut size = 0;
        for page in 1..=PAGES {
            let path = self.below_repository(&format!("{path}?per_page={PAGE}&page={page}"));
            let answer = self.call(Method::Get, &path, None).await?;
            let found: Vec<T> = decode(Method::Get, &path, &answer)?;
            size += answer.body.len();
            let is_last = found.len() < PAGE && !answer.has_next || size > LARGEST_LIST;
            items.extend(found);
            if is_last {
                break;
            }
        }
        Ok(items)
    }

    /// Makes a thing. Where no answer came it may be there all the same: [`Error::is_unsure`].
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &Value,
    ) -> Result<T, Error> {
        let path = self.below_repository(path);
        let answer = self.call(Method::Post, &path, Some(body)).await?;
        decode(Method::Post, &path, &answer)
    }

    pub(super) async fn patch(&self, path: &str, body: &Value) -> Result<(), Error> {
        let path = self.below_repository(path);
        self.call(Method::Patch, &path, Some(body)).await.map(drop)
    }

    pub(super) async fn delete(&self, path: &str) -> Result<(), Error> {
        let path = self.below_repository(path);
        self.call(Method::Delete, &path, None).await.map(drop)
    }

    fn below_repository(&self, path: &str) -> String {
        let Repository { owner, name } = &self.repository;
        format!("/repos/{owner}/{name}{path}")
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answer, Error> {
        let body = body.map(|body| redacted(body, &self.vault));
        let call = shown(method, path);
        let policy = policy(self.attempts);
        let mut tries = 1;
        loop {
            let held = *self.held.lock().unwrap_or_else(PoisonError::into_inner);
            if held >= self.until {
                let seconds = (held - Instant::now()).as_secs();
                return Err(Error::RateLimited { call, seconds });
            }
            sleep_until(held).await;
            let sent = timeout_at(self.until, self.send(method, path, body.as_ref())).await;
            let sent = sent.map_err(|_| Error::OutOfTime { call: call.clone() })?;
            let came = match &sent {
                Ok(answer) => Came::Answer {
                    status: answer.status,
                    limits: answer.limits,
                },
                Err(source) => Came::Broken(Fault::of(source)),
            };
            let verdict = judge(method, came, tries, policy, self.clock.now());
            if let Verdict::LimitedFor(pause)
            | Verdict::Common(retry::Verdict::Again(Pause::Told(pause))) = verdict
            {
                let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
                *held = (*held).max(Instant::now() + pause);
            }
            let pause = match verdict {
                Verdict::Common(retry::Verdict::Done) => {
                    return sent.map_err(|source| refused(call, Err(source)));
                }
                Verdict::Common(retry::Verdict::Again(pause)) => pause.length(),
                Verdict::Common(retry::Verdict::GiveUp) => return Err(refused(call, sent)),
                Verdict::LimitedFor(pause)
                    if tries < self.attempts && Instant::now() + pause < self.until =>
                {
                    pause
                }
                Verdict::LimitedFor(pause) => {
                    let seconds = pause.as_secs();
                    return Err(Error::RateLimited { call, seconds });
                }
            };
            if Instant::now() + pause >= self.until {
                return Err(Error::OutOfTime { call });
            }
            sleep(pause).await;
            tries += 1;
        }
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answer, octocrab::Error> {
        let response = match method {
            Method::Get => self.crab._get(path).await,
            Method::Put => self.crab._put(path, body).await,
            Method::Post => self.crab._post(path, body).await,
            Method::Patch => self.crab._patch(path, body).await,
            Method::Delete => self.crab._delete(path, body).await,
        }?;
        let status = response.status().as_u16();
        let limits = limits(response.headers(), self.clock.now());
        let has_next =
            header(response.headers(), "link").is_some_and(|links| links.contains("rel=\"next\""));
        let body = match read(response.into_body()).await {
            Ok(body) => body,
            // The status says enough.
            Err(_) if !(200..300).contains(&status) => String::new(),
            Err(error) => return Err(error),
        };
        let is_named = status == 403 && body.to_ascii_lowercase().contains("rate limit");
        Ok(Answer {
            status,
            limits: Limits { is_named, ..limits },
            has_next,
            body,
        })
    }
}

/// The body as text; one that is longer than any of GitHub's is an error.
async fn read<B>(mut body: B) -> Result<String, octocrab::Error>
where
    B: Body<Data = Bytes, Error = octocrab::Error> + Unpin,
{
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(data) = frame?.into_data() {
            bytes.extend_from_slice(&data);
        }
        if bytes.len() > LARGEST_ANSWER {
            return Err(octocrab::Error::Other {
                source: "the answer is far too large".into(),
                backtrace: Backtrace::disabled(),
            });
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The document with every secret taken out of its texts.
fn redacted(document: &Value, vault: &Vault) -> Value {
    match document {
        Value::String(text) => Value::String(vault.redact(text)),
        Value::Array(items) => items.iter().map(|item| redacted(item, vault)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), redacted(value, vault)))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => document.clone(),
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        #[test]
        fn no_body_holds_a_secret_in_any_form(
            secret in "[A-Za-z0-9+/=_-]{12,40}",
            around in "[ -~]{0,20}",
        ) {
            let vault = Vault::default();
            let pem = format!("-----BEGIN PRIVATE KEY-----\n{secret}\n-----END PRIVATE KEY-----\n");
            vault.keep(&Secret::new(secret.clone()));
            vault.keep(&Secret::new(pem.clone()));
            let encoded = STANDARD.encode(&secret);
            let percent = percent_encoding::utf8_percent_encode(
                &secret,
                percent_encoding::NON_ALPHANUMERIC,
            )
            .to_string();
            let forms = [&secret, &pem, &encoded, &percent, &STANDARD.encode(&pem)]
                .map(|form| format!("{around}{form}{around}"));
            let body = json!({"body": forms.concat(), "deep": [{"list": forms}]});
            let sent = redacted(&body, &vault).to_string();
            for form in [&secret, &encoded, &percent] {
                prop_assert!(!sent.contains(form.as_str()), "{}", sent);
            }
        }
    }
}
