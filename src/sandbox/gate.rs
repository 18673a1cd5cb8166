//! Which parts storage takes: the right address, within its time, with the right headers and length.

use axum::http::request::Parts as Head;
use axum::http::{Method, header};

use crate::sandbox::log::Entry;
use crate::sandbox::scenario::{Harm, PUT_PART};
use crate::sandbox::world::World;

/// Where storage begins; the file's id follows.
pub(super) const PREFIX: &str = "/storage/PurpleSource211/";

/// An error of the store: status, code and message.
pub(super) type Denied = (u16, &'static str, &'static str);

/// A part that may be sent.
pub(super) struct Accepted {
    pub(super) file: String,
    pub(super) number: u64,
    pub(super) length: u64,
    pub(super) harm: Option<Harm>,
    /// Number of the log's entry.
    pub(super) entry: u64,
}

pub(super) const INCOMPLETE: Denied = (
    400,
    "IncompleteBody",
    "The request body terminated unexpectedly.",
);
pub(super) const UNKNOWN_ADDRESS: Denied = (
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided.",
);

/// Whether a part may be sent to this address with these headers. Logs the request either way.
pub(super) fn accept(world: &mut World, head: &Head) -> Result<Accepted, Denied> {
    let path = head.uri.path();
    let authorization = head.headers.contains_key(header::AUTHORIZATION);
    let mut entry = Entry {
        operation: PUT_PART,
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
            let harm = world.harm(PUT_PART, Some((number, attempt)));
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
