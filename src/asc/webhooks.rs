//! `webhooks`: addresses that Apple calls when something happens to an app
//! (<https://developer.apple.com/documentation/appstoreconnectapi/webhook-notifications>).

use aws_lc_rs::hmac;
use serde_json::{Value, json};

use crate::asc::wire::error::Error;
use crate::asc::wire::page::FULL_PAGE;
use crate::asc::wire::path;
use crate::asc::wire::record::{self, Record, body};
use crate::asc::wire::transport::Client;
use crate::ids::AppId;
use crate::secret::Secret;
use crate::text::plain;

/// Where webhooks are made.
const WEBHOOKS: &str = "/v1/webhooks";
/// Where Apple is asked to call one.
const WEBHOOK_PINGS: &str = "/v1/webhookPings";

const KIND: &str = "webhooks";
const PINGS: &str = "webhookPings";
/// What stands before the digits of a signature, in the header `x-apple-signature`.
const SCHEME: &str = "hmacsha256=";

/// One webhook. Its secret is told to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where Apple calls.
    pub url: String,
    /// Whether Apple does.
    pub is_enabled: bool,
    /// What for, in Apple's words.
    pub events: Vec<String>,
}

/// A webhook that is to be made.
pub struct NewWebhook<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where Apple calls.
    pub url: &'a str,
    /// What Apple signs with.
    pub secret: &'a Secret,
    /// What for, in Apple's words.
    pub events: &'a [&'static str],
}

/// The webhooks of an app.
pub async fn of_app(client: &Client, app: &AppId) -> Result<Vec<Webhook>, Error> {
    let path = path::of_app(app, KIND);
    let found = record::list(client, &path, &[("limit", FULL_PAGE)]).await?;
    Ok(found.data.iter().map(webhook).collect())
}

/// Makes one; where the answer gets lost, it is looked for before it is made again.
pub async fn make(client: &Client, app: &AppId, new: &NewWebhook<'_>) -> Result<Webhook, Error> {
    let attributes = json!({
        "name": new.name,
        "url": new.url,
        "secret": new.secret.expose(),
        "eventTypes": new.events,
        "enabled": true,
    });
    let body = body(KIND, None, attributes, &[("app", "apps", app.as_str())]);
    let path = path::of_app(app, KIND);
    let look = || async {
        let found = record::list(client, &path, &[("limit", FULL_PAGE)]).await?;
        let mut rows = found.data.into_iter();
        Ok(rows.find(|row| row.word("url") == new.url))
    };
    let made = record::make(client, WEBHOOKS, &body, look).await?;
    Ok(webhook(&made))
}

/// Has Apple call once. One call more does no harm, but is not made blindly either.
pub async fn ping(client: &Client, id: &str) -> Result<(), Error> {
    let body = body(PINGS, None, json!({}), &[("webhook", KIND, id)]);
    client.post::<Value>(WEBHOOK_PINGS, &body).await?;
    Ok(())
}

fn webhook(row: &Record) -> Webhook {
    Webhook {
        id: row.id.clone(),
        name: row.word("name"),
        url: row.word("url"),
        is_enabled: row.flag("enabled").unwrap_or(false),
        events: row.words("eventTypes"),
    }
}

/// Whether Apple signed these very bytes. The comparison takes the same time wherever they differ
/// (<https://developer.apple.com/documentation/appstoreconnectapi/configuring-webhook-notifications>).
pub fn is_signed(secret: &Secret, body: &[u8], signature: &str) -> bool {
    let signature = signature.trim();
    let digits = signature.strip_prefix(SCHEME).unwrap_or(signature);
    let Some(sum) = bytes(digits) else {
        return false;
    };
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    hmac::verify(&key, body, &sum).is_ok()
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hex || !digits.len().is_multiple_of(2) {
        return None;
    }
    let pairs = (0..digits.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok())
        .collect()
}

/// What a call of Apple's says, for machines; `None` where it is none.
pub fn event(body: &[u8]) -> Option<Value> {
    let told: Value = serde_json::from_slice(body).ok()?;
    let word = |path: &str| told.pointer(path).and_then(Value::as_str).map(plain::line);
    Some(json!({
        "event": word("/data/type")?,
        "old_state": word("/data/attributes/oldState")
            .or_else(|| word("/data/attributes/oldValue")),
        "new_state": word("/data/attributes/newState")
            .or_else(|| word("/data/attributes/newValue")),
        "resource": word("/data/relationships/instance/data/type"),
        "id": word("/data/relationships/instance/data/id"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"data":{"type":"buildUploadStateUpdated","id":"e","version":1,"attributes":{"oldState":
        "PROCESSING","newState":"COMPLETE"},"relationships":{"instance":{"data":{"type":"buildUploads","id":"u1"}}}}}"#;

    fn signature(secret: &str, body: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let sum = hmac::sign(&key, body);
        let digits = sum.as_ref().iter().map(|byte| format!("{byte:02x}"));
        digits.collect()
    }

    #[test]
    fn only_the_very_bytes_and_the_very_secret_are_signed() {
        let secret = Secret::new("a secret of some length");
        let right = signature("a secret of some length", BODY);
        for form in [
            right.clone(),
            format!("hmacsha256={right}"),
            right.to_uppercase(),
        ] {
            assert!(is_signed(&secret, BODY, &form), "{form}");
        }
        let other = signature("another secret of length", BODY);
        for wrong in ["", "hmacsha256=", "zz", &right[2..], &other, "é0"] {
            assert!(!is_signed(&secret, BODY, wrong), "{wrong}");
        }
        assert!(!is_signed(&secret, &BODY[1..], &right));
    }

    #[test]
    fn a_known_sum_of_the_standard_is_right() {
        // RFC 4231, test case 2.
        let sum = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let secret = Secret::new("Jefe");
        assert!(is_signed(&secret, b"what do ya want for nothing?", sum));
    }

    #[test]
    fn an_event_is_told_by_its_words() {
        let told = event(BODY).unwrap();
        assert_eq!(told["event"], "buildUploadStateUpdated");
        assert_eq!(
            (&told["new_state"], &told["id"]),
            (&json!("COMPLETE"), &json!("u1"))
        );
        for wrong in [&b""[..], b"[]", b"{\"data\":{}}", b"\xff"] {
            assert_eq!(event(wrong), None);
        }
    }
}
