//! `preflight`: looks into a package and tells what Apple would refuse. Nothing is sent.

use std::sync::{Arc, Mutex, PoisonError};

use crate::event::{Ending, Reached, Stage, Why};
use crate::plan::{PreflightPlan, PreflightSubject};
use crate::preflight::Checked;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::stages::preflight::Inspected;
use crate::stages::{Result, package, preflight};

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
    let inspected = match &plan.subject {
        PreflightSubject::Package(file) => {
            let open = async { package::run(file, &leg.events) };
            let open = leg.stage(Stage::Package, open).await?;
            leg.position.reach(Reached::Package);
            Inspected::File(open.file, open.package.kind)
        }
        PreflightSubject::Archive(path) => Inspected::Archive(path.clone()),
    };
    leg.stage(Stage::Preflight, async {
        let now = leg.clock.now();
        let inspection = preflight::run(inspected, &plan.preflight, now, &leg.events).await?;
        kept.put(inspection.checked);
        inspection.stop.map_or(Ok(Why::Done), Err)
    })
    .await
}
