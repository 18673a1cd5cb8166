//! `ship`: the way of a package, from the file to a build that testers can get.

use crate::asc::Client;
use crate::asc::apps::App;
use crate::event::{Completed, Ending, Exported, Fact, Reached, Stage, Why};
use crate::ipa::PackageKind;
use crate::plan::{Account, PackageFile, Preflight, PreflightLevel, ShipPlan, Transfer, Until};
use crate::run::afterwards::Afterwards;
use crate::run::client;
use crate::run::export;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::stages::altool::{self, Sending};
use crate::stages::course::Audience;
use crate::stages::earlier_uploads::Start;
use crate::stages::package::OpenPackage;
use crate::stages::preflight::Inspected;
use crate::stages::processing::{Followable, Shipment};
use crate::stages::slot::Tools;
use crate::stages::upload::Uploaded;
use crate::stages::{
    Result, Stop, app, diagnostics, earlier_uploads, package, preflight, signers, trains, upload,
};
use crate::upload::{Engine, Settings};

/// Ships the package of the plan, and says how it ended.
pub async fn run(plan: ShipPlan, around: &Surroundings) -> Ending {
    let own = plan.export.as_ref();
    let own = own.map(|archive| export::with_tools_of(archive, around));
    sequence(own.as_ref().unwrap_or(around), |leg| ship(leg, plan)).await
}

async fn ship(leg: Leg, plan: ShipPlan) -> Result<Completed> {
    leg.events.fact(Fact::Wishes(Box::new(plan.wishes.clone())));
    let Some(archive) = &plan.export else {
        let open = open(&leg, &plan.package).await?;
        examine(&leg, &open, &plan.preflight).await?;
        let client = key(&leg, &plan).await?;
        return deliver(&leg, &plan, client.as_ref(), open).await;
    };
    // A wrong key is said before an export of minutes, not after it.
    let client = key(&leg, &plan).await?;
    let exported = export::export(&leg, archive, &plan.account, client.as_ref()).await?;
    let delivered = async {
        let package = package_of(&leg, &exported)?;
        let open = open(&leg, &package).await?;
        examine(&leg, &open, &plan.preflight).await?;
        deliver(&leg, &plan, client.as_ref(), open).await
    };
    let delivered = delivered.await;
    if let (Err(_), Some(package)) = (&delivered, &exported.package) {
        leg.events.found(diagnostics::package_kept(package));
    }
    delivered
}

/// The package that an export wrote.
fn package_of(leg: &Leg, exported: &Exported) -> Result<PackageFile> {
    let path = exported.package.clone().unwrap_or_default();
    match PackageKind::from_file_name(&path.to_string_lossy()) {
        Some(kind) => Ok(PackageFile { path, kind }),
        None => {
            let told = leg.events.found(diagnostics::export_without_package(""));
            Err(Stop::after(told, Why::Refused))
        }
    }
}

/// The client, unless a person uploads, who has no key.
async fn key(leg: &Leg, plan: &ShipPlan) -> Result<Option<Client>> {
    match plan
        .altool
        .as_ref()
        .is_some_and(|altool| altool.person.is_some())
    {
        true => Ok(None),
        false => client::of_key(leg, &plan.account).await.map(Some),
    }
}

async fn deliver(
    leg: &Leg,
    plan: &ShipPlan,
    client: Option<&Client>,
    open: OpenPackage,
) -> Result<Completed> {
    let Some(client) = client else {
        send_by_altool(leg, plan, None, &open).await?;
        return Ok(Completed::Done);
    };
    let build = open.package.build.clone();
    let after = Afterwards {
        leg,
        client,
        build: &build,
        wishes: &plan.wishes,
        waiting: plan.waiting,
    };
    let (app, start, audience) = look(&after, &open).await?;
    let uploaded = match &plan.altool {
        Some(_) if !matches!(start, Start::Adopt(_)) => {
            send_by_altool(leg, plan, Some((client, &app)), &open).await?
        }
        Some(_) | None => {
            let engine = engine((leg, client), &plan.account, plan.transfer)?;
            Some(send(leg, (client, &engine), &app, &open, start).await?)
        }
    };
    if plan.waiting.until == Until::Uploaded {
        after.leave();
        return Ok(Completed::Done);
    }
    let Some(uploaded) = uploaded else {
        let found = altool::diagnostics::unnamed();
        return Err(Stop::after(leg.events.found(found), Why::Unfinished));
    };
    let shipment = Shipment {
        app: app.id,
        upload: Followable::Upload(uploaded.id),
        build: open.package.build,
    };
    let build = after.follow(&shipment).await?;
    after.give(&audience, build).await
}

/// The package, opened and read.
pub(super) async fn open(leg: &Leg, file: &PackageFile) -> Result<OpenPackage> {
    let open = leg
        .stage(Stage::Package, async { package::run(file, &leg.events) })
        .await?;
    leg.position.reach(Reached::Package);
    Ok(open)
}

/// Hashes the package and looks into it, both at once unless the hash decides whether there is more to look at.
async fn examine(leg: &Leg, open: &OpenPackage, plan: &Preflight) -> Result<()> {
    let compared = package::compare(open, plan, &leg.events);
    if plan.sha256.is_some() {
        compared.await?;
        return inspect(leg, open, plan).await;
    }
    let (compared, inspected) = tokio::join!(compared, inspect(leg, open, plan));
    compared.and(inspected)
}

/// Looks into the package, unless the plan leaves it out.
async fn inspect(leg: &Leg, open: &OpenPackage, plan: &Preflight) -> Result<()> {
    if plan.level == PreflightLevel::Off {
        return Ok(());
    }
    let inspected = Inspected::File(open.file.clone(), open.package.kind);
    leg.stage(Stage::Preflight, async {
        let inspection =
            preflight::run((inspected, None), plan, leg.clock.now(), &leg.events).await?;
        let _ = open.signed.set(inspection.signed);
        inspection.stop.map_or(Ok(()), Err)
    })
    .await
}

/// What is wrong with the app, its groups or its versions is found before a byte is sent.
pub(super) async fn look(
    after: &Afterwards<'_>,
    open: &OpenPackage,
) -> Result<(App, Start, Audience)> {
    let (client, events) = (after.client, &after.leg.events);
    after
        .leg
        .stage(Stage::App, async {
            let app = app::run(client, &open.package.bundle_identifier, events).await?;
            let start = earlier_uploads::run(client, &app, open, events).await?;
            trains::run(client, &app, (open, &start), events).await?;
            let now = after.leg.clock.now();
            signers::run(client, (open, &start), now, events).await?;
            let whose = (app.id.clone(), app.primary_locale.clone());
            let audience = after.look(whose).await?;
            Ok((app, start, audience))
        })
        .await
}

fn engine((leg, client): (&Leg, &Client), account: &Account, transfer: Transfer) -> Result<Engine> {
    Engine::new(Settings {
        extra_roots: account.extra_roots.clone(),
        proxies: account.proxies.clone(),
        clock: leg.clock.clone(),
        waits: client.told_waits(),
        ..Settings::new(transfer.concurrency, account.idle_timeout)
    })
    .map_err(|error| {
        let told = leg.events.found(diagnostics::transfer_failed(&error));
        Stop::after(told, Why::Unfinished)
    })
}

async fn send_by_altool(
    leg: &Leg,
    plan: &ShipPlan,
    known: Option<(&Client, &App)>,
    open: &OpenPackage,
) -> Result<Option<Uploaded>> {
    let Some(settings) = &plan.altool else {
        return Ok(None);
    };
    let sending = Sending {
        around: export::around(leg),
        plan: settings,
        account: &plan.account,
        known,
        position: &leg.position,
    };
    let uploaded = leg.stage(Stage::Upload, altool::run(sending, open)).await?;
    export::give_back(leg).await;
    Ok(uploaded)
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::apple::Toolbox;
    use crate::event::Events;
    use crate::host::clock::Clock;
    use crate::plan::{Pace, Waiting, Wishes};
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
            export: None,
            altool: None,
            account: account(sandbox),
            preflight: Preflight {
                level: PreflightLevel::Error,
                is_strict: false,
                channel: crate::preflight::Channel::TestFlight,
                ignored: Vec::new(),
                sha256: None,
                begun: None,
                repository: None,
            },
            transfer: Transfer { concurrency: 1 },
            waiting: Waiting {
                until: Until::Processed,
                appear: Duration::from_secs(10),
                processing: Duration::from_secs(10),
                pace: Pace::Exact(Duration::from_millis(5)),
            },
            wishes: Wishes::default(),
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
            is_rehearsal: false,
            tools: Toolbox::of_nobody(),
        };
        let plan = plan(&sandbox, path);
        let ending = sequence(&around, |leg| async move {
            let open = open(&leg, &plan.package).await?;
            let client = client::of_key(&leg, &plan.account).await?;
            let build = open.package.build.clone();
            let after = Afterwards {
                leg: &leg,
                client: &client,
                build: &build,
                wishes: &plan.wishes,
                waiting: plan.waiting,
            };
            let (app, start, _) = look(&after, &open).await?;
            let engine = engine((&leg, &client), &plan.account, plan.transfer)?;
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
            Ok(Completed::Done)
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
