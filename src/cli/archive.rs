//! The archive of a call, and what it is signed and exported with.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use plist::{Dictionary, Value};

use crate::cli::choices::NotTaken;
use crate::cli::files::read_at_most;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::signing::{self, SigningOptions};
use crate::cli::tools::{self, ToolOptions};
use crate::cli::{diagnostics, given, values};
use crate::diagnostic::Diagnostic;
use crate::plan::{ExportPlan, Signing, defaults};
use crate::property_list;
use crate::secret::typed;
use crate::signing::options::Method;
use crate::stages::export;

/// No list of a person's is larger.
const LARGEST: u64 = 8 << 20;
const ENDING: &str = "xcarchive";

/// What an archive is signed and exported with.
#[derive(Debug, Args)]
#[command(next_help_heading = values::MAC)]
pub struct ArchiveOptions {
    #[command(flatten)]
    pub signing: SigningOptions,
    /// What an archive is exported for: app-store-connect, release-testing, debugging, enterprise or developer-id
    #[arg(long, value_name = "METHOD", env = "JETWAY_EXPORT_METHOD")]
    pub export_method: Option<String>,
    /// An ExportOptions.plist of your own; its keys stand over ours
    #[arg(long, value_name = "FILE", env = "JETWAY_EXPORT_OPTIONS", value_parser = values::path())]
    pub export_options: Option<PathBuf>,
    /// The directory that keeps what is exported. Nothing in it is replaced but what an earlier export left there
    #[arg(long, value_name = "DIR", env = "JETWAY_OUTPUT", value_parser = values::path())]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub tools: ToolOptions,
}

/// Whether the path is that of an archive.
pub fn is_archive(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

/// The archive that was named.
pub fn named(typed: Option<&Path>, problems: &mut Problems) -> PathBuf {
    let Some(path) = given::path(typed) else {
        problems.add(diagnostics::archive_not_named());
        return PathBuf::new();
    };
    match fs::metadata(path) {
        Err(error) => problems.add(diagnostics::package_unopened(path, &error, &[])),
        Ok(_) if !is_archive(path) => problems.add(diagnostics::not_an_archive(path)),
        Ok(_) => {}
    }
    path.to_owned()
}

/// What the archive is signed and exported with.
pub fn plan(
    path: &Path,
    typed: &ArchiveOptions,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> ExportPlan {
    let options = options(typed, problems);
    let method = method(typed, &options, problems);
    let output = output(typed);
    problems.take(check_output(&output, path), ());
    let environment = |name: &str| setup.environment.get(name).map(PathBuf::from);
    let absolute = |name| environment(name).filter(|path| path.is_absolute());
    let scratch = absolute("RUNNER_TEMP").or_else(|| absolute("TMPDIR"));
    ExportPlan {
        archive: given::whole(path),
        given: given_files(path, typed, setup),
        output,
        method,
        options,
        signing: signing::read(&typed.signing, setup, problems),
        tools: tools::read(&typed.tools, setup, problems),
        scratch: scratch.unwrap_or_else(|| PathBuf::from("/tmp")),
        home: absolute("HOME").unwrap_or_else(|| {
            problems.add(diagnostics::home_missing());
            PathBuf::new()
        }),
    }
}

/// The list of what exports left, which nothing else may be written to.
pub fn list(typed: &ArchiveOptions) -> PathBuf {
    output(typed).join(export::LIST)
}

fn output(typed: &ArchiveOptions) -> PathBuf {
    let output = given::path(typed.output.as_deref());
    given::whole(output.unwrap_or(Path::new(defaults::OUTPUT)))
}

/// What is exported must not change the archive, and whoever wrote another file in place of the list keeps it.
fn check_output(output: &Path, archive: &Path) -> Result<(), Box<Diagnostic>> {
    let refused = |why: &str| Err(Box::new(diagnostics::option_invalid("--output", why)));
    let place = output
        .ancestors()
        .find_map(|path| fs::canonicalize(path).ok());
    let archive = fs::canonicalize(archive).ok();
    let is_within = |place: PathBuf| archive.is_some_and(|archive| place.starts_with(archive));
    if place.is_some_and(is_within) {
        return refused("it lies in the archive, which an export leaves as it is");
    }
    if output.is_dir() && !export::takes_a_list(output) {
        let list = typed::path(&output.join(export::LIST));
        let why = format!("{list} is no list of jetway's that can be read; name another directory");
        return refused(&why);
    }
    Ok(())
}

/// All that people named by a path; what is base64 is left out, for it leads to no file.
fn given_files(archive: &Path, typed: &ArchiveOptions, setup: &Setup<'_>) -> Vec<PathBuf> {
    let signing = [
        &typed.signing.certificate,
        &typed.signing.provisioning_profile,
    ];
    let lines = signing.into_iter().flatten().flat_map(|text| text.lines());
    let named = lines.map(|line| PathBuf::from(line.trim()));
    let own = [Some(archive), typed.export_options.as_deref()];
    let own = own.into_iter().flatten().map(Path::to_owned);
    let others = setup.files.iter().map(|(_, path)| path.clone());
    let all = own.chain(named).chain(others);
    all.filter(|path| path.exists()).collect()
}

fn options(typed: &ArchiveOptions, problems: &mut Problems) -> Dictionary {
    let Some(path) = given::path(typed.export_options.as_deref()) else {
        return Dictionary::new();
    };
    let read = read_at_most(path, LARGEST).map_err(|error| error.to_string());
    let list =
        read.and_then(|bytes| property_list::parse(&bytes).map_err(|error| error.to_string()));
    let list = list.map_err(|why| {
        let why = format!("{} can't be read: {why}", typed::path(path));
        Box::new(diagnostics::option_invalid("--export-options", &why))
    });
    problems.take(list, Dictionary::new())
}

/// What an archive would be exported for, and what it would be signed with.
pub fn means(
    typed: &ArchiveOptions,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> (Method, Signing) {
    let options = options(typed, problems);
    (
        method(typed, &options, problems),
        signing::read(&typed.signing, setup, problems),
    )
}

/// The method that was typed, else the one of the user's own list.
fn method(typed: &ArchiveOptions, options: &Dictionary, problems: &mut Problems) -> Method {
    let named = |name: &str| {
        Method::named(name).ok_or_else(|| {
            NotTaken(format!(
                "`{name}` is none of app-store-connect, release-testing, debugging, enterprise, developer-id"
            ))
        })
    };
    let own = options.get("method").and_then(Value::as_string);
    let (option, text) = match given::text(typed.export_method.as_deref()) {
        Some(text) => ("--export-method", Some(text)),
        None => ("--export-options", own),
    };
    problems.value(option, text, defaults::EXPORT_METHOD, named)
}
