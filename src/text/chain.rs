//! An error and what caused it, as words.

use std::error::Error;
use std::{io, iter};

/// The error and its causes, the outermost first.
pub fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(Some(error), |cause| deeper(*cause))
}

/// The error with its causes in one line. What a cause only repeats is said once.
pub fn joined(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    for cause in causes(error) {
        let words = cause.to_string();
        if text.is_empty() {
            text = words;
        } else if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
    }
    text
}

/// The error and the last of its causes in one line: for libraries whose causes between only repeat
/// each other.
pub fn with_root(error: &(dyn Error + 'static)) -> String {
    let text = error.to_string();
    match causes(error).last().map(ToString::to_string) {
        Some(root) if !text.contains(&root) => format!("{text}: {root}"),
        Some(_) | None => text,
    }
}

/// The error with its causes as a sentence, with a capital and a full stop.
pub fn sentence(error: &(dyn Error + 'static)) -> String {
    let text = joined(error);
    let mut letters = text.chars();
    let mut sentence: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    sentence.push_str(letters.as_str());
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

fn deeper<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match cause.downcast_ref::<io::Error>() {
        // An `io::Error` skips what it wraps when it is asked for its source.
        Some(wrapper) => wrapper.get_ref().map(|inside| inside as _),
        None => cause.source(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("can't read the key")]
    struct Outer(#[source] io::Error);

    #[test]
    fn every_cause_is_said_once() {
        let inner = io::Error::other(io::Error::other("no such file"));
        assert_eq!(joined(&Outer(inner)), "can't read the key: no such file");
        assert_eq!(joined(&io::Error::other("gone")), "gone");
        assert_eq!(with_root(&io::Error::other("gone")), "gone");
        assert_eq!(sentence(&io::Error::other("gone")), "Gone.");
    }
}
