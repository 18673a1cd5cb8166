//! `betaBuildLocalizations`: what to test. Apple makes the first language of a build itself, a while after
//! the build.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, page, single};
use crate::sandbox::operation::{Operation, get, patch, post};
use crate::sandbox::parameters::{CURSOR, LIMIT, NOTES_FIELDS, Rules};
use crate::sandbox::refusal::{Refusal, invalid_attribute, malformed_reference, not_found};
use crate::sandbox::rights::manages;
use crate::sandbox::shape::{Kind, Shape};
use crate::sandbox::shelf::Thing;
use crate::sandbox::world::World;
use crate::sandbox::{resources, texts};

const KIND: &str = "betaBuildLocalizations";

const LIST: Rules = &[
    ("fields[betaBuildLocalizations]", NOTES_FIELDS),
    LIMIT,
    CURSOR,
];

static ADD: Shape = Shape {
    kind: KIND,
    attributes: &[
        ("locale", true, Kind::Text),
        ("whatsNew", false, Kind::Note),
    ],
    relationships: &[("build", "builds")],
    ..Shape::NEW
};
static CHANGE: Shape = Shape {
    kind: KIND,
    attributes: &[("whatsNew", false, Kind::Note)],
    update: true,
    ..Shape::NEW
};

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get(
        "list-notes",
        "/v1/builds/{id}/betaBuildLocalizations",
        LIST,
        list,
    ),
    post("add-notes", "/v1/betaBuildLocalizations", &ADD, add),
    patch(
        "change-notes",
        "/v1/betaBuildLocalizations/{id}",
        &CHANGE,
        change,
    ),
];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let upload = world.upload_of_build(&call.id);
    let upload = upload
        .ok_or_else(|| not_found("builds", &call.id))?
        .id
        .clone();
    let at = world.script.after.localized_at;
    if let Some(upload) = world.upload_mut(&upload) {
        upload.done.looks += 1;
        if upload.done.looks >= at {
            make_first(world, &call.id);
        }
    }
    let rows = world.shelf.of(KIND, "build", &call.id);
    let shown = rows.map(|row| world.shelf.show(&world.base, row, &call.query));
    Ok(page(shown.collect(), &call.address(world)))
}

/// The language that Apple makes by itself.
fn make_first(world: &mut World, build: &str) {
    let locale = resources::PRIMARY_LOCALE;
    let mut there = world.shelf.of(KIND, "build", build);
    if there.any(|row| row.text("locale") == locale) {
        return;
    }
    drop(there);
    let id = world.next_id();
    let notes = Thing::new(KIND, id, json!({ "locale": locale })).link("build", "builds", build);
    world.shelf.add(notes);
}

fn add(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let data = &call.body["data"];
    let build = data["relationships"]["build"]["data"]["id"]
        .as_str()
        .unwrap_or_default();
    if world.upload_of_build(build).is_none() {
        return Err(malformed_reference("builds"));
    }
    let locale = data["attributes"]["locale"].as_str().unwrap_or_default();
    if !texts::is_locale(locale) {
        return Err(invalid_attribute(
            "locale",
            "The language specified is not listed for localization",
        ));
    }
    texts::check("whatsNew", &data["attributes"]["whatsNew"])?;
    // Apple was faster with the language that it makes itself.
    if locale == resources::PRIMARY_LOCALE {
        make_first(world, build);
    }
    let mut there = world.shelf.of(KIND, "build", build);
    if there.any(|row| row.text("locale") == locale) {
        return Err(texts::duplicate_locale(locale));
    }
    drop(there);
    let id = world.next_id();
    let notes = Thing::new(KIND, id.clone(), data["attributes"].clone());
    world.shelf.add(notes.link("build", "builds", build));
    show(world, call, &id, 201)
}

fn change(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let text = &call.body["data"]["attributes"]["whatsNew"];
    texts::check("whatsNew", text)?;
    let notes = world.shelf.one_mut(KIND, &call.id);
    let notes = notes.ok_or_else(|| not_found(KIND, &call.id))?;
    if !text.is_null() {
        notes.set("whatsNew", text.clone());
    }
    show(world, call, &call.id, 200)
}

fn show(world: &World, call: &Call, id: &str, status: u16) -> Result<Answer, Refusal> {
    let notes = world
        .shelf
        .one(KIND, id)
        .ok_or_else(|| not_found(KIND, id))?;
    let shown = world.shelf.show(&world.base, notes, &call.query);
    Ok(single(status, shown, &call.address(world)))
}
