//! Where a client may connect, whom it trusts, and through which proxy.

use std::time::Duration;

use reqwest::redirect;
use url::{Host, Url};

use crate::github::client::Settings;
use crate::github::error::Error;

const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// How long one call may take.
pub(super) const CALL_PATIENCE: Duration = Duration::from_secs(10);

/// The address, where a token may be sent to it: https anywhere, plain http on loopback only.
pub(super) fn allowed(address: &str) -> Result<Url, Error> {
    let refused = |shown: String| Error::Address { address: shown };
    let url = Url::parse(address).map_err(|_| refused("is no address".to_owned()))?;
    let bare = url.username().is_empty() && url.password().is_none();
    let safe = match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(&url),
        _ => false,
    };
    if bare && safe {
        Ok(url)
    } else {
        Err(refused(url.origin().ascii_serialization()))
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

pub(super) fn http(url: &Url, settings: &Settings) -> Result<reqwest::Client, reqwest::Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(&settings.user_agent)
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_PATIENCE)
        .timeout(CALL_PATIENCE);
    if !settings.extra_roots.is_empty() {
        let roots = reqwest::Certificate::from_pem_bundle(&settings.extra_roots)?;
        builder = builder.tls_certs_merge(roots);
    }
    if url.scheme() == "http" {
        builder = builder.tls_certs_only([]).no_proxy();
    }
    builder.build()
}
