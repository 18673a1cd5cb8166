//! The stage that every command begins with that asks App Store Connect.

use crate::asc::Client;
use crate::event::Stage;
use crate::plan::Account;
use crate::run::sequence::Leg;
use crate::stages::{Result, credentials};

/// The client that the key gives.
pub async fn of_key(leg: &Leg, account: &Account) -> Result<Client> {
    let client = leg
        .stage(Stage::Credentials, async {
            credentials::run(account, &leg.clock, &leg.vault, &leg.events)
        })
        .await?;
    leg.may_ask(&client);
    Ok(client)
}
