//! `certificates`: with what the account signs.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, Shown, page, self_link};
use crate::sandbox::operation::{Operation, get};
use crate::sandbox::parameters::{CURSOR, LIMIT, Rule, Rules};
use crate::sandbox::refusal::{Refusal, role_too_low};
use crate::sandbox::scenario::Role;
use crate::sandbox::world::World;

const LIST: Rules = &[
    ("filter[displayName]", Rule::Any),
    ("filter[certificateType]", Rule::Any),
    ("filter[serialNumber]", Rule::Any),
    ("filter[id]", Rule::Any),
    ("sort", Rule::Any),
    ("fields[certificates]", Rule::Any),
    LIMIT,
    CURSOR,
];

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] =
    &[get("list-certificates", "/v1/certificates", LIST, list)];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    match world.script.role {
        Role::Admin | Role::AppManager => {}
        Role::Developer | Role::Onlooker => return Err(role_too_low()),
    }
    let certificate = json!({
        "type": "certificates",
        "id": "SANDBOXCER",
        "attributes": {
            "name": "Apple Distribution: Example",
            "certificateType": "DISTRIBUTION",
            "displayName": "Example",
            "serialNumber": "5A4DB0C500000001",
            "expirationDate": "2037-01-01T00:00:00.000+00:00",
            "activated": true,
        },
        "links": self_link(&world.base, "certificates", "SANDBOXCER"),
    });
    Ok(page(vec![Shown::alone(certificate)], &call.address(world)))
}
