//! `users`: who belongs to the account.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, Shown, page, self_link};
use crate::sandbox::ids;
use crate::sandbox::operation::{Operation, get};
use crate::sandbox::parameters::{CURSOR, LIMIT, Rule, Rules};
use crate::sandbox::refusal::{Refusal, role_too_low};
use crate::sandbox::scenario::Role;
use crate::sandbox::world::World;

const LIST: Rules = &[
    ("filter[username]", Rule::Any),
    ("filter[roles]", Rule::Any),
    (
        "sort",
        Rule::Of(&["username", "-username", "lastName", "-lastName"]),
    ),
    ("fields[users]", Rule::Any),
    LIMIT,
    CURSOR,
];

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[get("list-users", "/v1/users", LIST, list)];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    match world.script.role {
        Role::Admin => {}
        Role::AppManager | Role::Developer | Role::Onlooker => return Err(role_too_low()),
    }
    let id = ids::uuid(1);
    let user = json!({
        "type": "users",
        "id": id,
        "attributes": {
            "username": "kim@example.com",
            "firstName": "Kim",
            "lastName": "Example",
            "roles": ["ACCOUNT_HOLDER", "ADMIN"],
            "allAppsVisible": true,
            "provisioningAllowed": true,
        },
        "links": self_link(&world.base, "users", &id),
    });
    Ok(page(vec![Shown::alone(user)], &call.address(world)))
}
