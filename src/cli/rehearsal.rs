//! The sandbox in place of Apple: its address, its key, and a demo package where none was given.

use std::path::PathBuf;
use std::time::Duration;

use crate::asc::Proxies;
use crate::diagnostic::Diagnostic;
use crate::plan::{self, Pace};
use crate::sandbox::{self, Sandbox, Scenario};
use crate::secret::Secret;

use crate::cli::{address, args, diagnostics, inputs};

/// The sandbox's work moves on when it is asked, so asking rarely would only be slow.
const PACE: Pace = Pace::Exact(Duration::from_millis(200));

/// The scenario where none is named.
pub const USUAL: &str = "succeeds";

/// The name of the scenario, where a rehearsal was asked for.
pub fn scenario(
    typed: &args::Rehearsal,
    account: &args::Account,
) -> Result<Option<&'static str>, Box<Diagnostic>> {
    let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    if !inputs::yes("--sandbox", typed.sandbox.as_deref())? {
        if given(&typed.scenario) {
            return Err(Box::new(diagnostics::option_invalid(
                "--scenario",
                "it needs --sandbox beside it",
            )));
        }
        return Ok(None);
    }
    if given(&account.asc_url) {
        let why = "it can't go with --sandbox, which serves at an address of its own";
        return Err(Box::new(diagnostics::option_invalid("--asc-url", why)));
    }
    let name = typed
        .scenario
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let scenario = Scenario::named(name.unwrap_or(USUAL)).map_err(|unknown| {
        Box::new(diagnostics::option_invalid(
            "--scenario",
            &unknown.to_string(),
        ))
    })?;
    Ok(Some(scenario.info().name))
}

/// Starts the sandbox and points the account at it. It ends when it is dropped.
pub async fn start(
    scenario: &str,
    account: &mut plan::Account,
) -> Result<Sandbox, Box<Diagnostic>> {
    let unavailable = |why: String| Box::new(diagnostics::sandbox_unavailable(&why));
    let scenario = Scenario::named(scenario).map_err(|unknown| unavailable(unknown.to_string()))?;
    let sandbox = sandbox::start(sandbox::Options::loopback(scenario))
        .await
        .map_err(|error| unavailable(error.to_string()))?;
    let key = sandbox::demo_key();
    account.url = address::parse(sandbox.url()).map_err(|error| unavailable(error.to_string()))?;
    account.key = Secret::new(key.private_key_pem);
    key.key_id.clone_into(&mut account.key_id);
    key.issuer_id.clone_into(&mut account.issuer_id);
    account.proxies = Proxies::None;
    Ok(sandbox)
}

/// How often to ask in a rehearsal: as the user said, else often.
pub fn pace(planned: Pace) -> Pace {
    match planned {
        Pace::Exact(_) => planned,
        Pace::Easing(_) => PACE,
    }
}

/// Writes the demo package into a directory that goes away with the value.
pub fn demo_package() -> Result<(tempfile::TempDir, PathBuf), Box<Diagnostic>> {
    let unavailable =
        |error: std::io::Error| Box::new(diagnostics::sandbox_unavailable(&error.to_string()));
    let directory = tempfile::Builder::new()
        .prefix("jetway-demo-")
        .tempdir()
        .map_err(unavailable)?;
    let path = directory.path().join("Demo.ipa");
    std::fs::write(&path, sandbox::demo_ipa()).map_err(unavailable)?;
    Ok((directory, path))
}
