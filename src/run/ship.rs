//! `ship`: the way of a package, from the file to a build that testers can get.

use crate::asc::Client;
use crate::asc::apps::App;
use crate::event::{Ending, Reached, Stage, Why};
use crate::ids::BuildId;
use crate::plan::{Account, Distribution, PackageFile, ShipPlan, Transfer, Until};
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::stages::distribution::{Audience, Course};
use crate::stages::earlier_uploads::Start;
use crate::stages::package::OpenPackage;
use crate::stages::processing::{Followed, FollowedBuild, Shipment};
use crate::stages::upload::{Tools, Uploaded};
use crate::stages::{
    Result, Stop, app, credentials, diagnostics, distribution, earlier_uploads, package,
    processing, upload,
};
use crate::upload::{Engine, Settings};

/// Ships the package of the plan, and says how it ended.
pub async fn run(plan: ShipPlan, around: &Surroundings) -> Ending {
    sequence(around, |leg| ship(leg, plan)).await
}

async fn ship(leg: Leg, plan: ShipPlan) -> Result<Why> {
    let open = open(&leg, &plan.package).await?;
    let client = sign(&leg, &plan.account).await?;
    let wish = &plan.distribution;
    let (app, start, audience) = look(&leg, &client, &open, wish).await?;
    let engine = engine(&leg, &plan.account, plan.transfer)?;
    let uploaded = send(&leg, (&client, &engine), &app, &open, start).await?;
    if plan.waiting.until == Until::Uploaded {
        return Ok(Why::Done);
    }
    let shipment = Shipment {
        app: app.id,
        upload: uploaded.id,
        build: open.package.build,
    };
    let build = follow(&leg, &client, &shipment, &plan).await?;
    if plan.waiting.until == Until::Processed && !plan.distribution.is_nothing() {
        distribute(&leg, &client, (&audience, &build.id), (&shipment, &plan)).await?;
    }
    Ok(build.hold.map_or(Why::Done, Why::Held))
}

/// The package, opened and read.
pub(super) async fn open(leg: &Leg, file: &PackageFile) -> Result<OpenPackage> {
    let open = leg
        .stage(Stage::Package, async { package::run(file, &leg.events) })
        .await?;
    leg.position.reach(Reached::Package);
    Ok(open)
}

/// The client that the key gives.
pub(super) async fn sign(leg: &Leg, account: &Account) -> Result<Client> {
    let client = leg
        .stage(Stage::Credentials, async {
            credentials::run(account, &leg.clock, &leg.vault, &leg.events)
        })
        .await?;
    leg.may_ask(&client);
    Ok(client)
}

/// The app record, and what Apple has of the build already. What is wrong with the app or its groups is
/// found before a byte is sent.
pub(super) async fn look(
    leg: &Leg,
    client: &Client,
    open: &OpenPackage,
    wish: &Distribution,
) -> Result<(App, Start, Audience)> {
    leg.stage(Stage::App, async {
        let app = app::run(client, &open.package.bundle_identifier, &leg.events).await?;
        let start = earlier_uploads::run(client, &app, open, &leg.events).await?;
        let whose = (app.id.clone(), app.primary_locale.clone());
        let audience = distribution::look(client, &leg.events, whose, wish).await?;
        Ok((app, start, audience))
    })
    .await
}

fn engine(leg: &Leg, account: &Account, transfer: Transfer) -> Result<Engine> {
    Engine::new(Settings {
        concurrency: transfer.concurrency,
        idle_timeout: account.idle_timeout,
        extra_roots: account.extra_roots.clone(),
        clock: leg.clock.clone(),
        ..Settings::default()
    })
    .map_err(|error| {
        let told = leg.events.found(diagnostics::transfer_failed(&error));
        Stop::after(told, Why::Unfinished)
    })
}

async fn send(
    leg: &Leg,
    (client, engine): (&Client, &Engine),
    app: &App,
    open: &OpenPackage,
    start: Start,
) -> Result<Uploaded> {
    let tools = Tools {
        client,
        engine,
        journal: &leg.journal,
        position: &leg.position,
        events: &leg.events,
        cancel: &leg.cancel,
    };
    let work = upload::run(&tools, app, open, start);
    leg.stage_or_skip(Stage::Upload, work, |uploaded| uploaded.is_adopted)
        .await
}

async fn follow(
    leg: &Leg,
    client: &Client,
    shipment: &Shipment,
    plan: &ShipPlan,
) -> Result<FollowedBuild> {
    let followed = Followed {
        client,
        events: &leg.events,
        position: &leg.position,
        shipment,
        answers_encryption: plan.distribution.encryption.is_some(),
    };
    leg.stage(Stage::Processing, processing::run(&followed, plan.waiting))
        .await
}

/// Gives the build to its testers.
async fn distribute(
    leg: &Leg,
    client: &Client,
    (app, build): (&Audience, &BuildId),
    (shipment, plan): (&Shipment, &ShipPlan),
) -> Result<()> {
    let (short, long) = Course::patience(plan.waiting);
    let course = Course {
        client,
        events: &leg.events,
        position: &leg.position,
        app,
        build,
        train: &shipment.build,
        wish: &plan.distribution,
        short,
        long,
    };
    leg.stage(Stage::Distribution, distribution::run(&course))
        .await
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::event::Events;
    use crate::host::clock::Clock;
    use crate::ipa::PackageKind;
    use crate::plan::{Pace, Waiting};
    use crate::run::cancel::Cancel;
    use crate::run::tests::account;
    use crate::sandbox::{self, Options, Sandbox, Scenario};
    use crate::secret::Vault;

    fn plan(sandbox: &Sandbox, path: std::path::PathBuf) -> ShipPlan {
        ShipPlan {
            package: PackageFile {
                path,
                kind: PackageKind::Ipa,
            },
            account: account(sandbox),
            transfer: Transfer { concurrency: 1 },
            waiting: Waiting {
                until: Until::Processed,
                appear: Duration::from_secs(10),
                processing: Duration::from_secs(10),
                pace: Pace::Exact(Duration::from_millis(5)),
            },
            distribution: Distribution::default(),
        }
    }

    #[tokio::test]
    async fn a_panic_after_the_reservation_gives_it_back() {
        let scenario = Scenario::named("succeeds").unwrap();
        let sandbox = sandbox::start(Options::loopback(scenario)).await.unwrap();
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("App.ipa");
        std::fs::write(&path, sandbox::demo_ipa()).unwrap();
        let (events, _told) = Events::stream();
        let around = Surroundings {
            events,
            cancel: Cancel::default(),
            clock: Clock::system(),
            vault: Vault::default(),
            deadline: None,
            journals: None,
        };
        let plan = plan(&sandbox, path);
        let ending = sequence(&around, |leg| async move {
            let open = open(&leg, &plan.package).await?;
            let client = sign(&leg, &plan.account).await?;
            let wish = Distribution::default();
            let (app, start, _) = look(&leg, &client, &open, &wish).await?;
            let engine = engine(&leg, &plan.account, plan.transfer)?;
            let position = leg.position.clone();
            let panics_once_reserved = async {
                while position.now() < Reached::Reserved {
                    tokio::task::yield_now().await;
                }
                panic!("as the test wishes")
            };
            tokio::select! {
                biased;
                () = panics_once_reserved => {}
                sent = send(&leg, (&client, &engine), &app, &open, start) => { sent?; }
            }
            Ok(Why::Done)
        })
        .await;
        let (reached, why) = (Reached::Package, Why::Unfinished);
        assert_eq!(ending, Ending { reached, why });
        let done = &sandbox.log()["summary"]["operations"];
        assert_eq!(
            (&done["reserve"], &done["delete-upload"]),
            (&1.into(), &1.into())
        );
    }
}
