//! `jetway doctor`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::cli::account::{self, AccountOptions};
use crate::cli::archive::ArchiveOptions;
use crate::cli::choices::{self, yes_or_no};
use crate::cli::command::{Caller, Command};
use crate::cli::files::read_at_most;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::reporting::ReportingOptions;
use crate::cli::setup::Setup;
use crate::cli::{answer, archive, diagnostics, given, opening, tools, values};
use crate::ids::BundleIdentifier;
use crate::plan::{DoctorPlan, Signing};
use crate::run;

const FORMATS: [(&str, bool); 2] = [("text", false), ("json", true)];
/// No project file of a person's is longer.
const LONGEST_PROJECT: u64 = 64 << 20;

/// `jetway doctor`
#[derive(Debug, Args)]
pub struct Doctor {
    /// The .xcarchive or .xcodeproj whose bundles need profiles
    #[arg(value_name = "PATH", env = "JETWAY_PATH", value_parser = values::path())]
    pub path: Option<PathBuf>,
    /// Ask nobody outside of this machine
    #[arg(long, value_name = values::BOOL, env = "JETWAY_OFFLINE")]
    pub offline: Option<String>,
    /// How to print: text or json
    #[arg(long, value_name = "FORMAT", env = "JETWAY_FORMAT")]
    pub format: Option<String>,
    #[command(flatten)]
    pub archive: ArchiveOptions,
    #[command(flatten)]
    pub account: AccountOptions,
    #[command(flatten)]
    pub reporting: ReportingOptions,
}

impl Command for Doctor {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        doctor(&self, caller)
    }
}

/// Reads the call, then looks.
fn doctor(typed: &Doctor, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
    let setup = Setup::read(caller, typed.account.key_file())
        .with_file("the archive", typed.path.as_deref());
    let mut problems = Problems::default();
    let (told, heard) = answer::channel();
    let is_json = problems.value("--format", typed.format.as_deref(), false, |word| {
        choices::read(&FORMATS, word)
    });
    let is_offline = problems.value("--offline", typed.offline.as_deref(), false, yes_or_no);
    let path = given::path(typed.path.as_deref());
    let is_archive = path.is_some_and(archive::is_archive);
    let project = path.filter(|_| !is_archive);
    let directory = given::path(typed.archive.tools.tools_dir.as_deref());
    let has_tools = cfg!(target_os = "macos") || directory.is_some();
    let stand_ins = directory.map(|tools| tools.join("Applications"));
    let tools = tools::read(&typed.archive.tools, &setup, &mut problems);
    let (method, signing) = archive::means(&typed.archive, &setup, &mut problems);
    let is_by_cloud = matches!(signing, Signing::Cloud);
    let (certificates, passwords, profiles) = match signing {
        Signing::Manual {
            certificates,
            passwords,
            profiles,
        } => (certificates, passwords, profiles),
        Signing::Cloud => (Vec::new(), Vec::new(), Vec::new()),
    };
    let plan = DoctorPlan {
        tools: has_tools.then_some(tools),
        applications: stand_ins
            .filter(|path| path.is_dir())
            .unwrap_or_else(|| PathBuf::from("/Applications")),
        archive: path.filter(|_| is_archive).map(given::whole),
        project: project
            .map(|path| identifiers(path, &mut problems))
            .unwrap_or_default(),
        method,
        is_by_cloud,
        certificates,
        passwords,
        profiles,
        account: account::read(&typed.account, None, &setup, &mut problems),
        is_offline,
        told: is_json.then_some(told),
    };
    let call = Call {
        prints_data: is_json,
        ..Call::new("doctor", &typed.reporting)
    };
    let code = opening::open(call, &setup, problems)
        .run(move |around| async move { run::doctor::run(plan, &around).await });
    heard.print("\n")?;
    Ok(code)
}

/// The bundle identifiers that a project builds, but for those of tests.
fn identifiers(project: &Path, problems: &mut Problems) -> Vec<BundleIdentifier> {
    let file = project.join("project.pbxproj");
    let read = read_at_most(&file, LONGEST_PROJECT);
    let read = read.map_err(|error| Box::new(diagnostics::package_unopened(&file, &error, &[])));
    identifiers_in(&String::from_utf8_lossy(&problems.take(read, Vec::new())))
}

fn identifiers_in(text: &str) -> Vec<BundleIdentifier> {
    let values = text.lines().filter_map(|line| {
        let (_, value) = line.split_once("PRODUCT_BUNDLE_IDENTIFIER = ")?;
        Some(value.split(';').next()?.trim().trim_matches('"'))
    });
    let mut found: Vec<BundleIdentifier> = values
        .filter(|value| !value.contains('$') && !value.to_lowercase().ends_with("tests"))
        .map(BundleIdentifier::new)
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identifiers_of_a_project_are_those_that_are_signed_for_people() {
        let text = "\t\tPRODUCT_BUNDLE_IDENTIFIER = com.example.demo;\n\t\tPRODUCT_BUNDLE_IDENTIFIER = \"com.example.demo.share\";\n\
                    PRODUCT_BUNDLE_IDENTIFIER = com.example.demo;\nPRODUCT_BUNDLE_IDENTIFIER = com.example.demoTests;\n\
                    PRODUCT_BUNDLE_IDENTIFIER = \"$(BASE).clip\";\n";
        let found = identifiers_in(text);
        let names: Vec<&str> = found.iter().map(BundleIdentifier::as_str).collect();
        assert_eq!(names, ["com.example.demo", "com.example.demo.share"]);
    }
}
