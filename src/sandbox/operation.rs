//! One operation of the API, as the tables of the resources list them.

use crate::sandbox::call::Call;
use crate::sandbox::document::Answer;
use crate::sandbox::parameters::Rules;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::shape::Shape;
use crate::sandbox::world::World;

/// What an operation does with the world.
pub(super) type Doing = fn(&mut World, &Call) -> Result<Answer, Refusal>;

/// One operation of the API.
pub(super) struct Operation {
    /// Its name in the log and in faults; it never changes.
    pub(super) name: &'static str,
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    pub(super) method: &'static str,
    /// The path as Apple's specification writes it.
    pub(super) path: &'static str,
    /// The parameters it takes.
    pub(super) parameters: Rules,
    /// The body it takes.
    pub(super) body: Option<&'static Shape>,
    pub(super) doing: Doing,
}

/// An operation that looks.
pub(super) const fn get(
    name: &'static str,
    path: &'static str,
    parameters: Rules,
    doing: Doing,
) -> Operation {
    Operation {
        name,
        method: "GET",
        path,
        parameters,
        body: None,
        doing,
    }
}

/// An operation that makes a resource.
pub(super) const fn post(
    name: &'static str,
    path: &'static str,
    body: &'static Shape,
    doing: Doing,
) -> Operation {
    change("POST", (name, path), Some(body), doing)
}

/// An operation that changes a resource.
pub(super) const fn patch(
    name: &'static str,
    path: &'static str,
    body: &'static Shape,
    doing: Doing,
) -> Operation {
    change("PATCH", (name, path), Some(body), doing)
}

/// An operation that deletes a resource.
pub(super) const fn delete(name: &'static str, path: &'static str, doing: Doing) -> Operation {
    change("DELETE", (name, path), None, doing)
}

const fn change(
    method: &'static str,
    (name, path): (&'static str, &'static str),
    body: Option<&'static Shape>,
    doing: Doing,
) -> Operation {
    Operation {
        name,
        method,
        path,
        parameters: &[],
        body,
        doing,
    }
}
