//! What went wrong in a call, with all that the server said about it.

use std::fmt;
use std::time::Duration;

use thiserror::Error;

use crate::codes::ApiError;
use crate::credentials;
use crate::http::client::SetupError;
use crate::http::fault::Fault;
use crate::http::retryable_statuses::Meaning;

/// From this many seconds on, a clock is called wrong.
pub const SKEW_WORTH_NAMING: u64 = 60;

/// Which call it was, without its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// Such as `/v1/apps`.
    pub path: String,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// What this room could not do.
#[derive(Debug, Error)]
pub enum Error {
    /// The client can't be set up like this.
    #[error("the connection to App Store Connect can't be set up: {reason}")]
    Setup {
        /// What is wrong and what to do.
        reason: String,
        /// What the library said.
        #[source]
        source: Option<reqwest::Error>,
    },
    /// No token.
    #[error(transparent)]
    Token(#[from] credentials::Error),
    /// There was no connection; the server did nothing.
    #[error(
        "{call} was not sent, because {}, and look at https://developer.apple.com/system-status/",
        Fault::NotConnected
    )]
    NotSent {
        /// Which call.
        call: Call,
        /// What the library said.
        #[source]
        source: reqwest::Error,
    },
    /// The server could not prove who it is; nothing was sent.
    #[error("{call} was not sent, because {}", Fault::Untrusted)]
    Untrusted {
        /// Which call.
        call: Call,
        /// What the library said.
        #[source]
        source: reqwest::Error,
    },
    /// The connection broke before the answer was whole.
    #[error("the answer to {call} got lost on its way")]
    Lost {
        /// Which call.
        call: Call,
        /// What the library said.
        #[source]
        source: reqwest::Error,
    },
    /// Nothing moved for too long.
    #[error("nothing came back for {call} within {} seconds", .patience.as_secs())]
    Silent {
        /// Which call.
        call: Call,
        /// How long nothing moved.
        patience: Duration,
    },
    /// The answer came so slowly that its end was not waited for.
    #[error("the answer to {call} was not whole after {} seconds and was dropped", .limit.as_secs())]
    Slow {
        /// Which call.
        call: Call,
        /// How long it came in.
        limit: Duration,
    },
    /// The answer is larger than any that was ever seen.
    #[error("the answer to {call} is larger than {} MiB and was dropped", .limit >> 20)]
    TooLarge {
        /// Which call.
        call: Call,
        /// The most that is read, in bytes.
        limit: usize,
    },
    /// The server answered, and the answer was no.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// A 2xx answer in another form than Apple's.
    #[error("the answer to {call} was not understood; it begins with {start:?}")]
    NotUnderstood {
        /// Which call.
        call: Call,
        /// Its first words.
        start: String,
        /// Where it went wrong.
        #[source]
        source: serde_json::Error,
    },
    /// A list goes on for longer than it is read.
    #[error(
        "the list GET {path} goes on after the {pages} pages that were read, so what it lacks is not known"
    )]
    Endless {
        /// Which list.
        path: String,
        /// How many pages were read.
        pages: usize,
    },
    /// A list goes on at another server, which must not get the token.
    #[error("the list {call} goes on at another address ({origin}), which was not followed")]
    Astray {
        /// Which call.
        call: Call,
        /// Scheme, host and port of that address.
        origin: String,
    },
}

/// An answer of another status than 2xx.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which call.
    pub call: Call,
    /// The HTTP status.
    pub status: u16,
    /// Apple's errors; none where the answer was no error document.
    pub errors: Vec<ApiError>,
    /// What to quote to Apple: `x-request-id` or `x-apple-jingle-correlation-key`.
    pub request_id: Option<String>,
    /// The first words of an answer that was no error document.
    pub start: Option<String>,
    /// Seconds that the server's clock is ahead of ours, where that is a minute or more.
    pub skew: Option<i64>,
    /// How long the server asked us to stay away.
    pub retry_after: Option<Duration>,
    /// Whether the key is one of the Enterprise Program, for which there is no App Store Connect.
    pub is_enterprise: bool,
}

impl From<SetupError> for Error {
    fn from(error: SetupError) -> Self {
        Self::Setup {
            reason: error.to_string(),
            source: match error {
                SetupError::NoCertificates(source) => source,
                SetupError::NoClient(source) => Some(source),
            },
        }
    }
}

impl Error {
    /// Whether asking again later may help.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::NotSent { .. } | Self::Lost { .. } | Self::Silent { .. } | Self::Slow { .. } => {
                true
            }
            Self::Refused(refusal) => Meaning::of(refusal.status).may_pass(),
            Self::NotUnderstood { .. } => true,
            Self::Setup { .. }
            | Self::Token(_)
            | Self::Untrusted { .. }
            | Self::TooLarge { .. }
            | Self::Endless { .. }
            | Self::Astray { .. } => false,
        }
    }

    /// Whether the server may have done what was asked, although it did not say so.
    pub fn is_ambiguous(&self) -> bool {
        match self {
            Self::Lost { .. }
            | Self::Silent { .. }
            | Self::Slow { .. }
            | Self::TooLarge { .. }
            | Self::NotUnderstood { .. } => true,
            Self::Refused(refusal) => Meaning::of(refusal.status) == Meaning::Trouble,
            Self::Setup { .. }
            | Self::Token(_)
            | Self::NotSent { .. }
            | Self::Untrusted { .. }
            | Self::Endless { .. }
            | Self::Astray { .. } => false,
        }
    }

    /// Whether an answer can be one of Apple's that says no. A redirect, a proxy that wants a password, and statuses
    /// such as 101 or 999 come from something on the way, and say nothing about the app.
    pub fn is_a_no(&self) -> bool {
        self.status()
            .is_none_or(|status| (400..500).contains(&status) && status != 407)
    }

    /// The answer, where the server answered with a no.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The status of the answer, where there was one.
    pub fn status(&self) -> Option<u16> {
        self.refusal().map(|refusal| refusal.status)
    }

    /// Whether one of Apple's errors has these words in its title or detail, in whatever case: some
    /// refusals differ in nothing else.
    pub fn says(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        self.refusal().is_some_and(|refusal| {
            let mut errors = refusal.errors.iter();
            errors.any(|error| error.to_string().to_lowercase().contains(&words))
        })
    }

    /// Whether one of Apple's errors has this code or one below it.
    pub fn has_code(&self, code: &str) -> bool {
        self.refusal()
            .is_some_and(|refusal| refusal.errors.iter().any(|error| error.is(code)))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "App Store Connect answered {} with {}",
            self.call, self.status
        )?;
        match (self.errors.as_slice(), &self.start) {
            ([], Some(start)) if !start.is_empty() => {
                write!(
                    f,
                    " and no error document; the answer begins with {start:?}"
                )?;
            }
            ([], _) => f.write_str(" and an empty answer")?,
            ([only], _) => write!(f, ": {only}")?,
            ([first, others @ ..], _) => write!(f, ": {first} (and {} more)", others.len())?,
        }
        if let Some(id) = &self.request_id {
            write!(f, " (request {id})")?;
        }
        match self.skew {
            Some(skew) => write!(f, "; {}", skew_sentence(skew)),
            None => Ok(()),
        }
    }
}

/// What a clock that is off looks like to people.
pub fn skew_sentence(ahead: i64) -> String {
    let off = ahead.unsigned_abs();
    let off = match off {
        0..120 => format!("{off} seconds"),
        120..7_200 => format!("{} minutes", off / 60),
        _ => format!("{} hours", off / 3_600),
    };
    let side = if ahead > 0 { "behind" } else { "ahead of" };
    format!("the clock of this machine is {off} {side} Apple's")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::wire::answer::errors_or_start;
    use proptest::prelude::*;

    fn refusal(status: u16, body: &str) -> Refusal {
        let (errors, start) = errors_or_start(body.as_bytes());
        Refusal {
            call: Call {
                method: "POST",
                path: "/v1/buildUploads".into(),
            },
            status,
            errors,
            request_id: Some("ABC".into()),
            start,
            skew: None,
            retry_after: None,
            is_enterprise: false,
        }
    }

    #[test]
    fn a_duplicate_says_which_number_apple_knows() {
        let refusal = refusal(
            409,
            r#"{"errors":[{"id":"e1","status":"409","code":"ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE",
                "title":"The value is taken","detail":"Choose a higher one.",
                "source":{"pointer":"/data/attributes/cfBundleVersion"},
                "meta":{"previousBundleVersion":"2.0.53"},"more":1}]}"#,
        );
        let error = &refusal.errors[0];
        assert!(error.is("ENTITY_ERROR.ATTRIBUTE.INVALID"));
        assert!(!error.is("ENTITY_ERROR.ATTRIBUTE.INV"));
        assert_eq!(error.previous_bundle_version.as_deref(), Some("2.0.53"));
        assert_eq!(
            error.pointer.as_deref(),
            Some("/data/attributes/cfBundleVersion")
        );
        insta::assert_snapshot!(refusal, @"App Store Connect answered POST /v1/buildUploads with 409: The value is taken. Choose a higher one. (request ABC)");
    }

    #[test]
    fn only_what_apple_answers_is_a_no() {
        for status in 100..1_000 {
            let error = Error::Refused(Box::new(refusal(status, "")));
            let is_apples = [400, 401, 403, 404, 406, 409, 413, 415, 422, 429].contains(&status);
            let is_of_the_way = !(400..500).contains(&status) || status == 407;
            assert!(!is_apples || error.is_a_no(), "{status}");
            assert!(!is_of_the_way || !error.is_a_no(), "{status}");
        }
    }

    #[test]
    fn associated_errors_keep_the_resource_that_they_are_about() {
        let refusal = refusal(
            409,
            r#"{"errors":[{"status":409,"code":"STATE_ERROR","title":"Not now","meta":{"associatedErrors":{
                "/v1/appStoreVersionLocalizations/9":[{"code":"ENTITY_ERROR.ATTRIBUTE.REQUIRED",
                "source":{"pointer":"/data/attributes/description"}},7],"/v1/builds/1":null}}},{}]}"#,
        );
        let [first, second] = refusal.errors.as_slice() else {
            panic!("two errors");
        };
        assert_eq!(first.status.as_deref(), Some("409"));
        assert_eq!(first.associated.len(), 1);
        assert_eq!(
            first.associated[0].path,
            "/v1/appStoreVersionLocalizations/9"
        );
        assert_eq!(second, &ApiError::default());
        insta::assert_snapshot!(refusal, @"App Store Connect answered POST /v1/buildUploads with 409: Not now (and 1 more) (request ABC)");
    }

    #[test]
    fn an_answer_that_is_no_error_document_keeps_its_beginning() {
        insta::assert_snapshot!(refusal(502, "<html>\u{1b}[1mBad Gateway</html>"), @r#"App Store Connect answered POST /v1/buildUploads with 502 and no error document; the answer begins with "Bad Gateway" (request ABC)"#);
        insta::assert_snapshot!(refusal(502, ""), @"App Store Connect answered POST /v1/buildUploads with 502 and an empty answer (request ABC)");
        assert_eq!(
            refusal(500, r#"{"errors":[]}"#).start.as_deref(),
            Some(r#"{"errors":[]}"#)
        );
    }

    #[test]
    fn a_wrong_clock_is_named_with_its_side() {
        assert_eq!(
            skew_sentence(90),
            "the clock of this machine is 90 seconds behind Apple's"
        );
        assert_eq!(
            skew_sentence(-600),
            "the clock of this machine is 10 minutes ahead of Apple's"
        );
        assert!(skew_sentence(i64::MIN).contains("hours ahead"));
    }

    #[test]
    fn only_lost_answers_and_server_faults_are_ambiguous() {
        let error = |status| Error::Refused(Box::new(refusal(status, "")));
        for status in 300..600 {
            let expected = status == 408 || status >= 500;
            assert_eq!(error(status).is_ambiguous(), expected, "{status}");
            assert_eq!(
                error(status).is_retryable(),
                expected || status == 425 || status == 429,
                "{status}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_body_makes_it_panic(body in proptest::collection::vec(any::<u8>(), 0..600)) {
            let (errors, start) = errors_or_start(&body);
            prop_assert_eq!(errors.is_empty(), start.is_some());
        }
    }
}
