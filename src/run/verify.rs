//! Tries the key: is it set up, what can it see, what can it do? Nothing is changed.

use crate::asc::abilities::{self, Abilities};
use crate::event::{Ending, Stage, Why};
use crate::ids::IssuerId;
use crate::plan::Account;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::stages::{Result, asc_failed, credentials};

/// No terminal wants more lines than this about apps.
const MOST_APPS_NAMED: usize = 20;

/// Tries the key and says what it found.
pub async fn run(account: Account, around: &Surroundings) -> Ending {
    sequence(around, |leg| verify(leg, account)).await
}

async fn verify(leg: Leg, account: Account) -> Result<Why> {
    let events = &leg.events;
    leg.stage(Stage::Credentials, async {
        events.note(key_sentence(&account));
        let client = credentials::run(&account, &leg.clock, &leg.vault, events)?;
        let abilities = abilities::look(&client)
            .await
            .map_err(|error| asc_failed(events, &error, "trying the key"))?;
        for sentence in sentences(&abilities) {
            events.note(sentence);
        }
        Ok(Why::Done)
    })
    .await
}

fn sentences(abilities: &Abilities) -> Vec<String> {
    let apps = match abilities.apps.as_slice() {
        [] => {
            "The key sees no app; create an app record, or give the key access to one.".to_owned()
        }
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
