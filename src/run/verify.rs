//! Tries the key: is it set up, what can it see, what can it do, and what ends soon? Nothing is changed.

use std::time::Duration;

use serde_json::{Value, json};

use crate::asc::Client;
use crate::asc::abilities::{self, Abilities, Access, Role};
use crate::event::{Completed, Ending, Stage, Why};
use crate::ids::IssuerId;
use crate::plan::{Account, Pace, Purpose, Until, VerifyPlan, Waiting};
use crate::run::afterwards::Afterwards;
use crate::run::expiring::{self, Stock};
use crate::run::key_role::{self, CAPABILITIES, May};
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::run::{diagnostics, ship};
use crate::stages::earlier_uploads::Start;
use crate::stages::{self, Result, Stop, asc_failed, credentials};

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
pub async fn run(plan: VerifyPlan, around: &Surroundings) -> Ending {
    sequence(around, |leg| verify(leg, plan)).await
}

async fn verify(leg: Leg, plan: VerifyPlan) -> Result<Completed> {
    let open = match &plan.package {
        Some((file, _)) => Some(ship::open(&leg, file).await?),
        None => None,
    };
    let client = leg.stage(Stage::Credentials, key(&leg, &plan)).await?;
    if let (Some(open), Some((_, wishes))) = (&open, &plan.package) {
        let after = Afterwards {
            leg: &leg,
            client: &client,
            build: &open.package.build,
            wishes,
            waiting: NOT_AT_ALL,
        };
        let (_, start, _) = ship::look(&after, open).await?;
        leg.events.note(start_sentence(&start));
    }
    Ok(Completed::Done)
}

async fn key(leg: &Leg, plan: &VerifyPlan) -> Result<Client> {
    let (events, account) = (&leg.events, &plan.account);
    events.note(key_sentence(account));
    let client = credentials::run(account, &leg.clock, &leg.vault, events)?;
    let abilities = abilities::look(&client)
        .await
        .map_err(|error| asc_failed(events, &error, "trying the key"))?;
    for sentence in sentences(&abilities, is_individual(account)) {
        events.note(sentence);
    }
    if abilities.apps.is_empty() {
        events.found(diagnostics::no_app_seen());
    }
    let stock = match plan.expiring {
        Some(_) => Some(expiring::look(&client, leg.clock.now()).await),
        None => None,
    };
    if let Some(told) = &plan.told {
        (told.0)(&json(account, &abilities, stock.as_ref()));
    }
    let role = judge_role(leg, plan, &abilities);
    let ends = match (stock, plan.expiring) {
        (Some(stock), Some(within)) => judge_stock(leg, &stock, within),
        (Some(_) | None, _) => Ok(()),
    };
    role.and(ends)?;
    leg.may_ask(&client);
    Ok(client)
}

/// Whether the key is strong enough for what is wanted, and no stronger.
fn judge_role(leg: &Leg, plan: &VerifyPlan, abilities: &Abilities) -> Result<()> {
    let mut told = None;
    for agreement in &abilities.agreements {
        told = Some(leg.events.found(agreement.clone()));
    }
    let (role, is_individual) = (abilities.role(), is_individual(&plan.account));
    for capability in &CAPABILITIES {
        let is_wanted = plan.purposes.contains(&capability.purpose);
        if is_wanted && capability.of(role, is_individual) == May::No {
            let is_of_team = is_individual && capability.is_of_teams;
            let needs = if is_of_team {
                "a team key; the key is an individual one"
            } else {
                key_role::name(capability.needs)
            };
            let found = stages::diagnostics::key_role_too_low(capability.name, needs);
            told = Some(leg.events.found(found));
        }
    }
    let is_needed = plan.purposes.contains(&Purpose::Certificates);
    if role == Role::Admin && !plan.purposes.is_empty() && !is_needed {
        let enough = key_role::name(key_role::needed(&plan.purposes));
        leg.events.found(diagnostics::key_role_too_high(enough));
    }
    told.map_or(Ok(()), |told| Err(Stop::after(told, Why::Refused)))
}

/// Tells all that ends, and as findings what ends soon.
fn judge_stock(leg: &Leg, stock: &Stock, within: Duration) -> Result<()> {
    for (kind, count) in stock.slots() {
        leg.events
            .note(format!("Certificates of type {kind}: {count}."));
    }
    for (what, error) in &stock.hidden {
        leg.events
            .note(format!("The {what} could not be looked at: {error}."));
    }
    let mut told = None;
    for one in &stock.all {
        leg.events.note(one.line());
        if one.is_within(within) {
            let found = leg.events.found(diagnostics::ends_soon(one));
            // The next build takes the place of a build; a certificate has to be made.
            if one.what != "build" {
                told = Some(found);
            }
        }
    }
    told.map_or(Ok(()), |told| Err(Stop::after(told, Why::Refused)))
}

/// What shipping the package would do.
fn start_sentence(start: &Start) -> &'static str {
    match start {
        Start::Fresh { .. } => "Its build number is free; nothing was sent.",
        Start::Adopt(_) => "These very bytes are with Apple already; shipping would send nothing.",
        Start::Resume(..) => "An upload of it was begun; shipping would carry on with it.",
    }
}

fn sentences(abilities: &Abilities, is_individual: bool) -> Vec<String> {
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
    let team = abilities.team.as_ref().map(|team| format!("Team {team}."));
    let role = abilities.role();
    let table = CAPABILITIES.iter().map(|one| {
        let may = one.of(role, is_individual).name();
        let needs = key_role::name(one.needs);
        format!("  {}: {may} (needs {needs} or above)", one.name)
    });
    let reads = [
        ("certificates", abilities.certificates),
        ("profiles", abilities.profiles),
        ("bundle identifiers", abilities.bundle_ids),
    ];
    let reads = reads.into_iter().map(|(what, access)| {
        let may = match access {
            Access::Allowed => "may",
            Access::Forbidden => "may not",
            Access::Undecided => "could not",
        };
        format!("  the key {may} look at {what}")
    });
    [apps]
        .into_iter()
        .chain(names)
        .chain(rest)
        .chain(team)
        .chain([key_role::sentence(role).to_owned()])
        .chain(table)
        .chain(reads)
        .collect()
}

/// For machines.
fn json(account: &Account, abilities: &Abilities, stock: Option<&Stock>) -> String {
    let is_individual = is_individual(account);
    let role = abilities.role();
    let capabilities = CAPABILITIES.iter().map(|one| {
        json!({
            "id": one.id, "needs": key_role::name(one.needs), "may": one.of(role, is_individual).name(),
        })
    });
    let apps = abilities
        .apps
        .iter()
        .map(|app| json!({ "id": app.id, "name": app.name, "bundle_id": app.bundle_identifier }));
    let value = json!({
        "schema": "jetway.verify/v1",
        "key_id": account.key_id.trim(),
        "issuer_id_tail": (!is_individual).then(|| IssuerId::new(account.issuer_id.trim()).tail()),
        "team": abilities.team,
        "role": key_role::name(role),
        "agreements_in_effect": abilities.agreements.is_empty(),
        "capabilities": capabilities.collect::<Vec<_>>(),
        "apps": apps.collect::<Vec<_>>(),
        "ends": stock.map_or(Value::Null, Stock::json),
    });
    format!("{value:#}\n")
}

fn is_individual(account: &Account) -> bool {
    account.issuer_id.trim().is_empty()
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
