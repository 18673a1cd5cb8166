//! `jetway preflight`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::environment::Environment;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{
    args, checkout, choices, configuration, diagnostics, given, inputs, opening, package, rehearsal,
};
use crate::codes;
use crate::diagnostic::Finding;
use crate::plan::{Account, Preflight, PreflightLevel, PreflightPlan, PreflightSubject, defaults};
use crate::report::inspection::{self, Inspection, Rule};
use crate::report::people::plain;
use crate::run;
use crate::run::preflight::Kept;
use crate::secret::Vault;

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

/// Looks into the package, and prints what was asked for.
pub fn main(
    typed: &args::Preflight,
    environment: &Environment,
    known: &Vault,
) -> anyhow::Result<ExitCode> {
    let setup = Setup::read(environment, known, Some(&typed.account));
    let mut problems = Problems::default();
    let mut plan = plan(typed, &setup, &mut problems);
    let rehearsal = rehearsal::asked_for(&typed.rehearsal, &typed.account, &mut problems);
    let patience = inputs::Patience::of(rehearsal.as_ref());
    let scenario = rehearsal.map(|rehearsal| rehearsal.scenario);
    let account = inputs::account_for(&typed.account, patience, &setup, &mut problems);
    let has_key = setup.secrets.api_key.is_ok() && !account.key_id.trim().is_empty();
    plan.account = (has_key || scenario.is_some()).then(|| account.clone());
    let format = problems.value("--format", typed.format.as_deref(), Format::Text, |word| {
        choices::read(&FORMATS, word)
    });
    let kept = Kept::default();
    let keep = kept.clone();
    let call = Call::new("preflight", &typed.reporting).rehearsing(scenario);
    let code = opening::open(call, &setup, problems).run(move |around| async move {
        let look = |account: Account| {
            let account = plan.account.as_ref().map(|_| account);
            run::preflight::run(PreflightPlan { account, ..plan }, keep, &around)
        };
        rehearsal::run(scenario, account, &around, look).await
    });
    if let Some(checked) = kept.take()
        && format != Format::Text
    {
        let findings = located(checked.findings.clone(), environment);
        let rules: Vec<Rule> = checked
            .verdicts
            .iter()
            .map(|verdict| Rule {
                name: verdict.rule,
                codes: verdict.codes,
                sentence: verdict.sentence,
                found: verdict.found,
                ignored: verdict.ignored,
            })
            .collect();
        let inspection = Inspection {
            findings: &findings,
            rules: &rules,
            unseen: &checked.unseen,
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

fn plan(typed: &args::Preflight, setup: &Setup<'_>, problems: &mut Problems) -> PreflightPlan {
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
                &format!("`{text}` is no code that is known"),
            )),
        }
    }
    ignored.sort();
    ignored.dedup();
    let preflight = Preflight {
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
        sha256: inputs::sha256(typed.expected_sha256.as_deref(), problems),
        begun: checkout::begun(setup.environment),
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
    let archive = given::path(typed).filter(|path| path.is_dir() && is_archive(path));
    match archive {
        Some(path) => PreflightSubject::Archive(path.to_owned()),
        None => PreflightSubject::Package(package::choose(typed, None, problems).file),
    }
}

fn is_archive(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("xcarchive"))
}

/// The findings with what is known of their codes, and with their places in the repository.
fn located(
    findings: Vec<crate::diagnostic::Diagnostic>,
    environment: &Environment,
) -> Vec<Finding> {
    let repository = checkout::repository(environment);
    let each = findings.into_iter().map(|mut diagnostic| {
        codes::complete(&mut diagnostic, None);
        match &repository {
            Some(repository) => {
                codes::suit(&mut diagnostic, repository.frameworks());
                repository.finding(diagnostic, None)
            }
            None => Finding {
                diagnostic,
                location: None,
                edit: None,
            },
        }
    });
    each.collect()
}
