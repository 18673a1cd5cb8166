//! Part storage: takes a part at its presigned address, keeps its MD5 and nothing else, and answers as
//! an S3-like store does. Memory stays the same however large the file.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::Response;
use futures_util::StreamExt;
use md5::{Digest, Md5};

use crate::sandbox::answers::{Hangup, hangup, with_location};
use crate::sandbox::gate::{Accepted, Denied, INCOMPLETE, PREFIX, UNKNOWN_ADDRESS, accept};
use crate::sandbox::hash::{self, hex};
use crate::sandbox::scenario::Harm;
use crate::sandbox::shared::Shared;
use crate::sandbox::world::World;

/// Counts the parts on their way, also when a connection breaks off.
struct OnItsWay(Arc<Shared>);

impl OnItsWay {
    fn begin(shared: &Arc<Shared>) -> Self {
        let now = shared.parts_now.fetch_add(1, Ordering::SeqCst) + 1;
        let mut world = shared.world();
        world.log.parts_at_once = world.log.parts_at_once.max(now);
        drop(world);
        Self(Arc::clone(shared))
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        self.0.parts_now.fetch_sub(1, Ordering::SeqCst);
    }
}

pub(super) async fn put(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let counted = OnItsWay::begin(&shared);
    let (head, body) = request.into_parts();
    let accepted = accept(&mut shared.world(), &head);
    match accepted {
        Ok(part) => receive(&shared, &part, body, counted).await,
        Err(denied) => {
            swallow(body, u64::MAX).await;
            deny(denied)
        }
    }
}

/// Takes the bytes, as far as the scenario lets them come, and answers.
async fn receive(shared: &Arc<Shared>, part: &Accepted, body: Body, counted: OnItsWay) -> Response {
    let halfway = match part.harm {
        Some(Harm::Stalled) => Some("harm-stalled"),
        Some(Harm::Reset) => Some("harm-reset"),
        Some(
            Harm::Refuse(_)
            | Harm::Answer(..)
            | Harm::Say(..)
            | Harm::DoneSaying(..)
            | Harm::RateLimited(_)
            | Harm::Page(_)
            | Harm::LostAnswer
            | Harm::DoneBut(_)
            | Harm::Redirected
            | Harm::Slow(_)
            | Harm::WrongBytes,
        )
        | None => None,
    };
    if let Some(word) = halfway {
        let (arrived, _) = swallow(body, part.length / 2).await;
        note(shared, part, arrived, None, Some(word));
        if matches!(part.harm, Some(Harm::Stalled)) {
            // Nobody reads here any more, so that the client's leaving goes unseen: it counts as gone.
            drop(counted);
            return std::future::pending().await;
        }
        return hangup();
    }
    let (arrived, md5) = swallow(body, u64::MAX).await;
    if arrived != part.length {
        // The client went away; nobody hears this.
        note(shared, part, arrived, None, Some("part-incomplete"));
        return deny(INCOMPLETE);
    }
    conclude(shared, part, md5).await
}

/// The whole part is here.
async fn conclude(shared: &Arc<Shared>, part: &Accepted, md5: [u8; 16]) -> Response {
    let keep = |md5: [u8; 16]| {
        shared.world().store(part, md5);
        stored(&md5)
    };
    let (response, word) = match part.harm {
        None | Some(Harm::Stalled | Harm::Reset) => (keep(md5), None),
        Some(Harm::Slow(milliseconds)) => {
            let response = keep(md5);
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            (response, None)
        }
        Some(Harm::WrongBytes) => (keep(hash::md5(&md5)), Some("harm-wrong-bytes")),
        Some(Harm::LostAnswer) => {
            keep(md5);
            (hangup(), Some("harm-lost-answer"))
        }
        Some(Harm::DoneBut(status)) => {
            keep(md5);
            (
                deny((status, "ServiceUnavailable", BUSY)),
                Some("harm-done-but"),
            )
        }
        Some(Harm::Page(status)) => (
            deny((status, "ServiceUnavailable", BUSY)),
            Some("harm-page"),
        ),
        // Errors of the API's say nothing here.
        Some(Harm::Refuse(_) | Harm::Say(..) | Harm::DoneSaying(..)) => {
            (deny(UNKNOWN_ADDRESS), Some("harm-refused"))
        }
        Some(Harm::Answer(status, code)) => (
            deny((status, code, "The request can not be fulfilled.")),
            Some("harm-answered"),
        ),
        Some(Harm::RateLimited(seconds)) => {
            let mut response = deny((429, "SlowDown", BUSY));
            if let Some(seconds) = seconds {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, seconds.into());
            }
            (response, Some("harm-rate-limited"))
        }
        Some(Harm::Redirected) => {
            let location = format!("{}{PREFIX}{}", shared.world().elsewhere(), part.file);
            let response = deny((
                307,
                "TemporaryRedirect",
                "Please re-send this request elsewhere.",
            ));
            (with_location(response, &location), Some("harm-redirected"))
        }
    };
    let closed = response.extensions().get::<Hangup>().is_some();
    let status = (!closed).then(|| response.status().as_u16());
    note(shared, part, part.length, status, word);
    response
}

const BUSY: &str = "Please reduce your request rate.";
impl World {
    fn store(&mut self, accepted: &Accepted, md5: [u8; 16]) {
        let part = self
            .file_mut(&accepted.file)
            .filter(|file| !file.committed)
            .and_then(|file| {
                file.parts
                    .iter_mut()
                    .find(|part| part.number == accepted.number)
            });
        if let Some(part) = part {
            part.stored = Some(md5);
        }
    }
}

fn note(
    shared: &Arc<Shared>,
    part: &Accepted,
    arrived: u64,
    status: Option<u16>,
    word: Option<&'static str>,
) {
    let mut world = shared.world();
    world.log.bytes_put += arrived;
    world.log.update(part.entry, |entry| {
        entry.bytes = arrived;
        entry.status = status;
        entry.note = word;
    });
}

/// The `ETag` is the quoted MD5 in capitals.
fn stored(md5: &[u8; 16]) -> Response {
    let mut response = Response::new(Body::empty());
    if let Ok(tag) = format!("\"{}\"", hex(md5).to_uppercase()).parse() {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn deny((status, code, message): Denied) -> Response {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/xml")
        .body(Body::from(body))
        .expect("a status and a fixed header make an answer")
}

/// Reads a body, until `most` bytes or more are here, and hashes it on the way.
async fn swallow(body: Body, most: u64) -> (u64, [u8; 16]) {
    let mut hash = Md5::new();
    let mut arrived = 0_u64;
    let mut stream = body.into_data_stream();
    while arrived < most
        && let Some(Ok(bytes)) = stream.next().await
    {
        arrived += bytes.len() as u64;
        hash.update(&bytes);
    }
    (arrived, hash.finalize().into())
}
