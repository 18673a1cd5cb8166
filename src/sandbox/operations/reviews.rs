//! `betaAppReviewSubmissions`, and the test information that a submission needs.

use serde_json::json;

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, page, single};
use crate::sandbox::operation::{Operation, get, post};
use crate::sandbox::parameters::{CURSOR, LIMIT, Rule, Rules};
use crate::sandbox::refusal::{Refusal, malformed_reference, not_found, unprocessable};
use crate::sandbox::rights::manages;
use crate::sandbox::shape::Shape;
use crate::sandbox::shelf::Thing;
use crate::sandbox::world::{Upload, World};
use crate::sandbox::{ids, recall, resources};

const KIND: &str = "betaAppReviewSubmissions";

const READ: Rules = &[("fields[betaAppReviewSubmissions]", Rule::Any)];
const LOCALIZATIONS: Rules = &[("fields[betaAppLocalizations]", Rule::Any), LIMIT, CURSOR];
const DETAIL: Rules = &[("fields[betaAppReviewDetails]", Rule::Any)];

static SUBMIT: Shape = Shape {
    kind: KIND,
    relationships: &[("build", "builds")],
    ..Shape::NEW
};

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get(
        "read-beta-review",
        "/v1/builds/{id}/betaAppReviewSubmission",
        READ,
        read,
    ),
    post(
        "submit-beta-review",
        "/v1/betaAppReviewSubmissions",
        &SUBMIT,
        submit,
    ),
    get(
        "list-test-information",
        "/v1/apps/{id}/betaAppLocalizations",
        LOCALIZATIONS,
        test_information,
    ),
    get(
        "read-review-contact",
        "/v1/apps/{id}/betaAppReviewDetail",
        DETAIL,
        contact,
    ),
];

fn read(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let upload = found(world, &call.id)?;
    let id = upload.id.clone();
    if let Some(upload) = world.upload_mut(&id) {
        upload.polled();
    }
    let upload = found(world, &call.id)?;
    match submission(upload) {
        Some(thing) => {
            let shown = world.shelf.show(&world.base, &thing, &call.query);
            Ok(single(200, shown, &call.address(world)))
        }
        None => Err(not_found(KIND, &call.id)),
    }
}

fn found<'a>(world: &'a World, build: &str) -> Result<&'a Upload, Refusal> {
    let upload = world.upload_of_build(build);
    upload.ok_or_else(|| not_found("builds", build))
}

fn submission(upload: &Upload) -> Option<Thing> {
    let state = upload.beta_review()?;
    let attributes = json!({ "betaReviewState": state });
    let thing = Thing::new(KIND, upload.build_id(), attributes);
    Some(thing.link("build", "builds", &upload.build_id()))
}

fn submit(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let build = call.body["data"]["relationships"]["build"]["data"]["id"].as_str();
    let upload = world.upload_of_build(build.unwrap_or_default());
    let upload = upload.ok_or_else(|| malformed_reference("builds"))?;
    let (_, external) = upload.beta_states();
    let title = "The request entity is not processable";
    match external {
        "READY_FOR_BETA_SUBMISSION" => {}
        "WAITING_FOR_BETA_REVIEW" | "IN_BETA_REVIEW" | "BETA_APPROVED" | "IN_BETA_TESTING" => {
            return Err(unprocessable(
                "ENTITY_UNPROCESSABLE.INVALID_QC_STATE",
                title,
                "The build is in review or in testing already.",
            ));
        }
        _ => {
            return Err(unprocessable(
                "ENTITY_UNPROCESSABLE",
                title,
                "The build is not in a valid processing state for this operation.",
            ));
        }
    }
    let id = upload.id.clone();
    if world.script.after.other_in_review {
        recall::build_in_review(world, &id);
    }
    let upload = world.upload(&id).ok_or_else(|| not_found(KIND, &id))?;
    if world.uploads.iter().any(|other| blocks(other, upload)) {
        return Err(unprocessable(
            "ENTITY_UNPROCESSABLE.ANOTHER_BUILD_IN_REVIEW",
            "Another build is in review.",
            "Another build is in review.",
        ));
    }
    if !world.script.after.blank.is_empty() {
        return Err(unprocessable(
            "ENTITY_UNPROCESSABLE",
            "Beta App Description is missing.",
            "Beta App Description is required to submit a build for external testing.",
        ));
    }
    if let Some(upload) = world.upload_mut(&id) {
        upload.done.submitted = Some(upload.polls);
    }
    let thing = world.upload(&id).and_then(submission);
    let thing = thing.ok_or_else(|| not_found(KIND, &id))?;
    let shown = world.shelf.show(&world.base, &thing, &call.query);
    Ok(single(201, shown, &call.address(world)))
}

/// One build of a version is in review at a time.
fn blocks(other: &Upload, upload: &Upload) -> bool {
    other.id != upload.id
        && other.app == upload.app
        && other.marketing_version == upload.marketing_version
        && other.platform == upload.platform
        && ["WAITING_FOR_BETA_REVIEW", "IN_BETA_REVIEW"].contains(&other.beta_states().1)
}

fn test_information(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let blank = world.script.after.blank;
    let text = |field: &str, text: &str| (!blank.contains(&field)).then(|| text.to_owned());
    let rows = [resources::PRIMARY_LOCALE, "de-DE"].map(|locale| {
        let mut attributes = json!({ "locale": locale });
        if let Some(text) = text("description", "An app to try things out with.") {
            attributes["description"] = json!(text);
        }
        if let Some(text) = text("feedbackEmail", "kim@example.com") {
            attributes["feedbackEmail"] = json!(text);
        }
        let id = ids::uuid(ids::of_text(&format!("{}/{locale}", call.id)));
        Thing::new("betaAppLocalizations", id, attributes)
    });
    let shown = rows
        .iter()
        .map(|row| world.shelf.show(&world.base, row, &call.query))
        .collect();
    Ok(page(shown, &call.address(world)))
}

fn contact(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let mut attributes = json!({ "demoAccountRequired": false });
    let fields = [
        ("contactFirstName", "Kim"),
        ("contactLastName", "Example"),
        ("contactPhone", "+1 555 0100"),
        ("contactEmail", "kim@example.com"),
    ];
    for (field, text) in fields {
        if !world.script.after.blank.contains(&field) {
            attributes[field] = json!(text);
        }
    }
    let thing = Thing::new("betaAppReviewDetails", call.id.clone(), attributes);
    let shown = world.shelf.show(&world.base, &thing, &call.query);
    Ok(single(200, shown, &call.address(world)))
}
