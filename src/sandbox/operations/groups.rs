//! `betaGroups`: who gets a build. The account has one of each kind.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, page};
use crate::sandbox::ids;
use crate::sandbox::operation::{Operation, get, post};
use crate::sandbox::parameters::{CURSOR, GROUP_FIELDS, LIMIT, Rule, Rules};
use crate::sandbox::refusal::{Refusal, invalid_relationship, not_found, unprocessable};
use crate::sandbox::rights::manages;
use crate::sandbox::shape::Shape;
use crate::sandbox::shelf::Thing;
use crate::sandbox::world::World;

const OF_APP: Rules = &[("fields[betaGroups]", GROUP_FIELDS), LIMIT, CURSOR];

const LIST: Rules = &[
    ("filter[app]", Rule::Any),
    ("filter[builds]", Rule::Any),
    ("filter[name]", Rule::Any),
    ("filter[id]", Rule::Any),
    ("fields[betaGroups]", GROUP_FIELDS),
    LIMIT,
    CURSOR,
];

static GROUPS: Shape = Shape::references("betaGroups");

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get(
        "list-groups-of-app",
        "/v1/apps/{id}/betaGroups",
        OF_APP,
        of_app,
    ),
    get("list-groups", "/v1/betaGroups", LIST, list),
    post(
        "add-groups",
        "/v1/builds/{id}/relationships/betaGroups",
        &GROUPS,
        add,
    ),
];

/// Name, whether it is of the team, whether it has every build.
const GROUPS_OF_AN_APP: [(&str, bool, bool); 4] = [
    ("Everyone", true, true),
    ("QA", true, false),
    ("Friends", false, false),
    ("Public", false, false),
];

fn ensure(world: &mut World, app: &str) {
    if world.shelf.of("betaGroups", "app", app).next().is_some() {
        return;
    }
    for (name, is_internal, has_all) in GROUPS_OF_AN_APP {
        let id = ids::uuid(ids::of_text(&format!("{app}/{name}")));
        let is_open = name == "Public";
        let mut group = json!({
            "name": name,
            "isInternalGroup": is_internal,
            "hasAccessToAllBuilds": has_all,
            "publicLinkEnabled": is_open,
            "feedbackEnabled": true,
        });
        if is_open {
            group["publicLink"] = json!("https://testflight.apple.com/join/SANDBOX1");
        }
        let group = Thing::new("betaGroups", id, group).link("app", "apps", app);
        world.shelf.add(group);
    }
}

fn of_app(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    if !world.apps.contains_key(&call.id) {
        return Err(not_found("apps", &call.id));
    }
    ensure(world, &call.id);
    let groups = world.shelf.of("betaGroups", "app", &call.id);
    let shown = groups.map(|group| world.shelf.show(&world.base, group, &call.query));
    Ok(page(shown.collect(), &call.address(world)))
}

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let app = call.query.get("filter[app]").unwrap_or_default().to_owned();
    ensure(world, &app);
    let builds = call.query.list("filter[builds]");
    let has_build = |group: &Thing| match &builds {
        None => true,
        Some(builds) => builds.iter().any(|build| {
            let upload = world.upload_of_build(build);
            upload.is_some_and(|upload| upload.done.groups.contains(&group.id))
        }),
    };
    let groups = world.shelf.of("betaGroups", "app", &app).filter(|group| {
        has_build(group)
            && call.query.lets("filter[name]", group.text("name"))
            && call.query.lets("filter[id]", &group.id)
    });
    let shown = groups.map(|group| world.shelf.show(&world.base, group, &call.query));
    Ok(page(shown.collect(), &call.address(world)))
}

fn add(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let upload = world.upload_of_build(&call.id);
    let upload = upload.ok_or_else(|| not_found("builds", &call.id))?;
    let mut new = Vec::new();
    for row in call.body["data"].as_array().into_iter().flatten() {
        let id = row["id"].as_str().unwrap_or_default();
        let group = world.shelf.one("betaGroups", id).ok_or_else(|| {
            invalid_relationship(
                "betaGroups",
                format!("There is no resource of type 'betaGroups' with id '{id}'"),
            )
        })?;
        let is_internal = group.is("isInternalGroup");
        if is_internal && group.is("hasAccessToAllBuilds") {
            return Err(unprocessable(
                "ENTITY_UNPROCESSABLE",
                "Builds cannot be assigned to this internal group.",
                "Cannot add internal group to a build.",
            ));
        }
        may_have(upload.processing_state(), upload.beta_states(), is_internal)?;
        new.push((id.to_owned(), is_internal));
    }
    let upload = upload.id.clone();
    if let Some(upload) = world.upload_mut(&upload) {
        for (id, is_internal) in new {
            upload.done.given.0 |= is_internal;
            upload.done.given.1 |= !is_internal;
            if !upload.done.groups.contains(&id) {
                upload.done.groups.push(id);
            }
        }
    }
    Ok(Answer::Nothing)
}

fn may_have(processing: &str, beta: (&str, &str), is_internal: bool) -> Result<(), Refusal> {
    let refuse = |detail| {
        let title = "The request entity is not processable";
        Err(unprocessable("ENTITY_UNPROCESSABLE", title, detail))
    };
    let (internal, external) = beta;
    if processing != "VALID" || internal == "PROCESSING" {
        return refuse("The build is not in a valid processing state for this operation.");
    }
    let closed = [
        "MISSING_EXPORT_COMPLIANCE",
        "EXPIRED",
        "PROCESSING_EXCEPTION",
        "NOT_APPLICABLE",
    ];
    if is_internal && closed.contains(&internal) {
        return refuse("The build is not in state for internal testing.");
    }
    if !is_internal && closed.contains(&external) {
        return refuse("Build is not in an externally assignable state.");
    }
    Ok(())
}
