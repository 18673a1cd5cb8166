//! `jetway completions`: what shells know of the options, and the manual page. Both are made from the options
//! by a test and lie in the repository (`JETWAY_BLESS=1 cargo test --lib completions`), so that the program
//! carries their text, compressed by `build.rs`, and not what makes them.

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use flate2::read::ZlibDecoder;

use crate::cli::command::{Caller, Command};
use crate::event::{Ending, Why};
use crate::report::people::plain;

macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".z"))
    };
}

/// What there is, by the name that asks for it, with the file's name and its compressed text.
pub const FILES: [(&str, &str, &[u8]); 4] = [
    ("bash", "jetway.bash", packed!("jetway.bash")),
    ("zsh", "_jetway", packed!("_jetway")),
    ("fish", "jetway.fish", packed!("jetway.fish")),
    ("man", "jetway.1", packed!("jetway.1")),
];

/// `jetway completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// bash, zsh, fish or man
    #[arg(value_name = "SHELL")]
    pub shell: String,
}

impl Command for Completions {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        let Some((_, _, packed)) = FILES.iter().find(|(name, _, _)| *name == self.shell) else {
            plain::talk(
                caller.known,
                "jetway completions: name one of bash, zsh, fish and man",
            );
            return Ok(ExitCode::from(Ending::at_once(Why::Usage).exit_code()));
        };
        plain::data(&unpacked(packed)?).context("the text could not be written")?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The text of one of [`FILES`].
pub fn unpacked(packed: &[u8]) -> anyhow::Result<String> {
    let mut text = String::new();
    ZlibDecoder::new(packed)
        .read_to_string(&mut text)
        .context("the program's own text cannot be unpacked")?;
    Ok(text)
}
