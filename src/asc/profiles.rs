//! `profiles`: which apps may be signed with which certificates
//! (<https://developer.apple.com/documentation/appstoreconnectapi/profiles>).

use crate::asc::wire::error::Error;
use crate::asc::wire::page::FULL_PAGE;
use crate::asc::wire::record;
use crate::asc::wire::transport::Client;

/// The team's provisioning profiles.
pub(in crate::asc) const PROFILES: &str = "/v1/profiles";

/// One profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Apple's word for what it is for, such as `IOS_APP_STORE`.
    pub kind: String,
    /// `ACTIVE`, or `INVALID` where a certificate or capability of it is gone.
    pub state: String,
    /// Until when it is good, as Apple writes it.
    pub expires: String,
}

/// A profile with its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// Whether Apple still calls it valid.
    pub is_active: bool,
    /// The `.mobileprovision`, as base64.
    pub content: String,
}

/// Those of these types, such as `IOS_APP_STORE,TVOS_APP_STORE`, with their documents.
pub async fn of_types(client: &Client, types: &str) -> Result<Vec<Document>, Error> {
    let query = [
        ("filter[profileType]", types),
        ("fields[profiles]", "name,profileState,profileContent"),
        ("limit", FULL_PAGE),
    ];
    let found = record::list(client, PROFILES, &query).await?;
    let rows = found.data.iter().map(|row| Document {
        name: row.word("name"),
        is_active: row.word("profileState") != "INVALID",
        content: row.word("profileContent"),
    });
    Ok(rows.collect())
}

/// All of the team's.
pub async fn all(client: &Client) -> Result<Vec<Profile>, Error> {
    let query = [
        (
            "fields[profiles]",
            "name,profileType,profileState,expirationDate",
        ),
        ("limit", FULL_PAGE),
    ];
    let found = record::list(client, PROFILES, &query).await?;
    let rows = found.data.iter().map(|row| Profile {
        id: row.id.clone(),
        name: row.word("name"),
        kind: row.word("profileType"),
        state: row.word("profileState"),
        expires: row.word("expirationDate"),
    });
    Ok(rows.collect())
}
