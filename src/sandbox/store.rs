//! The App Store of an account: which versions there are, how they move on, and what a version needs.

use serde_json::{Value, json};

use crate::sandbox::call::Call;
use crate::sandbox::refusal::{Refusal, malformed_reference};
use crate::sandbox::shelf::Thing;
use crate::sandbox::world::World;
use crate::sandbox::{ids, resources};

const VERSIONS: &str = "appStoreVersions";
const TEXTS: &str = "appStoreVersionLocalizations";
const SUBMISSIONS: &str = "reviewSubmissions";
const ITEMS: &str = "reviewSubmissionItems";

/// The app and platform that a new resource is for.
pub(super) fn place(world: &mut World, call: &Call) -> Result<(String, String), Refusal> {
    let data = &call.body["data"];
    let app = data["relationships"]["app"]["data"]["id"].as_str();
    let app = app.unwrap_or_default().to_owned();
    if !world.apps.contains_key(&app) {
        return Err(malformed_reference("apps"));
    }
    let platform = data["attributes"]["platform"].as_str().unwrap_or("IOS");
    ensure(world, &app, platform);
    Ok((app, platform.to_owned()))
}

/// Puts what the scenario says in place, once for an app and a platform.
pub(super) fn ensure(world: &mut World, app: &str, platform: &str) {
    let mut there = world.shelf.of(VERSIONS, "app", app);
    if there.any(|version| version.text("platform") == platform) {
        return;
    }
    drop(there);
    let after = world.script.after;
    let mut last = None;
    for (name, state) in after.versions {
        let id = ids::uuid(ids::of_text(&format!("{app}/{platform}/{name}")));
        let attributes = json!({
            "platform": platform,
            "versionString": name,
            "copyright": "2025 Example",
            "releaseType": "AFTER_APPROVAL",
            "createdDate": "2026-01-01T00:00:00Z",
        });
        let mut version = Thing::new(VERSIONS, id.clone(), attributes).link("app", "apps", app);
        set_state(&mut version, state);
        world.shelf.add(version);
        add_texts(world, &id);
        last = Some(id);
    }
    if let (Some(state), Some(version)) = (after.submission, last) {
        let id = ids::uuid(ids::of_text(&format!("{app}/{platform}/submission")));
        let attributes = json!({ "platform": platform, "state": state });
        let mut submission =
            Thing::new(SUBMISSIONS, id.clone(), attributes).link("app", "apps", app);
        if !after.items_only {
            submission.relink("appStoreVersionForReview", VERSIONS, &version);
            let item = Thing::new(
                ITEMS,
                ids::uuid(ids::of_text(&id)),
                json!({ "state": "READY_FOR_REVIEW" }),
            )
            .link("reviewSubmission", SUBMISSIONS, &id)
            .link("appStoreVersion", VERSIONS, &version);
            world.shelf.add(item);
        }
        world.shelf.add(submission);
    }
}

/// The texts of a version, as they are taken over from the one before.
pub(super) fn add_texts(world: &mut World, version: &str) {
    for locale in [resources::PRIMARY_LOCALE, "de-DE"] {
        let mut attributes = json!({ "locale": locale });
        let fields = [
            ("description", "An app to try things out with."),
            ("keywords", "example"),
            ("supportUrl", "https://example.com/support"),
        ];
        for (field, text) in fields {
            if !world.script.after.lacks.contains(&field) {
                attributes[field] = json!(text);
            }
        }
        let id = ids::uuid(ids::of_text(&format!("{version}/{locale}")));
        let texts = Thing::new(TEXTS, id, attributes).link("appStoreVersion", VERSIONS, version);
        world.shelf.add(texts);
    }
}

/// Sets both of Apple's words for a state.
pub(super) fn set_state(version: &mut Thing, state: &str) {
    let old = match state {
        "READY_FOR_DISTRIBUTION" => "READY_FOR_SALE",
        "PROCESSING_FOR_DISTRIBUTION" => "PROCESSING_FOR_APP_STORE",
        other => other,
    };
    version.set("appVersionState", state);
    version.set("appStoreState", old);
}

pub(super) fn is_editable(state: &str) -> bool {
    [
        "PREPARE_FOR_SUBMISSION",
        "DEVELOPER_REJECTED",
        "REJECTED",
        "METADATA_REJECTED",
        "INVALID_BINARY",
        "READY_FOR_REVIEW",
    ]
    .contains(&state)
}

/// Whether no other version of the app and platform was ever in the store.
pub(super) fn is_first(world: &World, version: &Thing) -> bool {
    let app = version.end("app").unwrap_or_default();
    let mut others = world.shelf.of(VERSIONS, "app", app);
    !others.any(|other| {
        other.id != version.id
            && other.text("platform") == version.text("platform")
            && ["READY_FOR_DISTRIBUTION", "REPLACED_WITH_NEW_VERSION"]
                .contains(&other.text("appVersionState"))
    })
}

/// A new version can be found only after a few looks.
pub(super) fn shows(world: &World, version: &Thing) -> bool {
    world.looks.get(&version.id).is_none_or(|left| *left == 0)
}

/// The reviewers' work, and what shows late, move on with each look.
pub(super) fn poll(world: &mut World) {
    for left in world.looks.values_mut() {
        *left = left.saturating_sub(1);
    }
    let verdict = world.script.after.verdict;
    let moving: Vec<(String, String)> = world
        .shelf
        .all(SUBMISSIONS)
        .map(|submission| (submission.id.clone(), submission.text("state").to_owned()))
        .collect();
    for (id, state) in moving {
        let since = world.waits.entry(id.clone()).or_insert(0);
        *since += 1;
        let next = match (state.as_str(), *since) {
            ("CANCELING", 3..) => "COMPLETE",
            ("WAITING_FOR_REVIEW", 10..) => "IN_REVIEW",
            ("IN_REVIEW", 14..) if verdict == "APPROVED" => "COMPLETE",
            ("IN_REVIEW", 14..) => "UNRESOLVED_ISSUES",
            _ => continue,
        };
        move_on(world, &id, next);
    }
}

/// A submission comes into a state, and so does the version in it.
pub(super) fn move_on(world: &mut World, submission: &str, state: &'static str) {
    let Some(thing) = world.shelf.one_mut(SUBMISSIONS, submission) else {
        return;
    };
    let before = thing.text("state").to_owned();
    thing.set("state", state);
    let version = thing.end("appStoreVersionForReview").map(str::to_owned);
    let item = match (before.as_str(), state) {
        ("CANCELING", _) => "REMOVED",
        (_, "COMPLETE") => "APPROVED",
        (_, "UNRESOLVED_ISSUES") => "REJECTED",
        _ => "READY_FOR_REVIEW",
    };
    let items: Vec<String> = world
        .shelf
        .of(ITEMS, "reviewSubmission", submission)
        .map(|item| item.id.clone())
        .collect();
    for id in items {
        if let Some(thing) = world.shelf.one_mut(ITEMS, &id) {
            thing.set("state", item);
        }
    }
    let Some(version) = version.and_then(|id| world.shelf.one_mut(VERSIONS, &id)) else {
        return;
    };
    let is_manual = version.text("releaseType") == "MANUAL";
    let is_scheduled = version.text("releaseType") == "SCHEDULED";
    let new = match (before.as_str(), state) {
        ("CANCELING", _) => "DEVELOPER_REJECTED",
        (_, "COMPLETE") if is_manual => "PENDING_DEVELOPER_RELEASE",
        (_, "COMPLETE") if is_scheduled => "PENDING_APPLE_RELEASE",
        (_, "COMPLETE") => "READY_FOR_DISTRIBUTION",
        (_, "UNRESOLVED_ISSUES") => "REJECTED",
        (_, "CANCELING") => return,
        (_, other) => other,
    };
    set_state(version, new);
}

fn required(field: &str) -> Value {
    json!({
        "code": "ENTITY_ERROR.ATTRIBUTE.REQUIRED",
        "status": "409",
        "title": "The provided entity is missing a required attribute",
        "detail": format!("You must provide a value for the attribute '{field}' with this request"),
        "source": { "pointer": format!("/data/attributes/{field}") },
    })
}

/// What keeps a version from the reviewers, as Apple words it.
pub(super) fn incomplete(world: &World, version: &str) -> Option<Refusal> {
    let mut associated = serde_json::Map::new();
    for texts in world.shelf.of(TEXTS, "appStoreVersion", version) {
        let missing: Vec<Value> = ["description", "keywords", "supportUrl"]
            .iter()
            .filter(|field| texts.text(field).is_empty())
            .map(|field| required(field))
            .collect();
        if !missing.is_empty() {
            associated.insert(format!("/v1/{TEXTS}/{}", texts.id), Value::Array(missing));
        }
    }
    for (kind, field) in world.script.after.unanswered {
        associated.insert(format!("/v1/{kind}/1"), json!([required(field)]));
    }
    (!associated.is_empty()).then(|| {
        Refusal::new(
            409,
            "STATE_ERROR.ENTITY_STATE_INVALID",
            "appStoreVersions is not in valid state.",
            "This resource cannot be reviewed, please check associated errors to see why.",
        )
        .meta(json!({ "associatedErrors": associated }))
    })
}

/// The phased release of a version begins with its release.
pub(super) fn begin_phased(world: &mut World, version: &str) {
    let version = world.shelf.one(VERSIONS, version);
    let phased = version.and_then(|version| version.end("appStoreVersionPhasedRelease"));
    let Some(phased) = phased.map(str::to_owned) else {
        return;
    };
    if let Some(phased) = world
        .shelf
        .one_mut("appStoreVersionPhasedReleases", &phased)
    {
        phased.set("phasedReleaseState", "ACTIVE");
    }
}
