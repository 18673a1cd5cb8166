//! Whether the service answers at all, asked without a key.

use std::time::{Duration, SystemTime};

use url::Url;

use crate::asc::wire::error::{Call, Error};
use crate::asc::wire::send::broken;
use crate::http::client::{Roots, Setup, build};
use crate::http::proxies::Proxies;
use crate::http::retry_after;

/// What is asked for: nothing is shown of it without a key.
const ANYTHING: &str = "/v1/apps";

/// Asks, and gives the time of day by the service's clock. Any answer counts: without a key it is a no.
pub async fn reach(
    url: &Url,
    extra_roots: &[u8],
    proxies: &Proxies,
    patience: Duration,
) -> Result<Option<SystemTime>, Error> {
    let setup = Setup {
        roots: Roots::read(extra_roots)?,
        is_encrypted: url.scheme() != "http",
        proxies: proxies.toward(url),
        connect_timeout: patience,
    };
    let client = build(setup.builder())?;
    let path = ANYTHING;
    let call = Call {
        method: "GET",
        path: path.to_owned(),
    };
    let address = url
        .join(path.trim_start_matches('/'))
        .unwrap_or_else(|_| url.clone());
    match tokio::time::timeout(patience, client.get(address).send()).await {
        Err(_) => Err(Error::Silent { call, patience }),
        Ok(Ok(answer)) => Ok(retry_after::date(answer.headers())),
        Ok(Err(source)) => Err(broken(call, source)),
    }
}
