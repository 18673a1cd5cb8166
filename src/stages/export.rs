//! Lets Xcode make the package of an archive, and keeps what comes of it: the package, the debugging symbols,
//! and all that Xcode said.

mod digest;
mod keep;
mod log;
mod output;

use std::fs;
use std::path::{Path, PathBuf};

use crate::apple::xcodebuild::{self, Key};
use crate::diagnostic::{Diagnostic, Retry, Severity};
use crate::event::{Exported, Fact, Why};
use crate::logs::Reading;
use crate::plan::ExportPlan;
use crate::secret::typed;
use crate::signing::options;
use crate::stages::export::log::Log;
use crate::stages::export::output::Output;
use crate::stages::signing::{Around, Prepared};
use crate::stages::{Result, Stop, diagnostics};

pub use output::{LIST, takes_a_list};

/// The service of Apple's that an export asks fails now and then; more often than once it is no accident.
const TRIES: usize = 2;
const OPTIONS: &str = "ExportOptions.plist";
const FOLDER: &str = "export";

/// Exports, and says where everything is.
pub async fn run(around: Around<'_>, plan: &ExportPlan, prepared: &Prepared) -> Result<Exported> {
    let disk = |error: std::io::Error| {
        let told = around
            .events
            .found(diagnostics::export_not_kept(&plan.output, &error));
        Stop::after(told, Why::Unfinished)
    };
    let output = Output::open(&plan.output, &plan.given).map_err(disk)?;
    let list = write_options(around, plan, prepared)?;
    let name = format!("{}-export.log", prepared.archive.name);
    let into = prepared.workspace.file(FOLDER);
    let mut log = Log::create(&output, &name, around.vault).map_err(disk)?;
    let tell = |own: &Path, kept: &Path| tell_another_name(around, own, kept);
    tell(Path::new(&name), log.path());
    let mut exported = Exported {
        log: Some(log.path().to_owned()),
        ..Exported::default()
    };
    around.events.fact(Fact::Exported(exported.clone()));
    tries(around, plan, prepared, (&list, &into), &mut log).await?;
    if let Some(zip) = keep::dsyms(&prepared.archive, &prepared.workspace).map_err(disk)? {
        let kept = output.keep(&zip).map_err(disk)?;
        tell(&zip, &kept);
        exported.dsyms = Some(kept);
    }
    exported.package = keep::products(&into, &output, tell).map_err(disk)?;
    around.events.fact(Fact::Exported(exported.clone()));
    match exported.package {
        Some(_) => Ok(exported),
        None => {
            let empty = diagnostics::export_without_package(&log.tail());
            Err(Stop::after(around.events.found(empty), Why::Refused))
        }
    }
}

/// Says where something is that could not have its own name.
fn tell_another_name(around: Around<'_>, own: &Path, kept: &Path) {
    let (Some(own), Some(name)) = (own.file_name(), kept.file_name()) else {
        return;
    };
    if own != name {
        let (own, kept) = (typed::path(Path::new(own)), typed::path(kept));
        around.events.note(format!(
            "A {own} is there that was given, or that no export of jetway's left as it is now. It stays, and this export's is {kept}."
        ));
    }
}

/// Writes the option list, and tells it.
fn write_options(around: Around<'_>, plan: &ExportPlan, prepared: &Prepared) -> Result<PathBuf> {
    let list = options::list(
        plan.method,
        prepared.xcode,
        prepared.team.as_deref(),
        &prepared.style,
        &plan.options,
    );
    let shown = options::shown(&list);
    around.events.note(format!("Export options: {shown}."));
    let written = prepared.workspace.write(OPTIONS, &options::file(&list));
    written.map_err(|error| around.stop(&error))
}

/// Exports, and once more where Apple's service failed on it.
async fn tries(
    around: Around<'_>,
    plan: &ExportPlan,
    prepared: &Prepared,
    (list, into): (&Path, &Path),
    log: &mut Log,
) -> Result<()> {
    for attempt in 1..=TRIES {
        let code = once(around, plan, prepared, (list, into), log).await;
        let reading = log.end_of_a_try();
        let code = code?;
        if code == 0 {
            break;
        }
        let passes = |found: &Diagnostic| found.retry == Some(Retry::Yes);
        if attempt == TRIES || !reading.findings.iter().any(passes) {
            return Err(failed(around, code, reading, log));
        }
        around
            .events
            .note("Xcode met a fault that passes; the export is tried once more.");
        let _ = fs::remove_dir_all(into);
    }
    Ok(())
}

async fn once(
    around: Around<'_>,
    plan: &ExportPlan,
    prepared: &Prepared,
    (options, into): (&Path, &Path),
    log: &mut Log,
) -> Result<i32> {
    let call = xcodebuild::export(&xcodebuild::Export {
        archive: &plan.archive,
        into,
        options,
        key: prepared.key.as_ref().map(|key| Key {
            file: &key.path,
            id: &key.id,
            issuer: &key.issuer,
        }),
    });
    log.line(&call.shown());
    call.follow(&plan.tools, &mut |stream, bytes| log.hear(stream, bytes))
        .await
        .map_err(|error| around.tool(&error))
}

/// Tells what the log says, or its last words where it says nothing that is known.
fn failed(around: Around<'_>, code: i32, reading: Reading, log: &Log) -> Stop {
    let errors = |found: &&Diagnostic| found.severity == Severity::Error;
    let is_passing = reading
        .findings
        .iter()
        .filter(errors)
        .all(|found| found.retry == Some(Retry::Yes));
    let is_told = reading.findings.iter().any(|found| errors(&found));
    for found in reading.findings {
        around.events.found(found);
    }
    let why = if is_told && is_passing {
        Why::Unfinished
    } else {
        Why::Refused
    };
    let mut last = diagnostics::export_failed(code, &log.tail());
    if is_told {
        // Why is told; these are the last words alone.
        last.severity = Severity::Notice;
    }
    Stop::after(around.events.found(last), why)
}
