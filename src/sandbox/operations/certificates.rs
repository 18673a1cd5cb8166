//! `certificates`: with what the account signs.

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

/// Id, type, name, display name, and the days that it is good for beyond those of the scenario.
const ALL: [(&str, &str, &str, &str, i64); 3] = [
    (
        "SANDBOXCER",
        "DISTRIBUTION",
        "Apple Distribution: Example",
        "Example",
        0,
    ),
    (
        "SANDBOXCE2",
        "DISTRIBUTION",
        "Apple Distribution: Example",
        "Created via API",
        400,
    ),
    (
        "SANDBOXCE3",
        "DEVELOPMENT",
        "Apple Development: Kim Example",
        "Kim's Mac",
        400,
    ),
];

/// The first of them, made on the first day of 2026; whatever is signed in it is worth nothing.
const CONTENT: &str = include_str!("certificate.txt");

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    provisions(world)?;
    let wanted = |kind| call.query.lets("filter[certificateType]", kind);
    let rows = ALL.into_iter().filter(|row| wanted(row.1));
    let rows = rows.map(|(id, kind, name, display_name, more)| {
        let mut row = json!({
            "type": "certificates",
            "id": id,
            "attributes": {
                "name": name,
                "certificateType": kind,
                "displayName": display_name,
                "serialNumber": format!("5A4DB0C50000{}", &id[7..].replace(|char: char| !char.is_ascii_hexdigit(), "0")),
                "expirationDate": api_date(world.expires_at() + more * 86_400, Some(0)),
                "activated": true,
            },
            "links": self_link(&world.base, "certificates", id),
        });
        if id == ALL[0].0 {
            row["attributes"]["certificateContent"] = CONTENT.trim_end().into();
        }
        Shown::alone(row)
    });
    Ok(page(rows.collect(), &call.address(world)))
}
