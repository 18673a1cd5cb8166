//! Tries the key: is it set up, what can it see, what can it do? Nothing is changed.

use std::time::Duration;

use crate::asc::Client;
use crate::asc::abilities::{self, Abilities};
use crate::event::{Ending, Stage, Why};
use crate::ids::IssuerId;
use crate::plan::{Account, Pace, PackageFile, Until, Waiting, Wishes};
use crate::run::afterwards::Afterwards;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::run::{diagnostics, ship};
use crate::stages::earlier_uploads::Start;
use crate::stages::{Result, asc_failed, credentials};

/// Nothing is sent, so nothing is waited for.
const NOT_AT_ALL: Waiting = Waiting {
    until: Until::Uploaded,
    appear: Duration::ZERO,
    processing: Duration::ZERO,
    pace: Pace::Exact(Duration::ZERO),
};

/// No terminal wants more lines than this about apps.
const MOST_APPS_NAMED: usize = 20;

/// Tries the key and says what it found; with a package also whether its app and its build number are
/// right. Nothing is sent.
pub async fn run(
    account: Account,
    package: Option<(PackageFile, Wishes)>,
    around: &Surroundings,
) -> Ending {
    sequence(around, |leg| verify(leg, account, package)).await
}

async fn verify(leg: Leg, account: Account, package: Option<(PackageFile, Wishes)>) -> Result<Why> {
    let Some((file, wishes)) = package else {
        key(&leg, &account).await?;
        return Ok(Why::Done);
    };
    let open = ship::open(&leg, &file).await?;
    let client = key(&leg, &account).await?;
    let after = Afterwards {
        leg: &leg,
        client: &client,
        build: &open.package.build,
        wishes: &wishes,
        waiting: NOT_AT_ALL,
    };
    let (_, start, _) = ship::look(&after, &open).await?;
    leg.events.note(start_sentence(&start));
    Ok(Why::Done)
}

async fn key(leg: &Leg, account: &Account) -> Result<Client> {
    let events = &leg.events;
    leg.stage(Stage::Credentials, async {
        events.note(key_sentence(account));
        let client = credentials::run(account, &leg.clock, &leg.vault, events)?;
        let abilities = abilities::look(&client)
            .await
            .map_err(|error| asc_failed(events, &error, "trying the key"))?;
        for sentence in sentences(&abilities) {
            events.note(sentence);
        }
        if abilities.apps.is_empty() {
            events.found(diagnostics::no_app_seen());
        }
        leg.may_ask(&client);
        Ok(client)
    })
    .await
}

/// What shipping the package would do.
fn start_sentence(start: &Start) -> &'static str {
    match start {
        Start::Fresh => "Its build number is free; nothing was sent.",
        Start::Adopt(_) => "These very bytes are with Apple already; shipping would send nothing.",
        Start::Resume(..) => "An upload of it was begun; shipping would carry on with it.",
    }
}

fn sentences(abilities: &Abilities) -> Vec<String> {
    let apps = match abilities.apps.as_slice() {
        [] => "The key sees no app.".to_owned(),
        apps => format!(
            "The key sees {}{} app{}:",
            apps.len(),
            if abilities.more_apps { " and more" } else { "" },
            if apps.len() == 1 && !abilities.more_apps {
                ""
            } else {
                "s"
            }
        ),
    };
    let names = abilities
        .apps
        .iter()
        .take(MOST_APPS_NAMED)
        .map(|app| format!("  {} ({})", app.bundle_identifier, app.name));
    let rest = abilities.apps.len().saturating_sub(MOST_APPS_NAMED);
    let rest = (rest > 0).then(|| format!("  and {rest} more"));
    [apps]
        .into_iter()
        .chain(names)
        .chain(rest)
        .chain([format!("As far as can be told, {}.", abilities.role())])
        .collect()
}

/// Which key it is: its id, and no more of the issuer's than its tail.
fn key_sentence(account: &Account) -> String {
    match account.issuer_id.trim() {
        "" => format!("Individual key {}.", account.key_id.trim()),
        issuer => format!(
            "Team key {}, issuer {}.",
            account.key_id.trim(),
            IssuerId::new(issuer).tail()
        ),
    }
}
