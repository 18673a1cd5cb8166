//! `buildUploadFiles`: cutting a file into parts, and the commit.

use serde_json::Value;

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, Shown, single};
use crate::sandbox::operation::{Operation, get, patch, post};
use crate::sandbox::parameters::{FILE_FIELDS, Rules};
use crate::sandbox::refusal::{
    Refusal, content_not_uploaded, invalid_attribute, invalid_relationship, not_found, wrong_state,
};
use crate::sandbox::scenario::{Course, Detail, FOREIGN, NEVER};
use crate::sandbox::shape::{Kind, Shape};
use crate::sandbox::world::{File, World};
use crate::sandbox::{cutting, hash, resources};

/// What becomes of a second upload with a number that is taken by then.
static REDUNDANT: Course = Course {
    build_at: NEVER,
    over_at: 1,
    upload: "FAILED",
    errors: &[Detail {
        code: "90189",
        description: "Redundant Binary Upload. You've already uploaded a build with this build number for \
            this version number. Make sure you increment the build string before you upload your app to \
            App Store Connect.",
    }],
    ..FOREIGN
};

const READ: Rules = &[("fields[buildUploadFiles]", FILE_FIELDS)];

static RESERVE: Shape = Shape {
    kind: "buildUploadFiles",
    attributes: &[
        (
            "assetType",
            true,
            Kind::OneOf(&["ASSET", "ASSET_DESCRIPTION", "ASSET_SPI"]),
        ),
        ("fileName", true, Kind::Text),
        ("fileSize", true, Kind::Size),
        (
            "uti",
            true,
            Kind::OneOf(&[
                "com.apple.binary-property-list",
                "com.apple.ipa",
                "com.apple.pkg",
                "com.apple.xml-property-list",
                "com.pkware.zip-archive",
            ]),
        ),
    ],
    relationships: &[("buildUpload", "buildUploads")],
    update: false,
    ..Shape::NEW
};

static COMMIT: Shape = Shape {
    kind: "buildUploadFiles",
    attributes: &[
        ("uploaded", false, Kind::Flag),
        ("sourceFileChecksums", false, Kind::Checksums),
    ],
    relationships: &[],
    update: true,
    ..Shape::NEW
};

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    post("reserve-file", "/v1/buildUploadFiles", &RESERVE, reserve),
    get("read-file", "/v1/buildUploadFiles/{id}", READ, read),
    patch("commit", "/v1/buildUploadFiles/{id}", &COMMIT, commit),
];

fn reserve(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let attributes = &call.body["data"]["attributes"];
    let text = |name: &str| attributes[name].as_str().unwrap_or_default().to_owned();
    let upload = call.body["data"]["relationships"]["buildUpload"]["data"]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let state = world
        .upload(&upload)
        .map(crate::sandbox::world::Upload::state)
        .ok_or_else(|| {
            invalid_relationship(
                "buildUpload",
                format!("There is no resource of type 'buildUploads' with id '{upload}'"),
            )
        })?;
    if state != "AWAITING_UPLOAD" {
        return Err(wrong_state(format!(
            "The build upload is in the state {state}."
        )));
    }
    let asset_type = text("assetType");
    if world
        .files_of(&upload)
        .any(|file| file.asset_type == asset_type)
    {
        return Err(wrong_state(format!(
            "The build upload has a file of type {asset_type} already."
        )));
    }
    let file = File {
        id: world.next_id(),
        upload,
        asset_type,
        name: text("fileName"),
        size: attributes["fileSize"].as_u64().unwrap_or_default(),
        uti: text("uti"),
        parts: Vec::new(),
        committed: false,
        reads: 0,
        file_checksum: None,
    };
    let id = cutting::add(world, file);
    show(world, &id, call, 201)
}

fn read(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let file = world
        .file_mut(&call.id)
        .ok_or_else(|| not_found("buildUploadFiles", &call.id))?;
    if file.committed {
        file.reads = file.reads.saturating_add(1);
    } else if world.script.signs_anew {
        cutting::sign_anew(world, &call.id);
    }
    show(world, &call.id, call, 200)
}

fn commit(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let file = world
        .file(&call.id)
        .ok_or_else(|| not_found("buildUploadFiles", &call.id))?;
    let attributes = &call.body["data"]["attributes"];
    if file.committed {
        return Err(wrong_state("The upload of this file is complete already."));
    }
    if attributes["uploaded"] != true {
        return show(world, &call.id, call, 200);
    }
    if !file.complete() {
        return Err(content_not_uploaded("/data/attributes/uploaded"));
    }
    let sums = &attributes["sourceFileChecksums"];
    let same = |given: &Value, ours: &str| {
        given.as_str().is_none_or(|hash| {
            hash.split('-')
                .next()
                .unwrap_or_default()
                .eq_ignore_ascii_case(ours)
        })
    };
    let whole_is_known = file.parts.len() == 1;
    let first = file.parts.first().and_then(|part| part.stored);
    let whole = hash::hex(&first.unwrap_or_default());
    if !same(&sums["composite"]["hash"], &file.composite())
        || whole_is_known && !same(&sums["file"]["hash"], &whole)
    {
        return Err(invalid_attribute(
            "sourceFileChecksums",
            "The checksum does not match the content that was uploaded",
        ));
    }
    let checksum = sums["file"]["hash"].as_str().map(str::to_owned);
    let upload = file.upload.clone();
    if let Some(file) = world.file_mut(&call.id) {
        file.committed = true;
        file.file_checksum = checksum;
    }
    begin_processing(world, &upload);
    show(world, &call.id, call, 200)
}

/// Apple begins to work when the last file of the upload, the asset among them, is committed.
fn begin_processing(world: &mut World, id: &str) {
    let ready = world.files_of(id).all(|file| file.committed)
        && world.files_of(id).any(|file| file.asset_type == "ASSET");
    let now = world.clock().unix_seconds();
    let taken = world.upload(id).is_some_and(|mine| {
        world.uploads.iter().any(|other| {
            other.id != mine.id
                && other.holds_number()
                && (&other.app, &other.platform) == (&mine.app, &mine.platform)
                && other.marketing_version == mine.marketing_version
                && other.build_number == mine.build_number
        })
    });
    if let (true, Some(upload)) = (ready, world.upload_mut(id)) {
        upload.uploaded = Some(now);
        if taken {
            upload.course = &REDUNDANT;
        }
    }
}

fn show(world: &World, id: &str, call: &Call, status: u16) -> Result<Answer, Refusal> {
    let file = world
        .file(id)
        .ok_or_else(|| not_found("buildUploadFiles", id))?;
    Ok(single(
        status,
        Shown::alone(resources::build_upload_file(world, file)),
        &call.address(world),
    ))
}
