//! `certificates`: what a team signs with
//! (<https://developer.apple.com/documentation/appstoreconnectapi/certificates>).

use crate::asc::wire::error::Error;
use crate::asc::wire::page::FULL_PAGE;
use crate::asc::wire::record;
use crate::asc::wire::transport::Client;

/// The team's signing certificates.
pub(in crate::asc) const CERTIFICATES: &str = "/v1/certificates";

/// One certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its id.
    pub id: String,
    /// Apple's word for what it signs, such as `DISTRIBUTION`.
    pub kind: String,
    /// Its name, such as `Apple Distribution: Example Ltd`.
    pub name: String,
    /// The name beside it; of those that the API made it says so.
    pub display_name: String,
    /// Its serial number, in hexadecimal digits.
    pub serial: String,
    /// Until when it is good, as Apple writes it.
    pub expires: String,
    /// The certificate itself, as base64; empty where Apple does not send it.
    pub content: String,
}

/// All of the team's.
pub async fn all(client: &Client) -> Result<Vec<Certificate>, Error> {
    let query = [("limit", FULL_PAGE)];
    let found = record::list(client, CERTIFICATES, &query).await?;
    let rows = found.data.iter().map(|row| Certificate {
        id: row.id.clone(),
        kind: row.word("certificateType"),
        name: row.word("name"),
        display_name: row.word("displayName"),
        serial: row.word("serialNumber"),
        expires: row.word("expirationDate"),
        content: row.word("certificateContent"),
    });
    Ok(rows.collect())
}
