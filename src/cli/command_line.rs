//! The whole command line. Nothing is decided here: what a command takes stands in its file, what several take in
//! that of the option, and what holds where nothing was typed is added by [`help`].

use std::ffi::OsString;

use clap::{Arg, CommandFactory as _, FromArgMatches as _, Parser};

use crate::cli::commands::Task;
use crate::cli::volume::VolumeOptions;
use crate::cli::{help, values};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "jetway",
    version,
    about,
    max_term_width = 100,
    after_help = help::EXIT_CODES
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Task,
    /// How much is said.
    #[command(flatten)]
    pub volume: VolumeOptions,
}

impl Arguments {
    /// Reads the command line. What is no use of it is an error, and so is asking for help.
    pub fn read(arguments: impl Iterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut command = Self::whole();
        let matches = command.try_get_matches_from_mut(arguments)?;
        Self::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
    }

    /// All that can be typed, with what holds where nothing was.
    pub fn whole() -> clap::Command {
        Self::command().mut_subcommands(|task| {
            task.mut_args(|argument| help::with_default(values::bare_switch(argument)))
        })
    }
}

/// The options of the commands that the action has inputs for, without their dashes.
pub fn inputs() -> Vec<String> {
    let command = Arguments::command();
    let tasks = command.get_subcommands();
    let options = tasks.flat_map(clap::Command::get_arguments);
    let names = options.filter_map(Arg::get_long).map(str::to_owned);
    // These are given by the environment alone.
    let secrets = ["api-key", "app-specific-password", "github-token"].map(str::to_owned);
    names.chain(secrets).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap_complete::{Shell, generate};

    use super::*;
    use crate::cli::commands::completions::{FILES, unpacked};

    fn made(name: &str) -> String {
        let mut command = Arguments::whole();
        let mut made = Vec::new();
        let shell = match name {
            "bash" => Shell::Bash,
            "zsh" => Shell::Zsh,
            "fish" => Shell::Fish,
            _ => {
                clap_mangen::Man::new(command).render(&mut made).unwrap();
                return String::from_utf8(made).unwrap();
            }
        };
        generate(shell, &mut command, "jetway", &mut made);
        String::from_utf8(made).unwrap()
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "a test's switch is no input of the program"
    )]
    fn completions_and_the_manual_page_are_those_of_the_options() {
        let bless = std::env::var_os("JETWAY_BLESS").is_some();
        for (name, file, packed) in FILES {
            let made = made(name);
            if bless {
                let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("docs/cli")
                    .join(file);
                std::fs::write(path, &made).unwrap();
            } else {
                assert!(
                    unpacked(packed).unwrap() == made,
                    "docs/cli/{file} is behind the options: run `just readme`"
                );
            }
        }
    }

    #[test]
    fn every_default_is_that_of_an_option() {
        let command = Arguments::command();
        let options: Vec<&str> = command
            .get_subcommands()
            .flat_map(clap::Command::get_arguments)
            .map(|argument| argument.get_id().as_str())
            .collect();
        for (option, words) in help::DEFAULTS {
            assert!(options.contains(option), "no option {option}");
            assert!(!words().is_empty(), "{option}");
        }
    }
}
