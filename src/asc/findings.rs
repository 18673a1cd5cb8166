//! From what the server refused to findings with Apple's own words.

use crate::asc::diagnostics::{CLOCK_WRONG, REFUSED, build_number_taken, enterprise_key};
use crate::asc::wire::error::{Error, Refusal, skew_sentence};
use crate::codes::{self, ApiError, Message};
use crate::diagnostic::{Diagnostic, Severity};
use crate::ids::BuildNumber;

const SOURCE: &str = "app-store-connect";

impl Error {
    /// What the server's no means for the user, one finding for each of Apple's errors; nothing where
    /// there was no answer. Whether a no that may pass is worth a finding is the caller's to say
    /// ([`Error::is_retryable`]).
    pub fn findings(&self) -> Vec<Diagnostic> {
        match self.refusal() {
            Some(refusal) => of_refusal(refusal),
            None => Vec::new(),
        }
    }
}

fn of_refusal(refusal: &Refusal) -> Vec<Diagnostic> {
    if refusal.is_enterprise {
        return vec![enterprise_key(&refusal.to_string()).said_by(SOURCE)];
    }
    let mut found = Vec::new();
    if let Some(skew) = refusal.skew {
        found.push(
            Diagnostic::error(CLOCK_WRONG, skew_sentence(skew))
                .message("tokens carry the time, and Apple refuses them outside of it")
                .variable("seconds", skew.to_string()),
        );
    }
    for error in &refusal.errors {
        found.push(of_error(error, refusal));
        for associated in &error.associated {
            found.push(of_error(&associated.error, refusal).variable("resource", &associated.path));
        }
    }
    if refusal.errors.is_empty() {
        let unnamed = unnamed(refusal, &refusal.to_string());
        found.push(with_context(unnamed, &ApiError::default(), refusal));
    }
    found
}

fn of_error(error: &ApiError, refusal: &Refusal) -> Diagnostic {
    if let Some(taken) = taken(error) {
        return with_context(taken, error, refusal);
    }
    let Some(code) = &error.code else {
        return with_context(unnamed(refusal, &error.to_string()), error, refusal);
    };
    with_context(known(code, &error.to_string()), error, refusal)
}

/// What the catalogue says of one of Apple's codes, and of Apple's words beside it.
fn known(code: &str, words: &str) -> Diagnostic {
    codes::diagnose(&Message {
        text: words,
        codes: vec![code.to_owned()],
        severity: Some(Severity::Error),
        source: SOURCE,
    })
}

/// A refusal without any of Apple's codes: the status is all there is.
fn unnamed(refusal: &Refusal, words: &str) -> Diagnostic {
    let code = match refusal.status {
        401 => "NOT_AUTHORIZED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        429 => "RATE_LIMIT_EXCEEDED",
        500..=599 => "UNEXPECTED_ERROR",
        _ => return without_name(refusal).message(words),
    };
    known(code, words)
}

fn without_name(refusal: &Refusal) -> Diagnostic {
    let title = match refusal.status {
        300..=399 => "the address answers with a redirect, which is not followed with a token",
        407 => "the proxy wants a user name and password",
        _ => "App Store Connect refused the call and gave no reason",
    };
    Diagnostic::error(REFUSED, title)
}

fn with_context(mut diagnostic: Diagnostic, error: &ApiError, refusal: &Refusal) -> Diagnostic {
    diagnostic = diagnostic
        .said_by(SOURCE)
        .variable("status", refusal.status.to_string())
        .variable("call", refusal.call.to_string());
    if let Some(code) = &error.code {
        diagnostic = diagnostic.also_known_as(code);
    }
    for (name, value) in error.variables() {
        diagnostic = diagnostic.variable(name, value);
    }
    if let Some(id) = &refusal.request_id {
        diagnostic = diagnostic.variable("request_id", id);
    }
    diagnostic
}

/// The answer to a reservation whose build number Apple already has.
fn taken(error: &ApiError) -> Option<Diagnostic> {
    let about_number = error.pointer.as_deref() == Some("/data/attributes/cfBundleVersion")
        || error.previous_bundle_version.is_some();
    if !error.is("ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE") || !about_number {
        return None;
    }
    let previous = error
        .previous_bundle_version
        .as_deref()
        .map(BuildNumber::new);
    Some(build_number_taken(previous.as_ref(), &error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::diagnostics::{APP_NOT_FOUND, BUILD_NUMBER_TAKEN, app_not_found};
    use crate::asc::wire::answer::errors_or_start;
    use crate::asc::wire::error::Call;
    use crate::diagnostic::Subject;
    use serde_json::{Value, json};

    fn findings(status: u16, body: &Value) -> Vec<Diagnostic> {
        let (errors, start) = errors_or_start(body.to_string().as_bytes());
        Error::Refused(Box::new(Refusal {
            call: Call {
                method: "POST",
                path: "/v1/buildUploads".into(),
            },
            status,
            errors,
            request_id: Some("R1".into()),
            start,
            skew: (status == 401).then_some(600),
            retry_after: None,
            is_enterprise: false,
        }))
        .findings()
    }

    #[test]
    fn a_taken_number_comes_with_the_next_free_one() {
        let body = json!({"errors": [{"id": "e1", "code": "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE",
            "title": "Taken", "detail": "Must be higher.", "status": "409",
            "source": {"pointer": "/data/attributes/cfBundleVersion"},
            "meta": {"previousBundleVersion": "2.0.9"}}]});
        let [found] = findings(409, &body).try_into().unwrap();
        assert_eq!(found.code, BUILD_NUMBER_TAKEN);
        assert_eq!(
            found.codes,
            [
                "build-number-taken",
                "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE"
            ]
        );
        assert_eq!(found.message, "Taken. Must be higher.");
        assert_eq!(found.variables["previous_build_number"], "2.0.9");
        assert_eq!(found.variables["next_build_number"], "2.0.10");
        assert_eq!(found.variables["error_id"], "e1");
        assert_eq!(found.source, "app-store-connect");
        assert_eq!(found.subjects, [Subject::BuildNumber]);
        let mut found = found;
        codes::complete(&mut found, None);
        assert!(found.fix[0].contains("2.0.10"));
    }

    #[test]
    fn a_refused_token_with_a_wrong_clock_names_the_clock_first() {
        let body =
            json!({"errors": [{"code": "NOT_AUTHORIZED", "status": "401", "title": "Bad token"}]});
        let [clock, token] = findings(401, &body).try_into().unwrap();
        assert_eq!(clock.code, CLOCK_WRONG);
        assert_eq!(token.code.as_str(), "asc-not-authorized");
        assert!(token.codes.contains(&"NOT_AUTHORIZED".to_owned()));
    }

    #[test]
    fn every_error_and_associated_error_is_a_finding_with_apples_words() {
        let body = json!({"errors": [
            {"code": "BRAND_NEW.THING", "title": "Oh", "detail": "Something new."},
            {"code": "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED", "title": "Sign"},
            {"code": "STATE_ERROR.ENTITY_STATE_INVALID", "title": "Look", "meta": {"associatedErrors":
                {"/v1/builds/1": [{"code": "ENTITY_ERROR.ATTRIBUTE.REQUIRED", "title": "Missing"}]}}},
        ]});
        let found = findings(409, &body);
        let shown: Vec<_> = found
            .iter()
            .map(|d| (d.code.as_str(), d.message.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("brand_new.thing", "Oh. Something new."),
                (
                    "asc-forbidden-required-agreements-missing-or-expired",
                    "Sign"
                ),
                ("asc-state-error-entity-state-invalid", "Look"),
                ("asc-entity-error-attribute-required", "Missing"),
            ]
        );
        assert_eq!(found[3].variables["resource"], "/v1/builds/1");
    }

    #[test]
    fn an_answer_without_errors_is_still_a_finding() {
        for (status, code) in [
            (403, "asc-forbidden"),
            (404, "asc-not-found"),
            (429, "asc-rate-limit-exceeded"),
            (502, "asc-unexpected-error"),
            (302, "app-store-connect-refused"),
            (407, "app-store-connect-refused"),
        ] {
            let found = findings(status, &json!("<html>"));
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].code.as_str(), code, "{status}");
            assert!(!found[0].message.is_empty());
        }
    }

    #[test]
    fn a_missing_app_names_the_apps_that_are_there() {
        use crate::asc::apps::App;
        use crate::ids::{AppId, BundleIdentifier};
        let app = |bundle: &str| App {
            id: AppId::new("1"),
            name: "Name".into(),
            bundle_identifier: BundleIdentifier::new(bundle),
            primary_locale: None,
        };
        let wanted = BundleIdentifier::new("com.example.App");
        let found = app_not_found(&wanted, &[app("com.example.app")], true);
        assert_eq!(found.code, APP_NOT_FOUND);
        assert_eq!(
            found.message,
            "the API key sees: com.example.app (Name), more"
        );
        let mut found = found;
        codes::complete(&mut found, None);
        assert!(found.fix[0].contains("com.example.app"));
        assert_eq!(
            app_not_found(&wanted, &[], false).message,
            "the API key sees no app at all"
        );
        let nameless = App {
            name: String::new(),
            ..app("")
        };
        assert_eq!(
            app_not_found(&wanted, &[nameless, app("")], false).message,
            "the API key sees: an app without a name, Name"
        );
        let many: Vec<App> = (0..25).map(|i| app(&format!("a.b{i}"))).collect();
        assert!(
            app_not_found(&wanted, &many, false)
                .message
                .ends_with("5 others")
        );
    }
}
