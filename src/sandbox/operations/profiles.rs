//! `profiles`: which apps the account may sign with which certificates.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::clock::api_date;
use crate::sandbox::document::{Answer, Shown, page, self_link};
use crate::sandbox::operation::{Operation, get};
use crate::sandbox::parameters::{CURSOR, LIMIT, Rule, Rules};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::rights::provisions;
use crate::sandbox::world::World;

const LIST: Rules = &[
    ("filter[name]", Rule::Any),
    ("filter[profileType]", Rule::Any),
    ("filter[profileState]", Rule::Of(&["ACTIVE", "INVALID"])),
    ("filter[id]", Rule::Any),
    ("sort", Rule::Any),
    ("fields[profiles]", Rule::Any),
    LIMIT,
    CURSOR,
];

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[get("list-profiles", "/v1/profiles", LIST, list)];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    provisions(world)?;
    let profile = json!({
        "type": "profiles",
        "id": "SANDBOXPRO",
        "attributes": {
            "name": "Example App Store",
            "platform": "IOS",
            "profileType": "IOS_APP_STORE",
            "profileState": "ACTIVE",
            "uuid": "5a4db0c5-0000-4000-8000-000000000001",
            "expirationDate": api_date(world.expires_at(), Some(0)),
        },
        "links": self_link(&world.base, "profiles", "SANDBOXPRO"),
    });
    Ok(page(vec![Shown::alone(profile)], &call.address(world)))
}
