//! `appStoreVersions`: what is in the store and on its way there, with its texts.

use serde_json::Value;

use crate::sandbox::call::Call;
use crate::sandbox::document::Answer;
use crate::sandbox::operation::{Operation, get, patch, post};
use crate::sandbox::parameters::{CURSOR, LIMIT, PLATFORMS, Rule, Rules};
use crate::sandbox::refusal::{Refusal, invalid_attribute, not_found, wrong_state};
use crate::sandbox::rights::manages;
use crate::sandbox::shape::{Kind, Shape};
use crate::sandbox::shelf::Thing;
use crate::sandbox::show;
use crate::sandbox::world::World;
use crate::sandbox::{ids, store, texts};

const KIND: &str = "appStoreVersions";
const TEXTS: &str = "appStoreVersionLocalizations";

const INCLUDES: Rule = Rule::Of(&["app", "build", "appStoreVersionPhasedRelease"]);
const LIST: Rules = &[
    ("filter[platform]", PLATFORMS),
    ("filter[versionString]", Rule::Any),
    ("filter[appVersionState]", Rule::Any),
    ("filter[id]", Rule::Any),
    ("fields[appStoreVersions]", Rule::Any),
    ("include", INCLUDES),
    LIMIT,
    CURSOR,
];
const READ: Rules = &[
    ("fields[appStoreVersions]", Rule::Any),
    ("include", INCLUDES),
];
const LIST_TEXTS: Rules = &[
    ("filter[locale]", Rule::Any),
    ("fields[appStoreVersionLocalizations]", Rule::Any),
    LIMIT,
    CURSOR,
];

const RELEASE: Kind = Kind::OneOf(&["MANUAL", "AFTER_APPROVAL", "SCHEDULED"]);

static MAKE: Shape = Shape {
    kind: KIND,
    attributes: &[
        (
            "platform",
            true,
            Kind::OneOf(&["IOS", "MAC_OS", "TV_OS", "VISION_OS"]),
        ),
        ("versionString", true, Kind::Text),
        ("copyright", false, Kind::Note),
        ("releaseType", false, RELEASE),
        ("earliestReleaseDate", false, Kind::Note),
    ],
    relationships: &[("app", "apps")],
    options: &[("build", "builds")],
    ..Shape::NEW
};
static CHANGE: Shape = Shape {
    kind: KIND,
    attributes: &[
        ("versionString", false, Kind::Text),
        ("copyright", false, Kind::Note),
        ("releaseType", false, RELEASE),
        ("earliestReleaseDate", false, Kind::Note),
    ],
    options: &[("build", "builds")],
    update: true,
    ..Shape::NEW
};
static CHANGE_TEXTS: Shape = Shape {
    kind: TEXTS,
    attributes: &[
        ("description", false, Kind::Note),
        ("keywords", false, Kind::Note),
        ("promotionalText", false, Kind::Note),
        ("whatsNew", false, Kind::Note),
    ],
    update: true,
    ..Shape::NEW
};

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get(
        "list-versions",
        "/v1/apps/{id}/appStoreVersions",
        LIST,
        list,
    ),
    get("read-version", "/v1/appStoreVersions/{id}", READ, read),
    post("make-version", "/v1/appStoreVersions", &MAKE, make),
    patch(
        "change-version",
        "/v1/appStoreVersions/{id}",
        &CHANGE,
        change,
    ),
    get(
        "list-store-texts",
        "/v1/appStoreVersions/{id}/appStoreVersionLocalizations",
        LIST_TEXTS,
        list_texts,
    ),
    patch(
        "change-store-texts",
        "/v1/appStoreVersionLocalizations/{id}",
        &CHANGE_TEXTS,
        change_texts,
    ),
];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    store::ensure(
        world,
        &call.id,
        call.query.get("filter[platform]").unwrap_or("IOS"),
    );
    store::poll(world);
    let rows = world.shelf.of(KIND, "app", &call.id).filter(|version| {
        store::shows(world, version)
            && call
                .query
                .lets("filter[platform]", version.text("platform"))
            && call
                .query
                .lets("filter[versionString]", version.text("versionString"))
            && call
                .query
                .lets("filter[appVersionState]", version.text("appVersionState"))
            && call.query.lets("filter[id]", &version.id)
    });
    Ok(show::all(world, call, rows))
}

fn read(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    store::poll(world);
    show(world, call, &call.id, 200)
}

fn show(world: &World, call: &Call, id: &str, status: u16) -> Result<Answer, Refusal> {
    let version = world
        .shelf
        .one(KIND, id)
        .filter(|version| status == 201 || store::shows(world, version));
    let version = version.ok_or_else(|| not_found(KIND, id))?;
    Ok(show::made(world, call, version, status))
}

fn make(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let (app, platform) = store::place(world, call)?;
    let (data, platform) = (&call.body["data"], platform.as_str());
    check(world, data)?;
    let name = data["attributes"]["versionString"]
        .as_str()
        .unwrap_or_default();
    let others: Vec<(&str, &str)> = world
        .shelf
        .of(KIND, "app", &app)
        .filter(|other| other.text("platform") == platform)
        .map(|other| (other.text("versionString"), other.text("appVersionState")))
        .collect();
    let used = others.iter().any(|(other, _)| *other == name);
    let closed = ["READY_FOR_DISTRIBUTION", "REPLACED_WITH_NEW_VERSION"];
    let is_open = others.iter().any(|(_, state)| !closed.contains(state));
    if is_open || used {
        let refused = Refusal::new(
            409,
            "ENTITY_ERROR.RELATIONSHIP.INVALID",
            "The provided entity includes a relationship with an invalid value",
            "You cannot create a new version of the App in the current state.",
        )
        .at("/data/relationships/app");
        return Err(if used {
            refused.beside(previously_used())
        } else {
            refused
        });
    }
    let id = ids::uuid(ids::of_text(&format!("{app}/{platform}/{name}")));
    let mut version =
        Thing::new(KIND, id.clone(), data["attributes"].clone()).link("app", "apps", &app);
    if let Some(build) = data["relationships"]["build"]["data"]["id"].as_str() {
        version = version.link("build", "builds", build);
    }
    if version.text("releaseType").is_empty() {
        version.set("releaseType", "AFTER_APPROVAL");
    }
    store::set_state(&mut version, "PREPARE_FOR_SUBMISSION");
    world.shelf.add(version);
    let shows_at = world.script.after.version_shows_at;
    world.looks.insert(id.clone(), shows_at);
    store::add_texts(world, &id);
    show(world, call, &id, 201)
}

fn previously_used() -> Refusal {
    Refusal::new(
        409,
        "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE",
        "The provided entity includes an attribute with a value that has already been used",
        "The version number has been previously used.",
    )
    .at("/data/attributes/versionString")
}

/// Whether build and date go with the rest.
fn check(world: &World, data: &Value) -> Result<(), Refusal> {
    let attributes = &data["attributes"];
    let date = attributes["earliestReleaseDate"].as_str();
    if attributes["releaseType"] == "SCHEDULED" && date.is_none() {
        let why = "A date is needed for a scheduled release";
        return Err(invalid_attribute("earliestReleaseDate", why));
    }
    if date.is_some_and(|date| !date.contains(":00:00")) {
        let why = "The date must be a whole hour";
        return Err(invalid_attribute("earliestReleaseDate", why));
    }
    let Some(build) = data["relationships"]["build"]["data"]["id"].as_str() else {
        return Ok(());
    };
    let fits = world.upload_of_build(build).is_some_and(|upload| {
        upload.processing_state() == "VALID"
            && !upload.done.expired
            && upload.course.audience == "APP_STORE_ELIGIBLE"
    });
    if fits {
        return Ok(());
    }
    Err(Refusal::new(
        409,
        "ENTITY_ERROR.RELATIONSHIP.INVALID",
        "The provided entity includes a relationship with an invalid value",
        "The specified pre-release build could not be added.",
    )
    .at("/data/relationships/build"))
}

fn change(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    store::poll(world);
    let data = &call.body["data"];
    let version = world
        .shelf
        .one(KIND, &call.id)
        .filter(|version| store::shows(world, version));
    let version = version.ok_or_else(|| not_found(KIND, &call.id))?;
    if !store::is_editable(version.text("appVersionState")) {
        return Err(wrong_state("The version can't be changed in its state."));
    }
    check(world, data)?;
    if let Some(version) = world.shelf.one_mut(KIND, &call.id) {
        for (name, value) in data["attributes"].as_object().into_iter().flatten() {
            match value {
                Value::Null => version.unset(name),
                value => version.set(name, value.clone()),
            }
        }
        if let Some(build) = data["relationships"]["build"]["data"]["id"].as_str() {
            version.relink("build", "builds", build);
        }
    }
    show(world, call, &call.id, 200)
}

fn list_texts(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    store::poll(world);
    let version = world
        .shelf
        .one(KIND, &call.id)
        .filter(|version| store::shows(world, version));
    version.ok_or_else(|| not_found(KIND, &call.id))?;
    let rows = world.shelf.of(TEXTS, "appStoreVersion", &call.id);
    let rows = rows.filter(|row| call.query.lets("filter[locale]", row.text("locale")));
    Ok(show::all(world, call, rows))
}

fn change_texts(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let attributes = &call.body["data"]["attributes"];
    texts::check("whatsNew", &attributes["whatsNew"])?;
    let row = world
        .shelf
        .one(TEXTS, &call.id)
        .ok_or_else(|| not_found(TEXTS, &call.id))?;
    let version = row.end("appStoreVersion").unwrap_or_default().to_owned();
    let is_first = world
        .shelf
        .one(KIND, &version)
        .is_some_and(|version| store::is_first(world, version));
    if is_first && !attributes["whatsNew"].is_null() {
        return Err(Refusal::new(
            409,
            "ENTITY_ERROR.ATTRIBUTE.INVALID.INVALID_STATE",
            "The attribute can not be modified.",
            "Attribute 'whatsNew' cannot be edited at this time",
        )
        .at("/data/attributes/whatsNew"));
    }
    if let Some(row) = world.shelf.one_mut(TEXTS, &call.id) {
        for (name, value) in attributes.as_object().into_iter().flatten() {
            row.set(name, value.clone());
        }
    }
    show::one(world, call, (TEXTS, &call.id), 200)
}
