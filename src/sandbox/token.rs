//! Whether a bearer token is one that App Store Connect would take, by the rules of
//! <https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests>.

use std::collections::HashSet;

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::Value;

use crate::sandbox::demo;

/// A token may end at most this many seconds ahead.
const LONGEST: i64 = 20 * 60;

/// Checks an `Authorization` header at `now` (seconds since 1970). The error is the reason in a word,
/// for the log; the answer says no more than Apple's does.
pub(super) fn check(authorization: Option<&str>, now: i64) -> Result<(), &'static str> {
    let token = authorization
        .ok_or("no-token")?
        .strip_prefix("Bearer ")
        .ok_or("no-bearer")?;
    let header = jsonwebtoken::decode_header(token).map_err(|_| "token-malformed")?;
    if header.alg != Algorithm::ES256 {
        return Err("token-algorithm");
    }
    if header.kid.as_deref() != Some(demo::KEY_ID) {
        return Err("token-key-id");
    }
    if header.typ.as_deref() != Some("JWT") {
        return Err("token-type");
    }
    let claims = claims(token)?;
    check_claims(&claims, now)
}

fn claims(token: &str) -> Result<Value, &'static str> {
    // The times are checked below, against the sandbox's own clock.
    let mut validation = Validation::new(Algorithm::ES256);
    validation.required_spec_claims = HashSet::new();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    let key = DecodingKey::from_ec_der(&demo::public_point());
    jsonwebtoken::decode::<Value>(token, &key, &validation)
        .map(|data| data.claims)
        .map_err(|_| "token-signature")
}

fn check_claims(claims: &Value, now: i64) -> Result<(), &'static str> {
    if claims["aud"] != "appstoreconnect-v1" {
        return Err("token-audience");
    }
    match (claims.get("iss"), claims.get("sub")) {
        (Some(issuer), None) if issuer == demo::ISSUER_ID => {}
        (None, Some(subject)) if subject == "user" => {}
        _ => return Err("token-issuer"),
    }
    let ends = claims["exp"].as_i64().ok_or("token-no-end")?;
    if ends <= now {
        return Err("token-expired");
    }
    if ends > now + LONGEST {
        return Err("token-too-long");
    }
    match claims.get("iat").map(Value::as_i64) {
        None => Ok(()),
        Some(Some(issued)) if issued <= now => Ok(()),
        Some(_) => Err("token-from-the-future"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonwebtoken::Header;
    use serde_json::json;

    const NOW: i64 = 1_800_000_000;

    fn signed(claims: &Value, key_id: &str) -> String {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(key_id.to_owned());
        let token = jsonwebtoken::encode(&header, claims, &demo::signing_key()).unwrap();
        format!("Bearer {token}")
    }

    fn verdict(claims: &Value) -> Result<(), &'static str> {
        check(Some(&signed(claims, demo::KEY_ID)), NOW)
    }

    fn good() -> Value {
        json!({"iss": demo::ISSUER_ID, "iat": NOW - 60, "exp": NOW + 900, "aud": "appstoreconnect-v1"})
    }

    fn with(name: &str, value: Value) -> Value {
        let mut claims = good();
        claims[name] = value;
        claims
    }

    #[test]
    fn a_team_key_and_an_individual_key_are_taken_but_not_both_at_once() {
        assert_eq!(verdict(&good()), Ok(()));
        let mut individual = with("sub", json!("user"));
        assert_eq!(verdict(&individual), Err("token-issuer"));
        individual.as_object_mut().unwrap().remove("iss");
        assert_eq!(verdict(&individual), Ok(()));
    }

    #[test]
    fn a_token_lives_at_most_twenty_minutes_and_never_in_the_future() {
        assert_eq!(verdict(&with("exp", json!(NOW + 1_200))), Ok(()));
        assert_eq!(
            verdict(&with("exp", json!(NOW + 1_201))),
            Err("token-too-long")
        );
        assert_eq!(verdict(&with("exp", json!(NOW))), Err("token-expired"));
        assert_eq!(
            verdict(&with("iat", json!(NOW + 1))),
            Err("token-from-the-future")
        );
    }

    #[test]
    fn the_wrong_audience_key_or_signature_is_refused() {
        assert_eq!(verdict(&with("aud", json!("other"))), Err("token-audience"));
        assert_eq!(
            check(Some(&signed(&good(), "OTHERKEY00")), NOW),
            Err("token-key-id")
        );
        let token = signed(&good(), demo::KEY_ID);
        let (head, _) = token.rsplit_once('.').unwrap();
        let forged = format!("{head}.{}", "A".repeat(86));
        assert_eq!(check(Some(&forged), NOW), Err("token-signature"));
        assert_eq!(check(None, NOW), Err("no-token"));
    }
}
