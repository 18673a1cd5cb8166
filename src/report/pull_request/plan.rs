//! What GitHub is to be told, before it is.

use crate::diagnostic::Diagnostic;
use crate::github::{self, Client, Context, Settings};
use crate::host::clock::Clock;
use crate::http::proxies::Proxies;
use crate::report::pull_request::{Telling, Wanted};
use crate::secret::{Secret, Vault};
use crate::text::chain;

/// What is to be told, and all that is needed for it.
pub struct Plan {
    /// What is written.
    pub wanted: Wanted,
    /// Whose pull request and commit.
    pub context: Context,
    /// The token.
    pub token: Secret,
    /// More trust roots, as PEM; empty for the system's alone.
    pub extra_roots: Vec<u8>,
    /// The proxy on the way.
    pub proxies: Proxies,
}

impl Plan {
    /// What is to be said about the run's place itself.
    pub fn warning(&self) -> Option<Diagnostic> {
        let is_target = self.context.event == "pull_request_target" && self.context.is_fork;
        is_target.then(|| github::diagnostics::secrets_beside_fork(&self.context))
    }

    /// Begins to tell; it must be called inside a runtime.
    ///
    /// # Errors
    ///
    /// Why GitHub is not told, in one sentence for the person.
    pub fn begin(self, vault: &Vault, clock: &Clock) -> Result<Telling, String> {
        if self.context.is_about_nothing() {
            return Err(
                "No commit and no pull request is known for this run, so GitHub is not told; a receipt names the commit that was built"
                    .to_owned(),
            );
        }
        if self.context.can_only_read() {
            return Err(
                "GitHub's token can only read in a fork's pull request, so there is no comment and no status; the job summary has all of it"
                    .to_owned(),
            );
        }
        let client = Client::open(Settings {
            api_url: self.context.api_url.clone(),
            repository: self.context.repository.clone(),
            token: self.token,
            vault: vault.clone(),
            clock: clock.clone(),
            extra_roots: self.extra_roots,
            proxies: self.proxies,
        })
        .map_err(|error| format!("GitHub is not told: {}", chain::with_root(&error)))?;
        Ok(Telling::begin(client, self.context, self.wanted))
    }
}
