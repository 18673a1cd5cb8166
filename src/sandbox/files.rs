//! `buildUploadFiles`: cutting a file into parts, and the commit.

use serde_json::{Value, json};

use crate::sandbox::clock::{amz_date, api_date};
use crate::sandbox::document::{Answer, Shown, self_link, single};
use crate::sandbox::refusal::{
    Refusal, content_not_uploaded, invalid_attribute, invalid_relationship, not_found, wrong_state,
};
use crate::sandbox::routes::Call;
use crate::sandbox::scenario::{Course, Cutting, Detail, FOREIGN, NEVER};
use crate::sandbox::world::{File, Part, World};
use crate::sandbox::{ids, shape, storage};

/// Sizes of odd parts, over and over.
const ODD: [u64; 6] = [
    1,
    65_537,
    3 * 1024 * 1024 + 11,
    777,
    5 * 1024 * 1024,
    250_000,
];

/// Parts of one file, as with S3.
const MOST_PARTS: u64 = 10_000;

/// Files above this are not cut oddly: they would make too many parts.
const LARGEST_ODD: u64 = 8 * 1024 * 1024 * 1024;

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

pub(super) fn reserve(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    shape::RESERVE_FILE.check(&call.body, "")?;
    let attributes = &call.body["data"]["attributes"];
    let text = |name: &str| attributes[name].as_str().unwrap_or_default().to_owned();
    let upload = call.body["data"]["relationships"]["buildUpload"]["data"]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let state = world
        .upload(&upload)
        .map(super::world::Upload::state)
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
    let id = add(world, file);
    show(world, &id, call, 201)
}

/// Puts a file in place, cut into parts.
pub(super) fn add(world: &mut World, mut file: File) -> String {
    let cutting = world.script.cutting;
    let signed = world.clock().unix_seconds();
    let lifetime = world.script.part_lifetime;
    let upload_id = world.next_id();
    let mut offset = 0;
    while offset < file.size {
        let number = file.parts.len() as u64 + 1;
        let wanted = match cutting {
            Cutting::Even(length) => length.max(file.size / MOST_PARTS + 1),
            Cutting::Odd if file.size > LARGEST_ODD => file.size / MOST_PARTS + 1,
            Cutting::Odd => ODD[file.parts.len() % ODD.len()],
        };
        let length = wanted.min(file.size - offset);
        let query = format!(
            "partNumber={number}&uploadId={upload_id}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={}\
             &X-Amz-SignedHeaders=host&X-Amz-Credential=SANDBOX%2Floopback%2Fs3%2Faws4_request\
             &X-Amz-Expires={}&X-Amz-Signature={}",
            amz_date(signed),
            lifetime.max(1),
            world.signature()
        );
        file.parts.push(Part {
            number,
            offset,
            length,
            query,
            expires: signed + lifetime,
            stored: None,
            attempts: 0,
        });
        offset += length;
    }
    let id = file.id.clone();
    world.files.push(file);
    id
}

pub(super) fn read(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let file = world
        .file_mut(&call.id)
        .ok_or_else(|| not_found("buildUploadFiles", &call.id))?;
    if file.committed {
        file.reads = file.reads.saturating_add(1);
    }
    show(world, &call.id, call, 200)
}

pub(super) fn commit(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let file = world
        .file(&call.id)
        .ok_or_else(|| not_found("buildUploadFiles", &call.id))?;
    shape::COMMIT.check(&call.body, &call.id)?;
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
    let whole = storage::hex(&first.unwrap_or_default());
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
        Shown::alone(resource(world, file)),
        &call.address(world),
    ))
}

pub(super) fn resource(world: &World, file: &File) -> Value {
    let state = if !file.committed {
        "AWAITING_UPLOAD"
    } else if file.reads < world.script.settling {
        "UPLOAD_COMPLETE"
    } else {
        "COMPLETE"
    };
    let composite = (state == "COMPLETE").then(|| {
        let suffix = if world.script.strange {
            format!(
                "-{}-{}",
                file.parts.len(),
                file.parts.first().map_or(0, |part| part.length)
            )
        } else {
            String::new()
        };
        json!({ "hash": format!("{}{suffix}", file.composite()), "algorithm": "MD5" })
    });
    let whole = file
        .file_checksum
        .as_ref()
        .map(|hash| json!({ "hash": hash, "algorithm": "MD5" }));
    json!({
        "type": "buildUploadFiles",
        "id": file.id,
        "attributes": {
            "assetDeliveryState": { "errors": [], "warnings": [], "state": state },
            "assetToken": format!("PurpleSource211/v4/{}", file.id),
            "assetType": file.asset_type,
            "fileName": file.name,
            "fileSize": file.size,
            "sourceFileChecksums": { "file": whole, "composite": composite },
            "uploadOperations": (!file.committed).then(|| operations(world, file)),
            "uti": file.uti,
        },
        "links": self_link(&world.base, "buildUploadFiles", &file.id),
    })
}

/// In no order, as on the wire.
fn operations(world: &World, file: &File) -> Vec<Value> {
    let mut parts: Vec<&Part> = file.parts.iter().collect();
    parts.sort_by_key(|part| ids::mix(part.number));
    parts
        .into_iter()
        .map(|part| {
            json!({
                "method": "PUT",
                "url": format!("{}{}{}?{}", world.base, storage::PREFIX, file.id, part.query),
                "length": part.length,
                "offset": part.offset,
                "requestHeaders": [{ "name": "Content-Type", "value": "application/octet-stream" }],
                "expiration": api_date(part.expires, Some(878)),
                "partNumber": part.number,
                "entityTag": part.stored.map(|md5| storage::hex(&md5).to_uppercase()),
            })
        })
        .collect()
}
