//! `appEncryptionDeclarations`: the account has one that Apple has approved.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, page};
use crate::sandbox::ids;
use crate::sandbox::operation::{Operation, get, patch};
use crate::sandbox::parameters::{CURSOR, LIMIT, Rule, Rules};
use crate::sandbox::refusal::{Refusal, malformed_reference, not_found};
use crate::sandbox::rights::manages;
use crate::sandbox::shape::Shape;
use crate::sandbox::shelf::Thing;
use crate::sandbox::world::World;

const KIND: &str = "appEncryptionDeclarations";

const LIST: Rules = &[
    ("fields[appEncryptionDeclarations]", Rule::Any),
    LIMIT,
    CURSOR,
];

static ATTACH: Shape = Shape::reference(KIND);

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get(
        "list-declarations",
        "/v1/apps/{id}/appEncryptionDeclarations",
        LIST,
        list,
    ),
    patch(
        "attach-declaration",
        "/v1/builds/{id}/relationships/appEncryptionDeclaration",
        &ATTACH,
        attach,
    ),
];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let attributes = json!({
        "appDescription": "It talks to its server.",
        "appEncryptionDeclarationState": "APPROVED",
        "createdDate": "2026-01-01T00:00:00Z",
    });
    let thing = Thing::new(KIND, declaration(&call.id), attributes);
    let shown = vec![world.shelf.show(&world.base, &thing, &call.query)];
    Ok(page(shown, &call.address(world)))
}

fn declaration(app: &str) -> String {
    ids::uuid(ids::of_text(&format!("{app}/declaration")))
}

fn attach(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let upload = world.upload_of_build(&call.id);
    let upload = upload.ok_or_else(|| not_found("builds", &call.id))?;
    if call.body["data"]["id"] != declaration(&upload.app) {
        return Err(malformed_reference(KIND));
    }
    Ok(Answer::Nothing)
}
