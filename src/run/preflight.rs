//! `preflight`: looks into a package and tells what Apple would refuse. Nothing is sent.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::event::{Completed, Ending, Event, Events, Reached, Stage};
use crate::plan::{PackageFile, PreflightPlan, PreflightSubject};
use crate::preflight::Checked;
use crate::run::client;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::stages::package::OpenPackage;
use crate::stages::preflight::Inspected;
use crate::stages::{Result, Stop, app, earlier_uploads, package, preflight, signers, trains};

/// Where what was checked is kept for whoever prints it after the run.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<Record>>);

#[derive(Debug, Default)]
struct Record {
    checked: Option<Checked>,
    /// What was found around the rules: in opening the package, and with a key at Apple.
    others: Vec<Diagnostic>,
}

impl Kept {
    /// What was found; `None` where nothing was, because nothing was looked at.
    pub fn take(&self) -> Option<Checked> {
        let record = std::mem::take(&mut *self.record());
        let unopened = (!record.others.is_empty()).then(Checked::unopened);
        let mut checked = record.checked.or(unopened)?;
        checked.findings.extend(record.others);
        checked.findings.sort_by_key(|finding| finding.severity);
        Some(checked)
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does the work, and keeps what it finds on its way to whoever listens.
    async fn hearing<T>(&self, events: &Events, work: impl AsyncFnOnce(&Events) -> T) -> T {
        let (own, mut told) = Events::stream();
        let work = async move { work(&own).await };
        let forward = async {
            while let Some(event) = told.recv().await {
                if let Event::Found(found) = &event {
                    self.record().others.push(found.diagnostic.clone());
                }
                events.send(event);
            }
        };
        tokio::join!(work, forward).0
    }
}

/// Looks into the package of the plan.
pub async fn run(plan: PreflightPlan, kept: Kept, around: &Surroundings) -> Ending {
    sequence(around, |leg| inspect(leg, plan, kept)).await
}

/// What there is to look into.
struct Subject {
    inspected: Inspected,
    /// The package, where what the app says of itself is right.
    open: Option<OpenPackage>,
    /// What is wrong with what it says.
    fault: Option<Diagnostic>,
}

async fn inspect(leg: Leg, plan: PreflightPlan, kept: Kept) -> Result<Completed> {
    let subject = match &plan.subject {
        PreflightSubject::Package(file) => {
            let subject = open(&leg, file, &kept).await?;
            if let Some(open) = &subject.open {
                kept.hearing(&leg.events, async |events| {
                    package::compare(open, &plan.preflight, events).await
                })
                .await?;
            }
            subject
        }
        PreflightSubject::Archive(path) => Subject {
            inspected: Inspected::Archive(path.clone()),
            open: None,
            fault: None,
        },
    };
    let Subject {
        inspected,
        open,
        fault,
    } = subject;
    let inspected = leg.stage(Stage::Preflight, async {
        let now = leg.clock.now();
        let inspection = preflight::run((inspected, fault), &plan.preflight, now, &leg.events);
        let inspection = inspection.await?;
        for note in &inspection.checked.notes {
            leg.events.note(note);
        }
        kept.record().checked = Some(inspection.checked);
        if let Some(open) = &open {
            let _ = open.signed.set(inspection.signed);
        }
        inspection.stop.map_or(Ok(()), Err)
    });
    let inspected = inspected.await;
    if let (Some(open), Some(account)) = (&open, &plan.account) {
        let client = client::of_key(&leg, account).await?;
        let asked = kept.hearing(&leg.events, async |events| {
            let app = app::run(&client, &open.package.bundle_identifier, events).await?;
            let start = earlier_uploads::run(&client, &app, open, events).await?;
            trains::run(&client, &app, (open, &start), events).await?;
            signers::run(&client, (open, &start), leg.clock.now(), events).await
        });
        leg.stage(Stage::App, asked).await?;
    }
    inspected.map(|()| Completed::Done)
}

/// Opens the package. One whose app says something wrong of itself is looked into all the same.
async fn open(leg: &Leg, file: &PackageFile, kept: &Kept) -> Result<Subject> {
    let opened = kept.hearing(&leg.events, async |events| {
        match package::open(file, events) {
            Ok(open) => Ok(Subject {
                inspected: Inspected::File(open.file.clone(), open.package.kind),
                open: Some(open),
                fault: None,
            }),
            Err(lost) => match lost.file {
                Some(sound) => Ok(Subject {
                    inspected: Inspected::File(sound, file.kind),
                    open: None,
                    fault: Some(lost.finding),
                }),
                None => Err(Stop::after(events.found(lost.finding), lost.why)),
            },
        }
    });
    let subject = leg.stage(Stage::Package, opened).await?;
    leg.position.reach(Reached::Package);
    Ok(subject)
}
