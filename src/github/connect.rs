//! Where a client may connect, and what it is made of.

use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use url::Url;

use crate::github::error::Error;
use crate::http::address::check;
use crate::http::client::{Roots, Setup, SetupError, build};
use crate::http::proxies::Proxies;

/// Shorter than elsewhere: telling GitHub must not keep the run.
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// The version of the API that the calls are written for
/// (<https://docs.github.com/rest/about-the-rest-api/api-versions>).
const API_VERSION: &str = "2022-11-28";
/// How long one call may take.
pub(super) const CALL_PATIENCE: Duration = Duration::from_secs(10);

/// The address, where a token may be sent to it.
pub(super) fn allowed(address: &str) -> Result<Url, Error> {
    let refused = |shown: String| Error::Address { address: shown };
    let url = Url::parse(address).map_err(|_| refused("is no address".to_owned()))?;
    match check(&url) {
        Ok(()) => Ok(url),
        Err(_) => Err(refused(url.origin().ascii_serialization())),
    }
}

/// The HTTP client for an address. Its calls are small, so each has one time limit for all of it.
pub(super) fn http(
    url: &Url,
    extra_roots: &[u8],
    proxies: &Proxies,
) -> Result<reqwest::Client, SetupError> {
    let setup = Setup {
        roots: Roots::read(extra_roots)?,
        is_encrypted: url.scheme() != "http",
        proxies: proxies.toward(url),
        connect_timeout: CONNECT_PATIENCE,
    };
    let mut headers = HeaderMap::new();
    headers.insert(
        ACCEPT,
        HeaderValue::from_static("application/vnd.github+json"),
    );
    headers.insert(
        "x-github-api-version",
        HeaderValue::from_static(API_VERSION),
    );
    build(
        setup
            .builder()
            .timeout(CALL_PATIENCE)
            .default_headers(headers),
    )
}
