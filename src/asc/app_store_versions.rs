//! `appStoreVersions`, with the texts, the build and the phased release of each.

use serde_json::{Map, Value, json};

use crate::asc::wire::error::Error;
use crate::asc::wire::page::FULL_PAGE;
use crate::asc::wire::path;
use crate::asc::wire::record::{self, Record, body};
use crate::asc::wire::transport::Client;
use crate::http::method::Method;
use crate::ids::{AppId, BuildId, MarketingVersion, Platform};

/// Where versions for the App Store are made.
const APP_STORE_VERSIONS: &str = "/v1/appStoreVersions";
/// Where phased releases are made.
const PHASED_RELEASES: &str = "/v1/appStoreVersionPhasedReleases";
/// Where approved versions are released.
const RELEASE_REQUESTS: &str = "/v1/appStoreVersionReleaseRequests";

const KIND: &str = "appStoreVersions";
const LANGUAGES: &str = "appStoreVersionLocalizations";
const PHASED: &str = "appStoreVersionPhasedReleases";
const PHASED_OF: &str = "appStoreVersionPhasedRelease";

/// What comes along with a version.
const WITH: (&str, &str) = ("include", "build,appStoreVersionPhasedRelease");

/// A version in the App Store, or on its way there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: String,
    /// Such as `1.4.0`.
    pub name: String,
    /// `appVersionState`, in Apple's own word; empty where Apple gave none.
    pub state: String,
    /// `MANUAL`, `AFTER_APPROVAL` or `SCHEDULED`.
    pub release_type: Option<String>,
    /// When it is released at the soonest, as Apple writes it.
    pub earliest_release: Option<String>,
    /// The line with the year and the owner.
    pub copyright: Option<String>,
    /// The build that it has.
    pub build: Option<BuildId>,
    /// Its phased release.
    pub phased: Option<Phased>,
}

/// A release that reaches people over seven days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phased {
    /// Its id.
    pub id: String,
    /// `INACTIVE`, `ACTIVE`, `PAUSED` or `COMPLETE`.
    pub state: String,
}

/// A language of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its id.
    pub id: String,
    /// Such as `en-US`.
    pub locale: String,
    /// What is new, as the store shows it; empty where there is nothing.
    pub whats_new: String,
}

/// What a version is to be like; what is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// The line with the year and the owner.
    pub copyright: Option<&'a str>,
    /// `MANUAL`, `AFTER_APPROVAL` or `SCHEDULED`.
    pub release_type: Option<&'static str>,
    /// When it is released at the soonest; the inner `None` takes a date away.
    pub earliest_release: Option<Option<&'a str>>,
    /// Its build.
    pub build: Option<&'a BuildId>,
}

impl Version {
    /// Whether its texts and its build can be changed.
    pub fn is_editable(&self) -> bool {
        [
            "PREPARE_FOR_SUBMISSION",
            "DEVELOPER_REJECTED",
            "REJECTED",
            "METADATA_REJECTED",
            "INVALID_BINARY",
            "READY_FOR_REVIEW",
        ]
        .contains(&self.state.as_str())
    }

    /// Whether Apple's reviewers have it or will have it.
    pub fn is_in_review(&self) -> bool {
        [
            "WAITING_FOR_REVIEW",
            "IN_REVIEW",
            "WAITING_FOR_EXPORT_COMPLIANCE",
            "ACCEPTED",
        ]
        .contains(&self.state.as_str())
    }

    /// Whether it is approved and not in the store yet.
    pub fn is_pending(&self) -> bool {
        [
            "PENDING_DEVELOPER_RELEASE",
            "PENDING_APPLE_RELEASE",
            "PROCESSING_FOR_DISTRIBUTION",
        ]
        .contains(&self.state.as_str())
    }

    /// Whether people have or had it from the store.
    pub fn is_released(&self) -> bool {
        [
            "READY_FOR_DISTRIBUTION",
            "REPLACED_WITH_NEW_VERSION",
            "REMOVED_FROM_SALE",
            "DEVELOPER_REMOVED_FROM_SALE",
        ]
        .contains(&self.state.as_str())
    }

    /// Whether its state is a word that this program knows.
    pub fn has_known_state(&self) -> bool {
        self.is_on_its_way() || self.is_released()
    }

    /// Whether it is on its way into the store, by a state that is known.
    fn is_on_its_way(&self) -> bool {
        self.is_editable() || self.is_in_review() || self.is_pending()
    }

    /// Its name's parts as numbers, by which one version is newer than another.
    fn order(&self) -> Vec<u64> {
        self.name
            .split('.')
            .map(|part| part.parse().unwrap_or_default())
            .collect()
    }
}

/// Whether two names are of one version: `1.2` and `1.2.0` are.
pub fn is_same_name(one: &str, other: &str) -> bool {
    let short = |text: &str| text.trim_end_matches(".0").to_owned();
    one == other || short(one) == short(other)
}

/// The version that is meant: the one that is named, else the one that is on its way, else the newest. Apple lists them
/// in no order.
pub fn meant(mut all: Vec<Version>, name: Option<&MarketingVersion>) -> Option<Version> {
    if let Some(name) = name {
        return all
            .into_iter()
            .find(|version| is_same_name(&version.name, name.as_str()));
    }
    all.sort_by_key(|version| (version.is_on_its_way(), version.order()));
    all.pop()
}

/// The versions that matter today, newest first: all but those that were replaced, and the one that has the build.
pub fn of_today<'a>(all: &'a [Version], build: &BuildId) -> Vec<&'a Version> {
    let mut found: Vec<&Version> = all
        .iter()
        .filter(|version| {
            version.state != "REPLACED_WITH_NEW_VERSION" || version.build.as_ref() == Some(build)
        })
        .collect();
    found.sort_by_key(|version| std::cmp::Reverse(version.order()));
    found
}

impl Wanted<'_> {
    fn attributes(&self) -> Value {
        let mut map = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                map.insert(name.to_owned(), value);
            }
        };
        put("versionString", self.name.map(Into::into));
        put("copyright", self.copyright.map(Into::into));
        put("releaseType", self.release_type.map(Into::into));
        put("earliestReleaseDate", self.earliest_release.map(Into::into));
        Value::Object(map)
    }

    fn links(&self) -> Option<(&'static str, &'static str, &str)> {
        self.build.map(|build| ("build", "builds", build.as_str()))
    }
}

/// The versions of an app for a platform.
pub async fn of_app(
    client: &Client,
    app: &AppId,
    platform: Platform,
) -> Result<Vec<Version>, Error> {
    let query = [
        ("filter[platform]", platform.api_name()),
        WITH,
        ("limit", FULL_PAGE),
    ];
    let all = record::list(client, &path::of_app(app, KIND), &query).await?;
    let read = |one: &Record| {
        let phased = one.linked(PHASED_OF).map(|id| Phased {
            id: id.to_owned(),
            state: all
                .brought(PHASED, id)
                .map(|own| own.word("phasedReleaseState"))
                .unwrap_or_default(),
        });
        Version {
            phased,
            ..version(one)
        }
    };
    Ok(all.data.iter().map(read).collect())
}

/// How far a version is, in Apple's word; `None` where Apple does not find it.
pub async fn state(client: &Client, id: &str) -> Result<Option<String>, Error> {
    let found = record::read(client, &path::one(KIND, id), &[]).await?;
    Ok(found.map(|(one, _)| version(&one).state))
}

/// Makes a version. Where the answer gets lost, it is looked for by its name.
pub async fn make(
    client: &Client,
    app: &AppId,
    platform: Platform,
    wanted: &Wanted<'_>,
) -> Result<Version, Error> {
    let mut attributes = wanted.attributes();
    attributes["platform"] = platform.api_name().into();
    let links = [("app", "apps", app.as_str())];
    let links: Vec<_> = links.into_iter().chain(wanted.links()).collect();
    let name = wanted.name.unwrap_or_default();
    let look = || async {
        let query = [
            ("filter[platform]", platform.api_name()),
            ("filter[versionString]", name),
        ];
        let all = record::list(client, &path::of_app(app, KIND), &query).await?;
        Ok(all.data.into_iter().next())
    };
    let body = body(KIND, None, attributes, &links);
    record::make(client, APP_STORE_VERSIONS, &body, look)
        .await
        .map(|one| version(&one))
}

/// Changes a version.
pub async fn change(client: &Client, id: &str, wanted: &Wanted<'_>) -> Result<(), Error> {
    let links: Vec<_> = wanted.links().into_iter().collect();
    let body = body(KIND, Some(id), wanted.attributes(), &links);
    record::set(client, Method::Patch, &path::one(KIND, id), &body).await
}

/// The languages of a version.
pub async fn languages(client: &Client, id: &str) -> Result<Vec<Language>, Error> {
    let path = path::of(KIND, id, LANGUAGES);
    let all = record::list(client, &path, &[("limit", FULL_PAGE)]).await?;
    let read = |one: &Record| Language {
        id: one.id.clone(),
        locale: one.word("locale"),
        whats_new: one.word("whatsNew"),
    };
    Ok(all.data.iter().map(read).collect())
}

/// Says what is new in a language.
pub async fn say_whats_new(client: &Client, language: &str, text: &str) -> Result<(), Error> {
    let body = body(LANGUAGES, Some(language), json!({ "whatsNew": text }), &[]);
    record::set(
        client,
        Method::Patch,
        &path::one(LANGUAGES, language),
        &body,
    )
    .await
}

/// Makes the release of a version a phased one; it begins with the release.
pub async fn make_phased(client: &Client, id: &str) -> Result<(), Error> {
    let attributes = json!({ "phasedReleaseState": "INACTIVE" });
    let body = body(PHASED, None, attributes, &[("appStoreVersion", KIND, id)]);
    let look = || async {
        let path = path::of(KIND, id, PHASED_OF);
        Ok(record::read(client, &path, &[])
            .await?
            .map(|(there, _)| there))
    };
    record::make(client, PHASED_RELEASES, &body, look)
        .await
        .map(|_| ())
}

/// Makes the release one for everybody at once.
pub async fn remove_phased(client: &Client, id: &str) -> Result<(), Error> {
    match client.delete(&path::one(PHASED, id)).await {
        Err(error) if error.status() == Some(404) => Ok(()),
        result => result,
    }
}

/// Sets the state of a phased release: `ACTIVE`, `PAUSED` or `COMPLETE`.
pub async fn set_phased(client: &Client, id: &str, state: &str) -> Result<(), Error> {
    let body = body(
        PHASED,
        Some(id),
        json!({ "phasedReleaseState": state }),
        &[],
    );
    record::set(client, Method::Patch, &path::one(PHASED, id), &body).await
}

/// Releases a version that waits for it.
pub async fn release(client: &Client, id: &str) -> Result<(), Error> {
    let kind = "appStoreVersionReleaseRequests";
    let body = body(kind, None, json!({}), &[("appStoreVersion", KIND, id)]);
    let look = || async {
        let path = path::one(KIND, id);
        let found = record::read(client, &path, &[])
            .await?
            .map(|(there, _)| there);
        Ok(found.filter(|there| version(there).state != "PENDING_DEVELOPER_RELEASE"))
    };
    record::make(client, RELEASE_REQUESTS, &body, look)
        .await
        .map(|_| ())
}

fn version(one: &Record) -> Version {
    // Apple fills a deprecated attribute too, and older servers that alone.
    let state = one.text("appVersionState").or_else(|| {
        let old = one.text("appStoreState")?;
        Some(match old.as_str() {
            "READY_FOR_SALE" => "READY_FOR_DISTRIBUTION".to_owned(),
            "PROCESSING_FOR_APP_STORE" => "PROCESSING_FOR_DISTRIBUTION".to_owned(),
            _ => old,
        })
    });
    Version {
        id: one.id.clone(),
        name: one.word("versionString"),
        state: state.unwrap_or_default(),
        release_type: one.text("releaseType"),
        earliest_release: one.text("earliestReleaseDate"),
        copyright: one.text("copyright"),
        build: one.linked("build").map(BuildId::new),
        phased: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(name: &str, state: &str) -> Version {
        Version {
            name: name.to_owned(),
            state: state.to_owned(),
            ..Version::default()
        }
    }

    /// Apple lists versions in no order, and has words that came after this program.
    #[test]
    fn the_version_that_is_meant_does_not_hang_on_the_order_of_the_list() {
        let mut all = vec![
            version("1.3", "FROM_THE_FUTURE"),
            version("1.9", "READY_FOR_DISTRIBUTION"),
            version("1.10", "REPLACED_WITH_NEW_VERSION"),
        ];
        let name = |all: &[Version], name: Option<&str>| {
            let name = name.map(MarketingVersion::new);
            meant(all.to_vec(), name.as_ref()).map(|version| version.name)
        };
        assert_eq!(name(&all, None).as_deref(), Some("1.10"));
        assert_eq!(name(&all, Some("1.9.0")).as_deref(), Some("1.9"));
        assert_eq!(name(&all, Some("2.0")), None);
        all.insert(1, version("1.2", "WAITING_FOR_REVIEW"));
        assert_eq!(name(&all, None).as_deref(), Some("1.2"));
        let today = of_today(&all, &BuildId::new("b"));
        let names: Vec<&str> = today.iter().map(|version| version.name.as_str()).collect();
        assert_eq!(names, ["1.9", "1.3", "1.2"]);
    }
}
