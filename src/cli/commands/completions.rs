//! `jetway completions`: what shells know of the options, and the manual page. Both are made from the options
//! by a test and lie in the repository (`JETWAY_BLESS=1 cargo test --lib completions`), so that the program
//! carries their text and not what makes them.

use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::args;
use crate::event::{Ending, Why};
use crate::report::people::plain;
use crate::secret::Vault;

/// What there is, by the name that asks for it.
const FILES: [(&str, &str, &str); 4] = [
    (
        "bash",
        "jetway.bash",
        include_str!("../../../docs/cli/jetway.bash"),
    ),
    ("zsh", "_jetway", include_str!("../../../docs/cli/_jetway")),
    (
        "fish",
        "jetway.fish",
        include_str!("../../../docs/cli/jetway.fish"),
    ),
    (
        "man",
        "jetway.1",
        include_str!("../../../docs/cli/jetway.1"),
    ),
];

pub fn main(typed: &args::Completions, known: &Vault) -> anyhow::Result<ExitCode> {
    let Some((_, _, text)) = FILES.iter().find(|(name, _, _)| *name == typed.shell) else {
        plain::talk(
            known,
            "jetway completions: name one of bash, zsh, fish and man",
        );
        return Ok(ExitCode::from(Ending::at_once(Why::Usage).exit_code()));
    };
    plain::data(text).context("the text could not be written")?;
    Ok(ExitCode::SUCCESS)
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
        for (name, file, text) in FILES {
            let made = made(name);
            if bless {
                let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("docs/cli")
                    .join(file);
                std::fs::write(path, &made).unwrap();
            } else {
                assert!(
                    text == made,
                    "docs/cli/{file} is behind the options: run `just readme`"
                );
            }
        }
    }
}
