//! How each resource looks in an answer.

use serde_json::{Value, json};

use crate::sandbox::clock::api_date;
use crate::sandbox::document::{related, self_link};
use crate::sandbox::gate::PREFIX;
use crate::sandbox::scenario::{Course, Detail};
use crate::sandbox::world::{App, File, Part, Upload, World};
use crate::sandbox::{hash, ids};

/// The language of every app.
pub(super) const PRIMARY_LOCALE: &str = "en-US";

/// How long TestFlight keeps a build.
const KEPT: i64 = 90 * 86_400;

pub(super) fn app(base: &str, app: &App) -> Value {
    json!({
        "type": "apps",
        "id": app.id,
        "attributes": {
            "name": app.name,
            "bundleId": app.bundle_identifier,
            "sku": sku(app),
            "primaryLocale": PRIMARY_LOCALE,
            "isOrEverWasMadeForKids": false,
        },
        "relationships": {
            "builds": related(base, "apps", &app.id, "builds"),
            "buildUploads": related(base, "apps", &app.id, "buildUploads"),
            "preReleaseVersions": related(base, "apps", &app.id, "preReleaseVersions"),
        },
        "links": self_link(base, "apps", &app.id),
    })
}

pub(super) fn build_upload(world: &World, upload: &Upload) -> Value {
    let over = upload.over();
    let details = |pick: fn(&'static Course) -> &'static [Detail]| -> Value {
        let list = if over { pick(upload.course) } else { &[] };
        list.iter()
            .map(|detail| json!({ "code": detail.code, "description": detail.description }))
            .collect()
    };
    json!({
        "type": "buildUploads",
        "id": upload.id,
        "attributes": {
            "cfBundleShortVersionString": upload.marketing_version,
            "cfBundleVersion": upload.build_number,
            "createdDate": api_date(upload.created, Some(upload.milliseconds)),
            "state": {
                "errors": details(|course| course.errors),
                "warnings": details(|course| course.warnings),
                "infos": details(|course| course.infos),
                "state": upload.state(),
            },
            "platform": upload.platform,
            "uploadedDate": upload.uploaded.map(|at| api_date(at, None)),
        },
        "relationships": {
            "buildUploadFiles": related(&world.base, "buildUploads", &upload.id, "buildUploadFiles"),
        },
        "links": self_link(&world.base, "buildUploads", &upload.id),
    })
}

pub(super) fn build(world: &World, upload: &Upload) -> Value {
    let id = upload.build_id();
    let uploaded = upload.uploaded.unwrap_or(upload.created);
    let mut resource = json!({
        "type": "builds",
        "id": id,
        "attributes": {
            "version": upload.build_number,
            "uploadedDate": api_date(uploaded, None),
            "expirationDate": api_date(uploaded + KEPT, None),
            "expired": upload.done.expired,
            "minOsVersion": "17.0",
            "processingState": upload.processing_state(),
            "buildAudienceType": upload.course.audience,
            "usesNonExemptEncryption": upload.done.answer.is_some_and(|(uses, _)| uses),
        },
        "relationships": {},
        "links": self_link(&world.base, "builds", &id),
    });
    for name in ["preReleaseVersion", "app", "buildBetaDetail"] {
        resource["relationships"][name] = related(&world.base, "builds", &id, name);
    }
    if upload.lacks_answer()
        && let Some(attributes) = resource["attributes"].as_object_mut()
    {
        attributes.remove("usesNonExemptEncryption");
    }
    resource
}

pub(super) fn beta_detail(world: &World, upload: &Upload) -> Value {
    let id = upload.build_id();
    let (internal, external) = upload.beta_states();
    json!({
        "type": "buildBetaDetails",
        "id": id,
        "attributes": {
            "autoNotifyEnabled": upload.done.notifies.unwrap_or(true),
            "internalBuildState": internal,
            "externalBuildState": external,
        },
        "relationships": { "build": related(&world.base, "buildBetaDetails", &id, "build") },
        "links": self_link(&world.base, "buildBetaDetails", &id),
    })
}

pub(super) fn train(world: &World, upload: &Upload) -> Value {
    let name = format!(
        "{}/{}/{}",
        upload.app, upload.platform, upload.marketing_version
    );
    let id = ids::uuid(ids::of_text(&name));
    json!({
        "type": "preReleaseVersions",
        "id": id,
        "attributes": { "version": upload.marketing_version, "platform": upload.platform },
        "relationships": { "builds": related(&world.base, "preReleaseVersions", &id, "builds") },
        "links": self_link(&world.base, "preReleaseVersions", &id),
    })
}

pub(super) fn build_upload_file(world: &World, file: &File) -> Value {
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
                "url": format!("{}{}{}?{}", world.base, PREFIX, file.id, part.query),
                "length": part.length,
                "offset": part.offset,
                "requestHeaders": [{ "name": "Content-Type", "value": "application/octet-stream" }],
                "expiration": api_date(part.expires, Some(878)),
                "partNumber": part.number,
                "entityTag": part.stored.map(|md5| hash::hex(&md5).to_uppercase()),
            })
        })
        .collect()
}

pub(super) fn sku(app: &App) -> String {
    app.bundle_identifier.replace('.', "-").to_uppercase()
}
