//! From the text that was pasted to a client that can sign.

use crate::asc::{self, Client, Settings};
use crate::credentials::{ApiKey, KeyIdentity, TokenSource};
use crate::event::{Events, Why};
use crate::host::clock::Clock;
use crate::http::retry::FIRST_PAUSE;
use crate::plan::Account;
use crate::secret::Vault;

use crate::stages::{Result, Stop};

/// Reads the key, checks its names and makes the client. Nothing is sent yet.
pub fn run(account: &Account, clock: &Clock, vault: &Vault, events: &Events) -> Result<Client> {
    vault.keep(&account.key);
    let refuse = |diagnostic| Stop::after(events.found(diagnostic), Why::Refused);
    let identity = KeyIdentity::check(&account.key_id, Some(account.issuer_id.as_str()))
        .map_err(|problem| refuse(problem.diagnostic()))?;
    let key =
        ApiKey::parse(account.key.expose()).map_err(|problem| refuse(problem.diagnostic()))?;
    let tokens = TokenSource::new(key, identity, clock.clone(), vault.clone());
    Client::new(Settings {
        base_url: account.url.clone(),
        enterprise_url: asc::enterprise_program_beside(&account.url),
        tokens,
        events: events.clone(),
        idle_timeout: account.idle_timeout,
        clock: clock.clone(),
        first_pause: FIRST_PAUSE,
        extra_roots: account.extra_roots.clone(),
        proxies: account.proxies.toward(&account.url),
    })
    .map_err(|error| super::asc_failed(events, &error, "setting up the connection"))
}
