//! The HTTP client for parts. It knows no token, follows no redirect and keeps its connections.

use std::time::Duration;

use reqwest::header::{ETAG, HeaderMap, LOCATION};
use reqwest::{Body, Client, Url};

use crate::http::client::{self, Roots, Setup};
use crate::http::proxies::Proxies;
use crate::http::retry_after;
use crate::upload::body::PartBody;
use crate::upload::error::Error;
use crate::upload::movement::Movement;
use crate::upload::parts::{PartPlan, PartRequest};
use crate::upload::settings::Settings;
use crate::upload::transfer::Transfer;

/// As much of an answer is read; what the storage says is far shorter.
const LONGEST_ANSWER: usize = 64 << 10;
/// The kernel gives up a connection that confirms nothing for the idle timeout, but never sooner: a
/// slow reader opens its window in steps.
#[cfg(target_os = "linux")]
const SHORTEST_KERNEL_PATIENCE: Duration = Duration::from_secs(10);

/// What the storage answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) entity_tag: Option<String>,
    pub(super) retry_after: Option<Duration>,
    pub(super) redirect_to: Option<Url>,
    pub(super) body: Vec<u8>,
}

/// Makes the client for these parts. It differs from the others where bulk does: a connection for each
/// lane, kept for the next part.
pub(super) fn build(settings: &Settings, roots: &Roots, plan: &PartPlan) -> Result<Client, Error> {
    let setup = Setup {
        roots: roots.clone(),
        is_encrypted: plan.is_encrypted(),
        proxies: if plan.stays_here() {
            Proxies::none()
        } else {
            settings.proxies.clone()
        },
        connect_timeout: settings.idle_timeout,
    };
    let builder = setup
        .builder()
        .http1_only()
        .tcp_nodelay(true)
        .pool_max_idle_per_host(settings.concurrency)
        .pool_idle_timeout(Duration::from_secs(20));
    #[cfg(target_os = "linux")]
    let builder = builder.tcp_user_timeout(settings.idle_timeout.max(SHORTEST_KERNEL_PATIENCE));
    Ok(client::build(builder)?)
}

/// Sends one part and reads the answer. Errors are without the URL.
pub(super) async fn exchange(
    transfer: &Transfer<'_>,
    part: &PartRequest,
    body: PartBody,
    movement: &Movement,
) -> reqwest::Result<Answer> {
    let request = transfer
        .client
        .put(part.url.clone())
        .headers(part.headers.clone())
        .body(Body::wrap(body));
    let mut response = request.send().await.map_err(reqwest::Error::without_url)?;
    movement.touch();
    let headers = response.headers();
    let mut answer = Answer {
        status: response.status().as_u16(),
        entity_tag: text(headers, ETAG.as_str()),
        retry_after: retry_after::read(headers, transfer.settings.clock.now()),
        redirect_to: text(headers, LOCATION.as_str()).and_then(|to| part.url.join(&to).ok()),
        body: Vec::new(),
    };
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(reqwest::Error::without_url)?
    {
        movement.touch();
        answer.body.extend_from_slice(&chunk);
        if answer.body.len() > LONGEST_ANSWER {
            break;
        }
    }
    Ok(answer)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}
