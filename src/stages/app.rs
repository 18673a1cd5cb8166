//! Finds the app record that the package belongs to.

use crate::asc::Client;
use crate::asc::apps::{self, App, Lookup};
use crate::asc::diagnostics::app_not_found;
use crate::event::{self, Events, Fact, Why};
use crate::ids::BundleIdentifier;

use crate::stages::{Result, Stop};

/// Finds the app by its exact bundle identifier; where it is missing, says which apps the key sees.
pub async fn run(client: &Client, identifier: &BundleIdentifier, events: &Events) -> Result<App> {
    let lookup = apps::find(client, identifier)
        .await
        .map_err(|error| super::asc_failed(events, &error, "looking up the app"))?;
    match lookup {
        Lookup::Found(app) => {
            events.fact(Fact::App(event::App {
                id: app.id.clone(),
                name: app.name.clone(),
            }));
            Ok(app)
        }
        Lookup::Missing { visible, more } => {
            let told = events.found(app_not_found(identifier, &visible, more));
            Err(Stop::after(told, Why::Refused))
        }
    }
}
