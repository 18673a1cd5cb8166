//! Turns what was typed into a plan, wires run, locate and report, and chooses the exit code. The
//! environment is read here and nowhere else. Its words are GitHub's and the options' own.

mod address;
mod args;
mod choices;
mod commands;
mod diagnostics;
mod duration;
mod environment;
mod files;
mod given;
mod help;
mod identity;
mod inputs;
mod opening;
mod package;
mod pattern;
mod problems;
mod pull_request;
mod rehearsal;
mod secrets;
mod setup;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::args::{Arguments, Task};
use crate::cli::commands::{annotate, completions, explain, on_path, sandbox, ship, verify};
use crate::cli::environment::Environment;
use crate::event::{Ending, Why};
use crate::host::privacy;
use crate::report::people::plain;

/// The whole program: arguments in, exit code out. What is wrong with an app, a call or a machine is a
/// finding of the command; what is left here is what kept a command from saying anything.
pub fn main(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    privacy::close();
    run(arguments).unwrap_or_else(|error| {
        plain::talk(&format!("jetway: {error:#}"));
        ExitCode::from(Ending::at_once(Why::Unfinished).exit_code())
    })
}

fn run(arguments: impl Iterator<Item = OsString>) -> anyhow::Result<ExitCode> {
    let environment = Environment::read();
    match Arguments::read(arguments) {
        Ok(Arguments { command, volume }) => match command {
            Task::Ship(typed) => Ok(ship::main(&typed, &volume, &environment)),
            Task::Verify(typed) => Ok(verify::main(&typed, &volume, &environment)),
            Task::Explain(mut typed) => {
                typed.codes.retain(|code| !code.trim().is_empty());
                explain::main(&typed)
            }
            Task::Annotate(typed) => Ok(annotate::main(&typed, &volume, &environment)),
            Task::Sandbox(typed) => sandbox::main(&typed),
            Task::Setup => on_path::main(&environment),
            Task::Completions(typed) => completions::main(&typed),
        },
        Err(told) => tell(&told, environment.says("GITHUB_ACTIONS")),
    }
}

/// Tells what clap has to say: what is wrong with the arguments, or the help that was asked for.
fn tell(told: &clap::Error, in_workflow: bool) -> anyhow::Result<ExitCode> {
    let mut text = told.render().to_string();
    if text.contains("'--api-key'") {
        text = "error: a key never goes on the command line, where every process can read it: set JETWAY_API_KEY, or name its file with --api-key-path".to_owned();
    }
    if told.use_stderr() {
        plain::complain(text.trim_end(), in_workflow);
    } else {
        plain::data(&text).context("the help could not be written")?;
    }
    Ok(ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2)))
}
