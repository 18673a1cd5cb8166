//! What GitHub answered: its status, what its headers say about waiting, its own sentence.

use std::time::SystemTime;

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::github::error::Error;
use crate::github::verdict::Limits;
use crate::http::fault::Fault;
use crate::http::method::Method;
use crate::http::retry_after;
use crate::text::{self, cut, markup};

/// GitHub's sentences are short; a proxy's error page is not.
const LONGEST_MESSAGE: usize = 300;
/// So many bytes of one are looked at for words.
const LONGEST_READ: usize = 16 << 10;

/// An answer, read to its end.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) limits: Limits,
    /// Whether a list goes on.
    pub(super) has_next: bool,
    pub(super) body: String,
}

pub(super) fn decode<T: DeserializeOwned>(
    method: Method,
    path: &str,
    answer: &Answer,
) -> Result<T, Error> {
    serde_json::from_str(&answer.body).map_err(|source| Error::Decode {
        call: shown(method, path),
        beginning: plain(&answer.body),
        source,
    })
}

/// The error of a call that did not work.
pub(super) fn refused(call: String, sent: Result<Answer, octocrab::Error>) -> Error {
    match sent {
        Ok(answer) => Error::Refused {
            call,
            status: answer.status,
            message: message(&answer.body),
        },
        Err(source) => Error::NoAnswer {
            call,
            fault: Fault::of(&source),
            source: Box::new(source),
        },
    }
}

/// GitHub's own sentence in an error, with what it says of the fields.
fn message(body: &str) -> String {
    let document: Value = serde_json::from_str(body).unwrap_or_default();
    let Some(said) = document.get("message").and_then(Value::as_str) else {
        return plain(body);
    };
    let details: Vec<&str> = document
        .get("errors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|error| error.get("message").unwrap_or(error).as_str())
        .collect();
    let said = [&[said][..], &details].concat().join("; ");
    plain(&said)
}

fn plain(text: &str) -> String {
    let words = markup::without(cut::head(text, LONGEST_READ));
    cut::letters(&text::line(&words), LONGEST_MESSAGE)
}

pub(super) fn shown(method: Method, path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    format!("{} {path}", method.name())
}

pub(super) fn limits(headers: &HeaderMap, now: SystemTime) -> Limits {
    let number = |name| header(headers, name).and_then(|text| text.parse().ok());
    Limits {
        retry_after: retry_after::read(headers, now),
        remaining: number("x-ratelimit-remaining"),
        reset: number("x-ratelimit-reset"),
        is_named: false,
    }
}

pub(super) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_page_for_browsers_the_words_are_said_and_no_style_script_or_comment() {
        for hidden in [
            format!("<style>{}</style>", "a { color: red } ".repeat(128)),
            format!("<script>{}</script>", "function() {} ".repeat(128)),
            format!("<!-- {} -->", "<p>{}</p> ".repeat(256)),
        ] {
            let page = format!("<html><title>502</title>{hidden}<h1>Bad Gateway</h1></html>");
            assert_eq!(message(&page), "502 Bad Gateway");
            let endless = format!("<p>Bad{}", hidden.replace("</", "").repeat(30));
            assert!(!message(&endless.replace("-->", "")).contains(['<', '{']));
        }
        let said = serde_json::json!({"message": "Bad", "errors": ["no <b>way</b>"]});
        assert_eq!(message(&said.to_string()), "Bad; no way");
    }
}
