//! Plain text for commands that are asked for text and nothing else: data goes to standard output,
//! talk to standard error. A closed stream stops nothing.

use std::io::{self, Write as _};

/// Writes data, such as a list that was asked for.
pub fn data(text: &str) {
    let mut out = io::stdout().lock();
    // Whoever closed the stream does not want the rest.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes a sentence for the person.
pub fn talk(sentence: &str) {
    let mut out = io::stderr().lock();
    let _ = writeln!(out, "{sentence}").and_then(|()| out.flush());
}
