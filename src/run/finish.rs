//! `finish`: what is left to do with an upload that is at Apple, from nothing but its names.

use crate::event::{Ending, Fact, Why};
use crate::plan::{Distribution, FinishPlan, Until};
use crate::receipt::Upload;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::run::ship::{follow, sign};
use crate::stages::Result;
use crate::stages::processing::Shipment;
use crate::stages::upload::build_upload;

/// Carries on where the receipt stops.
pub async fn run(plan: FinishPlan, around: &Surroundings) -> Ending {
    sequence(around, |leg| finish(leg, plan)).await
}

async fn finish(leg: Leg, plan: FinishPlan) -> Result<Why> {
    recall(&leg, &plan.upload);
    let client = sign(&leg, &plan.account).await?;
    if plan.waiting.until == Until::Uploaded {
        return Ok(Why::Done);
    }
    let shipment = Shipment {
        app: plan.upload.app.id,
        upload: plan.upload.id,
        build: plan.upload.package.build,
    };
    let wish = Distribution::default();
    let build = follow(&leg, &client, &shipment, (plan.waiting, &wish)).await?;
    Ok(build.hold.map_or(Why::Done, Why::Held))
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
