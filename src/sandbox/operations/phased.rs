//! `appStoreVersionPhasedReleases`: releases that reach people over seven days.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::document::Answer;
use crate::sandbox::operation::{Operation, delete, get, patch, post};
use crate::sandbox::parameters::{Rule, Rules};
use crate::sandbox::refusal::{Refusal, invalid_attribute, malformed_reference, not_found};
use crate::sandbox::rights::manages;
use crate::sandbox::shape::{Kind, Shape};
use crate::sandbox::shelf::Thing;
use crate::sandbox::show;
use crate::sandbox::world::World;

const KIND: &str = "appStoreVersionPhasedReleases";
const OF: &str = "appStoreVersionPhasedRelease";
const VERSIONS: &str = "appStoreVersions";

const READ: Rules = &[("fields[appStoreVersionPhasedReleases]", Rule::Any)];
const STATES: Kind = Kind::OneOf(&["INACTIVE", "ACTIVE", "PAUSED", "COMPLETE"]);

static MAKE: Shape = Shape {
    kind: KIND,
    attributes: &[("phasedReleaseState", false, STATES)],
    relationships: &[("appStoreVersion", VERSIONS)],
    ..Shape::NEW
};
static CHANGE: Shape = Shape {
    kind: KIND,
    attributes: &[("phasedReleaseState", false, STATES)],
    update: true,
    ..Shape::NEW
};

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get(
        "read-phased",
        "/v1/appStoreVersions/{id}/appStoreVersionPhasedRelease",
        READ,
        read,
    ),
    post(
        "make-phased",
        "/v1/appStoreVersionPhasedReleases",
        &MAKE,
        make,
    ),
    patch(
        "change-phased",
        "/v1/appStoreVersionPhasedReleases/{id}",
        &CHANGE,
        change,
    ),
    delete(
        "delete-phased",
        "/v1/appStoreVersionPhasedReleases/{id}",
        remove,
    ),
];

fn read(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let version = world
        .shelf
        .one(VERSIONS, &call.id)
        .ok_or_else(|| not_found(VERSIONS, &call.id))?;
    let id = version
        .end(OF)
        .ok_or_else(|| not_found(KIND, &call.id))?
        .to_owned();
    show::one(world, call, (KIND, &id), 200)
}

fn make(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let data = &call.body["data"];
    let version = data["relationships"]["appStoreVersion"]["data"]["id"].as_str();
    let version = version.unwrap_or_default().to_owned();
    let id = world.next_id();
    let thing = world
        .shelf
        .one_mut(VERSIONS, &version)
        .ok_or_else(|| malformed_reference(VERSIONS))?;
    if thing.end(OF).is_some() {
        return Err(invalid_attribute(
            "phasedReleaseState",
            "The phased release already has this value",
        ));
    }
    thing.relink(OF, KIND, &id);
    let mut phased = Thing::new(KIND, id.clone(), data["attributes"].clone());
    if phased.text("phasedReleaseState").is_empty() {
        phased.set("phasedReleaseState", "INACTIVE");
    }
    world.shelf.add(phased);
    show::one(world, call, (KIND, &id), 201)
}

fn change(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let thing = world
        .shelf
        .one_mut(KIND, &call.id)
        .ok_or_else(|| not_found(KIND, &call.id))?;
    let wanted = call.body["data"]["attributes"]["phasedReleaseState"]
        .as_str()
        .unwrap_or_default();
    let refused = match thing.text("phasedReleaseState") {
        "COMPLETE" => {
            Some("You cannot change the state of a phased release that is in a final state")
        }
        now if now == wanted => Some("The phased release already has this value"),
        _ => None,
    };
    if let Some(why) = refused {
        return Err(invalid_attribute("phasedReleaseState", why));
    }
    thing.set("phasedReleaseState", json!(wanted));
    show::one(world, call, (KIND, &call.id), 200)
}

fn remove(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    world
        .shelf
        .one(KIND, &call.id)
        .ok_or_else(|| not_found(KIND, &call.id))?;
    world.shelf.remove(KIND, &call.id);
    world.shelf.unlink(OF, &call.id);
    Ok(Answer::Nothing)
}
