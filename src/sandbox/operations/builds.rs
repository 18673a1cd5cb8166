//! `builds`, with their version train and their TestFlight side. A build is what an upload has become.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, Shown, page, single};
use crate::sandbox::numbers::compare_numbers;
use crate::sandbox::operation::{Operation, get, patch};
use crate::sandbox::parameters::{
    APP_FIELDS, BETA_FIELDS, BUILD_FIELDS, BUNDLE_FIELDS, CURSOR, LIMIT, PLATFORMS, Rule, Rules,
    TRAIN_FIELDS, UPLOAD_FIELDS,
};
use crate::sandbox::refusal::{Refusal, invalid_attribute, not_found};
use crate::sandbox::rights::manages;
use crate::sandbox::shape::{Kind, Shape};
use crate::sandbox::world::{Upload, World};
use crate::sandbox::{recall, resources};

/// What the specification lists and this server can show.
const INCLUDES: Rule = Rule::Of(&[
    "preReleaseVersion",
    "app",
    "appStoreVersion",
    "buildBetaDetail",
    "buildUpload",
    "buildBundles",
]);

const LIST: Rules = &[
    ("filter[version]", Rule::Any),
    (
        "filter[betaAppReviewSubmission.betaReviewState]",
        Rule::Of(&["WAITING_FOR_REVIEW", "IN_REVIEW", "REJECTED", "APPROVED"]),
    ),
    ("filter[expired]", Rule::Of(&["true", "false"])),
    (
        "filter[processingState]",
        Rule::Of(&["PROCESSING", "FAILED", "INVALID", "VALID"]),
    ),
    ("filter[preReleaseVersion.version]", Rule::Any),
    ("filter[preReleaseVersion.platform]", PLATFORMS),
    ("filter[app]", Rule::Any),
    ("filter[id]", Rule::Any),
    (
        "sort",
        Rule::Of(&[
            "version",
            "-version",
            "uploadedDate",
            "-uploadedDate",
            "preReleaseVersion",
            "-preReleaseVersion",
        ]),
    ),
    ("fields[builds]", BUILD_FIELDS),
    ("fields[apps]", APP_FIELDS),
    ("fields[preReleaseVersions]", TRAIN_FIELDS),
    ("fields[buildBetaDetails]", BETA_FIELDS),
    ("fields[buildUploads]", UPLOAD_FIELDS),
    ("fields[buildBundles]", BUNDLE_FIELDS),
    ("include", INCLUDES),
    LIMIT,
    CURSOR,
];

const READ: Rules = &[
    ("fields[builds]", BUILD_FIELDS),
    ("fields[apps]", APP_FIELDS),
    ("fields[preReleaseVersions]", TRAIN_FIELDS),
    ("fields[buildBetaDetails]", BETA_FIELDS),
    ("fields[buildUploads]", UPLOAD_FIELDS),
    ("fields[buildBundles]", BUNDLE_FIELDS),
    ("include", INCLUDES),
];

const READ_BETA_DETAIL: Rules = &[
    ("fields[buildBetaDetails]", BETA_FIELDS),
    ("fields[builds]", BUILD_FIELDS),
    ("include", Rule::Of(&["build"])),
];

static CHANGE: Shape = Shape {
    kind: "builds",
    attributes: &[
        ("expired", false, Kind::Flag),
        ("usesNonExemptEncryption", false, Kind::Flag),
    ],
    update: true,
    ..Shape::NEW
};
static CHANGE_BETA_DETAIL: Shape = Shape {
    kind: "buildBetaDetails",
    attributes: &[("autoNotifyEnabled", false, Kind::Flag)],
    update: true,
    ..Shape::NEW
};

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get("list-builds", "/v1/builds", LIST, list),
    get("read-build", "/v1/builds/{id}", READ, read),
    get(
        "read-beta-detail",
        "/v1/builds/{id}/buildBetaDetail",
        READ_BETA_DETAIL,
        read_beta_detail,
    ),
    patch("change-build", "/v1/builds/{id}", &CHANGE, change),
    patch(
        "change-beta-detail",
        "/v1/buildBetaDetails/{id}",
        &CHANGE_BETA_DETAIL,
        change_beta_detail,
    ),
];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let query = &call.query;
    // Of several spellings of a version the first is how the client has it.
    let first = |name| query.get(name).and_then(|list| list.split(',').next());
    if let Some(app) = query.get("filter[app]") {
        recall::earlier_uploads(
            world,
            app,
            first("filter[preReleaseVersion.version]"),
            first("filter[version]"),
        );
    }
    let asked = |upload: &Upload| {
        upload.listed
            && query.lets("filter[app]", &upload.app)
            && query.lets("filter[version]", &upload.build_number)
            && query.lets(
                "filter[preReleaseVersion.version]",
                &upload.marketing_version,
            )
            && query.lets("filter[preReleaseVersion.platform]", &upload.platform)
    };
    // A look for one build is a poll; a look at all of them is not.
    if query.get("filter[version]").is_some() || query.get("filter[id]").is_some() {
        world
            .uploads
            .iter_mut()
            .filter(|upload| asked(upload))
            .for_each(Upload::polled);
    }
    let mut rows: Vec<&Upload> = world
        .uploads
        .iter()
        .filter(|upload| asked(upload) && upload.build_exists())
        .filter(|upload| {
            let review = upload.beta_review().filter(|_| !upload.done.expired);
            query.lets("filter[id]", &upload.build_id())
                && query.lets(
                    "filter[betaAppReviewSubmission.betaReviewState]",
                    review.unwrap_or_default(),
                )
                && query.lets("filter[processingState]", upload.processing_state())
                && query.lets(
                    "filter[expired]",
                    if upload.done.expired { "true" } else { "false" },
                )
        })
        .collect();
    query.sort(&mut rows, |field, one, two| match field {
        "version" => compare_numbers(&one.build_number, &two.build_number),
        "uploadedDate" => one.uploaded.cmp(&two.uploaded),
        "preReleaseVersion" => compare_numbers(&one.marketing_version, &two.marketing_version),
        _ => Ordering::Equal,
    });
    let shown = rows
        .iter()
        .map(|upload| shown(world, upload, call))
        .collect();
    Ok(page(shown, &call.address(world)))
}

fn read(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    poll(world, &call.id)?;
    let upload = found(world, &call.id)?;
    let shown = shown(world, upload, call);
    Ok(single(200, shown, &call.address(world)))
}

fn read_beta_detail(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    poll(world, &call.id)?;
    let upload = found(world, &call.id)?;
    let mut resource = resources::beta_detail(world, upload);
    let mut included = Vec::new();
    if call.query.includes("build") {
        resource["relationships"]["build"]["data"] = json!({ "type": "builds", "id": call.id });
        included.push(resources::build(world, upload));
    }
    Ok(single(
        200,
        Shown { resource, included },
        &call.address(world),
    ))
}

fn change(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let upload = found(world, &call.id)?;
    let attributes = &call.body["data"]["attributes"];
    let answer = attributes["usesNonExemptEncryption"].as_bool();
    if answer.is_some() && !upload.lacks_answer() {
        return Err(Refusal::new(
            409,
            "ENTITY_ERROR.ATTRIBUTE.INVALID",
            "The provided entity includes an attribute with an invalid value",
            "You cannot update when the value is already set.",
        )
        .at("/data/attributes/usesNonExemptEncryption"));
    }
    let expires = attributes["expired"] == true;
    if attributes["expired"] == false && upload.done.expired {
        return Err(invalid_attribute(
            "expired",
            "An expired build stays expired.",
        ));
    }
    let id = upload.id.clone();
    if let Some(upload) = world.upload_mut(&id) {
        upload.done.expired |= expires;
        if let Some(answer) = answer {
            upload.done.answer = Some((answer, upload.polls));
        }
    }
    let shown = shown(world, found(world, &call.id)?, call);
    Ok(single(200, shown, &call.address(world)))
}

fn change_beta_detail(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    manages(world)?;
    let id = found(world, &call.id)?.id.clone();
    if let Some(upload) = world.upload_mut(&id) {
        upload.done.notifies = call.body["data"]["attributes"]["autoNotifyEnabled"].as_bool();
    }
    let resource = resources::beta_detail(world, found(world, &call.id)?);
    Ok(single(200, Shown::alone(resource), &call.address(world)))
}

fn found<'a>(world: &'a World, build: &str) -> Result<&'a Upload, Refusal> {
    world
        .upload_of_build(build)
        .ok_or_else(|| not_found("builds", build))
}

fn poll(world: &mut World, build: &str) -> Result<(), Refusal> {
    let upload = found(world, build)?.id.clone();
    if let Some(upload) = world.upload_mut(&upload) {
        upload.polled();
    }
    Ok(())
}

fn shown(world: &World, upload: &Upload, call: &Call) -> Shown {
    let mut resource = resources::build(world, upload);
    let mut included = Vec::new();
    let mut bring = |name: &str, other: Value| {
        resource["relationships"][name]["data"] =
            json!({ "type": other["type"], "id": other["id"] });
        included.push(other);
    };
    if call.query.includes("preReleaseVersion") {
        bring("preReleaseVersion", resources::train(world, upload));
    }
    if call.query.includes("buildBetaDetail") {
        bring("buildBetaDetail", resources::beta_detail(world, upload));
    }
    if call.query.includes("buildUpload") {
        bring("buildUpload", resources::build_upload(world, upload));
    }
    if let (true, Some(app)) = (call.query.includes("app"), world.apps.get(&upload.app)) {
        bring("app", resources::app(&world.base, app));
    }
    if let (true, Some(bundle)) = (
        call.query.includes("buildBundles"),
        resources::build_bundle(world, upload),
    ) {
        resource["relationships"]["buildBundles"]["data"] =
            json!([{ "type": bundle["type"], "id": bundle["id"] }]);
        included.push(bundle);
    }
    Shown { resource, included }
}
