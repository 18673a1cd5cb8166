//! `apps`: the app records.

use serde::Deserialize;

use crate::asc::wire::document::{Document, Page, Resource};
use crate::asc::wire::error::Error;
use crate::asc::wire::page::{self, FULL_PAGE};
use crate::asc::wire::path;
use crate::asc::wire::transport::Client;
use crate::ids::{AppId, BundleIdentifier};
use crate::text;

/// The apps that the key can see.
const APPS: &str = "/v1/apps";

const FIELDS: (&str, &str) = ("fields[apps]", "name,bundleId,primaryLocale");

/// An app record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// The numeric Apple ID.
    pub id: AppId,
    /// The name in App Store Connect.
    pub name: String,
    /// Its bundle identifier.
    pub bundle_identifier: BundleIdentifier,
    /// Such as `en-US`.
    pub primary_locale: Option<String>,
}

/// Whether the key sees an app of this bundle identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// It does.
    Found(App),
    /// It does not.
    Missing {
        /// What it sees instead, 200 apps at most.
        visible: Vec<App>,
        /// Whether there are more.
        more: bool,
    },
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attributes {
    name: Option<String>,
    bundle_id: Option<String>,
    primary_locale: Option<String>,
}

/// The app of exactly this bundle identifier. Apple's filter also finds longer ones.
pub async fn find(client: &Client, bundle: &BundleIdentifier) -> Result<Lookup, Error> {
    let query = [
        ("filter[bundleId]", bundle.as_str()),
        FIELDS,
        ("limit", FULL_PAGE),
    ];
    let found: Vec<Resource<Attributes>> = page::all(client, APPS, &query).await?;
    let exact = found
        .into_iter()
        .map(app)
        .find(|app| app.bundle_identifier == *bundle);
    match exact {
        Some(app) => Ok(Lookup::Found(app)),
        None => {
            let (visible, more) = visible(client).await?;
            Ok(Lookup::Missing { visible, more })
        }
    }
}

/// The apps that the key can see, 200 at most, and whether there are more.
pub async fn visible(client: &Client) -> Result<(Vec<App>, bool), Error> {
    let query = [FIELDS, ("limit", FULL_PAGE)];
    let page: Page<Attributes> = client.get(APPS, &query).await?;
    let more = page.next().is_some();
    Ok((page.data.into_iter().map(app).collect(), more))
}

/// One app by its id.
pub async fn read(client: &Client, id: &AppId) -> Result<App, Error> {
    let document: Document<Resource<Attributes>> = client
        .get(&path::one("apps", id.as_str()), &[FIELDS])
        .await?;
    Ok(app(document.data))
}

fn app(mut resource: Resource<Attributes>) -> App {
    let attributes = resource.take_attributes();
    let text = |text: Option<String>| text::lines(&text.unwrap_or_default());
    App {
        id: AppId::new(resource.id),
        name: text(attributes.name),
        bundle_identifier: BundleIdentifier::new(text(attributes.bundle_id)),
        primary_locale: attributes.primary_locale,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::wire::test_server::{Server, ok};
    use serde_json::json;

    #[tokio::test]
    async fn only_the_exact_bundle_identifier_counts() {
        let server = Server::new(vec![ok(&json!({"data": [
            {"type": "apps", "id": "1", "attributes": {"bundleId": "com.example.app.beta", "name": "B"}},
            {"type": "apps", "id": "2", "attributes": {"bundleId": "com.example.app", "name": "A\u{1b}", "primaryLocale": null}},
        ]}))])
        .await;
        let bundle = BundleIdentifier::new("com.example.app");
        let Lookup::Found(app) = find(&server.client(), &bundle).await.unwrap() else {
            panic!("it is there");
        };
        assert_eq!((app.id.as_str(), app.name.as_str()), ("2", "A"));
        assert_eq!(app.primary_locale, None);
        assert_eq!(
            server.lines(),
            [
                "GET /v1/apps?filter[bundleId]=com.example.app&fields[apps]=name,bundleId,primaryLocale&limit=200"
            ]
        );
    }

    #[tokio::test]
    async fn a_missing_app_comes_with_what_the_key_sees() {
        let server = Server::new(vec![
            ok(&json!({"data": [{"id": "1", "attributes": {"bundleId": "com.example.app.beta"}}]})),
            ok(&json!({"data": [{"id": "9"}], "links": {"self": "x", "next": "/v1/apps?cursor=2"}})),
        ])
        .await;
        let bundle = BundleIdentifier::new("com.example.app");
        let Lookup::Missing { visible, more } = find(&server.client(), &bundle).await.unwrap()
        else {
            panic!("it is not there");
        };
        assert_eq!((visible.len(), more), (1, true));
        assert_eq!(visible[0].name, "");
    }
}
