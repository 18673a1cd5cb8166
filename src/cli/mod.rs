//! Turns what was typed into a plan, wires run, locate and report, and chooses the exit code. The
//! environment is read here and nowhere else. Its words are GitHub's and the options' own.

mod account;
mod address;
mod altool;
mod answer;
mod archive;
mod checkout;
mod choices;
mod command;
mod command_line;
mod commands;
mod configuration;
mod connection;
mod diagnostics;
mod distribution;
mod duration;
mod environment;
mod files;
mod follow_up;
mod given;
mod help;
mod identity;
mod located;
mod moment;
mod opening;
mod other_tools;
mod overwriting;
mod package;
mod pattern;
mod problems;
mod proxies;
mod pull_request;
mod receipts;
mod rehearsal;
mod reporting;
mod secrets;
mod setup;
mod ship_plan;
mod signing;
mod stand_ins;
mod submission;
mod target;
mod tools;
mod values;
mod volume;
mod waiting;
mod wishes;
mod without_key;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::command::Caller;
use crate::cli::command_line::Arguments;
use crate::cli::environment::Environment;
use crate::event::{Ending, Why};
#[cfg(unix)]
use crate::host::minder;
use crate::host::{privacy, signals};
use crate::report::Speech;
use crate::report::people::plain;
use crate::secret::Vault;
use crate::text::{self, cut};

/// What clap says of a wrong call is shorter, unless an argument that it repeats is not.
const MOST_USAGE_LINES: usize = 60;
const LONGEST_USAGE_LINE: usize = 200;

/// In place of "unexpected argument".
const KEY_ON_THE_COMMAND_LINE: &str = "error: a key never goes on the command line, where every process can read it: set JETWAY_API_KEY, or name its file with --api-key-path";

/// The whole program: arguments in, exit code out. What is wrong with an app, a call or a machine is a
/// finding of the command; what is left here is what kept a command from saying anything.
pub fn main(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    privacy::close();
    let arguments: Vec<OsString> = arguments.collect();
    #[cfg(unix)]
    if let Some(ended) = minder::called(arguments.get(1..).unwrap_or_default()) {
        return ended;
    }
    signals::outlive_files_that_may_not_grow();
    let environment = Environment::read();
    let known = secrets::known(&environment, &arguments);
    run(arguments, &environment, &known).unwrap_or_else(|error| {
        plain::talk(&known, &format!("jetway: {error:#}"));
        ExitCode::from(Ending::at_once(Why::Unfinished).exit_code())
    })
}

fn run(
    arguments: Vec<OsString>,
    environment: &Environment,
    known: &Vault,
) -> anyhow::Result<ExitCode> {
    match Arguments::read(arguments.into_iter()) {
        Ok(Arguments { command, volume }) => command.run(&Caller {
            environment,
            known,
            volume: volume.read(),
            speech: speech(environment),
        }),
        Err(told) => tell(&told, environment.says("GITHUB_ACTIONS"), known),
    }
}

/// In the action people set inputs; elsewhere they type options.
fn speech(environment: &Environment) -> Speech {
    match environment.says("JETWAY_IN_ACTION") {
        true => Speech::of_inputs(command_line::inputs()),
        false => Speech::default(),
    }
}

/// Tells what clap has to say: what is wrong with the arguments, or the help that was asked for.
fn tell(told: &clap::Error, in_workflow: bool, known: &Vault) -> anyhow::Result<ExitCode> {
    let mut text = told.render().to_string();
    if text.contains("'--api-key'") {
        KEY_ON_THE_COMMAND_LINE.clone_into(&mut text);
    }
    if told.use_stderr() {
        // Redacted before it is cut, so that no cut leaves a piece that is not known any more.
        let text = known.redact(&text::lines(&text));
        let lines = text.lines().take(MOST_USAGE_LINES);
        let lines: Vec<String> = lines
            .map(|line| cut::letters(line, LONGEST_USAGE_LINE))
            .collect();
        plain::complain(known, &lines.join("\n"), in_workflow);
    } else {
        plain::data(&text).context("the help could not be written")?;
    }
    Ok(ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2)))
}
