//! Turns what was typed into a plan, wires run, locate and report, and chooses the exit code. The
//! environment is read here and nowhere else. Its words are GitHub's and the options' own.

mod args;
mod commands;
mod diagnostics;
mod environment;
mod inputs;
mod opening;
mod pull_request;
mod rehearsal;
mod secrets;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Arguments, Command};
use commands::{annotate, explain, sandbox, ship, verify};
use environment::Environment;

use crate::host::privacy;

/// The whole program: arguments in, exit code out.
pub fn main(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    privacy::close();
    let environment = Environment::read();
    match Arguments::try_parse_from(arguments) {
        Ok(arguments) => match arguments.command {
            Command::Ship(typed) => ship::main(&typed, &environment),
            Command::Verify(typed) => verify::main(&typed, &environment),
            Command::Explain(typed) => explain::main(&typed),
            Command::Annotate(typed) => annotate::main(&typed, &environment),
            Command::Sandbox(typed) => sandbox::main(&typed),
        },
        Err(error) => {
            // A closed stream is nobody to tell.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}
