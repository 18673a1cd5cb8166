//! `preflight`: looks into a package and tells what Apple would refuse. Nothing is sent.

use std::sync::{Arc, Mutex, PoisonError};

use crate::event::{Ending, Stage, Why};
use crate::plan::{PreflightPlan, PreflightSubject};
use crate::preflight::Checked;
use crate::run::client;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::run::ship;
use crate::stages::preflight::Inspected;
use crate::stages::{Result, app, earlier_uploads, package, preflight, trains};

/// Where what was checked is kept for whoever prints it after the run.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<Option<Checked>>>);

impl Kept {
    /// What was checked; `None` where the package could not be read.
    pub fn take(&self) -> Option<Checked> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn put(&self, checked: Checked) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(checked);
    }
}

/// Looks into the package of the plan.
pub async fn run(plan: PreflightPlan, kept: Kept, around: &Surroundings) -> Ending {
    sequence(around, |leg| inspect(leg, plan, kept)).await
}

async fn inspect(leg: Leg, plan: PreflightPlan, kept: Kept) -> Result<Why> {
    let (inspected, open) = match &plan.subject {
        PreflightSubject::Package(file) => {
            let open = ship::open(&leg, file).await?;
            package::compare(&open, &plan.preflight, &leg.events).await?;
            let inspected = Inspected::File(open.file.clone(), open.package.kind);
            (inspected, Some(open))
        }
        PreflightSubject::Archive(path) => (Inspected::Archive(path.clone()), None),
    };
    let inspected = leg.stage(Stage::Preflight, async {
        let now = leg.clock.now();
        let inspection = preflight::run(inspected, &plan.preflight, now, &leg.events).await?;
        kept.put(inspection.checked);
        inspection.stop.map_or(Ok(()), Err)
    });
    let inspected = inspected.await;
    if let (Some(open), Some(account)) = (&open, &plan.account) {
        let client = client::of_key(&leg, account).await?;
        leg.stage(Stage::App, async {
            let app = app::run(&client, &open.package.bundle_identifier, &leg.events).await?;
            let start = earlier_uploads::run(&client, &app, open, &leg.events).await?;
            trains::run(&client, &app, (open, &start), &leg.events).await
        })
        .await?;
    }
    inspected.map(|()| Why::Done)
}
