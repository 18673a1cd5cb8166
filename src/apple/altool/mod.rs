//! `altool`: an upload by Apple's own tool. Its options differ between the tool of Xcode 16 and before
//! (`altool(7)`) and that of Xcode 26 (`altool(1)`); a password comes by a variable, a key by a directory,
//! and neither is an argument.

mod answers;

use std::path::Path;
use std::time::Duration;

use crate::apple::error::Error;
use crate::apple::invocation::Invocation;
use crate::apple::toolbox::{Tool, Toolbox};
use crate::secret::Secret;

pub use answers::{Provider, Verdict, app_of, providers_of, scrubbed, status_of, verdict};

/// The variable in which the tool finds the password.
const PASSWORD: &str = "ALTOOL_PASSWORD";
/// The variable that names the directory of the key.
const KEYS: &str = "API_PRIVATE_KEYS_DIR";
/// The first version of the tool that came with Xcode 26.
const NEW: u32 = 26;
/// A question to the tool takes seconds.
const QUESTION_LIMIT: Duration = Duration::from_secs(180);

/// The version of the tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// As it writes it.
    pub text: String,
    /// Whether it is the tool of Xcode 26 and after.
    pub is_new: bool,
}

impl Version {
    /// Reads what `--version` prints: `8.303.16303`, or `26.40.1 (174001)` below a line with a path.
    pub fn read(said: &str) -> Option<Self> {
        let lines = said
            .lines()
            .filter(|line| !line.contains("Running altool at path"));
        let mut words = lines.flat_map(str::split_whitespace);
        let text = words.find(|word| {
            let mut parts = word.split('.');
            parts.clone().count() >= 2 && parts.all(|part| part.parse::<u32>().is_ok())
        })?;
        let major: u32 = text.split('.').next()?.parse().ok()?;
        Some(Self {
            text: text.to_owned(),
            is_new: major >= NEW,
        })
    }
}

/// Whose call it is.
#[derive(Clone, Debug)]
pub enum Login<'a> {
    /// An API key's, which lies in a directory.
    Key {
        /// The key's id.
        id: &'a str,
        /// The team's issuer id; none for an individual key.
        issuer: Option<&'a str>,
    },
    /// A person's.
    Person {
        /// The Apple Account.
        name: &'a str,
        /// The provider's public id, where it is known.
        provider: Option<&'a str>,
    },
}

impl Login<'_> {
    fn without_provider(&self) -> Self {
        match *self {
            Self::Person { name, .. } => Self::Person {
                name,
                provider: None,
            },
            Self::Key { id, issuer } => Self::Key { id, issuer },
        }
    }
}

/// What is uploaded.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// The package.
    pub file: &'a Path,
    /// `ios`, `macos`, `appletvos` or `visionos`.
    pub platform: &'static str,
    /// The app's number in the App Store.
    pub app: &'a str,
    /// The app's bundle identifier.
    pub bundle: &'a str,
    /// The version that people see.
    pub marketing_version: &'a str,
    /// The build number.
    pub build_number: &'a str,
}

/// The tools with the directory in which this one looks for keys.
#[must_use]
pub fn with_keys(tools: Toolbox, directory: &Path) -> Toolbox {
    tools.with_variable(KEYS, &directory.to_string_lossy())
}

/// The tools with the password that this one asks for.
#[must_use]
pub fn with_password(tools: Toolbox, password: &Secret) -> Toolbox {
    tools.with_variable(PASSWORD, password.expose())
}

/// The tool of the chosen Xcode; a directory that stands in for Apple's tools may have it itself.
fn call(tools: &Toolbox) -> Invocation {
    match !tools.has(Tool::Xcrun) && tools.has(Tool::Altool) {
        true => Invocation::new(Tool::Altool),
        false => Invocation::through(Tool::Xcrun, Tool::Altool),
    }
}

/// Asks for the version.
pub async fn version(tools: &Toolbox) -> Result<Version, Error> {
    let call = call(tools).arg("--version").within(QUESTION_LIMIT);
    let answer = call.run(tools).await?;
    let said = format!("{}\n{}", answer.output, answer.errors);
    Version::read(&said).ok_or_else(|| Error::Strange {
        tool: Tool::Altool,
        shown: call.shown(),
        said: crate::text::cut::letters(scrubbed(said.trim()).trim(), 200),
    })
}

/// Asks which providers a person belongs to.
pub fn providers(tools: &Toolbox, version: &Version, login: &Login<'_>) -> Invocation {
    let call = call(tools).arg("--list-providers");
    finish(call, version, &login.without_provider()).within(QUESTION_LIMIT)
}

/// Asks for the app records that a person sees.
pub fn apps(tools: &Toolbox, version: &Version, login: &Login<'_>, bundle: &str) -> Invocation {
    let call = call(tools).arg("--list-apps");
    let call = match version.is_new {
        true => call.args(["--filter-bundle-id", bundle]),
        // It lists those of every provider.
        false => return finish(call, version, &login.without_provider()).within(QUESTION_LIMIT),
    };
    finish(call, version, login).within(QUESTION_LIMIT)
}

/// Asks what became of an upload. The older tool has no such question.
pub fn status(
    tools: &Toolbox,
    version: &Version,
    login: &Login<'_>,
    upload: &Upload<'_>,
) -> Option<Invocation> {
    version.is_new.then(|| {
        let call = names(call(tools).arg("--build-status"), upload);
        finish(call, version, login).within(QUESTION_LIMIT)
    })
}

/// Uploads.
pub fn upload(
    tools: &Toolbox,
    version: &Version,
    login: &Login<'_>,
    upload: &Upload<'_>,
) -> Invocation {
    let platform = match version.is_new {
        true => "--platform",
        false => "--type",
    };
    let file = upload.file.to_string_lossy();
    let call = call(tools).args(["--upload-package", &file, platform, upload.platform]);
    finish(names(call, upload), version, login)
}

/// The names of a build. Without the app's number, some tools take the first app whose bundle identifier
/// only contains the wanted one.
fn names(call: Invocation, upload: &Upload<'_>) -> Invocation {
    call.args(["--apple-id", upload.app])
        .args(["--bundle-id", upload.bundle])
        .args(["--bundle-version", upload.build_number])
        .args(["--bundle-short-version-string", upload.marketing_version])
}

fn finish(call: Invocation, version: &Version, login: &Login<'_>) -> Invocation {
    let call = match login {
        Login::Key { id, issuer } => {
            let [key, team] = match version.is_new {
                true => ["--api-key", "--api-issuer"],
                false => ["--apiKey", "--apiIssuer"],
            };
            // The tool wants some issuer even where a person's key has none.
            let call = call.args([key, id, team, issuer.unwrap_or(id)]);
            match issuer {
                Some(_) => call,
                None => call.args(["--api-key-subject", "user"]),
            }
        }
        Login::Person { name, provider } => {
            let call = call.args(["-u", name, "-p", &format!("@env:{PASSWORD}")]);
            match (provider, version.is_new) {
                (Some(provider), true) => call.args(["--provider-public-id", provider]),
                (Some(provider), false) => call.args(["--asc-public-id", provider]),
                (None, _) => call,
            }
        }
    };
    call.args(["--output-format", "json"])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAM: Login<'static> = Login::Key {
        id: "2X9R4HXF34",
        issuer: Some("57246542-96fe-1a63-e053-0824d011072a"),
    };
    const PERSON: Login<'static> = Login::Person {
        name: "me@example.com",
        provider: Some("69a6de71-0000-47e3-e053-5b8c7c11a4d1"),
    };

    /// Every call as each tool gets it, by the versions that its Xcodes print.
    fn calls(login: &Login<'_>) -> String {
        let tools = Toolbox::of_nobody();
        let package = Upload {
            file: Path::new("/b/Demo.ipa"),
            platform: "ios",
            app: "6446000001",
            bundle: "com.example.demo",
            marketing_version: "1.0.0",
            build_number: "42",
        };
        let mut shown = Vec::new();
        for (xcode, printed) in [
            ("15.4", "7.006.15006"),
            ("16.4", "8.303.16303"),
            (
                "26.6",
                "Running altool at path '/X/altool'...\n26.40.1 (174001)",
            ),
        ] {
            let version = Version::read(printed).expect("a version");
            shown.push(format!("Xcode {xcode}, altool {}", version.text));
            let calls = [
                Some(upload(&tools, &version, login, &package)),
                status(&tools, &version, login, &package),
                Some(providers(&tools, &version, login)),
                Some(apps(&tools, &version, login, package.bundle)),
            ];
            shown.extend(calls.iter().flatten().map(Invocation::shown));
        }
        shown.join("\n")
    }

    #[test]
    fn each_version_is_spoken_to_as_it_understands() {
        insta::assert_snapshot!(calls(&TEAM));
        insta::assert_snapshot!(calls(&PERSON));
    }

    #[test]
    fn a_persons_key_has_no_team_and_says_so() {
        let login = Login::Key {
            id: "2X9R4HXF34",
            issuer: None,
        };
        let shown = calls(&login);
        assert!(shown.contains("--api-key-subject user"), "{shown}");
    }

    #[test]
    fn a_version_is_read_from_whatever_stands_around_it() {
        let read = |said| Version::read(said).map(|version| (version.text, version.is_new));
        let old = ("8.003.16003".to_owned(), false);
        assert_eq!(read("altool 8.003.16003\n"), Some(old));
        let new = ("26.0.18".to_owned(), true);
        assert_eq!(read("26.0.18 (170018)"), Some(new));
        assert_eq!(read("Running altool at path '/A 1.2/altool'...\n"), None);
    }

    #[test]
    fn the_password_is_in_the_environment_and_shown_to_nobody() {
        let tools = with_password(Toolbox::of_nobody(), &Secret::new("abcd-efgh-ijkl-mnop"));
        assert!(!format!("{tools:?}").contains("abcd"));
        let set = (PASSWORD.to_owned(), "abcd-efgh-ijkl-mnop".to_owned());
        assert!(tools.environment().contains(&set));
    }
}
