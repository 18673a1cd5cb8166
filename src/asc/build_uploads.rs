//! `buildUploads`: one package on its way into App Store Connect
//! (<https://developer.apple.com/documentation/appstoreconnectapi/build-uploads>).

use serde::Deserialize;
use serde_json::{Value, json};

use crate::asc::builds::{Brought, Build, Numbers};
use crate::asc::wire::document::{Document, Resource, StateDetail, StateDocument};
use crate::asc::wire::error::Error;
use crate::asc::wire::page::{self, FULL_PAGE};
use crate::asc::wire::path;
use crate::asc::wire::transport::Client;
use crate::asc::{apps, builds, spellings};
use crate::ids::{
    AppId, BuildId, BuildName, BuildNumber, BuildUploadId, MarketingVersion, Platform,
};
use crate::text;

/// Where an upload is reserved.
const BUILD_UPLOADS: &str = "/v1/buildUploads";

/// A reservation whose answer got lost is looked for, and made again where it is not there, so often.
const RESERVE_TRIES: u32 = 4;

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
    /// The upload of a build that is there, where it is not known: it must have been taken.
    pub fn of_build(build: BuildId) -> Self {
        Self {
            id: BuildUploadId::new(""),
            state: UploadState::Complete,
            details: Vec::new(),
            marketing_version: None,
            build_number: None,
            platform_name: None,
            created: None,
            build: Some(build),
        }
    }

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
    /// Which build.
    pub build: BuildName,
}

/// What became of a wish to delete.
#[expect(
    clippy::enum_variant_names,
    reason = "the plain word for what happened"
)]
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

#[derive(Debug, Deserialize)]
struct WithBuild {
    data: Resource<Attributes>,
    #[serde(default)]
    included: Brought,
}

/// What Apple has of this version, however it is spelled, number and platform, in no order: an upload that awaits
/// its bytes has no `uploadedDate`, and sorting by it leaves it out.
pub async fn list(
    client: &Client,
    app: &AppId,
    wanted: &BuildName,
) -> Result<Vec<BuildUpload>, Error> {
    let versions = spellings(&wanted.marketing_version).join(",");
    let query = [
        ("filter[cfBundleShortVersionString]", versions.as_str()),
        ("filter[cfBundleVersion]", wanted.build_number.as_str()),
        ("filter[platform]", wanted.platform.api_name()),
        ("include", "build"),
        ("limit", FULL_PAGE),
    ];
    let found = page::all(client, &path::of_app(app, "buildUploads"), &query).await?;
    Ok(found.into_iter().map(build_upload).collect())
}

/// The build numbers in use for this version and platform, whatever became of them, as far as lists are read; uploads
/// that failed or that await their bytes use none.
pub async fn list_build_numbers(
    client: &Client,
    app: &AppId,
    version: &MarketingVersion,
    platform: Platform,
) -> Result<Numbers, Error> {
    let mut numbers = builds::numbers(client, app, Some(version), platform).await?;
    for spelling in spellings(version) {
        let query = [
            ("filter[cfBundleShortVersionString]", spelling.as_str()),
            ("filter[platform]", platform.api_name()),
            ("limit", FULL_PAGE),
        ];
        let list = page::most(client, &path::of_app(app, "buildUploads"), &query).await?;
        let uploads = list.rows.into_iter().map(build_upload);
        let used = uploads.filter(BuildUpload::uses_its_number);
        numbers.extend(list.is_whole, used.filter_map(|upload| upload.build_number));
    }
    numbers.known.sort_by(BuildNumber::compare);
    numbers.known.dedup();
    Ok(numbers)
}

/// The numbers that somebody has claimed for a platform, or for a version of it: those of its builds, and those of uploads
/// that are open, in process or through, as far as lists are read. Only what failed gives its number back.
pub async fn claimed_numbers(
    client: &Client,
    app: &AppId,
    version: Option<&MarketingVersion>,
    platform: Platform,
) -> Result<Numbers, Error> {
    let mut query = vec![
        ("filter[platform]", platform.api_name()),
        ("limit", FULL_PAGE),
    ];
    let versions = version.map(|version| spellings(version).join(","));
    let mut numbers = builds::numbers(client, app, version, platform).await?;
    if let Some(versions) = &versions {
        query.push(("filter[cfBundleShortVersionString]", versions));
    }
    let list = page::most(client, &path::of_app(app, "buildUploads"), &query).await?;
    let uploads = list.rows.into_iter().map(build_upload);
    let claimed = uploads.filter(|upload| upload.state != UploadState::Failed);
    numbers.extend(
        list.is_whole,
        claimed.filter_map(|upload| upload.build_number),
    );
    Ok(numbers)
}

/// Reserves an upload. Where the answer gets lost, the reservation is looked for before it is made
/// again; where Apple does not know the app, which happens with apps that exist, the app is asked for.
pub async fn reserve(
    client: &Client,
    wish: &Reservation,
    before: &[BuildUploadId],
) -> Result<BuildUpload, Error> {
    let body = reserve_body(wish);
    let mut tried = 0;
    loop {
        let error = match client
            .post::<Document<Resource<Attributes>>>(BUILD_UPLOADS, &body)
            .await
        {
            Ok(document) => return Ok(build_upload(document.data)),
            Err(error) => error,
        };
        tried += 1;
        if error.is_ambiguous() {
            if let Some(made) = look_for(client, wish, before).await? {
                return Ok(made);
            }
        } else if error.status() != Some(404) || apps::read(client, &wish.app).await.is_err() {
            return Err(error);
        }
        if tried >= RESERVE_TRIES {
            return Err(error);
        }
        client.rest(tried).await;
    }
}

/// The newest reservation that awaits its bytes; asked for twice, with a pause between.
async fn look_for(
    client: &Client,
    wish: &Reservation,
    before: &[BuildUploadId],
) -> Result<Option<BuildUpload>, Error> {
    for look in 0..2 {
        if look > 0 {
            client.settle().await;
        }
        let newest = list(client, &wish.app, &wish.build)
            .await?
            .into_iter()
            .filter(|upload| upload.state == UploadState::AwaitingUpload)
            .filter(|upload| !before.contains(&upload.id))
            .max_by(|a, b| a.created.cmp(&b.created));
        if newest.is_some() {
            return Ok(newest);
        }
    }
    Ok(None)
}

/// One upload, with its build.
pub async fn read(client: &Client, id: &BuildUploadId) -> Result<BuildUpload, Error> {
    Ok(read_with_build(client, id).await?.0)
}

/// One upload with the build that it links, where that came along.
pub async fn read_with_build(
    client: &Client,
    id: &BuildUploadId,
) -> Result<(BuildUpload, Option<Build>), Error> {
    let path = path::one("buildUploads", id.as_str());
    let document: WithBuild = client.get(&path, &[("include", "build")]).await?;
    let upload = build_upload(document.data);
    let build = upload.build.as_ref();
    let build = build.and_then(|id| document.included.take(id));
    Ok((upload, build))
}

/// Deletes an upload, where Apple lets us: one that awaits its bytes, not one that failed.
pub async fn delete(client: &Client, id: &BuildUploadId) -> Result<Deleted, Error> {
    match client.delete(&path::one("buildUploads", id.as_str())).await {
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
            "cfBundleShortVersionString": wish.build.marketing_version,
            "cfBundleVersion": wish.build.build_number,
            "platform": wish.build.platform.api_name(),
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
            .map(|text| MarketingVersion::new(text::lines(&text))),
        build_number: attributes
            .cf_bundle_version
            .map(|text| BuildNumber::new(text::lines(&text))),
        platform_name: attributes.platform,
        created: attributes.created_date,
        build,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::asc::wire::test_server::{Reply, Server, ok, refused, status};

    pub fn wish() -> Reservation {
        Reservation {
            app: AppId::new("12"),
            build: BuildName {
                marketing_version: MarketingVersion::new("1.2.3"),
                build_number: BuildNumber::new("42"),
                platform: Platform::Ios,
            },
        }
    }

    pub fn body() -> Value {
        reserve_body(&wish())
    }

    fn row(id: &str, state: &str, created: &str) -> Value {
        json!({"type": "buildUploads", "id": id, "attributes": {
            "cfBundleShortVersionString": "1.2.3", "cfBundleVersion": "42", "platform": "IOS",
            "createdDate": created, "uploadedDate": null,
            "state": {"state": state, "errors": [], "warnings": [], "infos": []}}})
    }

    #[tokio::test]
    async fn an_upload_is_read_with_all_that_apple_says_and_its_build() {
        let server = Server::new(vec![ok(
            &json!({"data": {"type": "buildUploads", "id": "u1",
            "attributes": {"cfBundleVersion": "42", "state": {"state": "COMPLETE",
                "errors": null, "warnings": [{"code": "90473", "description": "differs"}],
                "infos": [{"code": "1", "description": "fine"}]}},
            "relationships": {"build": {"data": {"type": "builds", "id": "b1"}},
                "buildUploadFiles": {"links": {"self": "x"}}}},
            "included": [{"type": "builds", "id": "b1"}]}),
        )])
        .await;
        let upload = read(&server.client(), &BuildUploadId::new("u1"))
            .await
            .unwrap();
        assert_eq!(upload.state, UploadState::Complete);
        assert_eq!(upload.build, Some(BuildId::new("b1")));
        assert_eq!(upload.details.len(), 2);
        assert_eq!(upload.marketing_version, None);
        assert_eq!(server.lines(), ["GET /v1/buildUploads/u1?include=build"]);
    }

    #[tokio::test]
    async fn states_that_are_new_or_missing_are_unknown() {
        for attributes in [
            json!({"state": {"state": "SLEEPING"}}),
            json!({"state": {"state": null}}),
            json!({"state": null}),
            json!({}),
            json!(null),
        ] {
            let document = json!({"data": {"id": "u1", "attributes": attributes}});
            let server = Server::new(vec![ok(&document)]).await;
            let upload = read(&server.client(), &BuildUploadId::new("u1"))
                .await
                .unwrap();
            assert_eq!(upload.state, UploadState::Unknown, "{document}");
        }
    }

    #[tokio::test]
    async fn both_spellings_of_a_version_are_listed_at_once() {
        let rows = [row("u1", "FAILED", "1"), row("u2", "AWAITING_UPLOAD", "2")];
        let server = Server::new(vec![ok(&json!({"data": rows}))]).await;
        let wanted = BuildName {
            marketing_version: MarketingVersion::new("1.2"),
            build_number: BuildNumber::new("42"),
            platform: Platform::MacOs,
        };
        let found = list(&server.client(), &AppId::new("12"), &wanted)
            .await
            .unwrap();
        assert_eq!(found.len(), 2);
        insta::assert_snapshot!(server.lines().join("\n"), @r"
        GET /v1/apps/12/buildUploads?filter[cfBundleShortVersionString]=1.2,1.2.0&filter[cfBundleVersion]=42&filter[platform]=MAC_OS&include=build&limit=200
        ");
    }

    #[tokio::test]
    async fn a_reservation_whose_answer_got_lost_is_found_not_repeated() {
        for lost in [Reply::Broken, status(502)] {
            let rows = json!({"data": [
                row("old", "AWAITING_UPLOAD", "2026-01-01T00:00:00Z"),
                row("new", "AWAITING_UPLOAD", "2026-01-02T00:00:00Z"),
                row("bad", "FAILED", "2026-01-03T00:00:00Z"),
                row("before", "AWAITING_UPLOAD", "2026-01-04T00:00:00Z"),
            ]});
            let server = Server::new(vec![lost, ok(&rows)]).await;
            let before = [BuildUploadId::new("before")];
            let upload = reserve(&server.client(), &wish(), &before).await.unwrap();
            assert_eq!(upload.id.as_str(), "new");
            let posts = server
                .lines()
                .into_iter()
                .filter(|line| line.starts_with("POST"));
            assert_eq!(posts.count(), 1);
        }
    }

    #[tokio::test]
    async fn a_reservation_that_was_surely_not_made_is_made_again() {
        let nothing = || ok(&json!({"data": []}));
        let server = Server::new(vec![
            status(500),
            nothing(),
            nothing(),
            Reply::Answer(
                201,
                Vec::new(),
                json!({"data": row("u1", "AWAITING_UPLOAD", "1")}).to_string(),
            ),
        ])
        .await;
        let upload = reserve(&server.client(), &wish(), &[]).await.unwrap();
        assert_eq!(upload.id.as_str(), "u1");
        let methods: Vec<String> = server
            .heard()
            .iter()
            .map(|h| h.method.to_string())
            .collect();
        assert_eq!(methods, ["POST", "GET", "GET", "POST"]);
    }

    fn numbered(id: &str, state: &str, number: &str) -> Value {
        let mut row = row(id, state, "1");
        row["attributes"]["cfBundleVersion"] = number.into();
        row
    }

    #[tokio::test]
    async fn what_is_open_or_in_process_has_claimed_its_number_and_what_failed_has_not() {
        let rows = [
            numbered("u1", "AWAITING_UPLOAD", "50"),
            numbered("u2", "PROCESSING", "49"),
            numbered("u3", "FAILED", "51"),
        ];
        let server = Server::new(vec![ok(&json!({ "data": rows }))]).await;
        let (client, app) = (server.client(), AppId::new("12"));
        let found = claimed_numbers(&client, &app, None, Platform::Ios);
        let numbers: Vec<String> = found
            .await
            .unwrap()
            .known
            .iter()
            .map(BuildNumber::to_string)
            .collect();
        assert_eq!(numbers, ["50", "49"]);
    }

    #[tokio::test]
    async fn of_numbers_whose_list_was_cut_none_is_called_free() {
        let circle = |rows: Value| ok(&json!({"data": rows, "links": {"next": "/v1/x?cursor=2"}}));
        let whole = |rows: Value| ok(&json!({ "data": rows }));
        let (build, upload) = (
            || json!([{"id": "b", "attributes": {"version": "9"}}]),
            || json!([numbered("u1", "PROCESSING", "10")]),
        );
        let version = MarketingVersion::new("1.2.3");
        for (replies, is_all) in [
            (vec![whole(build()), whole(upload())], true),
            (
                vec![circle(build()), circle(build()), whole(upload())],
                false,
            ),
            (
                vec![whole(build()), circle(upload()), circle(upload())],
                false,
            ),
        ] {
            let server = Server::new(replies).await;
            let (client, app) = (server.client(), AppId::new("12"));
            let found = claimed_numbers(&client, &app, Some(&version), Platform::Ios);
            let found = found.await.unwrap();
            assert_eq!(found.is_all, is_all);
            assert_eq!(found.lack(&BuildNumber::new("11")), is_all);
            assert!(!found.lack(&BuildNumber::new("10")));
            assert_eq!(found.highest(), Some(&BuildNumber::new("10")));
        }
    }

    #[tokio::test]
    async fn an_app_that_apple_denies_by_mistake_is_asked_for() {
        let app = || ok(&json!({"data": {"id": "12"}}));
        let server = Server::new(vec![
            refused(404, "NOT_FOUND"),
            app(),
            ok(&json!({"data": row("u1", "AWAITING_UPLOAD", "1")})),
        ])
        .await;
        assert!(reserve(&server.client(), &wish(), &[]).await.is_ok());
        let server = Server::new(vec![refused(404, "NOT_FOUND"), refused(404, "NOT_FOUND")]).await;
        let error = reserve(&server.client(), &wish(), &[]).await.unwrap_err();
        assert_eq!(error.status(), Some(404));
        assert_eq!(server.heard().len(), 2);
    }

    #[tokio::test]
    async fn a_refused_reservation_is_not_repeated() {
        let code = "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE";
        let server = Server::new(vec![refused(409, code)]).await;
        let error = reserve(&server.client(), &wish(), &[]).await.unwrap_err();
        assert!(error.has_code(code));
        assert_eq!(server.heard().len(), 1);
    }

    #[tokio::test]
    async fn deleting_tells_what_became_of_it() {
        for (reply, expected) in [
            (status(204), Deleted::Deleted),
            (refused(404, "NOT_FOUND"), Deleted::AlreadyGone),
            (refused(409, "STATE_ERROR.INVALID_STATE"), Deleted::Refused),
            (refused(403, "FORBIDDEN_ERROR"), Deleted::Refused),
        ] {
            let server = Server::new(vec![reply]).await;
            let deleted = delete(&server.client(), &BuildUploadId::new("u1")).await;
            assert_eq!(deleted.unwrap(), expected);
        }
        let server = Server::new(vec![refused(400, "PARAMETER_ERROR")]).await;
        assert!(
            delete(&server.client(), &BuildUploadId::new("u1"))
                .await
                .is_err()
        );
    }

    #[tokio::test]
    async fn numbers_in_use_come_from_builds_and_uploads() {
        let upload = |number: &str, state: &str| json!({"id": number, "attributes": {"cfBundleVersion": number, "state": {"state": state}}});
        let server = Server::new(vec![
            ok(&json!({"data": [{"id": "b", "attributes": {"version": "9"}}, {"id": "c"}]})),
            ok(
                &json!({"data": [upload("10", "COMPLETE"), upload("9", "PROCESSING"),
                upload("11", "FAILED"), upload("12", "AWAITING_UPLOAD")]}),
            ),
        ])
        .await;
        let version = MarketingVersion::new("1.2.3");
        let numbers =
            list_build_numbers(&server.client(), &AppId::new("12"), &version, Platform::Ios)
                .await
                .unwrap();
        let expected = [BuildNumber::new("9"), BuildNumber::new("10")];
        assert_eq!(numbers.known, expected);
        assert!(numbers.is_all);
    }

    #[tokio::test]
    async fn a_build_comes_along_with_its_upload_where_apple_sends_it_with_its_state() {
        let upload = json!({"id": "u1", "attributes": {"state": {"state": "COMPLETE"}},
            "relationships": {"build": {"data": {"type": "builds", "id": "b1"}}}});
        let build = |id: &str, state: Option<&str>| json!([{"type": "builds", "id": id, "attributes": {"processingState": state}}]);
        for (included, comes) in [
            (build("b1", Some("VALID")), true),
            (build("b2", Some("VALID")), false),
            (build("b1", Some("DREAMING")), false),
            (build("b1", None), false),
            (json!([{"type": "builds", "id": "b1"}]), false),
            (json!([]), false),
            (Value::Null, false),
        ] {
            let document = json!({"data": upload, "included": included});
            let server = Server::new(vec![ok(&document)]).await;
            let id = BuildUploadId::new("u1");
            let (upload, build) = read_with_build(&server.client(), &id).await.unwrap();
            assert_eq!(upload.build, Some(BuildId::new("b1")));
            assert_eq!(build.is_some(), comes, "{document}");
        }
    }
}
