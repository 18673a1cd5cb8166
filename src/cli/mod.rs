//! Turns what was typed into a plan, wires run, locate and report, and chooses the exit code. The
//! environment is read here and nowhere else. Its words are GitHub's and the options' own.

mod address;
mod altool;
mod answer;
mod archive;
mod args;
mod checkout;
mod choices;
mod commands;
mod configuration;
mod diagnostics;
mod distribution;
mod duration;
mod environment;
mod files;
mod git_notes;
mod given;
mod help;
mod identity;
mod inputs;
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
mod secrets;
mod setup;
mod stand_ins;
mod submission;
mod target;
mod whats_new;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::args::{Arguments, Task};
use crate::cli::commands::{
    annotate, cleanup, completions, doctor, explain, export, finish, follow_up, on_path, preflight,
    sandbox, ship, verify, webhook,
};
use crate::cli::environment::Environment;
use crate::event::{Ending, Why};
use crate::host::privacy;
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
    let environment = Environment::read();
    let arguments: Vec<OsString> = arguments.collect();
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
        Ok(Arguments { command, volume }) => match command {
            Task::Ship(typed) => Ok(ship::main(&typed, &volume, environment, known)),
            Task::Preflight(typed) => preflight::main(&typed, environment, known),
            Task::Export(typed) => Ok(export::main(&typed, environment, known)),
            Task::Upload(typed) => Ok(ship::upload(typed, &volume, environment, known)),
            Task::Finish(typed) => Ok(finish::main(finish::Scope::All, &typed, environment, known)),
            Task::Distribute(typed) => Ok(finish::main(
                finish::Scope::Testers,
                &typed,
                environment,
                known,
            )),
            Task::Submit(typed) => Ok(finish::main(
                finish::Scope::Store,
                &typed,
                environment,
                known,
            )),
            Task::Wait(typed) => Ok(follow_up::wait(&typed, environment, known)),
            Task::Status(typed) => Ok(follow_up::status(&typed, environment, known)),
            Task::Release(typed) => Ok(follow_up::release(&typed, environment, known)),
            Task::Cancel(typed) => Ok(follow_up::cancel(&typed, environment, known)),
            Task::NextBuildNumber(typed) => {
                follow_up::next_build_number(&typed, environment, known)
            }
            Task::Cleanup(typed) => Ok(cleanup::main(&typed, environment, known)),
            Task::Verify(typed) => verify::main(&typed, &volume, environment, known),
            Task::Explain(mut typed) => {
                typed.codes.retain(|code| !code.trim().is_empty());
                explain::main(&typed, known)
            }
            Task::Webhook(typed) => webhook::main(&typed, environment, known),
            Task::Doctor(typed) => doctor::main(&typed, environment, known),
            Task::Annotate(typed) => Ok(annotate::main(&typed, &volume, environment, known)),
            Task::Sandbox(typed) => sandbox::main(&typed, known),
            Task::Setup => on_path::main(environment, known),
            Task::Completions(typed) => completions::main(&typed, known),
        },
        Err(told) => tell(&told, environment.says("GITHUB_ACTIONS"), known),
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
