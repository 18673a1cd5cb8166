//! `export`: an archive signed and exported by Xcode, and the machine as it was before.

use crate::asc::Client;
use crate::event::{Completed, Ending, Exported, Stage};
use crate::plan::{Account, ExportPlan, Signing};
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::run::{client, killed_runs, undo};
use crate::stages::signing::Around;
use crate::stages::{Result, certificates, export as stage, package, signing};

/// Exports the archive of the plan, and says how it ended.
pub async fn run(plan: ExportPlan, account: Account, around: &Surroundings) -> Ending {
    sequence(&with_tools_of(&plan, around), |leg| async move {
        let client = match needs_a_key(&plan) && has_a_key(&account) {
            true => Some(client::of_key(&leg, &account).await?),
            false => None,
        };
        let exported = export(&leg, &plan, &account, client.as_ref()).await?;
        if let Some(package) = &exported.package {
            package::tell_hash(package, &leg.events).await;
        }
        Ok(Completed::Done)
    })
    .await
}

/// What is set up with the plan's tools is given back with them too, in the same time.
pub(super) fn with_tools_of(plan: &ExportPlan, around: &Surroundings) -> Surroundings {
    Surroundings {
        tools: plan.tools.clone(),
        ..around.clone()
    }
}

/// The two stages, and what lies before and after them: what killed runs left is given back first, so that
/// no keychain of theirs is in the way, and what this run acquired as soon as the package is there.
pub(super) async fn export(
    leg: &Leg,
    plan: &ExportPlan,
    account: &Account,
    client: Option<&Client>,
) -> Result<Exported> {
    let around = around(leg);
    let prepared = leg
        .stage(Stage::Signing, async {
            if let Some(directory) = &leg.journals {
                note(
                    leg,
                    killed_runs::on_this_machine(directory, &leg.tools).await,
                );
            }
            // The key of a sandbox is nobody's.
            if let (Signing::Cloud, Some(client), false) = (&plan.signing, client, leg.is_rehearsal)
            {
                certificates::look_whose_key(client, &leg.events).await;
            }
            signing::run(around, plan, account, client).await
        })
        .await?;
    let exported = leg
        .stage(Stage::Export, stage::run(around, plan, &prepared))
        .await?;
    give_back(leg).await;
    Ok(exported)
}

/// Whether App Store Connect is asked: for profiles that were not given, and how many certificates there are.
fn needs_a_key(plan: &ExportPlan) -> bool {
    match &plan.signing {
        Signing::Manual { profiles, .. } => profiles.is_empty(),
        Signing::Cloud => true,
    }
}

fn has_a_key(account: &Account) -> bool {
    !account.key.expose().trim().is_empty()
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
