//! What every client begins with: whom it trusts, through which proxy it goes, what it calls itself.

use std::time::Duration;

use reqwest::{Certificate, ClientBuilder, redirect};
use thiserror::Error;

use crate::http::proxies::Proxies;

/// What this program calls itself to servers.
pub const USER_AGENT: &str = concat!("jetway/", env!("CARGO_PKG_VERSION"));

/// No connection takes longer to come about, however patient its user is.
const LONGEST_CONNECT: Duration = Duration::from_secs(30);

/// Why there is no client.
#[derive(Debug, Error)]
pub enum SetupError {
    /// The extra certificates are none.
    #[error("the file of SSL_CERT_FILE holds no PEM certificates")]
    NoCertificates(#[source] Option<reqwest::Error>),
    /// The library made none.
    #[error("no root certificates were found (install ca-certificates, or set SSL_CERT_FILE)")]
    NoClient(#[source] reqwest::Error),
}

/// Certificates that are trusted beside the platform's.
#[derive(Clone, Debug, Default)]
pub struct Roots(Vec<Certificate>);

impl Roots {
    /// Reads PEM certificates, one after the other. No text at all is no certificate, and right; any
    /// other text must hold one.
    pub fn read(pem: &[u8]) -> Result<Self, SetupError> {
        if pem.is_empty() {
            return Ok(Self::default());
        }
        match Certificate::from_pem_bundle(pem) {
            Ok(certificates) if certificates.is_empty() => Err(SetupError::NoCertificates(None)),
            Ok(certificates) => Ok(Self(certificates)),
            Err(source) => Err(SetupError::NoCertificates(Some(source))),
        }
    }
}

/// What a client begins with. There is no time limit for reading, which would cut a slow upload that
/// still moves; each client has its own.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Who is trusted beside the platform's certificates.
    pub roots: Roots,
    /// Whether TLS is spoken at all. Without it no certificates are read: a machine that has none must
    /// do, and reading them takes time.
    pub is_encrypted: bool,
    /// The proxy on the way.
    pub proxies: Proxies,
    /// How long a connection may take to come about; half a minute at most.
    pub connect_timeout: Duration,
}

impl Setup {
    /// A client in the making: our name, no redirects, and what this says. Redirects are never
    /// followed, because a secret would go along.
    pub fn builder(self) -> ClientBuilder {
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .connect_timeout(self.connect_timeout.min(LONGEST_CONNECT));
        if !self.is_encrypted {
            builder = builder.tls_certs_only([]);
        } else if !self.roots.0.is_empty() {
            builder = builder.tls_certs_merge(self.roots.0);
        }
        // Without this the library looks for proxies in the environment by itself.
        let builder = builder.no_proxy();
        match self.proxies.into_proxy() {
            Some(proxy) => builder.proxy(proxy),
            None => builder,
        }
    }
}

/// The client that was in the making.
pub fn build(builder: ClientBuilder) -> Result<reqwest::Client, SetupError> {
    builder.build().map_err(SetupError::NoClient)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup(roots: Roots, is_encrypted: bool) -> Setup {
        Setup {
            roots,
            is_encrypted,
            proxies: Proxies::none(),
            connect_timeout: Duration::from_secs(1),
        }
    }

    #[test]
    fn certificates_that_are_none_are_refused() {
        assert!(Roots::read(b"").is_ok());
        for wrong in [
            &b"hello"[..],
            b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
        ] {
            assert!(
                matches!(Roots::read(wrong), Err(SetupError::NoCertificates(_))),
                "{}",
                String::from_utf8_lossy(wrong)
            );
        }
    }

    #[test]
    fn every_certificate_of_a_bundle_is_trusted() {
        let pem = |name: &str| {
            let own = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
            own.cert.pem()
        };
        let bundle = format!("# two\n{}\n{}", pem("a.example"), pem("b.example"));
        let roots = Roots::read(bundle.as_bytes()).unwrap();
        assert_eq!(roots.0.len(), 2);
        assert!(build(setup(roots, true).builder()).is_ok());
    }

    #[test]
    fn a_client_without_tls_needs_no_certificates() {
        assert!(build(setup(Roots::default(), false).builder()).is_ok());
    }
}
