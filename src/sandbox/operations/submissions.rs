//! `reviewSubmissions` with their items, and the releases that come of them.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::document::Answer;
use crate::sandbox::operation::{Operation, get, patch, post};
use crate::sandbox::parameters::{CURSOR, LIMIT, PLATFORMS, Rule, Rules};
use crate::sandbox::refusal::{Refusal, malformed_reference, not_found, role_too_low, wrong_state};
use crate::sandbox::rights::manages;
use crate::sandbox::shape::{Kind, Shape};
use crate::sandbox::shelf::Thing;
use crate::sandbox::show;
use crate::sandbox::store;
use crate::sandbox::world::World;

const KIND: &str = "reviewSubmissions";
const ITEMS: &str = "reviewSubmissionItems";
const VERSIONS: &str = "appStoreVersions";

const STATES: Rule = Rule::Of(&[
    "READY_FOR_REVIEW",
    "WAITING_FOR_REVIEW",
    "IN_REVIEW",
    "UNRESOLVED_ISSUES",
    "CANCELING",
    "COMPLETING",
    "COMPLETE",
]);
const INCLUDES: Rule = Rule::Of(&["app", "items", "appStoreVersionForReview"]);
const LIST: Rules = &[
    ("filter[platform]", PLATFORMS),
    ("filter[state]", STATES),
    ("fields[reviewSubmissions]", Rule::Any),
    ("include", INCLUDES),
    LIMIT,
    CURSOR,
];
const READ: Rules = &[
    ("fields[reviewSubmissions]", Rule::Any),
    ("include", INCLUDES),
];
const LIST_ITEMS: Rules = &[
    ("fields[reviewSubmissionItems]", Rule::Any),
    ("include", Rule::Of(&["appStoreVersion"])),
    LIMIT,
    CURSOR,
];

static MAKE: Shape = Shape {
    kind: KIND,
    attributes: &[(
        "platform",
        false,
        Kind::OneOf(&["IOS", "MAC_OS", "TV_OS", "VISION_OS"]),
    )],
    relationships: &[("app", "apps")],
    ..Shape::NEW
};
static CHANGE: Shape = Shape {
    kind: KIND,
    attributes: &[
        ("submitted", false, Kind::Flag),
        ("canceled", false, Kind::Flag),
    ],
    update: true,
    ..Shape::NEW
};
static ADD: Shape = Shape {
    kind: ITEMS,
    relationships: &[("reviewSubmission", KIND), ("appStoreVersion", VERSIONS)],
    ..Shape::NEW
};
static RELEASE: Shape = Shape {
    kind: "appStoreVersionReleaseRequests",
    relationships: &[("appStoreVersion", VERSIONS)],
    ..Shape::NEW
};

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get(
        "list-submissions",
        "/v1/apps/{id}/reviewSubmissions",
        LIST,
        list,
    ),
    get("read-submission", "/v1/reviewSubmissions/{id}", READ, read),
    post("make-submission", "/v1/reviewSubmissions", &MAKE, make),
    patch(
        "change-submission",
        "/v1/reviewSubmissions/{id}",
        &CHANGE,
        change,
    ),
    get(
        "list-items",
        "/v1/reviewSubmissions/{id}/items",
        LIST_ITEMS,
        list_items,
    ),
    post("add-item", "/v1/reviewSubmissionItems", &ADD, add),
    post(
        "release",
        "/v1/appStoreVersionReleaseRequests",
        &RELEASE,
        release,
    ),
];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    // A key that may not manage is not shown them either.
    manages(world).map_err(|_| role_too_low())?;
    store::ensure(
        world,
        &call.id,
        call.query.get("filter[platform]").unwrap_or("IOS"),
    );
    store::poll(world);
    let rows = world.shelf.of(KIND, "app", &call.id).filter(|row| {
        call.query.lets("filter[platform]", row.text("platform"))
            && call.query.lets("filter[state]", row.text("state"))
    });
    Ok(show::all(world, call, rows))
}

fn read(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    store::poll(world);
    show::one(world, call, (KIND, &call.id), 200)
}

fn make(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let (app, platform) = store::place(world, call)?;
    let open = world.shelf.of(KIND, "app", &app).find(|other| {
        other.text("platform") == platform
            && (other.text("state") == "READY_FOR_REVIEW"
                || other.text("state") != "COMPLETE"
                    && other.end("appStoreVersionForReview").is_some())
    });
    if let Some(open) = open {
        return Err(Refusal::new(
            409,
            "ENTITY_ERROR.RELATIONSHIP.INVALID",
            "The provided entity includes a relationship with an invalid value",
            format!(
                "There is another reviewSubmissions with id {} still in progress",
                open.id
            ),
        ));
    }
    let id = world.next_id();
    let attributes = json!({ "platform": platform, "state": "READY_FOR_REVIEW" });
    let submission = Thing::new(KIND, id.clone(), attributes).link("app", "apps", &app);
    world.shelf.add(submission);
    show::one(world, call, (KIND, &id), 201)
}

fn change(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let thing = world
        .shelf
        .one(KIND, &call.id)
        .ok_or_else(|| not_found(KIND, &call.id))?;
    let state = thing.text("state").to_owned();
    let attributes = &call.body["data"]["attributes"];
    if attributes["canceled"] == true {
        if ![
            "READY_FOR_REVIEW",
            "WAITING_FOR_REVIEW",
            "IN_REVIEW",
            "UNRESOLVED_ISSUES",
        ]
        .contains(&state.as_str())
        {
            return Err(wrong_state("Resource is not in cancellable state"));
        }
        world.waits.insert(call.id.clone(), 0);
        store::move_on(world, &call.id, "CANCELING");
    }
    if attributes["submitted"] == true {
        if !["READY_FOR_REVIEW", "UNRESOLVED_ISSUES"].contains(&state.as_str()) {
            return Err(wrong_state(
                "Resource is not in a state that can be submitted",
            ));
        }
        if world
            .shelf
            .of(ITEMS, "reviewSubmission", &call.id)
            .next()
            .is_none()
        {
            return Err(wrong_state("There is nothing to review in this submission"));
        }
        world.waits.insert(call.id.clone(), 0);
        store::move_on(world, &call.id, "WAITING_FOR_REVIEW");
    }
    show::one(world, call, (KIND, &call.id), 200)
}

fn list_items(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let rows = world.shelf.of(ITEMS, "reviewSubmission", &call.id);
    Ok(show::all(world, call, rows))
}

fn add(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let end = |name: &str| {
        let id = call.body["data"]["relationships"][name]["data"]["id"].as_str();
        id.unwrap_or_default().to_owned()
    };
    let (submission, version) = (end("reviewSubmission"), end("appStoreVersion"));
    let open = world.shelf.one(KIND, &submission);
    open.ok_or_else(|| malformed_reference(KIND))?;
    let thing = world
        .shelf
        .one(VERSIONS, &version)
        .ok_or_else(|| malformed_reference(VERSIONS))?;
    let mut items = world.shelf.of(ITEMS, "appStoreVersion", &version);
    if let Some(item) = items.find(|item| item.text("state") != "REMOVED") {
        let other = item.end("reviewSubmission").unwrap_or_default();
        return Err(Refusal::new(
            409,
            "STATE_ERROR.ITEM_PART_OF_ANOTHER_SUBMISSION",
            "The request cannot be fulfilled because of the state of another resource.",
            format!(
                "appStoreVersions with id {version} was already added to another reviewSubmission with id {other}"
            ),
        ));
    }
    if !store::is_editable(thing.text("appVersionState")) || thing.end("build").is_none() {
        return Err(wrong_state(
            "The version is not in a state that can be reviewed.",
        ));
    }
    if let Some(refused) = store::incomplete(world, &version) {
        return Err(refused);
    }
    drop(items);
    let id = world.next_id();
    let item = Thing::new(ITEMS, id.clone(), json!({ "state": "READY_FOR_REVIEW" }))
        .link("reviewSubmission", KIND, &submission)
        .link("appStoreVersion", VERSIONS, &version);
    world.shelf.add(item);
    if let Some(version) = world.shelf.one_mut(VERSIONS, &version) {
        store::set_state(version, "READY_FOR_REVIEW");
    }
    if let Some(open) = world.shelf.one_mut(KIND, &submission) {
        open.relink("appStoreVersionForReview", VERSIONS, &version);
    }
    show::one(world, call, (ITEMS, &id), 201)
}

fn release(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let id = call.body["data"]["relationships"]["appStoreVersion"]["data"]["id"].as_str();
    let id = id.unwrap_or_default().to_owned();
    let version = world
        .shelf
        .one_mut(VERSIONS, &id)
        .ok_or_else(|| malformed_reference(VERSIONS))?;
    if version.text("appVersionState") != "PENDING_DEVELOPER_RELEASE" {
        return Err(wrong_state("The version does not wait for its release."));
    }
    store::set_state(version, "READY_FOR_DISTRIBUTION");
    store::begin_phased(world, &id);
    let thing = Thing::new("appStoreVersionReleaseRequests", id, json!({}));
    Ok(show::made(world, call, &thing, 201))
}
