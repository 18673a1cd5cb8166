//! `jetway preflight`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use crate::cli::command::{Caller, Command};
use crate::cli::connection::ConnectionOptions;
use crate::cli::environment::Environment;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{
    archive, checkout, choices, configuration, diagnostics, given, located, opening, package,
    values,
};
use crate::plan::{self, Account, PreflightLevel, PreflightPlan, PreflightSubject, defaults};
use crate::preflight::Look;
use crate::report::inspection::{self, Inspection, Rule};
use crate::report::people::plain;
use crate::run;
use crate::run::preflight::Kept;
use crate::secret::typed;

/// How what was found is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// As every run is told.
    Text,
    /// What was checked, and what could not be.
    Table,
    /// For programs.
    Json,
    /// For code scanning.
    Sarif,
}

const FORMATS: [(&str, Format); 4] = [
    ("text", Format::Text),
    ("table", Format::Table),
    ("json", Format::Json),
    ("sarif", Format::Sarif),
];

/// `jetway preflight`
#[derive(Debug, Args)]
#[command(
    after_help = "Limits: 400,000 files; of property lists 2 MiB each and 400,000 values in all; \
profiles of 8 MiB; 24 MiB of signature and 4 MiB of load commands in each piece of code. Hashes of single files \
are compared in packages of up to 96 MiB unpacked. What is beyond is not looked at."
)]
pub struct Preflight {
    /// The .ipa, .pkg or .xcarchive to look into
    #[arg(value_name = "PATH", env = "JETWAY_PATH", value_parser = values::path())]
    pub path: Option<PathBuf>,
    /// Where the build goes: testflight or app-store
    #[arg(long, value_name = "WHERE", env = "JETWAY_CHANNEL")]
    pub channel: Option<String>,
    /// Leave out findings of these codes; jetway.toml can do it with a reason
    #[arg(
        long,
        value_name = "CODE",
        env = "JETWAY_IGNORE",
        value_delimiter = ','
    )]
    pub ignore: Vec<String>,
    /// Count warnings as errors
    #[arg(long, value_name = values::BOOL, env = "JETWAY_STRICT")]
    pub strict: Option<String>,
    /// Fail unless the package has this SHA-256
    #[arg(long, value_name = "HASH", env = "JETWAY_EXPECTED_SHA256")]
    pub expected_sha256: Option<String>,
    /// How to print: text, table, json or sarif
    #[arg(long, value_name = "FORMAT", env = "JETWAY_FORMAT")]
    pub format: Option<String>,
    #[command(flatten)]
    pub connection: ConnectionOptions,
}

impl Command for Preflight {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        preflight(&self, caller)
    }
}

/// Looks into the package, and prints what was asked for.
fn preflight(typed: &Preflight, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
    let setup = Setup::read(caller, typed.connection.account.key_file());
    let mut problems = Problems::default();
    let plan = plan(typed, &setup, &mut problems);
    let connection = typed.connection.read(&setup, &mut problems);
    let has_key = setup.secrets.api_key.is_ok() && !connection.account.key_id.trim().is_empty();
    let asks = has_key || connection.rehearsal.is_some();
    let format = problems.value("--format", typed.format.as_deref(), Format::Text, |word| {
        choices::read(&FORMATS, word)
    });
    let subject = plan.subject.clone();
    let kept = Kept::default();
    let keep = kept.clone();
    let call = connection.call("preflight", &typed.connection);
    let code = opening::open(call, &setup, problems).run(move |around| async move {
        let look = |account: Account| {
            let account = asks.then_some(account);
            run::preflight::run(PreflightPlan { account, ..plan }, keep, &around)
        };
        connection.run(&around, look).await
    });
    if let Some(checked) = kept.take()
        && format != Format::Text
    {
        let findings = located::all(checked.findings.clone(), caller.environment);
        let rules: Vec<Rule> = checked
            .verdicts
            .iter()
            .map(|verdict| Rule {
                name: verdict.rule,
                codes: verdict.codes,
                sentence: verdict.sentence,
                look: match verdict.look {
                    Look::Checked => inspection::Look::Checked,
                    Look::Elsewhere => inspection::Look::Elsewhere,
                    Look::Unseen => inspection::Look::Unseen,
                },
                found: verdict.found,
                ignored: verdict.ignored,
            })
            .collect();
        let package = package_of(&subject, caller.environment);
        let inspection = Inspection {
            findings: &findings,
            rules: &rules,
            unseen: &checked.unseen,
            notes: &checked.notes,
            package: Some(&package),
        };
        let text = match format {
            Format::Text => return Ok(code),
            Format::Table => inspection::table(&inspection),
            Format::Json => inspection::json(&inspection),
            Format::Sarif => inspection::sarif(&inspection),
        };
        plain::data(&text).context("what was found could not be written")?;
    }
    Ok(code)
}

fn plan(typed: &Preflight, setup: &Setup<'_>, problems: &mut Problems) -> PreflightPlan {
    let mut ignored = problems.take(configuration::read(setup.environment), Vec::new());
    for text in typed
        .ignore
        .iter()
        .filter_map(|text| given::text(Some(text)))
    {
        match configuration::code(text) {
            Some(code) => ignored.push(code),
            None => problems.add(diagnostics::option_invalid(
                "--ignore",
                &format!("`{}` is no code that is known", typed::shown(text)),
            )),
        }
    }
    ignored.sort();
    ignored.dedup();
    let preflight = plan::Preflight {
        level: PreflightLevel::Error,
        is_strict: problems.value(
            "--strict",
            typed.strict.as_deref(),
            defaults::STRICT,
            choices::yes_or_no,
        ),
        channel: problems.value(
            "--channel",
            typed.channel.as_deref(),
            defaults::CHANNEL,
            |word| choices::read(&choices::CHANNELS, word),
        ),
        ignored,
        sha256: package::sha256(typed.expected_sha256.as_deref(), problems),
        begun: checkout::begun(setup.environment, setup.context.as_ref()),
        repository: checkout::root(setup.environment),
    };
    PreflightPlan {
        account: None,
        subject: subject(typed.path.as_deref(), problems),
        preflight,
    }
}

/// The package, or the folder of an archive.
fn subject(typed: Option<&Path>, problems: &mut Problems) -> PreflightSubject {
    let archive = given::path(typed).filter(|path| path.is_dir() && archive::is_archive(path));
    match archive {
        Some(path) => PreflightSubject::Archive(path.to_owned()),
        None => PreflightSubject::Package(package::choose(typed, None, problems).file),
    }
}

/// The package's path, from the repository's root where it lies in it.
fn package_of(subject: &PreflightSubject, environment: &Environment) -> String {
    let path = match subject {
        PreflightSubject::Package(file) => &file.path,
        PreflightSubject::Archive(path) => path,
    };
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let root = checkout::root(environment);
    let inside = root.and_then(|root| absolute.strip_prefix(root).map(Path::to_owned).ok());
    let name = || path.file_name().map(PathBuf::from).unwrap_or_default();
    let shown = inside.unwrap_or_else(name);
    shown.to_string_lossy().into_owned()
}
