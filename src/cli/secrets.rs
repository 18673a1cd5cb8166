//! The secrets of a call, and what must not be shown of it.

use std::ffi::OsString;
use std::path::Path;

use crate::cli::environment::Environment;
use crate::cli::files::read_at_most;
use crate::cli::other_tools::{self, Names};
use crate::cli::{diagnostics, given};
use crate::diagnostic::Diagnostic;
use crate::secret::{Secret, Vault, is_key};

const API_KEY: &str = "JETWAY_API_KEY";
const GITHUB_TOKEN: &str = "JETWAY_GITHUB_TOKEN";
/// What Apple signs the calls of a webhook with.
pub const WEBHOOK_SECRET: &str = "JETWAY_WEBHOOK_SECRET";
const CERTIFICATE: &str = "JETWAY_CERTIFICATE";
const CERTIFICATE_PASSWORD: &str = "JETWAY_CERTIFICATE_PASSWORD";
const APP_SPECIFIC_PASSWORD: &str = "JETWAY_APP_SPECIFIC_PASSWORD";
const PROVISIONING_PROFILE: &str = "JETWAY_PROVISIONING_PROFILE";

/// What is longer than this is no path.
const LONGEST_PATH: usize = 1_024;

/// No key is longer than this, in whatever wrapping.
const LONGEST_KEY_FILE: u64 = 64 * 1024;

/// What must not be shown, known before the first word of any command: the variables for secrets, and
/// whatever looks like a key in any other variable or argument.
pub fn known(environment: &Environment, arguments: &[OsString]) -> Vault {
    let vault = Vault::default();
    let meant = [API_KEY, GITHUB_TOKEN, WEBHOOK_SECRET, APP_SPECIFIC_PASSWORD]
        .map(|name| environment.get(name).filter(|text| !is_placeholder(text)));
    let strayed = environment.values().filter(|value| is_key(value));
    let passwords = environment.get(CERTIFICATE_PASSWORD);
    let passwords = passwords.into_iter().flat_map(str::lines);
    // What is no path is the document itself.
    let documents = [CERTIFICATE, PROVISIONING_PROFILE].map(|name| environment.get(name));
    let is_document = |text: &&str| text.lines().any(|line| line.len() > LONGEST_PATH);
    let documents = documents.into_iter().flatten().filter(is_document);
    let meant = meant.into_iter().flatten();
    for secret in meant.chain(strayed).chain(passwords).chain(documents) {
        vault.keep(&Secret::new(secret));
    }
    for argument in arguments {
        let argument = argument.to_string_lossy();
        // An option and its value may come as one.
        let value = argument.split_once('=').map_or("", |(_, value)| value);
        for text in [&*argument, value] {
            if is_key(text) {
                vault.keep(&Secret::new(text));
            }
        }
    }
    vault
}

/// Whether it is `${{ secrets.KEY }}`: what a secret's value should have taken the place of. It is no secret,
/// and has to be shown.
fn is_placeholder(text: &str) -> bool {
    let inner = text.trim().strip_prefix("${{");
    let inner = inner.and_then(|rest| rest.strip_suffix("}}"));
    let is_name = |char: char| char.is_ascii_alphanumeric() || "_-. ".contains(char);
    inner.is_some_and(|inner| inner.contains('.') && inner.chars().all(is_name))
}

/// The secrets of a call, none of which comes by an argument.
pub struct Secrets {
    /// The key's text; empty where none was given.
    pub api_key: Result<Secret, Box<Diagnostic>>,
    /// The token for GitHub.
    pub github_token: Option<Secret>,
    /// The password of the person who uploads without a key.
    pub app_specific_password: Option<Secret>,
    /// The passwords of the certificates, one a line.
    pub certificate_passwords: Vec<Secret>,
    vault: Vault,
    has_key: bool,
    /// Whose variables the key is from, where it is from another tool's.
    pub other_tool: Option<&'static Names>,
}

impl Secrets {
    /// Reads them from the environment, and the key from its file where one is named.
    pub fn read(environment: &Environment, known: &Vault, key_file: Option<&Path>) -> Self {
        let variable = |name| environment.get(name).map(Secret::new);
        let key_text = variable(API_KEY);
        let is_named = key_text.is_some() || given::path(key_file).is_some();
        let other_tool = other_tools::of(environment).filter(|_| !is_named);
        let key_text = key_text.or_else(|| variable(other_tool?.key));
        let github_token = variable(GITHUB_TOKEN);
        let certificate_passwords: Vec<Secret> = environment
            .get(CERTIFICATE_PASSWORD)
            .map(|text| text.lines().map(Secret::new).collect())
            .unwrap_or_default();
        let key_file = given::path(key_file);
        let has_key = key_text.is_some() || key_file.is_some();
        let api_key = match key_file {
            Some(path) => read_key(path),
            None => Ok(key_text.unwrap_or_else(|| Secret::new(""))),
        };
        if let Ok(key) = &api_key
            && !is_placeholder(key.expose())
        {
            known.keep(key);
        }
        Self {
            api_key,
            app_specific_password: variable(APP_SPECIFIC_PASSWORD)
                .map(|password| Secret::new(password.expose().trim())),
            certificate_passwords,
            github_token: github_token.map(|token| Secret::new(token.expose().trim())),
            vault: known.clone(),
            has_key,
            other_tool,
        }
    }

    /// All of them, for redaction.
    pub fn vault(&self) -> Vault {
        self.vault.clone()
    }

    /// Whether a key was given, readable or not.
    pub fn has_key(&self) -> bool {
        self.has_key
    }
}

fn read_key(path: &Path) -> Result<Secret, Box<Diagnostic>> {
    if is_key(&path.to_string_lossy()) {
        return Err(Box::new(diagnostics::option_holds_key("--api-key-path")));
    }
    match read_at_most(path, LONGEST_KEY_FILE) {
        Ok(bytes) => Ok(Secret::new(String::from_utf8_lossy(&bytes))),
        Err(error) => Err(Box::new(diagnostics::key_file_unreadable(path, &error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_shown_as_it_is() {
        let text = "${{ secrets.ASC_KEY }}";
        let environment =
            Environment::from([(API_KEY, text), (APP_SPECIFIC_PASSWORD, "${{my pass}}")]);
        let known = known(&environment, &[]);
        Secrets::read(&environment, &known, None);
        assert_eq!(known.redact(text), text);
        assert_eq!(known.redact("<${{my pass}}>"), "<***>", "may be a password");
    }

    #[test]
    fn every_secret_is_known_for_redaction_wherever_it_came_from() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("AuthKey.p8");
        std::fs::write(&path, "the-text-of-a-key-file\n").unwrap();
        let environment = Environment::from([
            (API_KEY, "the-text-of-a-variable"),
            (GITHUB_TOKEN, " ghs_0123456789 \n"),
        ]);
        let secrets = Secrets::read(&environment, &known(&environment, &[]), Some(&path));
        for secret in [
            "the-text-of-a-key-file",
            "the-text-of-a-variable",
            "ghs_0123456789",
        ] {
            assert_eq!(secrets.vault().redact(&format!("<{secret}>")), "<***>");
        }
        assert!(secrets.has_key());
        assert_eq!(secrets.github_token.unwrap().expose(), "ghs_0123456789");
        let file = secrets.api_key.unwrap();
        assert_eq!(file.expose().trim(), "the-text-of-a-key-file");
    }
}
