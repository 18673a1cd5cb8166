//! `jetway upload`: `ship`, but for what comes after the upload.

use std::process::ExitCode;

use clap::Args;

use crate::cli::command::{Caller, Command};
use crate::cli::commands::ship;
use crate::cli::ship_plan::ShipOptions;

/// `jetway upload`
#[derive(Debug, Args)]
pub struct Upload {
    #[command(flatten)]
    options: ShipOptions,
}

impl Command for Upload {
    fn run(mut self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        let wait = &mut self.options.waiting.wait;
        wait.get_or_insert_with(|| "none".to_owned());
        Ok(ship::run_as("upload", &self.options, caller))
    }
}
