//! Whose App Store Connect, and the key to it.

use std::path::{Path, PathBuf};

use clap::Args;
use url::Url;

use crate::cli::identity::{self, Identity, Named};
use crate::cli::problems::Problems;
use crate::cli::rehearsal::Rehearsal;
use crate::cli::setup::Setup;
use crate::cli::{address, diagnostics, duration, values};
use crate::http::proxies::Proxies;
use crate::plan::{Account, defaults};
use crate::secret::Secret;

/// Whose App Store Connect, and the key to it. The key's text comes by JETWAY_API_KEY alone.
#[derive(Debug, Args)]
#[command(next_help_heading = "App Store Connect")]
pub struct AccountOptions {
    /// The id of the App Store Connect API key
    #[arg(long, value_name = "ID", env = "JETWAY_API_KEY_ID")]
    pub api_key_id: Option<String>,
    /// The issuer id of the team; left out for an individual key
    #[arg(long, value_name = "ID", env = "JETWAY_API_ISSUER_ID")]
    pub api_issuer_id: Option<String>,
    /// The .p8 file, where the key is not in JETWAY_API_KEY
    #[arg(long, value_name = "FILE", env = "JETWAY_API_KEY_PATH", value_parser = values::path())]
    pub api_key_path: Option<PathBuf>,
    /// The address of App Store Connect's API
    #[arg(long, value_name = "URL", env = "JETWAY_ASC_URL")]
    pub asc_url: Option<String>,
    /// A connection on which nothing moves for this long is dropped and tried again
    #[arg(long, value_name = "TIME", env = "JETWAY_IDLE_TIMEOUT")]
    pub idle_timeout: Option<String>,
}

impl AccountOptions {
    /// The file with the key.
    pub fn key_file(&self) -> Option<&Path> {
        self.api_key_path.as_deref()
    }
}

/// Reads it.
pub fn read(
    typed: &AccountOptions,
    rehearsal: Option<&Rehearsal>,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> Account {
    let idle = match rehearsal {
        Some(_) => defaults::REHEARSAL_IDLE_TIMEOUT,
        None => defaults::IDLE_TIMEOUT,
    };
    let url = problems.value(
        "--asc-url",
        typed.asc_url.as_deref(),
        Url::parse(defaults::ASC_URL).expect("the address is a literal"),
        address::parse,
    );
    let idle_timeout = problems.value(
        "--idle-timeout",
        typed.idle_timeout.as_deref(),
        idle,
        duration::positive,
    );
    let beside = |name| setup.environment.get(name).unwrap_or_default().to_owned();
    let beside = setup.secrets.other_tool.map(|names| Identity {
        key_id: beside(names.key_id),
        issuer_id: beside(names.issuer_id),
    });
    // The sandbox is on this machine, and no proxy is asked on the way to it.
    let proxies = match rehearsal {
        Some(_) => Proxies::none(),
        None => problems.take(setup.proxies.clone(), Proxies::none()),
    };
    let key = setup.secrets.api_key.as_ref().ok();
    let named = Named {
        key_id: typed.api_key_id.as_deref(),
        issuer_id: typed.api_issuer_id.as_deref(),
        path: typed.key_file(),
    };
    let identity = identity::of(&named, key, beside.unwrap_or_default());
    Account {
        url,
        key: problems.take(setup.secrets.api_key.clone(), Secret::new("")),
        key_id: identity.key_id,
        issuer_id: identity.issuer_id,
        idle_timeout,
        extra_roots: problems.take(setup.extra_roots.clone(), Vec::new()),
        proxies,
    }
}

/// What every run needs, and was not given: told whole and before anything else. `is_named` is whether
/// there is a package, where one is needed.
pub fn configuration(
    account: &Account,
    is_named: Option<bool>,
    setup: &Setup<'_>,
    problems: &mut Problems,
) {
    let missing = [
        ("PATH", is_named == Some(false)),
        ("JETWAY_API_KEY", !setup.secrets.has_key()),
        ("--api-key-id", account.key_id.trim().is_empty()),
    ];
    let missing: Vec<&'static str> = missing
        .into_iter()
        .filter_map(|(name, is_missing)| is_missing.then_some(name))
        .collect();
    if !missing.is_empty() {
        problems.add(diagnostics::configuration_missing(&missing));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_address_is_one_that_is_taken() {
        assert!(address::parse(defaults::ASC_URL).is_ok());
    }
}
