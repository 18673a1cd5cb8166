//! `jetway.toml` at the repository's root: which findings of preflight are left out, each with a reason.
//!
//! Of TOML it takes what the file needs: tables of `[[preflight.ignore]]` with two texts, and comments. Everything else
//! is told with its line, so that nothing in the file is without effect.

use std::io;

use crate::cli::checkout;
use crate::cli::diagnostics::configuration_invalid;
use crate::cli::environment::Environment;
use crate::cli::files::read_at_most;
use crate::codes::Catalogue;
use crate::diagnostic::Diagnostic;
use crate::secret::typed;

const NAME: &str = "jetway.toml";
/// A file of this name that is larger is none of ours.
const LARGEST: u64 = 1 << 20;

/// The codes that are left out, by the file where there is one.
pub fn read(environment: &Environment) -> Result<Vec<String>, Box<Diagnostic>> {
    let Some(path) = checkout::root(environment).map(|root| root.join(NAME)) else {
        return Ok(Vec::new());
    };
    match read_at_most(&path, LARGEST) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            parse(&text).map_err(|why| Box::new(configuration_invalid(&why)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Box::new(configuration_invalid(&format!(
            " can't be read: {error}"
        )))),
    }
}

/// A code as the catalogue calls it: `90683` and `ITMS-90683` are `itms-90683`. `None` for one that is not known.
pub fn code(text: &str) -> Option<String> {
    let lower = text.trim().to_ascii_lowercase();
    let full = if lower.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("itms-{lower}")
    } else {
        lower
    };
    let known = Catalogue::get().find(&full)?;
    Some(known.code.clone())
}

/// One `[[preflight.ignore]]` as it is read.
struct Ignore {
    line: usize,
    code: Option<String>,
    reason: Option<String>,
}

/// The codes of the file's text; else what is wrong, in words that go on after the file's name.
fn parse(text: &str) -> Result<Vec<String>, String> {
    let mut found: Vec<Ignore> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(rest) = line.strip_prefix("[[preflight.ignore]]") {
            if !is_nothing(rest) {
                return Err(format!(
                    ", line {number}: there is more after the table's name"
                ));
            }
            found.push(Ignore {
                line: number,
                code: None,
                reason: None,
            });
            continue;
        }
        let pair = line.split_once('=');
        let value = pair.and_then(|(key, value)| Some((key.trim(), string(value.trim())?)));
        let (Some((key, value)), Some(last)) = (value, found.last_mut()) else {
            return Err(format!(
                ", line {number}: neither `[[preflight.ignore]]` nor a text in it"
            ));
        };
        let slot = match key {
            "code" => &mut last.code,
            "reason" => &mut last.reason,
            other => {
                return Err(format!(
                    ", line {number}: an ignore has no `{}`",
                    typed::shown(other)
                ));
            }
        };
        if slot.replace(value).is_some() {
            return Err(format!(
                ", line {number}: `{}` is there twice",
                typed::shown(key)
            ));
        }
    }
    found.iter().map(checked).collect()
}

fn checked(ignore: &Ignore) -> Result<String, String> {
    let line = ignore.line;
    let reason = ignore.reason.as_deref().unwrap_or_default();
    let Some(text) = &ignore.code else {
        return Err(format!(", line {line}: an ignore needs a code"));
    };
    let Some(code) = code(text) else {
        return Err(format!(
            ", line {line}: `{}` is no code that is known",
            typed::shown(text)
        ));
    };
    if reason.trim().is_empty() {
        return Err(format!(", line {line}: an ignore needs a reason"));
    }
    Ok(code)
}

fn is_nothing(rest: &str) -> bool {
    let rest = rest.trim();
    rest.is_empty() || rest.starts_with('#')
}

/// A text in double or single quotes, with nothing but a comment behind it.
fn string(value: &str) -> Option<String> {
    if let Some(rest) = value.strip_prefix('\'') {
        let (text, rest) = rest.split_once('\'')?;
        return is_nothing(rest).then(|| text.to_owned());
    }
    let mut text = String::new();
    let mut chars = value.strip_prefix('"')?.chars();
    loop {
        match chars.next()? {
            '"' => return is_nothing(chars.as_str()).then_some(text),
            '\\' => text.push(match chars.next()? {
                'n' => '\n',
                't' => '\t',
                char @ ('"' | '\\') => char,
                _ => return None,
            }),
            char => text.push(char),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignores_are_read_with_their_reasons() {
        let text = "# ours\n\n[[preflight.ignore]] # one\ncode = \"ITMS-90683\"\nreason = 'an \"SDK\"'\n\
                    [[preflight.ignore]]\nreason = \"a\\\\b\" # why\ncode = \"90078\"\n";
        assert_eq!(parse(text).unwrap(), ["itms-90683", "itms-90078"]);
        assert_eq!(parse("").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_line() {
        for (text, why) in [
            (
                "[[preflight.ignore]]\ncode = \"90683\"",
                ", line 1: an ignore needs a reason",
            ),
            (
                "[[preflight.ignore]]\nreason = \"x\"",
                ", line 1: an ignore needs a code",
            ),
            (
                "[[preflight.ignore]]\ncode = \"1\"\nreason = \"x\"",
                ", line 1: `1` is no code that is known",
            ),
            (
                "[preflight]",
                ", line 1: neither `[[preflight.ignore]]` nor a text in it",
            ),
            (
                "code = \"1\"",
                ", line 1: neither `[[preflight.ignore]]` nor a text in it",
            ),
            (
                "[[preflight.ignore]]\nwhen = \"x\"",
                ", line 2: an ignore has no `when`",
            ),
            (
                "[[preflight.ignore]]\ncode = \"x\"\ncode = \"y\"",
                ", line 3: `code` is there twice",
            ),
            (
                "[[preflight.ignore]]\ncode = 5",
                ", line 2: neither `[[preflight.ignore]]` nor a text in it",
            ),
        ] {
            assert_eq!(parse(text).unwrap_err(), why, "{text}");
        }
    }
}
