//! Part storage: takes a part at its presigned address, keeps its MD5 and nothing else, and answers as
//! an S3-like store does. Memory stays the same however large the file.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts as Head;
use axum::http::{Method, header};
use axum::response::Response;
use futures_util::StreamExt;
use md5::{Digest, Md5};

use super::log::Entry;
use super::routes::{Shared, hangup, with_location};
use super::scenario::{Harm, Operation};
use super::world::World;

/// Where storage begins; the file's id follows.
pub(super) const PREFIX: &str = "/storage/PurpleSource211/";

pub(super) fn md5(bytes: &[u8]) -> [u8; 16] {
    Md5::digest(bytes).into()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An error of the store: status, code and message.
type Denied = (u16, &'static str, &'static str);

/// A part that may be sent.
struct Accepted {
    file: String,
    number: u64,
    length: u64,
    harm: Option<Harm>,
    /// Number of the log's entry.
    entry: u64,
}

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
    let _counted = OnItsWay::begin(&shared);
    let (head, body) = request.into_parts();
    let accepted = accept(&mut shared.world(), &head);
    match accepted {
        Ok(part) => receive(&shared, &part, body).await,
        Err(denied) => {
            swallow(body, u64::MAX).await;
            deny(denied)
        }
    }
}

/// Takes the bytes, as far as the scenario lets them come, and answers.
async fn receive(shared: &Arc<Shared>, part: &Accepted, body: Body) -> Response {
    let halfway = match part.harm {
        Some(Harm::Stalled) => Some("harm-stalled"),
        Some(Harm::Reset) => Some("harm-reset"),
        Some(
            Harm::Refuse(_)
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
        Some(Harm::WrongBytes) => (keep(self::md5(&md5)), Some("harm-wrong-bytes")),
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
        Some(Harm::Refuse(_)) => (deny(UNKNOWN_ADDRESS), Some("harm-refused")),
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
    let closed = response
        .extensions()
        .get::<super::routes::Hangup>()
        .is_some();
    let status = (!closed).then(|| response.status().as_u16());
    note(shared, part, part.length, status, word);
    response
}

const BUSY: &str = "Please reduce your request rate.";
const INCOMPLETE: Denied = (
    400,
    "IncompleteBody",
    "The request body terminated unexpectedly.",
);
const UNKNOWN_ADDRESS: Denied = (
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided.",
);

/// Whether a part may be sent to this address with these headers. Logs the request either way.
fn accept(world: &mut World, head: &Head) -> Result<Accepted, Denied> {
    let path = head.uri.path();
    let authorization = head.headers.contains_key(header::AUTHORIZATION);
    let mut entry = Entry {
        operation: Operation::PutPart,
        method: head.method.to_string(),
        path: path.to_owned(),
        status: None,
        authorization,
        note: None,
        part: None,
        bytes: 0,
    };
    let file = path.strip_prefix(PREFIX).unwrap_or_default().to_owned();
    match admit(world, head, &file) {
        Err(denied) => {
            entry.status = Some(denied.0);
            entry.note = Some(denied.1);
            world.log.add(entry);
            Err(denied)
        }
        Ok((number, length, attempt)) => {
            entry.part = Some((file.clone(), number, attempt));
            let harm = world.harm(Operation::PutPart, Some((number, attempt)));
            let entry = world.log.add(entry);
            Ok(Accepted {
                file,
                number,
                length,
                harm,
                entry,
            })
        }
    }
}

/// The part's number and length, and how often it has been sent now.
fn admit(world: &mut World, head: &Head, file: &str) -> Result<(u64, u64, u32), Denied> {
    let now = world.clock().unix_seconds();
    let text = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    if head.method != Method::PUT {
        return Err((
            405,
            "MethodNotAllowed",
            "The specified method is not allowed against this resource.",
        ));
    }
    if head.headers.contains_key(header::AUTHORIZATION) {
        return Err((
            400,
            "InvalidArgument",
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query \
            parameter or the Authorization header should be specified",
        ));
    }
    let file = world.file_mut(file).filter(|file| !file.committed).ok_or((
        404,
        "NoSuchUpload",
        "The specified multipart upload does not exist.",
    ))?;
    let query = head.uri.query().unwrap_or_default();
    let part = file
        .parts
        .iter_mut()
        .find(|part| part.query == query)
        .ok_or(UNKNOWN_ADDRESS)?;
    if part.expires <= now {
        return Err((403, "AccessDenied", "Request has expired"));
    }
    let mut kinds = head.headers.get_all(header::CONTENT_TYPE).iter();
    let right = kinds
        .next()
        .is_some_and(|kind| kind == "application/octet-stream");
    if !right || kinds.next().is_some() {
        return Err((
            403,
            "AccessDenied",
            "There were headers present which do not match the operation",
        ));
    }
    let length = text(header::CONTENT_LENGTH)
        .and_then(|length| length.parse::<u64>().ok())
        .ok_or((
            411,
            "MissingContentLength",
            "You must provide the Content-Length HTTP header.",
        ))?;
    if length != part.length {
        return Err((
            400,
            "EntityTooLarge",
            "The part does not have the length of its operation.",
        ));
    }
    part.attempts += 1;
    Ok((part.number, part.length, part.attempts))
}

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
