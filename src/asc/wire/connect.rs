//! What a client is made of: where it may connect, whom it trusts, through which proxy.

use std::time::Duration;

use reqwest::redirect;
use url::{Host, Url};

use crate::asc::wire::document::plain;
use crate::asc::wire::error::Error;
use crate::credentials::TokenSource;
use crate::event::Events;
use crate::host::clock::Clock;

const CONNECT_PATIENCE: Duration = Duration::from_secs(30);

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

pub fn is_loopback(url: &Url) -> bool {
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

/// The HTTP client of these settings.
pub fn http_client(settings: &Settings) -> Result<reqwest::Client, Error> {
    let base_url = &settings.base_url;
    if !is_allowed_base(base_url) {
        return Err(Error::Setup {
            reason: format!(
                "{} must be https, or http on loopback, without user name and password",
                origin(base_url)
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
    builder.build().map_err(|source| Error::Setup {
        reason: "no root certificates were found (install ca-certificates, or set SSL_CERT_FILE), or the proxy's address is not usable".to_owned(),
        source: Some(source),
    })
}

/// Scheme, host and port, for people.
pub fn origin(url: &Url) -> String {
    plain(&url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::wire::test_server::settings;
    use crate::asc::wire::transport::Client;
    use std::sync::Arc;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[test]
    fn the_token_goes_over_tls_or_stays_on_this_machine() {
        for (address, allowed) in [
            ("https://api.appstoreconnect.apple.com", true),
            ("https://127.0.0.1:8443/", true),
            ("http://127.0.0.1:8080", true),
            ("http://localhost:8080", true),
            ("http://[::1]:8080", true),
            ("http://api.appstoreconnect.apple.com", false),
            ("http://127.0.0.1.example.com", false),
            ("http://localhost.example.com", false),
            ("http://10.0.0.1", false),
            ("https://user:password@example.com", false),
            ("ftp://localhost", false),
            ("file:///etc/passwd", false),
            ("data:,x", false),
        ] {
            let url = address.parse().unwrap();
            assert_eq!(is_allowed_base(&url), allowed, "{address}");
        }
    }

    #[tokio::test]
    async fn a_client_for_a_forbidden_address_is_not_made() {
        let made = Client::new(settings("http://example.com")).map(|_| ());
        assert_eq!(
            made.unwrap_err().to_string(),
            "the connection to App Store Connect can't be set up: http://example.com must be https, or http on loopback, without user name and password"
        );
    }

    #[test]
    fn certificates_that_are_none_are_refused() {
        let builder = |roots| http_builder(roots, Duration::from_secs(1), "x");
        assert!(builder(b"").is_ok());
        assert!(matches!(builder(b"hello"), Err(Error::Setup { .. })));
    }

    #[tokio::test]
    async fn an_extra_root_is_trusted_beside_the_platforms() {
        let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let key =
            rustls::pki_types::PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], key)
            .unwrap();
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
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
            let client = Client::with_waits(settings, false)?;
            client.get::<serde_json::Value>("/v1/apps", &[]).await
        };
        assert!(ask(own.cert.pem().into_bytes()).await.is_ok());
        // On a machine without certificates there is not even a client.
        let stranger = ask(Vec::new()).await;
        assert!(
            matches!(stranger, Err(Error::Untrusted { .. } | Error::Setup { .. })),
            "{stranger:?}"
        );
    }
}
