//! `jetway export`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::account::{self, AccountOptions};
use crate::cli::archive::{self, ArchiveOptions};
use crate::cli::command::{Caller, Command};
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::reporting::ReportingOptions;
use crate::cli::setup::Setup;
use crate::cli::{opening, values};
use crate::run;

/// `jetway export`
#[derive(Debug, Args)]
pub struct Export {
    /// The .xcarchive to export
    #[arg(value_name = "ARCHIVE", env = "JETWAY_PATH", value_parser = values::path())]
    pub path: Option<PathBuf>,
    #[command(flatten)]
    pub archive: ArchiveOptions,
    #[command(flatten)]
    pub account: AccountOptions,
    #[command(flatten)]
    pub reporting: ReportingOptions,
}

impl Command for Export {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        let setup = Setup::read(caller, self.account.key_file())
            .with_file("the archive", self.path.as_deref())
            .with_file("the list of exports", Some(&archive::list(&self.archive)));
        let mut problems = Problems::default();
        let path = archive::named(self.path.as_deref(), &mut problems);
        let plan = archive::plan(&path, &self.archive, &setup, &mut problems);
        let account = account::read(&self.account, None, &setup, &mut problems);
        let session = opening::open(Call::new("export", &self.reporting), &setup, problems);
        Ok(
            session
                .run(move |around| async move { run::export::run(plan, account, &around).await }),
        )
    }
}
