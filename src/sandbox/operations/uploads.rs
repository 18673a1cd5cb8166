//! `buildUploads`: reserving, looking, deleting.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, Shown, page, single};
use crate::sandbox::numbers::compare_numbers;
use crate::sandbox::operation::{Operation, delete, get, post};
use crate::sandbox::parameters::{
    BUILD_FIELDS, CURSOR, FILE_FIELDS, LIMIT, PLATFORMS, Rule, Rules, UPLOAD_FIELDS,
};
use crate::sandbox::recall;
use crate::sandbox::refusal::{
    Refusal, duplicate_number, invalid_relationship, not_found, role_too_low, wrong_state,
};
use crate::sandbox::resources;
use crate::sandbox::scenario::Role;
use crate::sandbox::shape::{Kind, Shape};
use crate::sandbox::world::{Done, Upload, World};

const INCLUDES: Rule = Rule::Of(&["build", "assetFile", "assetDescriptionFile", "assetSpiFile"]);

const LIST: Rules = &[
    ("filter[cfBundleShortVersionString]", Rule::Any),
    ("filter[cfBundleVersion]", Rule::Any),
    ("filter[platform]", PLATFORMS),
    (
        "filter[state]",
        Rule::Of(&["AWAITING_UPLOAD", "PROCESSING", "FAILED", "COMPLETE"]),
    ),
    (
        "sort",
        Rule::Of(&[
            "cfBundleVersion",
            "-cfBundleVersion",
            "uploadedDate",
            "-uploadedDate",
        ]),
    ),
    ("fields[buildUploads]", UPLOAD_FIELDS),
    ("fields[builds]", BUILD_FIELDS),
    ("fields[buildUploadFiles]", FILE_FIELDS),
    ("include", INCLUDES),
    LIMIT,
    CURSOR,
];

const READ: Rules = &[
    ("fields[buildUploads]", UPLOAD_FIELDS),
    ("fields[builds]", BUILD_FIELDS),
    ("fields[buildUploadFiles]", FILE_FIELDS),
    ("include", INCLUDES),
];

const LIST_FILES: Rules = &[("fields[buildUploadFiles]", FILE_FIELDS), LIMIT, CURSOR];

static RESERVE: Shape = Shape {
    kind: "buildUploads",
    attributes: &[
        ("cfBundleShortVersionString", true, Kind::Text),
        ("cfBundleVersion", true, Kind::Text),
        (
            "platform",
            true,
            Kind::OneOf(&["IOS", "MAC_OS", "TV_OS", "VISION_OS"]),
        ),
    ],
    relationships: &[("app", "apps")],
    update: false,
    ..Shape::NEW
};

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get("list-uploads", "/v1/apps/{id}/buildUploads", LIST, list),
    post("reserve", "/v1/buildUploads", &RESERVE, reserve),
    get("read-upload", "/v1/buildUploads/{id}", READ, read),
    delete("delete-upload", "/v1/buildUploads/{id}", delete_upload),
    get(
        "list-files",
        "/v1/buildUploads/{id}/buildUploadFiles",
        LIST_FILES,
        list_files,
    ),
];

fn reserve(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    match world.script.role {
        Role::Onlooker => return Err(role_too_low()),
        Role::Admin | Role::AppManager | Role::Developer => {}
    }
    let attribute = |name: &str| text(&call.body["data"]["attributes"][name]);
    let app = text(&call.body["data"]["relationships"]["app"]["data"]["id"]);
    if !world.apps.contains_key(&app) {
        return Err(invalid_relationship(
            "app",
            format!("There is no resource of type 'apps' with id '{app}'"),
        ));
    }
    let (train, number) = (
        attribute("cfBundleShortVersionString"),
        attribute("cfBundleVersion"),
    );
    recall::earlier_uploads(world, &app, Some(&train), Some(&number));
    let platform = attribute("platform");
    let highest = world
        .uploads
        .iter()
        .filter(|upload| upload.app == app && upload.marketing_version == train)
        .filter(|upload| upload.platform == platform && upload.holds_number())
        .map(|upload| upload.build_number.as_str())
        .max_by(|one, two| compare_numbers(one, two));
    if let Some(previous) = highest
        && compare_numbers(&number, previous).is_le()
    {
        return Err(duplicate_number(previous));
    }
    if world.script.rival && world.uploads.is_empty() {
        recall::rival(world, (&app, &train, &number));
    }
    let id = world.next_id();
    let upload = Upload {
        id: id.clone(),
        app,
        marketing_version: train,
        build_number: number,
        platform,
        created: world.clock().unix_seconds(),
        milliseconds: world.next_milliseconds(),
        uploaded: None,
        course: world.script.course,
        polls: 0,
        listed: true,
        done: Done::default(),
    };
    world.uploads.push(upload);
    show(world, &id, call, 201)
}

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    if !world.apps.contains_key(&call.id) {
        return Err(not_found("apps", &call.id));
    }
    let query = &call.query;
    // Of several spellings of a version the first is how the client has it.
    let first = |name| query.get(name).and_then(|list| list.split(',').next());
    recall::earlier_uploads(
        world,
        &call.id,
        first("filter[cfBundleShortVersionString]"),
        first("filter[cfBundleVersion]"),
    );
    let mut rows: Vec<&Upload> = world
        .uploads
        .iter()
        .filter(|upload| upload.app == call.id && upload.listed)
        .filter(|upload| {
            query.lets(
                "filter[cfBundleShortVersionString]",
                &upload.marketing_version,
            ) && query.lets("filter[cfBundleVersion]", &upload.build_number)
                && query.lets("filter[platform]", &upload.platform)
                && query.lets("filter[state]", upload.state())
        })
        .collect();
    query.sort(&mut rows, |field, one, two| match field {
        "cfBundleVersion" => compare_numbers(&one.build_number, &two.build_number),
        "uploadedDate" => one.uploaded.cmp(&two.uploaded),
        _ => Ordering::Equal,
    });
    let shown = rows
        .iter()
        .map(|upload| shown(world, upload, call))
        .collect();
    Ok(page(shown, &call.address(world)))
}

fn read(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    world
        .upload_mut(&call.id)
        .ok_or_else(|| not_found("buildUploads", &call.id))?
        .polled();
    show(world, &call.id, call, 200)
}

fn delete_upload(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let upload = world
        .upload(&call.id)
        .ok_or_else(|| not_found("buildUploads", &call.id))?;
    if upload.uploaded.is_some() {
        return Err(wrong_state(format!(
            "The build upload can not be deleted in the state {}.",
            upload.state()
        )));
    }
    world.uploads.retain(|upload| upload.id != call.id);
    world.files.retain(|file| file.upload != call.id);
    Ok(Answer::Nothing)
}

fn list_files(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    if world.upload(&call.id).is_none() {
        return Err(not_found("buildUploads", &call.id));
    }
    if world.script.rival {
        recall::file_of_rival(world, &call.id);
    }
    let shown = world
        .files_of(&call.id)
        .map(|file| Shown::alone(resources::build_upload_file(world, file)))
        .collect();
    Ok(page(shown, &call.address(world)))
}

fn show(world: &World, id: &str, call: &Call, status: u16) -> Result<Answer, Refusal> {
    let upload = world
        .upload(id)
        .ok_or_else(|| not_found("buildUploads", id))?;
    Ok(single(
        status,
        shown(world, upload, call),
        &call.address(world),
    ))
}

fn shown(world: &World, upload: &Upload, call: &Call) -> Shown {
    let mut resource = resources::build_upload(world, upload);
    let mut included = Vec::new();
    if call.query.includes("build") {
        resource["relationships"]["build"]["data"] = Value::Null;
        if upload.build_linked() {
            resource["relationships"]["build"]["data"] =
                json!({ "type": "builds", "id": upload.build_id() });
            included.push(resources::build(world, upload));
        }
    }
    for (name, kind) in [
        ("assetFile", "ASSET"),
        ("assetDescriptionFile", "ASSET_DESCRIPTION"),
        ("assetSpiFile", "ASSET_SPI"),
    ] {
        let file = world
            .files_of(&upload.id)
            .find(|file| file.asset_type == kind);
        if let (true, Some(file)) = (call.query.includes(name), file) {
            resource["relationships"][name]["data"] =
                json!({ "type": "buildUploadFiles", "id": file.id });
            included.push(resources::build_upload_file(world, file));
        }
    }
    Shown { resource, included }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn build_numbers_compare_number_by_number() {
        assert_eq!(compare_numbers("10", "9"), Ordering::Greater);
        assert_eq!(compare_numbers("1.2", "1.2.0"), Ordering::Equal);
        assert_eq!(compare_numbers("1.9", "1.10"), Ordering::Less);
    }
}
