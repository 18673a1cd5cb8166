//! From the environment to a session: where a person reads along, where findings are located, and the
//! secrets, which are known for redaction before the first word is written.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use crate::cli::checkout;
use crate::cli::diagnostics;
use crate::cli::environment::Environment;
use crate::cli::overwriting;
use crate::cli::problems::Problems;
use crate::cli::reporting::{self, ReportingOptions};
use crate::cli::setup::Setup;
use crate::host::clock::Clock;
use crate::host::terminal;
use crate::receipt::Source;
use crate::report::{Mode, Settings};
use crate::run::session::{Opening, Session};

/// A command, and where it is told.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// The subcommand, such as `ship`.
    pub command: &'static str,
    /// Where every command is told.
    pub reporting: &'a ReportingOptions,
    /// The file that `--receipt` names.
    pub receipt: Option<&'a Path>,
    /// The receipt that the command carries on with.
    pub carried_on_with: Option<&'a Path>,
    /// The scenario of a rehearsal.
    pub scenario: Option<&'a str>,
    /// Whether something for machines goes to standard output.
    pub prints_data: bool,
}

impl<'a> Call<'a> {
    /// A command that leaves no receipt.
    pub fn new(command: &'static str, reporting: &'a ReportingOptions) -> Self {
        Self {
            command,
            reporting,
            receipt: None,
            carried_on_with: None,
            scenario: None,
            prints_data: false,
        }
    }

    /// Rehearses, where there is a scenario.
    #[must_use]
    pub fn rehearsing(self, scenario: Option<&'a str>) -> Self {
        Self { scenario, ..self }
    }
}

/// Opens the session of a command; where there are problems, it will refuse to run.
pub fn open(call: Call<'_>, setup: &Setup<'_>, mut problems: Problems) -> Session {
    let reporting = call.reporting;
    let environment = setup.environment;
    let file = |name| environment.get(name).map(PathBuf::from);
    // What these commands say is what they were asked for.
    let is_data = matches!(call.command, "annotate" | "verify") && !call.prints_data;
    let is_terminal = match is_data {
        true => std::io::stdout().is_terminal(),
        false => std::io::stderr().is_terminal(),
    };
    let mode = mode(environment, is_terminal, terminal::columns());
    let mut settings = Settings {
        mode,
        is_data,
        colour: colour(environment, mode),
        volume: setup.volume,
        speech: setup.speech.clone(),
        vault: setup.secrets.vault(),
        clock: Clock::system(),
        summary: file("GITHUB_STEP_SUMMARY"),
        outputs: file("GITHUB_OUTPUT"),
        report: new_file(
            "--report",
            reporting.report.as_deref(),
            setup,
            &mut problems,
        ),
        receipt: new_file("--receipt", call.receipt, setup, &mut problems),
        commit: commit(setup),
        carried_on_with: call.carried_on_with.map(Path::to_owned),
        source: source(setup),
    };
    overwriting::keep(&mut settings, &setup.files, &mut problems);
    let deadline = reporting::deadline(reporting, &mut problems);
    let session = Session::open(Opening {
        command: call.command,
        sandbox: call.scenario.map(str::to_owned),
        settings,
        repository: checkout::repository(environment),
        pages: pages(environment),
        deadline,
        journals: environment.state_directory(),
        tools: setup.tools(),
    });
    let problems = problems.into_all().into_iter();
    problems.fold(session, |session, problem| {
        session.with_problem(Some(problem))
    })
}

/// A file to write to, where one was named. A secret in its place would be the name of the file.
fn new_file(
    option: &'static str,
    given: Option<&Path>,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> Option<PathBuf> {
    let path = problems.path(option, given)?;
    if setup.secrets.vault().is_secret(path) {
        problems.add(diagnostics::path_is_secret(option));
        return None;
    }
    Some(path.to_owned())
}

/// The folder of the pages about codes, in the repository that the running action was taken from and at
/// the tag of this version.
fn pages(environment: &Environment) -> Option<String> {
    let repository = environment.get("JETWAY_ACTION_REPOSITORY")?;
    let is_part = |part: &str| {
        let is_letter = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
        !part.is_empty() && part.chars().all(is_letter) && !part.starts_with('.')
    };
    let (owner, name) = repository.split_once('/')?;
    (is_part(owner) && is_part(name)).then(|| {
        let version = env!("CARGO_PKG_VERSION");
        format!("https://github.com/{owner}/{name}/blob/v{version}/docs/codes")
    })
}

/// What a workflow builds.
fn commit(setup: &Setup<'_>) -> Option<Source> {
    let context = setup.context.as_ref()?;
    let repository = &context.repository;
    Some(Source {
        repository: format!("{}/{}", repository.owner, repository.name),
        commit: context.head_sha.clone()?,
    })
}

/// Where GitHub shows the files that findings point to: those of the commit that was built, where the
/// workspace is the repository itself and not a folder with it.
fn source(setup: &Setup<'_>) -> Option<String> {
    let workspace = Path::new(setup.environment.get("GITHUB_WORKSPACE")?);
    let context = setup.context.as_ref()?;
    let is_repository = workspace.join(".git").exists();
    context.source_url.clone().filter(|_| is_repository)
}

/// Whether colours are welcome: <https://no-color.org>, <https://force-color.org>. GitHub shows them in its log.
fn colour(environment: &Environment, mode: Mode) -> bool {
    if environment.get("NO_COLOR").is_some() {
        return false;
    }
    let is_forced = ["FORCE_COLOR", "CLICOLOR_FORCE"].iter().any(|name| {
        let value = environment.get(name);
        value.is_some_and(|value| value != "0")
    });
    match mode {
        Mode::Terminal { .. } | Mode::Actions => true,
        Mode::Log => is_forced,
    }
}

/// A terminal's width where it does not say.
const USUAL_WIDTH: usize = 80;

/// Chooses by the environment, by whether standard error is a terminal, and by its columns.
fn mode(environment: &Environment, terminal: bool, columns: Option<usize>) -> Mode {
    if environment.says("GITHUB_ACTIONS") {
        return Mode::Actions;
    }
    let dumb = environment.get("TERM") == Some("dumb");
    if !terminal || dumb || environment.get("CI").is_some() {
        return Mode::Log;
    }
    Mode::Terminal {
        width: environment
            .get("COLUMNS")
            .and_then(|columns| columns.parse().ok())
            .or(columns)
            .unwrap_or(USUAL_WIDTH),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workflow_is_known_by_its_variable_and_a_pipe_gets_plain_lines() {
        let actions = Environment::from([("GITHUB_ACTIONS", "true")]);
        assert_eq!(mode(&actions, true, None), Mode::Actions);
        assert_eq!(mode(&Environment::default(), false, None), Mode::Log);
        assert_eq!(
            mode(&Environment::from([("CI", "1")]), true, None),
            Mode::Log
        );
        assert_eq!(
            mode(
                &Environment::from([("NO_COLOR", "1"), ("COLUMNS", "120")]),
                true,
                Some(40)
            ),
            Mode::Terminal { width: 120 }
        );
        // Shells keep COLUMNS to themselves, and a line that wraps can't be cleared.
        assert_eq!(
            mode(&Environment::default(), true, Some(40)),
            Mode::Terminal { width: 40 }
        );
    }

    #[test]
    fn colours_are_for_who_sees_them_or_insists() {
        let of = |pairs: [(&str, &str); 1], mode| colour(&Environment::from(pairs), mode);
        let terminal = Mode::Terminal { width: 80 };
        assert!(of([("A", "1")], terminal) && of([("A", "1")], Mode::Actions));
        assert!(!of([("A", "1")], Mode::Log) && !of([("FORCE_COLOR", "0")], Mode::Log));
        assert!(of([("FORCE_COLOR", "1")], Mode::Log) && of([("CLICOLOR_FORCE", "1")], Mode::Log));
        assert!(!of([("NO_COLOR", "1")], terminal) && !of([("NO_COLOR", "1")], Mode::Actions));
    }

    #[test]
    fn the_pages_are_those_of_the_running_version_in_the_actions_repository() {
        let of = |repository| {
            pages(&Environment::from([(
                "JETWAY_ACTION_REPOSITORY",
                repository,
            )]))
        };
        let folder = of("octo/jetway").unwrap();
        assert!(folder.starts_with("https://github.com/octo/jetway/blob/v"));
        assert!(folder.ends_with("/docs/codes"));
        for wrong in ["", "jetway", "octo/", "octo/jet way", "octo/a/b", "../.."] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
