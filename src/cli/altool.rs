//! Whether a package travels by Apple's own tool, and as whom.

use std::path::PathBuf;

use clap::Args;

use crate::cli::choices::{self, NotTaken};
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::tools::{self, ToolOptions};
use crate::cli::{diagnostics, given};
use crate::plan::{AltoolPlan, Person, defaults};
use crate::secret::typed;

/// Apple's own tool in place of the API, on a Mac. The password comes by JETWAY_APP_SPECIFIC_PASSWORD alone.
#[derive(Debug, Args)]
#[command(next_help_heading = "Upload by altool (legacy, on a Mac)")]
pub struct AltoolOptions {
    /// How the package travels: rest, by the API, or altool, by Apple's own tool
    #[arg(long, value_name = "ENGINE", env = "JETWAY_UPLOAD_ENGINE")]
    pub upload_engine: Option<String>,
    /// The Apple Account that uploads by altool where there is no API key
    #[arg(long, value_name = "EMAIL", env = "JETWAY_APPLE_ID")]
    pub apple_id: Option<String>,
    /// The app's number in the App Store, where nobody can be asked for it
    #[arg(long, value_name = "NUMBER", env = "JETWAY_APP_ID")]
    pub app_id: Option<String>,
    /// The public id of the provider, where the Apple Account has several
    #[arg(long, value_name = "UUID", env = "JETWAY_PROVIDER_PUBLIC_ID")]
    pub provider_public_id: Option<String>,
}

/// What `--upload-engine` takes.
const ENGINES: [(&str, bool); 2] = [("rest", false), ("altool", true)];

/// Whether a person uploads, who needs no key.
pub fn is_by_a_person(typed: &AltoolOptions, setup: &Setup<'_>) -> bool {
    given::text(typed.apple_id.as_deref()).is_some() && !setup.secrets.has_key()
}

/// What `altool` uploads with; `None` where the API takes the package. `is_played` is whether stand-ins take
/// the place of Apple's tools.
pub fn plan(
    typed: &AltoolOptions,
    (tools, is_played): (&ToolOptions, bool),
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> Option<Box<AltoolPlan>> {
    let is_by_a_person = is_by_a_person(typed, setup) && !is_played;
    let is_wanted = problems.value(
        "--upload-engine",
        typed.upload_engine.as_deref(),
        is_by_a_person || defaults::ALTOOL,
        |word| choices::read(&ENGINES, word),
    );
    if !is_wanted {
        if is_by_a_person {
            problems.add(diagnostics::person_needs_altool());
        }
        return None;
    }
    let has_tools = is_played || given::path(tools.tools_dir.as_deref()).is_some();
    if !has_tools && !cfg!(target_os = "macos") {
        problems.add(diagnostics::altool_needs_a_mac(is_by_a_person));
    }
    let person = is_by_a_person
        .then(|| person(typed, setup, problems))
        .flatten();
    let environment = |name: &str| setup.environment.get(name).map(PathBuf::from);
    let absolute = |name| environment(name).filter(|path| path.is_absolute());
    let scratch = absolute("RUNNER_TEMP").or_else(|| absolute("TMPDIR"));
    Some(Box::new(AltoolPlan {
        tools: tools::read(tools, setup, problems),
        scratch: scratch.unwrap_or_else(|| PathBuf::from("/tmp")),
        app: app(typed.app_id.as_deref(), problems),
        person,
    }))
}

fn app(text: Option<&str>, problems: &mut Problems) -> Option<String> {
    let number = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(Some(text.to_owned())),
        false => Err(NotTaken(format!(
            "`{}` is no number; it is the Apple ID of the app, such as 6446000001",
            typed::shown(text)
        ))),
    };
    problems.value("--app-id", text, None, number)
}

fn person(typed: &AltoolOptions, setup: &Setup<'_>, problems: &mut Problems) -> Option<Person> {
    let name = given::text(typed.apple_id.as_deref())?;
    if !name.contains('@') {
        let why = "it is the e-mail address of an Apple Account; the number of an app is --app-id";
        problems.add(diagnostics::option_invalid("--apple-id", why));
    }
    let Some(password) = setup.secrets.app_specific_password.clone() else {
        let names = ["JETWAY_APP_SPECIFIC_PASSWORD"];
        problems.add(diagnostics::configuration_missing(&names));
        return None;
    };
    if !is_app_specific(password.expose()) {
        problems.add(diagnostics::password_is_a_persons());
    }
    Some(Person {
        name: name.to_owned(),
        password,
        provider: given::text(typed.provider_public_id.as_deref()).map(str::to_owned),
    })
}

/// Apple makes these passwords of four times four small letters, parted by hyphens
/// (<https://support.apple.com/102654>).
fn is_app_specific(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_part =
        |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    parts.clone().count() == 4 && parts.all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_specific_password_is_known_by_its_form() {
        assert!(is_app_specific("abcd-efgh-ijkl-mnop"));
        for other in [
            "",
            "Tr0ub4dor&3",
            "abcdefghijklmnop",
            "abcd-efgh-ijkl",
            "ABCD-efgh-ijkl-mnop",
            "abcd-efgh-ijkl-mnop-",
        ] {
            assert!(!is_app_specific(other), "{other}");
        }
    }
}
