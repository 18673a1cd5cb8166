//! Answers as they go out: documents, errors, the pages of gateways, the headers that all have, and the
//! harm that a scenario does to them.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, estrange};
use crate::sandbox::refusal::{self, Refusal};
use crate::sandbox::scenario::{Harm, Known};
use crate::sandbox::world::World;

/// A mark on an answer: close the connection instead of sending it.
#[derive(Clone, Copy)]
pub(super) struct Hangup;

/// The answer to a request that comes to harm, and the word for the log.
pub(super) fn harmed(
    world: &mut World,
    harm: Harm,
    call: &Call,
    perform: &mut dyn FnMut(&mut World) -> Response,
) -> (Response, Option<&'static str>) {
    match harm {
        Harm::Refuse(known) => (
            refuse(world, &known_refusal(known, call)),
            Some("harm-refused"),
        ),
        Harm::Answer(status, code) => (
            refuse(world, &refusal::unrecorded(status, code)),
            Some("harm-answered"),
        ),
        Harm::Say(status, code, words) => (
            refuse(world, &refusal::said(status, code, words)),
            Some("harm-said"),
        ),
        Harm::DoneSaying(status, code, words) => {
            let _ = perform(world);
            let refused = refusal::said(status, code, words);
            (refuse(world, &refused), Some("harm-done-saying"))
        }
        Harm::RateLimited(seconds) => {
            let mut response = refuse(world, &refusal::rate_limited());
            let headers = response.headers_mut();
            if let Some(seconds) = seconds {
                headers.insert(header::RETRY_AFTER, seconds.into());
            }
            if let Ok(spent) = "user-hour-lim:3600;user-hour-rem:0;".parse() {
                headers.insert("x-rate-limit", spent);
            }
            (response, Some("harm-rate-limited"))
        }
        Harm::Page(status) => (page(world, status), Some("harm-page")),
        Harm::LostAnswer => {
            let _ = perform(world);
            (hangup(), Some("harm-lost-answer"))
        }
        Harm::DoneBut(status) => {
            let _ = perform(world);
            (page(world, status), Some("harm-done-but"))
        }
        Harm::Redirected => {
            let location = format!("{}/v1", world.elsewhere());
            let response = answer(world, 307, "text/plain", String::new());
            (with_location(response, &location), Some("harm-redirected"))
        }
        Harm::Reset => (hangup(), Some("harm-reset")),
        // These are storage's.
        Harm::Slow(_) | Harm::WrongBytes | Harm::Stalled => (perform(world), None),
    }
}

fn known_refusal(known: Known, call: &Call) -> Refusal {
    match known {
        Known::NotAuthorized => refusal::not_authorized("scenario"),
        Known::RoleTooLow => refusal::role_too_low(),
        Known::AgreementsMissing => refusal::agreements_missing(),
        Known::NotFound => {
            let app = call.body["data"]["relationships"]["app"]["data"]["id"].as_str();
            let kind = call.path.split('/').nth(2).unwrap_or_default();
            app.map_or_else(
                || refusal::not_found(kind, &call.id),
                |app| refusal::not_found("apps", app),
            )
        }
        Known::ContentNotUploaded => refusal::content_not_uploaded("/data/attributes/uploaded"),
        Known::Unexpected => refusal::unexpected(),
    }
}

pub(super) fn document(world: &mut World, given: Answer) -> Response {
    match given {
        Answer::Nothing => answer(world, 204, "", String::new()),
        Answer::Document(status, mut document) => {
            if world.script.strange {
                estrange(&mut document);
            }
            answer(world, status, "application/json", document.to_string())
        }
    }
}

pub(super) fn refuse(world: &mut World, refusal: &Refusal) -> Response {
    let id = world.next_id();
    let body = refusal.document(&id).to_string();
    answer(world, refusal.status, "application/json", body)
}

/// A web page, as gateways answer.
fn page(world: &mut World, status: u16) -> Response {
    let reason = StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Error");
    let body = format!(
        "<html>\r\n<head><title>{status} {reason}</title></head>\r\n<body>\r\n<center><h1>{status} \
         {reason}</h1></center>\r\n<hr><center>Apple</center>\r\n</body>\r\n</html>\r\n"
    );
    answer(world, status, "text/html", body)
}

/// An answer with the headers that all have.
pub(super) fn answer(world: &mut World, status: u16, kind: &str, body: String) -> Response {
    world.requests += 1;
    let remaining = 3_600 - world.requests % 3_600;
    let mut response = Response::builder()
        .status(status)
        .header("x-request-id", world.next_id())
        .header(
            "x-rate-limit",
            format!("user-hour-lim:3600;user-hour-rem:{remaining};"),
        )
        .header(header::DATE, world.clock().http_date());
    if !kind.is_empty() {
        response = response.header(header::CONTENT_TYPE, kind);
    }
    response
        .body(Body::from(body))
        .expect("the headers of an answer are plain ASCII")
}

pub(super) fn with_location(mut response: Response, location: &str) -> Response {
    if let Ok(value) = location.parse() {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

pub(super) fn hangup() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Hangup);
    response
}
