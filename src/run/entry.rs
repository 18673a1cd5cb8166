//! What a run left at Apple, found again from nothing but its names: by a receipt, an id, or the names of app and
//! build. From there on it is as if it were one run.

use crate::asc::build_uploads::{self, UploadState};
use crate::asc::{Client, Error, builds};
use crate::event::{self, Fact, Package, Reached, Why};
use crate::ids::{AppId, BuildId, BuildName, BuildUploadId};
use crate::plan::{Left, Target, Waiting};
use crate::receipt::Upload;
use crate::run::sequence::Leg;
use crate::stages::patience::Patience;
use crate::stages::processing::{Followable, Shipment};
use crate::stages::upload::build_upload;
use crate::stages::{Result, Stop, app, asc_failed, diagnostics, release};

/// The app's id and first language, as they are looked at.
pub type App = (AppId, Option<String>);

/// Tells what is known of it, and finds the rest.
pub async fn find(
    leg: &Leg,
    client: &Client,
    left: &Left,
    waiting: Waiting,
) -> Result<(App, Shipment)> {
    match left {
        Left::Upload(upload) => of_upload(leg, client, upload).await,
        Left::Build(id) => of_build(leg, client, id).await,
        Left::UploadId(id) => of_upload_id(leg, client, id, waiting).await,
        Left::Named(target) => of_names(leg, client, target).await,
    }
}

async fn of_upload(leg: &Leg, client: &Client, upload: &Upload) -> Result<(App, Shipment)> {
    let identifier = &upload.package.bundle_identifier;
    let app = app::run(client, identifier, &leg.events).await?;
    if !upload.reached.is_sent() {
        is_whole(leg, client, &upload.id).await?;
    }
    let shipment = shipment(
        &app.id,
        Followable::Upload(upload.id.clone()),
        &upload.package.build,
    );
    Ok(((app.id, app.primary_locale), shipment))
}

async fn of_build(leg: &Leg, client: &Client, id: &BuildId) -> Result<(App, Shipment)> {
    let found = builds::origin(client, id)
        .await
        .map_err(|error| asc_failed(&leg.events, &error, "looking for the build"))?;
    let Some(origin) = found else {
        let told = leg.events.found(release::build_not_found());
        return Err(Stop::after(told, Why::Refused));
    };
    leg.events.fact(Fact::App(event::App {
        id: origin.app.clone(),
        name: origin.app_name,
    }));
    leg.events.fact(Fact::Package(Package::by_name(
        origin.bundle_identifier.clone(),
        origin.name.clone(),
    )));
    leg.events.fact(Fact::Build { id: id.clone() });
    leg.position.reach(Reached::Accepted);
    let upload = match origin.upload {
        Some(upload) => {
            let platform = origin.name.platform;
            leg.events
                .fact(build_upload(&origin.app, &upload, platform));
            Followable::Upload(upload)
        }
        None => Followable::Build(id.clone()),
    };
    let shipment = shipment(&origin.app, upload, &origin.name);
    Ok(((origin.app, origin.primary_locale), shipment))
}

/// A run that was killed while it said that all was sent does not know whether Apple heard it.
async fn is_whole(leg: &Leg, client: &Client, id: &BuildUploadId) -> Result<()> {
    let upload = build_uploads::read(client, id)
        .await
        .map_err(|error| asc_failed(&leg.events, &error, "looking for the upload"))?;
    if upload.state == UploadState::AwaitingUpload {
        let told = leg.events.found(diagnostics::upload_incomplete());
        return Err(Stop::after(told, Why::Refused));
    }
    leg.position.reach(Reached::Sent);
    Ok(())
}

/// Of an upload by its id alone Apple tells the build, once there is one.
async fn of_upload_id(
    leg: &Leg,
    client: &Client,
    id: &BuildUploadId,
    waiting: Waiting,
) -> Result<(App, Shipment)> {
    let look = || async {
        let upload = build_uploads::read(client, id).await?;
        let is_over = upload.state == UploadState::Failed;
        Ok((is_over || upload.build.is_some()).then_some(upload))
    };
    let patience = Patience {
        most: waiting.appear,
        pace: waiting.pace,
    };
    let upload = patience
        .until(look)
        .await
        .map_err(|error| asc_failed(&leg.events, &error, "looking for the upload"))?;
    let build = upload.as_ref().and_then(|upload| upload.build.clone());
    let Some(build) = build else {
        let details = upload.iter().flat_map(|upload| &upload.details);
        for detail in details {
            leg.events.found(diagnostics::state_detail(detail));
        }
        let (found, why) = match upload {
            Some(_) => (diagnostics::upload_failed_without_reason(), Why::Failed),
            None => (
                diagnostics::never_appeared(waiting.appear),
                Why::NeverAppeared,
            ),
        };
        return Err(Stop::after(leg.events.found(found), why));
    };
    of_build(leg, client, &build).await
}

/// By names alone: the build where there is one, else the newest upload.
async fn of_names(leg: &Leg, client: &Client, target: &Target) -> Result<(App, Shipment)> {
    let app = app::run(client, &target.bundle_identifier, &leg.events).await?;
    let failed = |error: &Error| asc_failed(&leg.events, error, "looking for the build");
    let not_found = || Stop::after(leg.events.found(release::build_not_found()), Why::Refused);
    let (Some(version), Some(number)) = (&target.marketing_version, &target.build_number) else {
        let version = target.marketing_version.as_ref();
        let newest = builds::newest(client, &app.id, version, target.platform).await;
        let newest = newest
            .map_err(|error| failed(&error))?
            .ok_or_else(not_found)?;
        return of_build(leg, client, &newest.id).await;
    };
    let build = BuildName {
        marketing_version: version.clone(),
        build_number: number.clone(),
        platform: target.platform,
    };
    let uploads = build_uploads::list(client, &app.id, &build).await;
    let uploads = uploads.map_err(|error| failed(&error))?.into_iter();
    let newest = uploads
        .filter(|upload| upload.state != UploadState::AwaitingUpload)
        .max_by(|one, other| one.created.cmp(&other.created));
    let Some(upload) = newest else {
        let found = builds::find(client, &app.id, &build).await;
        let found = found
            .map_err(|error| failed(&error))?
            .ok_or_else(not_found)?;
        return of_build(leg, client, &found.id).await;
    };
    leg.events.fact(Fact::Package(Package::by_name(
        target.bundle_identifier.clone(),
        build.clone(),
    )));
    leg.position.reach(Reached::Sent);
    leg.events
        .fact(build_upload(&app.id, &upload.id, target.platform));
    let shipment = shipment(&app.id, Followable::Upload(upload.id), &build);
    Ok(((app.id, app.primary_locale), shipment))
}

fn shipment(app: &AppId, upload: Followable, build: &BuildName) -> Shipment {
    Shipment {
        app: app.clone(),
        upload,
        build: build.clone(),
    }
}

/// Tells what the receipt knows, so that everything is told as if it were one run.
pub fn recall(leg: &Leg, upload: &Upload) {
    leg.events.fact(Fact::Package(upload.package.clone()));
    leg.events.fact(Fact::App(upload.app.clone()));
    leg.position.reach(upload.reached);
    let platform = upload.package.build.platform;
    leg.events
        .fact(build_upload(&upload.app.id, &upload.id, platform));
    if let Some(id) = &upload.build {
        leg.events.fact(Fact::Build { id: id.clone() });
    }
}
