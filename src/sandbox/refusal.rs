//! Errors as App Store Connect words them. Codes and sentences are those that clients have recorded;
//! <https://developer.apple.com/documentation/appstoreconnectapi/interpreting-and-handling-errors>.

use serde_json::{Value, json};

/// An error answer with one error in it.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    code: &'static str,
    title: &'static str,
    detail: String,
    source: Option<Box<Value>>,
    meta: Option<Box<Value>>,
    beside: Option<Box<Self>>,
    /// What the sandbox itself knows of the reason; in the log only.
    pub(super) why: Option<&'static str>,
}

impl Refusal {
    pub(super) fn new(
        status: u16,
        code: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code,
            title,
            detail: detail.into(),
            source: None,
            meta: None,
            beside: None,
            why: None,
        }
    }

    pub(super) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.source = Some(Box::new(json!({ "pointer": pointer.into() })));
        self
    }

    pub(super) fn parameter(mut self, name: &str) -> Self {
        self.source = Some(Box::new(json!({ "parameter": name })));
        self
    }

    pub(super) fn meta(mut self, meta: Value) -> Self {
        self.meta = Some(Box::new(meta));
        self
    }

    /// The same answer with another error after this one.
    pub(super) fn beside(mut self, other: Self) -> Self {
        self.beside = Some(Box::new(other));
        self
    }

    /// The answer's body. A 401 has no `id`, as on the wire.
    pub(super) fn document(&self, id: &str) -> Value {
        let mut error = json!({
            "status": self.status.to_string(),
            "code": self.code,
            "title": self.title,
            "detail": self.detail,
        });
        if self.status != 401 {
            error["id"] = json!(id);
        }
        if let Some(source) = &self.source {
            error["source"] = (**source).clone();
        }
        if let Some(meta) = &self.meta {
            error["meta"] = (**meta).clone();
        }
        let mut document = json!({ "errors": [error] });
        if let (Some(other), Some(errors)) = (&self.beside, document["errors"].as_array_mut()) {
            errors.push(other.document(id)["errors"][0].take());
        }
        document
    }
}

pub(super) fn not_authorized(why: &'static str) -> Refusal {
    let mut refusal = Refusal::new(
        401,
        "NOT_AUTHORIZED",
        "Authentication credentials are missing or invalid.",
        "Provide a properly configured and signed bearer token, and make sure that it has not \
         expired. Learn more about Generating Tokens for API Requests \
         https://developer.apple.com/go/?id=api-generating-tokens",
    );
    refusal.why = Some(why);
    refusal
}

pub(super) fn role_too_low() -> Refusal {
    Refusal::new(
        403,
        "FORBIDDEN_ERROR",
        "This request is forbidden for security reasons",
        "The API key in use does not allow this request",
    )
}

pub(super) fn agreements_missing() -> Refusal {
    Refusal::new(
        403,
        "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED",
        "A required agreement is missing or has expired.",
        "This request requires an in-effect agreement that has not been signed or has expired.",
    )
}

pub(super) fn not_found(kind: &str, id: &str) -> Refusal {
    Refusal::new(
        404,
        "NOT_FOUND",
        "The specified resource does not exist",
        format!("There is no resource of type '{kind}' with id '{id}'"),
    )
}

pub(super) fn no_such_path(path: &str) -> Refusal {
    Refusal::new(
        404,
        "PATH_ERROR",
        "The URL path is not valid",
        format!(
            "The resource '{}' does not exist",
            path.trim_start_matches('/')
        ),
    )
}

pub(super) fn not_allowed(kind: &str, verb: &str) -> Refusal {
    Refusal::new(
        403,
        "FORBIDDEN_ERROR",
        "The given operation is not allowed",
        format!("The resource '{kind}' does not allow '{verb}'."),
    )
}

pub(super) fn unexpected() -> Refusal {
    Refusal::new(
        500,
        "UNEXPECTED_ERROR",
        "An unexpected error occurred.",
        "An unexpected error occurred on the server side. If this issue continues, contact us at \
         https://developer.apple.com/contact/.",
    )
}

/// An error that no client has recorded; a scenario asks for it by its code.
pub(super) fn unrecorded(status: u16, code: &'static str) -> Refusal {
    Refusal::new(
        status,
        code,
        "The request can not be fulfilled",
        format!("The service answered with the code '{code}'"),
    )
}

/// An error that clients have recorded; a scenario asks for it by its code and sentence.
pub(super) fn said(status: u16, code: &'static str, words: &'static str) -> Refusal {
    Refusal::new(status, code, "The request can not be fulfilled", words)
}

pub(super) fn rate_limited() -> Refusal {
    Refusal::new(
        429,
        "RATE_LIMIT_EXCEEDED",
        "The request rate limit has been reached.",
        "We've received too many requests for this API. Please wait and try again or slow down \
         your request rate.",
    )
}

pub(super) fn illegal_parameter(name: &str) -> Refusal {
    Refusal::new(
        400,
        "PARAMETER_ERROR.ILLEGAL",
        "A parameter is not allowed",
        format!("The parameter '{name}' can not be used with this request"),
    )
    .parameter(name)
}

pub(super) fn invalid_parameter(name: &str, value: &str) -> Refusal {
    Refusal::new(
        400,
        "PARAMETER_ERROR.INVALID",
        "A parameter has an invalid value",
        format!("'{value}' is not a valid value for the parameter '{name}'"),
    )
    .parameter(name)
}

pub(super) fn invalid_attribute(name: &str, detail: impl Into<String>) -> Refusal {
    Refusal::new(
        409,
        "ENTITY_ERROR.ATTRIBUTE.INVALID",
        "The provided entity includes an attribute with an invalid value",
        detail,
    )
    .at(format!("/data/attributes/{name}"))
}

pub(super) fn invalid_relationship(name: &str, detail: impl Into<String>) -> Refusal {
    Refusal::new(
        409,
        "ENTITY_ERROR.RELATIONSHIP.INVALID",
        "The provided entity includes a relationship with an invalid value",
        detail,
    )
    .at(format!("/data/relationships/{name}/data/id"))
}

/// An action that TestFlight does not take.
pub(super) fn unprocessable(
    code: &'static str,
    title: &'static str,
    detail: impl Into<String>,
) -> Refusal {
    Refusal::new(422, code, title, detail)
}

/// A reference to something that is not there.
pub(super) fn malformed_reference(kind: &str) -> Refusal {
    Refusal::new(
        409,
        "ENTITY_ERROR.RELATIONSHIP.INVALID",
        "The provided entity includes a relationship with an invalid value",
        format!("There is no such resource of type '{kind}'"),
    )
    .at("/data/id")
}

pub(super) fn wrong_state(detail: impl Into<String>) -> Refusal {
    Refusal::new(
        409,
        "STATE_ERROR.INVALID_STATE",
        "The request cannot be fulfilled because of the state of another resource.",
        detail,
    )
}

pub(super) fn content_not_uploaded(pointer: &str) -> Refusal {
    Refusal::new(
        409,
        "STATE_ERROR.CONTENT_NOT_UPLOADED",
        "The request cannot be fulfilled because of the state of another resource.",
        "The content of this resource has not been uploaded completely.",
    )
    .at(pointer)
}

pub(super) fn duplicate_number(previous: &str) -> Refusal {
    Refusal::new(
        409,
        "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE",
        "The provided entity includes an attribute with a value that has already been used",
        "The bundle version must be higher than the previously uploaded version.",
    )
    .at("/data/attributes/cfBundleVersion")
    .meta(json!({ "previousBundleVersion": previous }))
}
