//! What every command has in common: who calls it, and that it can be run.

use std::process::ExitCode;

use crate::cli::environment::Environment;
use crate::report::{Speech, Volume};
use crate::secret::Vault;

/// Who calls, and what is known before a command reads what was typed for it.
pub struct Caller<'a> {
    /// The variables.
    pub environment: &'a Environment,
    /// What must not be shown.
    pub known: &'a Vault,
    /// How much is said.
    pub volume: Volume,
    /// Whose words options are told in: the action's or the command line's.
    pub speech: Speech,
}

/// A command, as it was typed.
pub trait Command: clap::Args {
    /// Does it, and says how the process ends. An error is what kept it from saying anything.
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode>;
}
