//! From what the server refused to findings with Apple's own words.

use crate::asc::api_error::ApiError;
use crate::asc::diagnostics::{
    CLOCK_WRONG, FORBIDDEN, KNOWN, NOT_AUTHORIZED, NOT_FOUND, RATE_LIMITED, REFUSED, UNEXPECTED,
    build_number_taken,
};
use crate::asc::error::{Error, Refusal, skew_sentence};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::ids::BuildNumber;

const STATUS_PAGE: &str = "https://developer.apple.com/system-status/";
const KEYS: &str = "https://appstoreconnect.apple.com/access/integrations/api";
const SOURCE: &str = "app-store-connect";

impl Error {
    /// What the server's no means for the user, one finding for each of Apple's errors; nothing where
    /// there was no answer, or where asking again later is all there is to do.
    pub fn findings(&self) -> Vec<Diagnostic> {
        match self.refusal() {
            Some(refusal) => of_refusal(refusal),
            None => Vec::new(),
        }
    }
}

fn of_refusal(refusal: &Refusal) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(skew) = refusal.skew {
        found.push(
            Diagnostic::error(CLOCK_WRONG, skew_sentence(skew))
                .message("tokens carry the time, and Apple refuses them outside of it")
                .fix("set the clock of the runner, or let it follow a time server")
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
        found.push(without_errors(refusal));
    }
    found
}

fn of_error(error: &ApiError, refusal: &Refusal) -> Diagnostic {
    if let Some(taken) = taken(error) {
        return with_context(taken, error, refusal);
    }
    let api_code = error.code.as_deref().unwrap_or_default();
    let known = KNOWN.iter().find(|(name, ..)| error.is(name));
    let code = match known {
        Some((_, code, _)) => (*code).clone(),
        None if api_code.is_empty() => REFUSED,
        None => Code::read(kebab(api_code)),
    };
    let title = error.title.as_deref().unwrap_or(match api_code {
        "" => "App Store Connect refused the call",
        code => code,
    });
    let diagnostic = Diagnostic::error(code, title).message(error.to_string());
    let fix = known.map_or(&[][..], |(_, _, fix)| fix);
    let diagnostic = fix.iter().copied().fold(diagnostic, Diagnostic::fix);
    let diagnostic = match refusal.status {
        401 | 403 => diagnostic
            .about(Subject::WorkflowInput {
                name: "api-key".into(),
            })
            .link(KEYS),
        500..=599 => diagnostic.link(STATUS_PAGE),
        _ => diagnostic,
    };
    with_context(diagnostic, error, refusal)
}

fn with_context(mut diagnostic: Diagnostic, error: &ApiError, refusal: &Refusal) -> Diagnostic {
    diagnostic = diagnostic
        .from_source(SOURCE)
        .variable("status", refusal.status.to_string())
        .variable("call", refusal.call.to_string());
    if let Some(code) = &error.code {
        diagnostic = diagnostic.also_known_as(code);
    }
    let variables = [
        ("pointer", &error.pointer),
        ("parameter", &error.parameter),
        ("error_id", &error.id),
        ("request_id", &refusal.request_id),
    ];
    for (name, value) in variables {
        if let Some(value) = value {
            diagnostic = diagnostic.variable(name, value);
        }
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

fn without_errors(refusal: &Refusal) -> Diagnostic {
    let code = match refusal.status {
        401 => NOT_AUTHORIZED,
        403 => FORBIDDEN,
        404 => NOT_FOUND,
        429 => RATE_LIMITED,
        500..=599 => UNEXPECTED,
        _ => REFUSED,
    };
    let fix = KNOWN
        .iter()
        .find(|(_, known, _)| **known == code)
        .map_or(&[][..], |(_, _, fix)| fix);
    let title = match refusal.status {
        300..=399 => "the address answers with a redirect, which is not followed with a token",
        407 => "the proxy wants a user name and password",
        _ => "App Store Connect gave no reason",
    };
    let diagnostic = Diagnostic::error(code, title).message(refusal.to_string());
    let diagnostic = fix.iter().copied().fold(diagnostic, Diagnostic::fix);
    with_context(diagnostic, &ApiError::default(), refusal)
}

fn kebab(code: &str) -> String {
    code.to_ascii_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect()
}
