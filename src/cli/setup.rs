//! What a call gets beside its options: the environment, the secrets, more certificates, the
//! proxy and GitHub's event. Each is read once, before a word is written.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::apple::Toolbox;
use crate::cli::command::Caller;
use crate::cli::diagnostics;
use crate::cli::environment::Environment;
use crate::cli::files::read_at_most;
use crate::cli::given;
use crate::cli::overwriting::Named;
use crate::cli::proxies;
use crate::cli::secrets::Secrets;
use crate::diagnostic::Diagnostic;
use crate::github::Context;
use crate::http::proxies::Proxies;
use crate::plan::defaults;
use crate::report::{Speech, Volume};

/// GitHub sends no larger payload than 25 MB.
const LARGEST_EVENT: u64 = 32 * 1024 * 1024;
/// Where a Mac has them.
const SYSTEM_TOOLS: &str = "/usr/bin";
/// The bundles of the systems have less than 1 MiB.
const LONGEST_ROOTS_FILE: u64 = 16 * 1024 * 1024;

/// What a call gets beside its options.
pub struct Setup<'a> {
    /// The variables.
    pub environment: &'a Environment,
    /// How much is said.
    pub volume: Volume,
    /// Whose words options are told in.
    pub speech: Speech,
    /// The secrets.
    pub secrets: Secrets,
    /// More trust roots, as PEM; empty for the system's alone.
    pub extra_roots: Result<Vec<u8>, Box<Diagnostic>>,
    /// The proxy on the way to other machines.
    pub proxies: Result<Proxies, Box<Diagnostic>>,
    /// Where the run comes from; `None` outside of a workflow.
    pub context: Option<Context>,
    /// The files that people gave us, which nothing may be written to.
    pub files: Vec<Named>,
}

impl<'a> Setup<'a> {
    /// Reads all of it. Beside what is known of secrets already, the key in the file becomes known.
    pub fn read(caller: &Caller<'a>, key_file: Option<&Path>) -> Self {
        let environment = caller.environment;
        Self {
            environment,
            volume: caller.volume,
            speech: caller.speech.clone(),
            secrets: Secrets::read(environment, caller.known, key_file),
            extra_roots: extra_roots(environment),
            proxies: proxies::read(environment),
            context: context(environment),
            files: files(environment, key_file),
        }
    }

    /// Adds a file that nothing may be written to.
    #[must_use]
    pub fn with_file(mut self, name: &'static str, path: Option<&Path>) -> Self {
        self.files.extend(path.map(|path| (name, path.to_owned())));
        self
    }
}

fn files(environment: &Environment, key_file: Option<&Path>) -> Vec<Named> {
    let variables = ["SSL_CERT_FILE", "GITHUB_EVENT_PATH"].into_iter();
    let named = variables.filter_map(|name| Some((name, environment.get(name)?.into())));
    let key_file = given::path(key_file).map(|path| ("--api-key-path", path.to_owned()));
    named.chain(key_file).collect()
}

impl Setup<'_> {
    /// The system's tools of Apple's.
    pub fn tools(&self) -> Toolbox {
        Toolbox::new(
            PathBuf::from(SYSTEM_TOOLS),
            |name| self.environment.get(name).map(str::to_owned),
            defaults::TOOL_TIMEOUT,
            self.secrets.vault(),
        )
        .minded_by(
            std::env::current_exe().ok(),
            self.environment.state_directory(),
        )
    }
}

fn extra_roots(environment: &Environment) -> Result<Vec<u8>, Box<Diagnostic>> {
    let Some(path) = environment.get("SSL_CERT_FILE") else {
        return Ok(Vec::new());
    };
    read_at_most(Path::new(path), LONGEST_ROOTS_FILE)
        .map_err(|error| Box::new(diagnostics::certificates_unreadable(path, &error)))
}

/// A payload that can't be read is like none: less is known, and nothing fails.
fn context(environment: &Environment) -> Option<Context> {
    let event: Value = environment
        .get("GITHUB_EVENT_PATH")
        .and_then(|path| read_at_most(Path::new(path), LARGEST_EVENT).ok())
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    Context::read(|name| environment.get(name), &event)
}
