//! `jetway completions`: what shells know of the options, and the manual page. Both are made from the options
//! by a test and lie in the repository (`JETWAY_BLESS=1 cargo test --lib completions`), so that the program
//! carries their text, compressed by `build.rs`, and not what makes them.

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::Context as _;
use flate2::read::ZlibDecoder;

use crate::cli::args;
use crate::event::{Ending, Why};
use crate::report::people::plain;
use crate::secret::Vault;

macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".z"))
    };
}

/// What there is, by the name that asks for it, with the file's name and its compressed text.
const FILES: [(&str, &str, &[u8]); 4] = [
    ("bash", "jetway.bash", packed!("jetway.bash")),
    ("zsh", "_jetway", packed!("_jetway")),
    ("fish", "jetway.fish", packed!("jetway.fish")),
    ("man", "jetway.1", packed!("jetway.1")),
];

pub fn main(typed: &args::Completions, known: &Vault) -> anyhow::Result<ExitCode> {
    let Some((_, _, packed)) = FILES.iter().find(|(name, _, _)| *name == typed.shell) else {
        plain::talk(
            known,
            "jetway completions: name one of bash, zsh, fish and man",
        );
        return Ok(ExitCode::from(Ending::at_once(Why::Usage).exit_code()));
    };
    plain::data(&unpacked(packed)?).context("the text could not be written")?;
    Ok(ExitCode::SUCCESS)
}

fn unpacked(packed: &[u8]) -> anyhow::Result<String> {
    let mut text = String::new();
    ZlibDecoder::new(packed)
        .read_to_string(&mut text)
        .context("the program's own text cannot be unpacked")?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap_complete::{Shell, generate};

    use super::*;
    use crate::cli::args::Arguments;

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
}
