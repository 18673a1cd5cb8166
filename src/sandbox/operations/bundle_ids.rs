//! `bundleIds`: the identifiers that the account has registered.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, Shown, page, self_link};
use crate::sandbox::operation::{Operation, get};
use crate::sandbox::parameters::{CURSOR, LIMIT, Rule, Rules};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::rights::provisions;
use crate::sandbox::world::World;

const LIST: Rules = &[
    ("filter[name]", Rule::Any),
    ("filter[platform]", Rule::Any),
    ("filter[identifier]", Rule::Any),
    ("filter[seedId]", Rule::Any),
    ("filter[id]", Rule::Any),
    ("sort", Rule::Any),
    ("fields[bundleIds]", Rule::Any),
    LIMIT,
    CURSOR,
];

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[get("list-bundle-ids", "/v1/bundleIds", LIST, list)];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    provisions(world)?;
    let identifier = json!({
        "type": "bundleIds",
        "id": "SANDBOXBID",
        "attributes": {
            "name": "Example",
            "platform": "UNIVERSAL",
            "identifier": "com.example.app",
            "seedId": "SANDBOX123",
        },
        "links": self_link(&world.base, "bundleIds", "SANDBOXBID"),
    });
    Ok(page(vec![Shown::alone(identifier)], &call.address(world)))
}
