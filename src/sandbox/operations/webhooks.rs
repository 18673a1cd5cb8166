//! `webhooks` and their pings. Nobody is called.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, self_link};
use crate::sandbox::operation::{Operation, get, post};
use crate::sandbox::parameters::{CURSOR, LIMIT, Rule, Rules};
use crate::sandbox::refusal::{Refusal, not_found};
use crate::sandbox::rights::manages;
use crate::sandbox::shape::{Kind, Shape};
use crate::sandbox::shelf::Thing;
use crate::sandbox::show;
use crate::sandbox::world::World;

const KIND: &str = "webhooks";
const PINGS: &str = "webhookPings";

const LIST: Rules = &[
    ("fields[webhooks]", Rule::Any),
    ("include", Rule::Of(&["app"])),
    LIMIT,
    CURSOR,
];

static MAKE: Shape = Shape {
    kind: KIND,
    attributes: &[
        ("name", true, Kind::Text),
        ("url", true, Kind::Text),
        ("secret", true, Kind::Text),
        (
            "eventTypes",
            true,
            Kind::Words(&[
                "BUILD_UPLOAD_STATE_UPDATED",
                "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED",
                "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED",
                "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED",
                "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED",
            ]),
        ),
        ("enabled", true, Kind::Flag),
    ],
    relationships: &[("app", "apps")],
    ..Shape::NEW
};
static PING: Shape = Shape {
    kind: PINGS,
    relationships: &[("webhook", KIND)],
    ..Shape::NEW
};

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get("list-webhooks", "/v1/apps/{id}/webhooks", LIST, list),
    post("make-webhook", "/v1/webhooks", &MAKE, make),
    post("ping-webhook", "/v1/webhookPings", &PING, ping),
];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let rows = world.shelf.of(KIND, "app", &call.id);
    Ok(show::all(world, call, rows))
}

fn make(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let mut attributes = call.body["data"]["attributes"].clone();
    // Apple tells nobody what it signs with.
    if let Some(attributes) = attributes.as_object_mut() {
        attributes.remove("secret");
    }
    let app = call.body["data"]["relationships"]["app"]["data"]["id"].as_str();
    let app = app.unwrap_or_default().to_owned();
    let id = world.next_id();
    let thing = Thing::new(KIND, id, attributes).link("app", "apps", &app);
    let answer = show::made(world, call, &thing, 201);
    world.shelf.add(thing);
    Ok(answer)
}

fn ping(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let id = call.body["data"]["relationships"]["webhook"]["data"]["id"].as_str();
    let id = id.unwrap_or_default();
    if world.shelf.one(KIND, id).is_none() {
        return Err(not_found(KIND, id));
    }
    let ping = world.next_id();
    let document = json!({ "data": {
        "type": PINGS,
        "id": ping,
        "links": self_link(&world.base, PINGS, &ping),
    }, "links": { "self": format!("{}{}", world.base, "/v1/webhookPings") } });
    Ok(Answer::Document(201, document))
}
