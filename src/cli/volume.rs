//! How much is said.

use clap::Args;

use crate::report::Volume;

/// How much is said.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct VolumeOptions {
    /// Say more: each call to App Store Connect
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Say less: findings and the outcome alone
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

impl VolumeOptions {
    /// What was typed.
    pub fn read(&self) -> Volume {
        match (self.quiet, self.verbose) {
            (true, _) => Volume::Quiet,
            (false, true) => Volume::Verbose,
            (false, false) => Volume::Usual,
        }
    }
}
