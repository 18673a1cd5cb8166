//! What `ship` and `upload` take, and what they will do: to Apple, or in a rehearsal.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::account::{self, AccountOptions};
use crate::cli::altool::{self, AltoolOptions};
use crate::cli::archive::{self, ArchiveOptions};
use crate::cli::choices::{self, NotTaken, yes_or_no};
use crate::cli::problems::Problems;
use crate::cli::pull_request::PullRequestOptions;
use crate::cli::rehearsal::{Rehearsal, RehearsalOptions};
use crate::cli::reporting::ReportingOptions;
use crate::cli::setup::Setup;
use crate::cli::stand_ins::{self, StandIns};
use crate::cli::waiting::{self, WaitingOptions};
use crate::cli::wishes::{self, WishesOptions};
use crate::cli::without_key::MissingSecretsOptions;
use crate::cli::{checkout, configuration, diagnostics, given, package, values};
use crate::host::clock::Clock;
use crate::plan::{
    ExportPlan, PackageFile, Preflight, ShipPlan, Transfer, Until, Wishes, defaults,
};
use crate::secret::typed;

const MOST_PARTS_AT_A_TIME: usize = 64;

/// The heading of what concerns the package on its way.
const UPLOAD: &str = "Upload";

const EXAMPLES: &str = "\
The key's text itself comes by the environment variable JETWAY_API_KEY.

Examples:
  jetway ship --sandbox                        a rehearsal: no key, no network
  jetway ship build/*.ipa --api-key-path AuthKey_2X9R4HXF34.p8 --api-issuer-id UUID
  jetway ship App.ipa --wait none              do not wait for Apple
  jetway ship App.ipa --groups QA --whats-new 'Faster'            internal testers
  jetway ship App.ipa --groups Friends --submit-beta-review       external beta
  jetway ship App.ipa --submit-to-app-store --release-type MANUAL the App Store
  jetway wait --until approved --bundle-id ID  tell me when the review is over
  jetway ship App.ipa --dry-run                check everything, send nothing

Exit codes: 0 done, 1 something must change, 2 wrong usage, 3 not finished, 4 Apple still works on it";

/// What `ship` and `upload` take.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ShipOptions {
    /// The .ipa or .pkg to upload, an .xcarchive to export first, or a pattern that one file matches; with --sandbox a demo app is made when it is left out
    #[arg(value_name = "PATH", env = "JETWAY_PATH", value_parser = values::path())]
    pub path: Option<PathBuf>,
    /// Check key, app, build number and package, and send nothing
    #[arg(long, value_name = values::BOOL, env = "JETWAY_DRY_RUN")]
    pub dry_run: Option<String>,
    #[command(flatten)]
    pub account: AccountOptions,
    /// What to do about what Apple would refuse, before the upload: off, warn or error
    #[arg(long, value_name = "LEVEL", env = "JETWAY_PREFLIGHT", help_heading = UPLOAD)]
    pub preflight: Option<String>,
    /// Send nothing unless the package has this SHA-256
    #[arg(long, value_name = "HASH", env = "JETWAY_EXPECTED_SHA256")]
    pub expected_sha256: Option<String>,
    #[command(flatten)]
    pub waiting: WaitingOptions,
    /// How many parts travel at a time
    #[arg(long, value_name = "N", env = "JETWAY_CONCURRENCY", help_heading = UPLOAD)]
    pub concurrency: Option<String>,
    /// Write a receipt to this file, by which `jetway finish` carries on from any machine
    #[arg(long, value_name = "FILE", env = "JETWAY_RECEIPT", value_parser = values::path(), help_heading = UPLOAD)]
    pub receipt: Option<PathBuf>,
    #[command(flatten)]
    pub archive: ArchiveOptions,
    #[command(flatten)]
    pub altool: AltoolOptions,
    #[command(flatten)]
    pub wishes: WishesOptions,
    #[command(flatten)]
    pub reporting: ReportingOptions,
    #[command(flatten)]
    pub pull_request: PullRequestOptions,
    #[command(flatten)]
    pub missing_secrets: MissingSecretsOptions,
    #[command(flatten)]
    pub rehearsal: RehearsalOptions,
}

/// What a call comes to.
pub struct Planned {
    /// What will happen.
    pub plan: ShipPlan,
    /// Whether all is only looked at.
    pub is_dry: bool,
    /// Kept for as long as it is read; a demo app goes with it.
    pub package: package::Package,
    /// Kept for as long as they are called.
    pub stand_ins: Option<StandIns>,
}

/// Reads the call.
pub fn plan(
    typed: &ShipOptions,
    rehearsal: Option<&Rehearsal>,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> Planned {
    let archive = given::path(typed.path.as_deref()).filter(|path| archive::is_archive(path));
    let package = match archive {
        Some(path) => package::of_archive(path),
        None => package::choose(typed.path.as_deref(), rehearsal, problems),
    };
    let file = package.file.clone();
    let mut plan = inputs(typed, file, rehearsal, setup, problems);
    let is_rehearsed = rehearsal.is_some();
    let is_played = is_rehearsed && given::path(typed.archive.tools.tools_dir.as_deref()).is_none();
    let uses_tools = archive.is_some() || plan.altool.is_some();
    let stand_ins = (uses_tools && is_played)
        .then(|| StandIns::create(problems))
        .flatten();
    let mac = stand_ins.as_ref();
    plan.export = archive.map(|path| Box::new(export(path, typed, setup, mac, problems)));
    play_altool(&mut plan, is_rehearsed, mac, problems);
    Planned {
        is_dry: is_dry(typed, &plan, problems),
        plan,
        package,
        stand_ins,
    }
}

/// The archive that is exported first; in a rehearsal, by stand-ins for Apple's tools.
fn export(
    path: &Path,
    typed: &ShipOptions,
    setup: &Setup<'_>,
    stand_ins: Option<&StandIns>,
    problems: &mut Problems,
) -> ExportPlan {
    let path = match stand_ins {
        Some(mac) if path == Path::new(stand_ins::DEMO) && !path.exists() => mac.demo(problems),
        Some(_) | None => archive::named(Some(path), problems),
    };
    let mut export = archive::plan(&path, &typed.archive, setup, problems);
    if let Some(mac) = stand_ins {
        mac.set(&mut export, Clock::system().now(), problems);
    }
    if export.method != defaults::EXPORT_METHOD {
        problems.add(diagnostics::method_not_shipped(export.method.name()));
    }
    export
}

/// In a rehearsal nothing of what a stand-in of `altool` takes is in the sandbox, so nothing comes after.
fn play_altool(
    plan: &mut ShipPlan,
    is_rehearsed: bool,
    stand_ins: Option<&StandIns>,
    problems: &mut Problems,
) {
    let Some(altool) = &mut plan.altool else {
        return;
    };
    let is_by_a_person = altool.person.is_some();
    if is_rehearsed || is_by_a_person {
        plan.waiting.until = Until::Uploaded;
    }
    if is_by_a_person && !plan.wishes.are_none() {
        let why =
            "what comes after the upload is done by the API, which wants a key and no password";
        problems.add(diagnostics::option_invalid("--apple-id", why));
    }
    if let Some(mac) = stand_ins {
        altool.tools = mac.tools(&altool.tools);
    }
}

/// Whether all is only looked at; an archive is no package that could be.
fn is_dry(typed: &ShipOptions, plan: &ShipPlan, problems: &mut Problems) -> bool {
    let is_archive = plan.export.is_some();
    let altool = plan.altool.as_ref();
    let is_by_a_person = altool.is_some_and(|altool| altool.person.is_some());
    let is_dry = problems.value("--dry-run", typed.dry_run.as_deref(), false, yes_or_no);
    if is_dry && is_by_a_person {
        let why = "it asks the API, which wants a key and no password";
        problems.add(diagnostics::option_invalid("--dry-run", why));
    }
    if is_dry && is_archive {
        let why = "it looks at a package, and an archive is none yet";
        problems.add(diagnostics::option_invalid("--dry-run", why));
    }
    is_dry
}

/// What `ship` will do.
fn inputs(
    typed: &ShipOptions,
    package: PackageFile,
    rehearsal: Option<&Rehearsal>,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> ShipPlan {
    let waiting = waiting::read(&typed.waiting, rehearsal, problems);
    let account = account::read(&typed.account, rehearsal, setup, problems);
    if rehearsal.is_none() && !altool::is_by_a_person(&typed.altool, setup) {
        let is_named = given::path(typed.path.as_deref()).is_some();
        account::configuration(&account, Some(is_named), setup, problems);
    }
    let concurrency = problems.value(
        "--concurrency",
        typed.concurrency.as_deref(),
        defaults::CONCURRENCY,
        concurrency,
    );
    let level = problems.value(
        "--preflight",
        typed.preflight.as_deref(),
        defaults::PREFLIGHT,
        |word| choices::read(&choices::PREFLIGHT, word),
    );
    ShipPlan {
        package,
        export: None,
        altool: altool::plan(
            &typed.altool,
            (&typed.archive.tools, rehearsal.is_some()),
            setup,
            problems,
        ),
        account,
        preflight: Preflight {
            level,
            is_strict: defaults::STRICT,
            channel: defaults::CHANNEL,
            ignored: problems.take(configuration::read(setup.environment), Vec::new()),
            sha256: package::sha256(typed.expected_sha256.as_deref(), problems),
            begun: checkout::begun(setup.environment, setup.context.as_ref()),
            repository: checkout::root(setup.environment),
        },
        transfer: Transfer { concurrency },
        waiting,
        wishes: wishes::read(
            &typed.wishes,
            Wishes::default(),
            setup.environment,
            problems,
        ),
    }
}

fn concurrency(text: &str) -> Result<usize, NotTaken> {
    text.parse()
        .ok()
        .filter(|number| (1..=MOST_PARTS_AT_A_TIME).contains(number))
        .ok_or_else(|| {
            let text = typed::shown(text);
            NotTaken(format!(
                "`{text}` is no number from 1 to {MOST_PARTS_AT_A_TIME}"
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_among_what_the_option_takes() {
        assert!(concurrency(&defaults::CONCURRENCY.to_string()).is_ok());
        assert!(concurrency("0").is_err() && concurrency("65").is_err());
    }
}
