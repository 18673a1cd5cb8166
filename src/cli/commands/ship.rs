//! `jetway ship`

use std::path::Path;
use std::process::ExitCode;

use crate::cli::choices::yes_or_no;
use crate::cli::environment::Environment;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::rehearsal::{self, Rehearsal};
use crate::cli::secrets::{self, WithoutKey};
use crate::cli::setup::Setup;
use crate::cli::stand_ins::{self, StandIns};
use crate::cli::{
    altool, archive, args, diagnostics, given, inputs, opening, package, pull_request,
};
use crate::diagnostic::Diagnostic;
use crate::github::Context;
use crate::host::clock::Clock;
use crate::plan::{ExportPlan, ShipPlan, Until, VerifyPlan, defaults};
use crate::run;
use crate::run::sequence::Surroundings;
use crate::secret::Vault;

/// Reads the call, then skips, rehearses or ships.
pub fn main(
    typed: &args::Ship,
    volume: &args::Volume,
    environment: &Environment,
    known: &Vault,
) -> ExitCode {
    run_as("ship", typed, volume, environment, known)
}

/// The same, but for what comes after the upload.
pub fn upload(
    mut typed: Box<args::Ship>,
    volume: &args::Volume,
    environment: &Environment,
    known: &Vault,
) -> ExitCode {
    typed.waiting.wait.get_or_insert_with(|| "none".to_owned());
    run_as("upload", &typed, volume, environment, known)
}

fn run_as(
    command: &'static str,
    typed: &args::Ship,
    volume: &args::Volume,
    environment: &Environment,
    known: &Vault,
) -> ExitCode {
    let setup = Setup::read(environment, known, Some(&typed.account))
        .with_volume(volume)
        .with_file("the package", typed.path.as_deref());
    let mut problems = Problems::default();
    let telling = pull_request::plan(&typed.pull_request, &setup, &mut problems);
    let call = Call {
        receipt: typed.receipt.as_deref(),
        ..Call::new(command, &typed.reporting)
    };
    match choose(typed, &setup, &mut problems) {
        Way::Skip(why) => opening::open(call, &setup, problems).skip(*why),
        Way::Ship(rehearsal) => {
            let scenario = rehearsal.as_ref().map(|rehearsal| rehearsal.scenario);
            let Planned {
                plan,
                is_dry,
                package,
                stand_ins,
            } = plan(typed, rehearsal.as_ref(), &setup, &mut problems);
            let demo = package.stands_in_for.clone();
            let mut session = opening::open(call.rehearsing(scenario), &setup, problems);
            if let Some(why) = rehearsal.and_then(|rehearsal| rehearsal.instead) {
                session.found(*why);
            }
            let code = session.telling(telling).run(move |around| async move {
                if let Some(named) = demo {
                    let name = named.display();
                    around
                        .events
                        .note(format!("{name} is not there; a demo app takes its place"));
                }
                let around = Surroundings {
                    is_rehearsal: scenario.is_some(),
                    ..around
                };
                let account = plan.account.clone();
                if is_dry {
                    let verify =
                        |account| run::verify::run(VerifyPlan::of_shipping(plan, account), &around);
                    return rehearsal::run(scenario, account, &around, verify).await;
                }
                let ship = |account| run::ship::run(ShipPlan { account, ..plan }, &around);
                rehearsal::run(scenario, account, &around, ship).await
            });
            drop((package, stand_ins));
            code
        }
    }
}

/// What a call comes to.
struct Planned {
    plan: ShipPlan,
    is_dry: bool,
    /// Kept for as long as it is read; a demo app goes with it.
    package: package::Package,
    /// Kept for as long as they are called.
    stand_ins: Option<StandIns>,
}

fn plan(
    typed: &args::Ship,
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
    let mut plan = inputs::ship(typed, file, rehearsal, setup, problems);
    let is_rehearsed = rehearsal.is_some();
    let is_played = is_rehearsed && given::path(typed.archive.tools_dir.as_deref()).is_none();
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
    typed: &args::Ship,
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
fn is_dry(typed: &args::Ship, plan: &ShipPlan, problems: &mut Problems) -> bool {
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

/// What the call comes to.
enum Way {
    /// The package is shipped, in a rehearsal or to Apple.
    Ship(Option<Rehearsal>),
    /// Nothing is, and this is why.
    Skip(Box<Diagnostic>),
}

fn choose(typed: &args::Ship, setup: &Setup<'_>, problems: &mut Problems) -> Way {
    let lacks_secrets = setup.context.as_ref().is_some_and(Context::lacks_secrets);
    let has_key = setup.secrets.has_key() || altool::is_by_a_person(typed, setup);
    let without = secrets::without_key(&typed.missing_secrets, lacks_secrets, has_key, problems);
    let asked_for = rehearsal::asked_for(&typed.rehearsal, &typed.account, problems);
    let missing = |is_rehearsed| diagnostics::secrets_missing(lacks_secrets, is_rehearsed);
    match (asked_for, without) {
        (Some(rehearsal), _) => Way::Ship(Some(rehearsal)),
        (None, WithoutKey::GoesOn) => Way::Ship(None),
        (None, WithoutKey::Skips) => Way::Skip(Box::new(missing(false))),
        (None, WithoutKey::Rehearses) => Way::Ship(Some(Rehearsal::instead(missing(true)))),
    }
}
