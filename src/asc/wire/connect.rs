//! What a client is made of: where it may connect, whom it trusts, through which proxy.

use std::time::Duration;

use url::Url;

use crate::asc::wire::error::Error;
use crate::credentials::TokenSource;
use crate::event::Events;
use crate::host::clock::Clock;
use crate::http::address::{RULE, check};
use crate::http::client::{Roots, Setup, build};
use crate::http::proxies::Proxies;
use crate::text;

/// What a client is made of.
pub struct Settings {
    /// Where the API is: https anywhere, plain http on loopback only.
    pub base_url: Url,
    /// Where the Enterprise Program's API is, to which a key may belong that this one refuses; none where nobody
    /// is asked.
    pub enterprise_url: Option<Url>,
    /// Where tokens come from.
    pub tokens: TokenSource,
    /// Who is told about calls.
    pub events: Events,
    /// A connection on which nothing moves for so long is dropped.
    pub idle_timeout: Duration,
    /// For `Retry-After` dates and the measure of skew.
    pub clock: Clock,
    /// The pause before a call is made again; all pauses between calls grow and shrink with it.
    pub first_pause: Duration,
    /// PEM certificates that are trusted beside the platform's; may be empty.
    pub extra_roots: Vec<u8>,
    /// The proxy on the way.
    pub proxies: Proxies,
}

/// The HTTP client of these settings.
pub fn http_client(settings: &Settings) -> Result<reqwest::Client, Error> {
    let base_url = &settings.base_url;
    if check(base_url).is_err() {
        return Err(Error::Setup {
            reason: format!("{} {RULE}", origin(base_url)),
            source: None,
        });
    }
    let setup = Setup {
        roots: Roots::read(&settings.extra_roots)?,
        is_encrypted: base_url.scheme() != "http",
        proxies: settings.proxies.clone(),
        connect_timeout: settings.idle_timeout,
    };
    Ok(build(setup.builder())?)
}

/// Scheme, host and port, for people.
pub fn origin(url: &Url) -> String {
    text::lines(&url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::wire::test_server::settings;
    use crate::asc::wire::transport::Client;
    use crate::http::test_tls::localhost;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[tokio::test]
    async fn a_client_for_a_forbidden_address_is_not_made() {
        let made = Client::new(settings("http://example.com")).map(|_| ());
        assert_eq!(
            made.unwrap_err().to_string(),
            "the connection to App Store Connect can't be set up: http://example.com must be https, or http on loopback, without user name and password"
        );
    }

    #[tokio::test]
    async fn certificates_that_are_none_are_refused() {
        let mut wrong = settings("https://localhost");
        wrong.extra_roots = b"hello".to_vec();
        let made = Client::new(wrong).map(|_| ());
        assert!(matches!(made, Err(Error::Setup { .. })), "{made:?}");
    }

    #[tokio::test]
    async fn an_extra_root_is_trusted_beside_the_platforms() {
        let (acceptor, root) = localhost();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                // A client that does not trust us breaks the handshake off.
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    continue;
                };
                let mut buffer = [0; 4096];
                let _ = stream.read(&mut buffer).await;
                let _ = stream
                    .write_all(
                        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
                    )
                    .await;
                let _ = stream.shutdown().await;
            }
        });
        let ask = async |roots: Vec<u8>| {
            let mut settings = settings(&format!("https://localhost:{port}"));
            settings.extra_roots = roots;
            let client = Client::new(settings)?;
            client.get::<serde_json::Value>("/v1/apps", &[]).await
        };
        assert!(ask(root.into_bytes()).await.is_ok());
        // On a machine without certificates there is not even a client.
        let stranger = ask(Vec::new()).await;
        assert!(
            matches!(stranger, Err(Error::Untrusted { .. } | Error::Setup { .. })),
            "{stranger:?}"
        );
    }
}
