//! The binary: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    jetway::main(std::env::args_os())
}
