//! `finish`: what is left to do with an upload that is at Apple, from nothing but its names.

use crate::event::{Ending, Fact, Stage, Why};
use crate::plan::{FinishPlan, Until};
use crate::receipt::Upload;
use crate::run::afterwards::Afterwards;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::run::ship::sign;
use crate::stages::processing::Shipment;
use crate::stages::upload::build_upload;
use crate::stages::{Result, app};

/// Carries on where the receipt stops.
pub async fn run(plan: FinishPlan, around: &Surroundings) -> Ending {
    sequence(around, |leg| finish(leg, plan)).await
}

async fn finish(leg: Leg, plan: FinishPlan) -> Result<Why> {
    recall(&leg, &plan.upload);
    let client = sign(&leg, &plan.account).await?;
    let package = &plan.upload.package;
    let after = Afterwards {
        leg: &leg,
        client: &client,
        build: &package.build,
        wishes: &plan.wishes,
        waiting: plan.waiting,
    };
    let audience = leg
        .stage(Stage::App, async {
            let app = app::run(&client, &package.bundle_identifier, &leg.events).await?;
            after.look((app.id, app.primary_locale)).await
        })
        .await?;
    if plan.waiting.until == Until::Uploaded {
        after.leave();
        return Ok(Why::Done);
    }
    let shipment = Shipment {
        app: plan.upload.app.id.clone(),
        upload: plan.upload.id.clone(),
        build: package.build.clone(),
    };
    let build = after.follow(&shipment).await?;
    after.give(&audience, build).await
}

/// Tells what the receipt knows, so that everything is told as if it were one run.
fn recall(leg: &Leg, upload: &Upload) {
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
