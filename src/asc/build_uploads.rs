//! `buildUploads`: one package on its way into App Store Connect
//! (<https://developer.apple.com/documentation/appstoreconnectapi/build-uploads>).

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::asc::document::{Document, Resource, StateDetail, StateDocument, plain};
use crate::asc::error::Error;
use crate::asc::page::{self, FULL_PAGE};
use crate::asc::transport::Client;
use crate::asc::verdict::backoff;
use crate::asc::{Wanted, apps, builds, endpoints, spellings};
use crate::ids::{AppId, BuildId, BuildNumber, BuildUploadId, MarketingVersion, Platform};

/// A reservation whose answer got lost is looked for, and made again where it is not there, so often.
const RESERVE_TRIES: u32 = 4;

/// A new reservation may take a moment to show in a list.
const SETTLE_PAUSE: Duration = Duration::from_secs(2);

/// One upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildUpload {
    /// Its id.
    pub id: BuildUploadId,
    /// How far it is.
    pub state: UploadState,
    /// All that Apple says about it, errors first.
    pub details: Vec<StateDetail>,
    /// The marketing version it was reserved for.
    pub marketing_version: Option<MarketingVersion>,
    /// The build number it was reserved for.
    pub build_number: Option<BuildNumber>,
    /// The API's name of the platform, such as `IOS`.
    pub platform_name: Option<String>,
    /// When it was reserved, as Apple writes it.
    pub created: Option<String>,
    /// The build that Apple made of it, once there is one.
    pub build: Option<BuildId>,
}

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UploadState {
    /// Apple waits for the bytes.
    AwaitingUpload,
    /// Apple checks the package.
    Processing,
    /// Apple refused it.
    Failed,
    /// Apple accepted it.
    Complete,
    /// A state that came after this program, or none.
    #[serde(other)]
    Unknown,
}

impl UploadState {
    /// Apple's own word.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::AwaitingUpload => "AWAITING_UPLOAD",
            Self::Processing => "PROCESSING",
            Self::Failed => "FAILED",
            Self::Complete => "COMPLETE",
            Self::Unknown => "UNKNOWN",
        }
    }
}

impl BuildUpload {
    /// Whether its build number is spent. An upload that failed leaves the number free, says Apple:
    /// <https://developer.apple.com/help/app-store-connect/reference/build-upload-statuses>.
    pub fn uses_its_number(&self) -> bool {
        match self.state {
            UploadState::Processing | UploadState::Complete | UploadState::Unknown => true,
            UploadState::AwaitingUpload | UploadState::Failed => false,
        }
    }
}

/// What is reserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// For which app.
    pub app: AppId,
    /// `CFBundleShortVersionString`.
    pub marketing_version: MarketingVersion,
    /// `CFBundleVersion`.
    pub build_number: BuildNumber,
    /// The platform it was built for.
    pub platform: Platform,
}

/// What became of a wish to delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// It is gone.
    Deleted,
    /// It was not there any more.
    AlreadyGone,
    /// Apple keeps it, as it does once the bytes were committed.
    Refused,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attributes {
    cf_bundle_short_version_string: Option<String>,
    cf_bundle_version: Option<String>,
    platform: Option<String>,
    created_date: Option<String>,
    state: Option<StateDocument<UploadState>>,
}

/// What Apple has of this version, number and platform, in no order: an upload that awaits its bytes
/// has no `uploadedDate`, and sorting by it leaves it out.
pub async fn list(
    client: &Client,
    app: &AppId,
    wanted: &Wanted,
) -> Result<Vec<BuildUpload>, Error> {
    let mut found: Vec<BuildUpload> = Vec::new();
    for spelling in spellings(&wanted.marketing_version) {
        let query = [
            ("filter[cfBundleShortVersionString]", spelling.as_str()),
            ("filter[cfBundleVersion]", wanted.build_number.as_str()),
            ("filter[platform]", wanted.platform.api_name()),
            ("include", "build"),
            ("limit", FULL_PAGE),
        ];
        for resource in page::all(client, &endpoints::build_uploads_of(app), &query).await? {
            let upload = build_upload(resource);
            if !found.iter().any(|known| known.id == upload.id) {
                found.push(upload);
            }
        }
    }
    Ok(found)
}

/// The build numbers in use for this version and platform, whatever became of them; uploads that
/// failed or that await their bytes use none.
pub async fn list_build_numbers(
    client: &Client,
    app: &AppId,
    version: &MarketingVersion,
    platform: Platform,
) -> Result<Vec<BuildNumber>, Error> {
    let mut numbers = builds::numbers(client, app, version, platform).await?;
    for spelling in spellings(version) {
        let query = [
            ("filter[cfBundleShortVersionString]", spelling.as_str()),
            ("filter[platform]", platform.api_name()),
            ("limit", FULL_PAGE),
        ];
        let uploads = page::all(client, &endpoints::build_uploads_of(app), &query).await?;
        let used = uploads
            .into_iter()
            .map(build_upload)
            .filter(BuildUpload::uses_its_number);
        numbers.extend(used.filter_map(|upload| upload.build_number));
    }
    numbers.sort_by(BuildNumber::compare);
    numbers.dedup();
    Ok(numbers)
}

/// Reserves an upload. Where the answer gets lost, the reservation is looked for before it is made
/// again; where Apple does not know the app, which happens with apps that exist, the app is asked for.
pub async fn reserve(client: &Client, wish: &Reservation) -> Result<BuildUpload, Error> {
    let body = reserve_body(wish);
    let mut tried = 0;
    loop {
        let error = match client
            .post::<Document<Resource<Attributes>>>(endpoints::BUILD_UPLOADS, &body)
            .await
        {
            Ok(document) => return Ok(build_upload(document.data)),
            Err(error) => error,
        };
        tried += 1;
        if error.is_ambiguous() {
            if let Some(made) = look_for(client, wish).await? {
                return Ok(made);
            }
        } else if error.status() != Some(404) || apps::read(client, &wish.app).await.is_err() {
            return Err(error);
        }
        if tried >= RESERVE_TRIES {
            return Err(error);
        }
        client.rest(backoff(tried)).await;
    }
}

/// The newest reservation that awaits its bytes; asked for twice, with a pause between.
async fn look_for(client: &Client, wish: &Reservation) -> Result<Option<BuildUpload>, Error> {
    let wanted = Wanted {
        marketing_version: wish.marketing_version.clone(),
        build_number: wish.build_number.clone(),
        platform: wish.platform,
    };
    for look in 0..2 {
        if look > 0 {
            client.rest(SETTLE_PAUSE).await;
        }
        let newest = list(client, &wish.app, &wanted)
            .await?
            .into_iter()
            .filter(|upload| upload.state == UploadState::AwaitingUpload)
            .max_by(|a, b| a.created.cmp(&b.created));
        if newest.is_some() {
            return Ok(newest);
        }
    }
    Ok(None)
}

/// One upload, with its build.
pub async fn read(client: &Client, id: &BuildUploadId) -> Result<BuildUpload, Error> {
    let document: Document<Resource<Attributes>> = client
        .get(&endpoints::build_upload(id), &[("include", "build")])
        .await?;
    Ok(build_upload(document.data))
}

/// Deletes an upload, where Apple lets us: one that awaits its bytes, not one that failed.
pub async fn delete(client: &Client, id: &BuildUploadId) -> Result<Deleted, Error> {
    match client.delete(&endpoints::build_upload(id)).await {
        Ok(()) => Ok(Deleted::Deleted),
        Err(error) => match error.status() {
            Some(404 | 410) => Ok(Deleted::AlreadyGone),
            Some(403 | 409) => Ok(Deleted::Refused),
            _ => Err(error),
        },
    }
}

fn reserve_body(wish: &Reservation) -> Value {
    json!({"data": {
        "type": "buildUploads",
        "attributes": {
            "cfBundleShortVersionString": wish.marketing_version,
            "cfBundleVersion": wish.build_number,
            "platform": wish.platform.api_name(),
        },
        "relationships": {"app": {"data": {"type": "apps", "id": wish.app}}},
    }})
}

fn build_upload(mut resource: Resource<Attributes>) -> BuildUpload {
    let build = resource.linked("build").map(BuildId::new);
    let attributes = resource.take_attributes();
    let state = attributes.state.unwrap_or_default();
    BuildUpload {
        id: BuildUploadId::new(resource.id),
        state: state.state.unwrap_or(UploadState::Unknown),
        details: state.details(),
        marketing_version: attributes
            .cf_bundle_short_version_string
            .map(|text| MarketingVersion::new(plain(&text))),
        build_number: attributes
            .cf_bundle_version
            .map(|text| BuildNumber::new(plain(&text))),
        platform_name: attributes.platform,
        created: attributes.created_date,
        build,
    }
}
