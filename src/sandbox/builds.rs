//! `builds`, with their version train and their TestFlight side. A build is what an upload has become.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::sandbox::clock::api_date;
use crate::sandbox::document::{Answer, Shown, page, related, self_link, single};
use crate::sandbox::refusal::{Refusal, not_found};
use crate::sandbox::routes::Call;
use crate::sandbox::uploads::{self, compare_numbers};
use crate::sandbox::world::{Upload, World};
use crate::sandbox::{apps, ids, recall};

/// How long TestFlight keeps a build.
const KEPT: i64 = 90 * 86_400;

pub(super) fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let query = &call.query;
    if let Some(app) = query.get("filter[app]") {
        recall::earlier_uploads(
            world,
            app,
            query.get("filter[preReleaseVersion.version]"),
            query.get("filter[version]"),
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
            query.lets("filter[id]", &upload.build_id())
                && query.lets("filter[processingState]", upload.processing_state())
                && query.lets("filter[expired]", "false")
        })
        .collect();
    let sort = query.get("sort").unwrap_or("");
    rows.sort_by(|one, two| match sort.trim_start_matches('-') {
        "version" => compare_numbers(&one.build_number, &two.build_number),
        "uploadedDate" => one.uploaded.cmp(&two.uploaded),
        "preReleaseVersion" => compare_numbers(&one.marketing_version, &two.marketing_version),
        _ => Ordering::Equal,
    });
    if sort.starts_with('-') {
        rows.reverse();
    }
    let shown = rows
        .iter()
        .map(|upload| shown(world, upload, call))
        .collect();
    Ok(page(shown, &call.address(world)))
}

pub(super) fn read(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    poll(world, &call.id)?;
    let upload = found(world, &call.id)?;
    let shown = shown(world, upload, call);
    Ok(single(200, shown, &call.address(world)))
}

pub(super) fn read_beta_detail(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    poll(world, &call.id)?;
    let upload = found(world, &call.id)?;
    let mut resource = beta_detail(world, upload);
    let mut included = Vec::new();
    if call.query.includes("build") {
        resource["relationships"]["build"]["data"] = json!({ "type": "builds", "id": call.id });
        included.push(self::resource(world, upload));
    }
    Ok(single(
        200,
        Shown { resource, included },
        &call.address(world),
    ))
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
    let mut resource = resource(world, upload);
    let mut included = Vec::new();
    let mut bring = |name: &str, other: Value| {
        resource["relationships"][name]["data"] =
            json!({ "type": other["type"], "id": other["id"] });
        included.push(other);
    };
    if call.query.includes("preReleaseVersion") {
        bring("preReleaseVersion", train(world, upload));
    }
    if call.query.includes("buildBetaDetail") {
        bring("buildBetaDetail", beta_detail(world, upload));
    }
    if call.query.includes("buildUpload") {
        bring("buildUpload", uploads::resource(world, upload));
    }
    if let (true, Some(app)) = (call.query.includes("app"), world.apps.get(&upload.app)) {
        bring("app", apps::resource(&world.base, app));
    }
    Shown { resource, included }
}

pub(super) fn resource(world: &World, upload: &Upload) -> Value {
    let id = upload.build_id();
    let uploaded = upload.uploaded.unwrap_or(upload.created);
    let mut resource = json!({
        "type": "builds",
        "id": id,
        "attributes": {
            "version": upload.build_number,
            "uploadedDate": api_date(uploaded, None),
            "expirationDate": api_date(uploaded + KEPT, None),
            "expired": false,
            "minOsVersion": "17.0",
            "processingState": upload.processing_state(),
            "buildAudienceType": "APP_STORE_ELIGIBLE",
            "usesNonExemptEncryption": false,
        },
        "relationships": {},
        "links": self_link(&world.base, "builds", &id),
    });
    for name in ["preReleaseVersion", "app", "buildBetaDetail"] {
        resource["relationships"][name] = related(&world.base, "builds", &id, name);
    }
    if upload.beta_states().0 == "MISSING_EXPORT_COMPLIANCE"
        && let Some(attributes) = resource["attributes"].as_object_mut()
    {
        attributes.remove("usesNonExemptEncryption");
    }
    resource
}

fn beta_detail(world: &World, upload: &Upload) -> Value {
    let id = upload.build_id();
    let (internal, external) = upload.beta_states();
    json!({
        "type": "buildBetaDetails",
        "id": id,
        "attributes": {
            "autoNotifyEnabled": true,
            "internalBuildState": internal,
            "externalBuildState": external,
        },
        "relationships": { "build": related(&world.base, "buildBetaDetails", &id, "build") },
        "links": self_link(&world.base, "buildBetaDetails", &id),
    })
}

fn train(world: &World, upload: &Upload) -> Value {
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
