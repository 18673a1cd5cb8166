//! Plain text for commands that are asked for text and nothing else: data goes to standard output,
//! talk to standard error.

use std::io::{self, Write as _};

use crate::report::actions::commands::{Command, neutral};
use crate::secret::Vault;
use crate::text;

/// Writes data, such as a list that was asked for. Whoever closed the stream does not want the rest;
/// any other reader would miss it, so that is an error.
pub fn data(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes what is wrong with a call; in a workflow as an annotation, so that it is seen.
pub fn complain(known: &Vault, text: &str, in_workflow: bool) {
    if !in_workflow {
        return talk(known, text);
    }
    let text = harmless(known, text.strip_prefix("error: ").unwrap_or(text));
    let command = Command::new("error", text).property("title", "jetway was called wrongly");
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{command}").and_then(|()| out.flush());
}

/// Writes a sentence for the person, plain, without secrets and without anything that a runner could take
/// for a command. Nobody is left to tell that it could not be written.
pub fn talk(known: &Vault, sentence: &str) {
    let safe = harmless(known, sentence);
    let mut out = io::stderr().lock();
    let _ = writeln!(out, "{safe}").and_then(|()| out.flush());
}

/// Text from outside as it may be printed.
pub fn harmless(known: &Vault, text: &str) -> String {
    neutral(&known.redact(&text::lines(text)))
}
