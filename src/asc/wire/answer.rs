//! One answer of the server, whatever its status.

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use tokio::time::{Instant, timeout_at};

use crate::asc::wire::error::{Call, Error};
use crate::codes::{self, ApiError};
use crate::host::clock::Clock;
use crate::http::retry_after;
use crate::text::{self, cut, markup};

/// A list of operations for a file of 4 GiB has less than 1 MiB, and 200 builds have less than that.
pub const LARGEST_ANSWER: usize = 16 << 20;
/// An answer as a whole takes no longer, however steadily it drips.
const LONGEST_ANSWER: Duration = Duration::from_secs(5 * 60);
/// So many bytes of an answer that was not understood are looked at for words: a page begins with what is for browsers.
const START_READ: usize = 16 << 10;
/// How much of it is kept, in letters.
const START_KEPT: usize = 300;

/// A whole answer.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// The time of day by the server's own clock.
    pub fn date(&self) -> Option<SystemTime> {
        retry_after::date(&self.headers)
    }

    /// How long the server asks to be left alone.
    pub fn retry_after(&self, clock: &Clock) -> Option<Duration> {
        retry_after::read(&self.headers, clock.now())
    }
}

/// Reads an answer to its end. Nothing may be missing for longer than `patience`.
pub async fn whole(
    mut response: reqwest::Response,
    patience: Duration,
    call: impl Fn() -> Call,
) -> Result<Answer, Error> {
    let limit = LONGEST_ANSWER.max(patience);
    let by = Instant::now() + limit;
    let mut body = BytesMut::new();
    loop {
        let next = by.min(Instant::now() + patience);
        let chunk = match timeout_at(next, response.chunk()).await {
            Err(_) if next == by => {
                return Err(Error::Slow {
                    call: call(),
                    limit,
                });
            }
            Err(_) => {
                return Err(Error::Silent {
                    call: call(),
                    patience,
                });
            }
            Ok(chunk) => chunk.map_err(|source| Error::Lost {
                call: call(),
                source: source.without_url(),
            })?,
        };
        let Some(chunk) = chunk else { break };
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(Error::TooLarge {
                call: call(),
                limit: LARGEST_ANSWER,
            });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status: response.status().as_u16(),
        headers: std::mem::take(response.headers_mut()),
        body: body.freeze(),
    })
}

/// The errors of a body, or its first words where it is no error document.
pub fn errors_or_start(body: &[u8]) -> (Vec<ApiError>, Option<String>) {
    let errors = codes::errors(body);
    let start = errors.is_empty().then(|| start(body));
    (errors, start)
}

/// The first words as text that a terminal can show; of a page for browsers those that they show.
pub fn start(body: &[u8]) -> String {
    let read = &body[..body.len().min(START_READ)];
    let words = markup::without(&String::from_utf8_lossy(read));
    cut::letters(&text::line(&words), START_KEPT)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use http_body::{Body, Frame};
    use tokio::time::{Interval, interval};

    use super::*;

    /// A letter at a time, as often as the interval says, this many times.
    struct Drip(Interval, u32);

    impl Body for Drip {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            if self.1 == 0 {
                return Poll::Ready(None);
            }
            ready!(self.0.poll_tick(context));
            self.1 -= 1;
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"{")))))
        }
    }

    async fn dripping(
        every: u64,
        letters: u32,
        patience: u64,
    ) -> (Result<Answer, Error>, Duration) {
        let body = Drip(interval(Duration::from_secs(every)), letters);
        let response = hyper::Response::new(reqwest::Body::wrap(body)).into();
        let began = Instant::now();
        let call = || Call {
            method: "GET",
            path: "/v1/apps".to_owned(),
        };
        let answer = whole(response, Duration::from_secs(patience), call).await;
        (answer, began.elapsed())
    }

    #[test]
    fn of_a_page_for_browsers_the_first_words_are_kept_whatever_stands_before_them() {
        for hidden in [
            format!("<style>{}</style>", "a { color: red } ".repeat(128)),
            format!("<script>{}</script>", "function() {} ".repeat(128)),
            format!("<!-- {} -->", "<p>{}</p> ".repeat(256)),
        ] {
            let page = format!("<html><title>502</title>{hidden}<h1>Bad Gateway</h1></html>");
            assert_eq!(start(page.as_bytes()), "502 Bad Gateway");
            let endless = page.replace("</", "").replace("-->", "");
            assert!(!start(endless.as_bytes()).contains(['<', '{']), "{hidden}");
        }
        let long = start("é ".repeat(9_000).as_bytes());
        assert!(long.chars().count() <= START_KEPT && long.ends_with('…'));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_drips_is_left_after_five_minutes() {
        let (answer, took) = dripping(1, u32::MAX, 60).await;
        let error = answer.err().expect("no answer");
        assert!(matches!(error, Error::Slow { .. }), "{error:?}");
        assert!(error.is_retryable() && error.is_ambiguous());
        let said = "the answer to GET /v1/apps was not whole after 300 seconds and was dropped";
        assert_eq!(error.to_string(), said);
        assert_eq!(took, Duration::from_secs(300));
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_answer_is_heard_to_its_end_and_a_silent_one_is_not() {
        let (answer, took) = dripping(10, 30, 60).await;
        assert_eq!(answer.expect("an answer").body.len(), 30);
        assert_eq!(took, Duration::from_secs(290));
        let (answer, took) = dripping(70, 9, 60).await;
        assert!(matches!(answer, Err(Error::Silent { .. })));
        assert_eq!(took, Duration::from_secs(60));
        // Who waits longer for a commit waits as long for its answer.
        let (answer, took) = dripping(300, u32::MAX, 400).await;
        assert!(matches!(answer, Err(Error::Slow { .. })));
        assert_eq!(took, Duration::from_secs(400));
    }
}
