//! The HTTP client for parts. It knows no token, follows no redirect and keeps its connections.

use std::time::Duration;

use reqwest::header::{ETAG, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Body, Certificate, Client, Url, redirect};

use crate::host::clock::Clock;
use crate::upload::body::PartBody;
use crate::upload::engine::Settings;
use crate::upload::error::Error;
use crate::upload::movement::Movement;
use crate::upload::parts::PartRequest;

/// As much of an answer is read; what the storage says is far shorter.
const LONGEST_ANSWER: usize = 64 << 10;
/// The kernel gives up a connection that confirms nothing for the idle timeout, but never sooner: a
/// slow reader opens its window in steps.
const SHORTEST_KERNEL_PATIENCE: Duration = Duration::from_secs(10);

/// What the storage answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) entity_tag: Option<String>,
    pub(super) retry_after: Option<Duration>,
    pub(super) redirect_to: Option<String>,
    pub(super) body: Vec<u8>,
}

/// Makes the client. `direct` leaves proxies out, for storage on this machine.
pub(super) fn build(settings: &Settings, direct: bool) -> Result<Client, Error> {
    let mut client = Client::builder()
        .http1_only()
        .redirect(redirect::Policy::none())
        .referer(false)
        .user_agent(&settings.user_agent)
        .connect_timeout(settings.idle_timeout)
        .tcp_nodelay(true)
        .pool_max_idle_per_host(settings.concurrency)
        .pool_idle_timeout(Duration::from_secs(20));
    #[cfg(target_os = "linux")]
    {
        client = client.tcp_user_timeout(settings.idle_timeout.max(SHORTEST_KERNEL_PATIENCE));
    }
    if !settings.extra_roots.is_empty() {
        let roots = Certificate::from_pem_bundle(&settings.extra_roots).map_err(Error::Client)?;
        if roots.is_empty() {
            return Err(Error::NoCertificates);
        }
        client = client.tls_certs_merge(roots);
    }
    if direct {
        client = client.no_proxy();
    }
    client.build().map_err(Error::Client)
}

/// Sends one part and reads the answer. Errors are without the URL.
pub(super) async fn exchange(
    client: &Client,
    part: &PartRequest,
    body: PartBody,
    movement: &Movement,
) -> reqwest::Result<Answer> {
    let request = client
        .request(part.method.clone(), part.url.clone())
        .headers(part.headers.clone())
        .body(Body::wrap(body));
    let mut response = request.send().await.map_err(reqwest::Error::without_url)?;
    movement.touch();
    let headers = response.headers();
    let mut answer = Answer {
        status: response.status().as_u16(),
        entity_tag: text(headers, ETAG.as_str()),
        retry_after: text(headers, RETRY_AFTER.as_str())
            .and_then(|wish| wait(&wish, &Clock::system())),
        redirect_to: text(headers, LOCATION.as_str()).and_then(|to| host(&part.url, &to)),
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

fn host(base: &Url, location: &str) -> Option<String> {
    Some(base.join(location).ok()?.host_str()?.to_owned())
}

/// Reads `Retry-After`: seconds, or a date.
fn wait(wish: &str, clock: &Clock) -> Option<Duration> {
    let wish = wish.trim();
    if let Ok(seconds) = wish.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(wish).ok()?;
    Some(date.duration_since(clock.now()).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_wish_to_wait_is_seconds_or_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let clock = Clock::starting_at(now);
        for (wish, seconds) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
            ("Sun, 06 Nov 1994 08:49:07 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
        ] {
            assert_eq!(
                wait(wish, &clock),
                seconds.map(Duration::from_secs),
                "{wish}"
            );
        }
    }

    #[test]
    fn of_a_redirect_only_the_host_is_named() {
        let base = Url::parse("https://storage.example/a?signature=x").unwrap();
        assert_eq!(
            host(&base, "https://other.example/b?s=1").as_deref(),
            Some("other.example")
        );
        assert_eq!(host(&base, "/c").as_deref(), Some("storage.example"));
        assert_eq!(host(&base, "data:x"), None);
    }
}
