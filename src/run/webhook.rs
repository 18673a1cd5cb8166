//! `webhook`: addresses that Apple calls, so that nobody has to ask again and again.

use serde_json::json;

use crate::asc::webhooks::{self, NewWebhook, Webhook};
use crate::event::{Completed, Ending, Stage, Why};
use crate::plan::{WebhookGoal, WebhookPlan};
use crate::run::client;
use crate::run::diagnostics;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::stages::{Result, Stop, app, asc_failed};

/// Does what was asked for.
pub async fn run(plan: WebhookPlan, around: &Surroundings) -> Ending {
    sequence(around, |leg| webhook(leg, plan)).await
}

async fn webhook(leg: Leg, plan: WebhookPlan) -> Result<Completed> {
    let client = client::of_key(&leg, &plan.account).await?;
    let events = &leg.events;
    let work = async {
        let app = app::run(&client, &plan.bundle_identifier, events).await?;
        let failed = |error: &_| asc_failed(events, error, "asking about webhooks");
        let there = webhooks::of_app(&client, &app.id).await;
        let there = there.map_err(|error| failed(&error))?;
        match plan.goal {
            WebhookGoal::List(told) => {
                (told.0)(&list(&there));
            }
            WebhookGoal::Create {
                name,
                url,
                secret,
                events: kinds,
            } => {
                if let Some(same) = there.iter().find(|one| one.url == url) {
                    events.note(format!(
                        "Webhook {} is there for this address already; nothing of it was changed, nor its secret.",
                        same.id
                    ));
                    return Ok(Completed::Done);
                }
                let new = NewWebhook {
                    name: &name,
                    url: &url,
                    secret: &secret,
                    events: &kinds,
                };
                let made = webhooks::make(&client, &app.id, &new).await;
                let made = made.map_err(|error| failed(&error))?;
                events.note(format!(
                    "Webhook {} was made; `jetway webhook ping` has Apple call it.",
                    made.id
                ));
            }
            WebhookGoal::Ping(wanted) => {
                let Some(id) = choose(wanted, &there) else {
                    let told = events.found(diagnostics::webhook_not_found(&there));
                    return Err(Stop::after(told, Why::Refused));
                };
                let pinged = webhooks::ping(&client, &id).await;
                pinged.map_err(|error| failed(&error))?;
                events.note(format!("Apple was asked to call webhook {id}."));
            }
        }
        Ok(Completed::Done)
    };
    leg.stage(Stage::App, work).await
}

/// The one that is meant: the one that was named, else the only one.
fn choose(wanted: Option<String>, there: &[Webhook]) -> Option<String> {
    match (wanted, there) {
        (Some(wanted), _) => there
            .iter()
            .find(|one| one.id == wanted)
            .map(|one| one.id.clone()),
        (None, [only]) => Some(only.id.clone()),
        (None, _) => None,
    }
}

fn list(there: &[Webhook]) -> String {
    let rows = there.iter().map(|one| {
        json!({
            "id": one.id, "name": one.name, "url": one.url, "enabled": one.is_enabled, "events": one.events,
        })
    });
    format!("{:#}\n", serde_json::Value::Array(rows.collect()))
}
