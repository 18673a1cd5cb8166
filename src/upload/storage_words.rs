//! What the storage says, made fit to show: S3's code and message, no control characters, nothing of
//! the part's URL.

use crate::secret::{Secret, Vault};
use crate::text::{self, cut, markup};

use reqwest::Url;

/// Longer answers are cut: they are pages for browsers.
const LONGEST: usize = 400;

/// A refusal in the storage's own words.
pub(super) struct Words {
    /// S3's name of the fault.
    pub(super) code: Option<String>,
    /// The sentence to show.
    pub(super) text: String,
}

/// Reads the body of a refusal: an S3 error document, or any other text.
pub(super) fn read(body: &[u8], url: &Url) -> Words {
    let text = String::from_utf8_lossy(body);
    let code = element(&text, "Code").map(|code| show(&code, url));
    let message = element(&text, "Message").map(|message| show(&message, url));
    let text = match (&code, message) {
        (Some(code), Some(message)) => format!("{code}, {message}"),
        (Some(code), None) => code.clone(),
        (None, Some(message)) => message,
        (None, None) => show(&text, url),
    };
    Words {
        code,
        text: if text.is_empty() {
            "no reason given".into()
        } else {
            text
        },
    }
}

/// The content of the first element of that name.
fn element(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    let (content, _) = rest.split_once(&format!("</{name}>"))?;
    let content = content.trim();
    let plain =
        quick_xml::escape::unescape(content).map_or(content.into(), std::borrow::Cow::into_owned);
    (!plain.is_empty()).then_some(plain)
}

/// The text on one line, cut, without control characters and without what makes the URL secret.
pub(super) fn show(text: &str, url: &Url) -> String {
    let vault = Vault::default();
    if let Some(query) = url.query() {
        vault.keep(&Secret::new(query));
        vault.keep(&Secret::new(query.replace('&', "&amp;")));
    }
    for (_, value) in url.query_pairs() {
        vault.keep(&Secret::new(value));
    }
    cut::letters(&vault.redact(&text::line(&markup::without(text))), LONGEST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn url() -> Url {
        Url::parse("https://storage.example/b?X-Amz-Signature=0123456789abcdef0123&partNumber=4")
            .unwrap()
    }

    #[test]
    fn an_s3_error_is_said_in_its_own_words() {
        let body = b"<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired &amp; gone\x1b[31m</Message></Error>";
        let words = read(body, &url());
        assert_eq!(words.code.as_deref(), Some("AccessDenied"));
        assert_eq!(words.text, "AccessDenied, Request has expired & gone");
    }

    #[test]
    fn an_answer_without_words_is_said_to_have_none() {
        assert_eq!(read(b"", &url()).text, "no reason given");
    }

    #[test]
    fn a_long_page_is_cut() {
        assert_eq!(
            read("é ".repeat(9_000).as_bytes(), &url())
                .text
                .chars()
                .count(),
            LONGEST
        );
    }

    #[test]
    fn of_a_page_for_browsers_its_words_are_shown() {
        let page = b"<!DOCTYPE html><html><head><title>502</title><style>body { color: red }</style></head><body><h1>Bad Gateway</h1><script>x()</script></body></html>";
        assert_eq!(read(page, &url()).text, "502 Bad Gateway");
    }

    #[test]
    fn an_echo_of_the_url_is_not_shown() {
        for body in [
            "percent X-Amz-Signature%3D0123456789abcdef0123%26partNumber%3D4",
            "base64 WC1BbXotU2lnbmF0dXJlPTAxMjM0NTY3ODlhYmNkZWYwMTIzJnBhcnROdW1iZXI9NA==",
            "wrapped 01234567 89abcdef\n  0123",
            "Cannot PUT /b?X-Amz-Signature=0123456789abcdef0123&partNumber=4",
            "<Message>bad /b?X-Amz-Signature=0123456789abcdef0123&amp;partNumber=4</Message>",
            "signature 0123456789abcdef0123 is wrong",
        ] {
            let text = read(body.as_bytes(), &url()).text;
            assert!(!text.contains("0123456"), "{text}");
            assert!(!text.contains("FtelNpZ25hdHVy"), "{text}");
            assert!(text.contains("***"), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_storage_says_fits_on_one_short_line(body in any::<Vec<u8>>()) {
            let text = read(&body, &url()).text;
            prop_assert!(!text.chars().any(char::is_control));
            prop_assert!(!text.is_empty());
        }
    }
}
