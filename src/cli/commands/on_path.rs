//! `jetway setup`: puts the program on the path of a workflow's later steps. The action calls it for
//! `command: setup`.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use crate::cli::command::{Caller, Command};
use crate::event::{Ending, Why};
use crate::report::people::plain;

/// Below the runner's temporary directory, which it empties when the job ends.
const FOLDER: &str = "jetway-bin";

/// `jetway setup`
#[derive(Debug, Args)]
pub struct OnPath {}

impl Command for OnPath {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        let path = |name| caller.environment.get(name).map(PathBuf::from);
        let (Some(list), Some(temporary)) = (path("GITHUB_PATH"), path("RUNNER_TEMP")) else {
            plain::talk(
                caller.known,
                "jetway setup: there is no GITHUB_PATH or no RUNNER_TEMP here; it is for a step of GitHub Actions",
            );
            return Ok(ExitCode::from(Ending::at_once(Why::Usage).exit_code()));
        };
        let program = std::env::current_exe().context("the program's own path is not known")?;
        let folder = temporary.join(FOLDER);
        install(&program, &folder).context("the program can't be copied")?;
        announce(&list, &folder).context("GITHUB_PATH can't be written")?;
        plain::data(&format!(
            "jetway {} is on the path of this job's later steps\n",
            env!("CARGO_PKG_VERSION")
        ))
        .context("nothing can be written")?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Copies the program under its own name: the action's copy goes away with its step, and one that the
/// workflow gave may be called anything.
fn install(program: &Path, folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let name = format!("jetway{}", std::env::consts::EXE_SUFFIX);
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    fs::copy(program, &beside)?;
    fs::rename(beside, folder.join(name))
}

fn announce(list: &Path, folder: &Path) -> std::io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(list)?;
    writeln!(file, "{}", folder.display())
}
