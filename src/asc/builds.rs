//! `builds`: what Apple makes of an accepted upload. `version` is the build number there.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::asc::spellings;
use crate::asc::wire::document::{Document, Page, Resource};
use crate::asc::wire::error::Error;
use crate::asc::wire::page::{self, FULL_PAGE};
use crate::asc::wire::path;
use crate::asc::wire::record;
use crate::asc::wire::transport::Client;
use crate::http::method::Method;
use crate::ids::{
    AppId, BuildId, BuildName, BuildNumber, BuildUploadId, BundleIdentifier, MarketingVersion,
    Platform,
};
use crate::text;

/// Builds of all apps.
pub(super) const BUILDS: &str = "/v1/builds";

/// One build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// Its id.
    pub id: BuildId,
    /// Its build number, which Apple calls `version`.
    pub build_number: Option<BuildNumber>,
    /// How far Apple is with it.
    pub processing_state: ProcessingState,
    /// Whether its 90 days are over.
    pub expired: bool,
    /// When it was uploaded, as Apple writes it.
    pub uploaded_date: Option<String>,
    /// Until when it can be tested, as Apple writes it.
    pub expiration_date: Option<String>,
    /// The oldest system it runs on.
    pub minimum_os: Option<String>,
    /// The export compliance answer; `None` where it was not given yet.
    pub uses_non_exempt_encryption: Option<bool>,
    /// Whether it can't leave the team (`INTERNAL_ONLY`).
    pub is_internal_only: bool,
}

/// How far Apple is with a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProcessingState {
    /// Still at it.
    Processing,
    /// Apple could not process it.
    Failed,
    /// Apple found it invalid.
    Invalid,
    /// Done.
    Valid,
    /// A state that came after this program, or none.
    #[serde(other)]
    Unknown,
}

impl ProcessingState {
    /// Apple's own word.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Processing => "PROCESSING",
            Self::Failed => "FAILED",
            Self::Invalid => "INVALID",
            Self::Valid => "VALID",
            Self::Unknown => "UNKNOWN",
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attributes {
    version: Option<String>,
    processing_state: Option<ProcessingState>,
    expired: Option<bool>,
    uploaded_date: Option<String>,
    expiration_date: Option<String>,
    min_os_version: Option<String>,
    uses_non_exempt_encryption: Option<bool>,
    build_audience_type: Option<String>,
}

/// One build.
pub async fn read(client: &Client, id: &BuildId) -> Result<Build, Error> {
    let document: Document<Resource<Attributes>> =
        client.get(&path::one("builds", id.as_str()), &[]).await?;
    Ok(build(document.data))
}

/// What a build is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its app.
    pub app: AppId,
    /// The app's name.
    pub app_name: String,
    /// The app's bundle identifier.
    pub bundle_identifier: BundleIdentifier,
    /// The app's first language.
    pub primary_locale: Option<String>,
    /// Its version, number and platform.
    pub name: BuildName,
    /// The upload that it was made of, where that is known.
    pub upload: Option<BuildUploadId>,
}

/// What a build is of; `None` where Apple has no such build, or does not say.
pub async fn origin(client: &Client, id: &BuildId) -> Result<Option<Origin>, Error> {
    let query = [("include", "app,preReleaseVersion,buildUpload")];
    let found = record::read(client, &path::one("builds", id.as_str()), &query).await?;
    Ok(found.and_then(|(build, all)| {
        let app = all.brought("apps", build.linked("app")?)?;
        let train = all.brought("preReleaseVersions", build.linked("preReleaseVersion")?)?;
        Some(Origin {
            app: AppId::new(&app.id),
            app_name: app.word("name"),
            bundle_identifier: BundleIdentifier::new(app.word("bundleId")),
            primary_locale: app.text("primaryLocale"),
            name: BuildName {
                marketing_version: MarketingVersion::new(train.word("version")),
                build_number: BuildNumber::new(build.word("version")),
                platform: Platform::from_api_name(&train.word("platform"))?,
            },
            upload: build.linked("buildUpload").map(BuildUploadId::new),
        })
    }))
}

/// A build that testers can get, with what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Testable {
    /// The app's id.
    pub app: String,
    /// The app's name.
    pub app_name: String,
    /// The platform, in Apple's word.
    pub platform: String,
    /// The build number.
    pub number: String,
    /// Until when it can be tested, as Apple writes it.
    pub expires: String,
}

/// The newest builds that have not expired, of all apps that the key sees: newest first, 200 at most.
pub async fn testable(client: &Client) -> Result<Vec<Testable>, Error> {
    let query = [
        ("filter[expired]", "false"),
        ("filter[processingState]", "VALID"),
        ("include", "app,preReleaseVersion"),
        ("sort", "-uploadedDate"),
        ("limit", FULL_PAGE),
    ];
    let mut found: Value = client.get(BUILDS, &query).await?;
    let all = record::Records::read(&mut found);
    let rows = all.data.iter().filter_map(|row| {
        let app = all.brought("apps", row.linked("app")?)?;
        let train = row.linked("preReleaseVersion");
        let train = train.and_then(|id| all.brought("preReleaseVersions", id));
        Some(Testable {
            app: app.id.clone(),
            app_name: app.word("name"),
            platform: train
                .map(|train| train.word("platform"))
                .unwrap_or_default(),
            number: row.word("version"),
            expires: row.word("expirationDate"),
        })
    });
    Ok(rows.collect())
}

/// Answers the question on encryption; Apple takes an answer once.
pub async fn answer_encryption(client: &Client, id: &BuildId, uses: bool) -> Result<(), Error> {
    change(client, id, json!({ "usesNonExemptEncryption": uses })).await
}

/// Ends a build's testing; there is no way back.
pub async fn expire(client: &Client, id: &BuildId) -> Result<(), Error> {
    change(client, id, json!({ "expired": true })).await
}

async fn change(client: &Client, id: &BuildId, attributes: Value) -> Result<(), Error> {
    let body = record::body("builds", Some(id.as_str()), attributes, &[]);
    record::set(
        client,
        Method::Patch,
        &path::one("builds", id.as_str()),
        &body,
    )
    .await
}

/// The newest build of this version, however it is spelled, number and platform. It may show here shortly before the
/// upload links it.
pub async fn find(
    client: &Client,
    app: &AppId,
    wanted: &BuildName,
) -> Result<Option<Build>, Error> {
    let versions = spellings(&wanted.marketing_version).join(",");
    let query = [
        ("filter[app]", app.as_str()),
        ("filter[version]", wanted.build_number.as_str()),
        ("filter[preReleaseVersion.version]", versions.as_str()),
        (
            "filter[preReleaseVersion.platform]",
            wanted.platform.api_name(),
        ),
        ("sort", "-uploadedDate"),
        ("limit", "10"),
    ];
    let page: Page<Attributes> = client.get(BUILDS, &query).await?;
    Ok(page.data.into_iter().next().map(build))
}

/// The builds that came along with what links them.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Brought(Option<Vec<Resource<Attributes>>>);

impl Brought {
    /// The build of this id, where it came along with its state.
    pub(super) fn take(self, id: &BuildId) -> Option<Build> {
        let mut all = self.0.unwrap_or_default().into_iter().map(build);
        all.find(|one| one.id == *id && one.processing_state != ProcessingState::Unknown)
    }
}

/// The builds of a version that are in beta review.
pub async fn in_beta_review(
    client: &Client,
    app: &AppId,
    train: &BuildName,
) -> Result<Vec<Build>, Error> {
    let mut found = Vec::new();
    for spelling in spellings(&train.marketing_version) {
        let query = [
            ("filter[app]", app.as_str()),
            ("filter[preReleaseVersion.version]", spelling.as_str()),
            (
                "filter[preReleaseVersion.platform]",
                train.platform.api_name(),
            ),
            (
                "filter[betaAppReviewSubmission.betaReviewState]",
                "WAITING_FOR_REVIEW,IN_REVIEW",
            ),
            ("limit", FULL_PAGE),
        ];
        let all = page::all(client, BUILDS, &query).await?.into_iter();
        found.extend(all.map(build));
    }
    Ok(found)
}

/// The builds of a platform that can still be tested, but for those of a version in the store.
pub async fn in_testing(
    client: &Client,
    app: &AppId,
    platform: Platform,
) -> Result<Vec<Build>, Error> {
    let query = [
        ("filter[app]", app.as_str()),
        ("filter[preReleaseVersion.platform]", platform.api_name()),
        ("filter[expired]", "false"),
        ("include", "appStoreVersion"),
        ("sort", "-uploadedDate"),
        ("limit", FULL_PAGE),
    ];
    let all: Vec<Resource<Attributes>> = page::all(client, BUILDS, &query).await?;
    let free = all
        .into_iter()
        .filter(|resource| resource.linked("appStoreVersion").is_none());
    Ok(free.map(build).collect())
}

/// The newest build of a platform, or of a version of it.
pub async fn newest(
    client: &Client,
    app: &AppId,
    version: Option<&MarketingVersion>,
    platform: Platform,
) -> Result<Option<Build>, Error> {
    let names = version.map_or_else(
        || vec![None],
        |version| spellings(version).into_iter().map(Some).collect(),
    );
    for name in names {
        let mut query = vec![
            ("filter[app]", app.as_str()),
            ("filter[preReleaseVersion.platform]", platform.api_name()),
            ("sort", "-uploadedDate"),
            ("limit", "1"),
        ];
        if let Some(name) = &name {
            query.push(("filter[preReleaseVersion.version]", name));
        }
        let page: Page<Attributes> = client.get(BUILDS, &query).await?;
        if let Some(newest) = page.data.into_iter().next() {
            return Ok(Some(build(newest)));
        }
    }
    Ok(None)
}

/// Build numbers, as far as they were read.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// Those that were read.
    pub known: Vec<BuildNumber>,
    /// Whether there are no others: else nobody may conclude that a number is free.
    pub is_all: bool,
}

impl Numbers {
    fn none() -> Self {
        Self {
            known: Vec::new(),
            is_all: true,
        }
    }

    /// These and those of a further list.
    pub(super) fn extend(&mut self, is_all: bool, more: impl Iterator<Item = BuildNumber>) {
        self.known.extend(more);
        self.is_all &= is_all;
    }

    /// Whether this number is none of them for sure.
    pub fn lack(&self, number: &BuildNumber) -> bool {
        self.is_all && !self.known.iter().any(|one| one.compare(number).is_eq())
    }

    /// The highest of them.
    pub fn highest(&self) -> Option<&BuildNumber> {
        self.known.iter().max_by(|one, other| one.compare(other))
    }
}

/// The numbers of the 200 newest builds of a platform, whatever their version.
pub async fn all_numbers(
    client: &Client,
    app: &AppId,
    platform: Platform,
) -> Result<Numbers, Error> {
    let query = [
        ("filter[app]", app.as_str()),
        ("filter[preReleaseVersion.platform]", platform.api_name()),
        ("sort", "-uploadedDate"),
        ("limit", FULL_PAGE),
    ];
    let page: Page<Attributes> = client.get(BUILDS, &query).await?;
    let is_all = page.next().is_none() && page.data.len() < 200;
    let builds = page.data.into_iter().map(build);
    Ok(Numbers {
        known: builds.filter_map(|build| build.build_number).collect(),
        is_all,
    })
}

/// The numbers of a platform's builds, whatever their version, newest first, as far as a list is read.
pub async fn every_number(
    client: &Client,
    app: &AppId,
    platform: Platform,
) -> Result<Numbers, Error> {
    let query = [
        ("filter[app]", app.as_str()),
        ("filter[preReleaseVersion.platform]", platform.api_name()),
        ("sort", "-uploadedDate"),
        ("limit", FULL_PAGE),
    ];
    let mut numbers = Numbers::none();
    let list = page::most(client, BUILDS, &query).await?;
    let read = list.rows.into_iter().map(build);
    numbers.extend(list.is_whole, read.filter_map(|one| one.build_number));
    Ok(numbers)
}

/// The numbers of the builds of this version and platform, where it is given, as far as lists are read.
pub(super) async fn numbers(
    client: &Client,
    app: &AppId,
    version: Option<&MarketingVersion>,
    platform: Platform,
) -> Result<Numbers, Error> {
    let mut numbers = Numbers::none();
    for spelling in version.map(spellings).unwrap_or_default() {
        let query = [
            ("filter[app]", app.as_str()),
            ("filter[preReleaseVersion.version]", spelling.as_str()),
            ("filter[preReleaseVersion.platform]", platform.api_name()),
            ("sort", "-uploadedDate"),
            ("limit", FULL_PAGE),
        ];
        let list = page::most(client, BUILDS, &query).await?;
        let read = list.rows.into_iter().map(build);
        numbers.extend(list.is_whole, read.filter_map(|one| one.build_number));
    }
    Ok(numbers)
}

fn build(mut resource: Resource<Attributes>) -> Build {
    let attributes = resource.take_attributes();
    Build {
        id: BuildId::new(resource.id),
        build_number: attributes
            .version
            .map(|text| BuildNumber::new(text::lines(&text))),
        processing_state: attributes
            .processing_state
            .unwrap_or(ProcessingState::Unknown),
        expired: attributes.expired.unwrap_or(false),
        uploaded_date: attributes.uploaded_date,
        expiration_date: attributes.expiration_date,
        minimum_os: attributes.min_os_version.as_deref().map(text::lines),
        uses_non_exempt_encryption: attributes.uses_non_exempt_encryption,
        is_internal_only: attributes.build_audience_type.as_deref() == Some("INTERNAL_ONLY"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::wire::test_server::{Server, ok};

    #[tokio::test]
    async fn a_build_is_found_by_version_number_and_platform() {
        let server = Server::new(vec![ok(&json!({"data": [{"id": "b1", "attributes": {
            "version": "42", "expired": null, "processingState": "VALID",
            "usesNonExemptEncryption": null, "minOsVersion": "15.0"}}]}))])
        .await;
        let wanted = BuildName {
            marketing_version: MarketingVersion::new("1.2.0"),
            build_number: BuildNumber::new("42"),
            platform: Platform::Ios,
        };
        let build = find(&server.client(), &AppId::new("12"), &wanted)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(build.processing_state, ProcessingState::Valid);
        assert!(!build.expired);
        insta::assert_snapshot!(server.lines().join("\n"), @"GET /v1/builds?filter[app]=12&filter[version]=42&filter[preReleaseVersion.version]=1.2.0,1.2&filter[preReleaseVersion.platform]=IOS&sort=-uploadedDate&limit=10");
    }

    #[tokio::test]
    async fn a_processing_state_that_is_new_is_unknown() {
        for state in [json!("DREAMING"), json!(null)] {
            let document = json!({"data": {"id": "b1", "attributes": {"processingState": state}}});
            let server = Server::new(vec![ok(&document)]).await;
            let build = read(&server.client(), &BuildId::new("b1")).await.unwrap();
            assert_eq!(build.processing_state, ProcessingState::Unknown);
        }
    }
}
