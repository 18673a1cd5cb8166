//! `export`: an archive signed and exported by Xcode, and the machine as it was before.

use crate::event::{Ending, Exported, Stage, Why};
use crate::plan::{Account, ExportPlan};
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::run::{left_behind, undo};
use crate::stages::signing::Around;
use crate::stages::{Result, export as stage, signing};

/// Exports the archive of the plan, and says how it ended.
pub async fn run(plan: ExportPlan, account: Account, around: &Surroundings) -> Ending {
    sequence(around, |leg| async move {
        export(&leg, &plan, &account).await?;
        Ok(Why::Done)
    })
    .await
}

/// The two stages, and what lies before and after them: what killed runs left is given back first, so that
/// no keychain of theirs is in the way, and what this run acquired as soon as the package is there.
pub(super) async fn export(leg: &Leg, plan: &ExportPlan, account: &Account) -> Result<Exported> {
    let around = around(leg);
    let prepared = leg
        .stage(Stage::Signing, async {
            if let Some(directory) = &leg.journals {
                note(
                    leg,
                    left_behind::on_this_machine(directory, &leg.tools).await,
                );
            }
            signing::run(around, plan, account).await
        })
        .await?;
    let exported = leg
        .stage(Stage::Export, stage::run(around, plan, &prepared))
        .await?;
    give_back(leg).await;
    Ok(exported)
}

/// What the stages of this machine work with.
pub(super) fn around(leg: &Leg) -> Around<'_> {
    Around {
        journal: &leg.journal,
        vault: &leg.vault,
        clock: &leg.clock,
        events: &leg.events,
    }
}

/// Gives back what this run acquired of the machine, as soon as it is not needed any more.
pub(super) async fn give_back(leg: &Leg) {
    note(leg, undo::on_this_machine(&leg.journal, &leg.tools).await);
}

fn note(leg: &Leg, stayed: Vec<String>) {
    for why in stayed {
        leg.events.note(why);
    }
}
