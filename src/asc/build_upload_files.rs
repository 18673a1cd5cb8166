//! `buildUploadFiles`: the files of an upload, and where their bytes go.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::asc::upload_operations::{self, UploadOperationDocument};
use crate::asc::wire::document::{Document, Resource, StateDetail, StateDocument};
use crate::asc::wire::error::Error;
use crate::asc::wire::page::{self, FULL_PAGE};
use crate::asc::wire::transport::Client;
use crate::ids::{BuildUploadFileId, BuildUploadId};
use crate::text;

pub use crate::asc::upload_operations::UploadOperation;
use crate::asc::wire::path;

/// Where a file of an upload is reserved.
const BUILD_UPLOAD_FILES: &str = "/v1/buildUploadFiles";

/// A commit has been seen to take 17 seconds for less than a megabyte.
const COMMIT_PATIENCE: Duration = Duration::from_secs(180);

const RESERVE_TRIES: u32 = 4;
const COMMIT_TRIES: u32 = 4;

/// How often a committed file is asked for until it is complete: a minute in all.
const SETTLE_LOOKS: u32 = 30;

/// One file of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildUploadFile {
    /// Its id.
    pub id: BuildUploadFileId,
    /// The name it was reserved under.
    pub file_name: Option<String>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// How far it is.
    pub state: FileState,
    /// All that Apple says about it, errors first.
    pub details: Vec<StateDetail>,
    /// Where its bytes go, in the order of their offsets; none after the commit.
    pub operations: Vec<UploadOperation>,
    /// The MD5 of the parts' MD5s, as Apple writes it, once the file is complete.
    pub composite: Option<String>,
    /// Its uniform type identifier, such as `com.apple.ipa`.
    pub uti: Option<String>,
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FileState {
    /// Apple waits for the bytes, or for the commit.
    AwaitingUpload,
    /// Committed, and not yet complete.
    UploadComplete,
    /// Apple has the file.
    Complete,
    /// Apple could not take the file.
    Failed,
    /// A state that came after this program, or none.
    #[serde(other)]
    Unknown,
}

/// A file to reserve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its name, without a directory.
    pub name: String,
    /// Its size in bytes, 1 to 2⁵³−1.
    pub size: u64,
    /// `com.apple.ipa` or `com.apple.pkg`.
    pub uti: &'static str,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attributes {
    asset_delivery_state: Option<StateDocument<FileState>>,
    file_name: Option<String>,
    file_size: Option<u64>,
    source_file_checksums: Option<Checksums>,
    upload_operations: Option<Vec<UploadOperationDocument>>,
    uti: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Checksums {
    composite: Option<Checksum>,
}

#[derive(Debug, Default, Deserialize)]
struct Checksum {
    hash: Option<String>,
}

/// The files of an upload.
pub async fn list(client: &Client, upload: &BuildUploadId) -> Result<Vec<BuildUploadFile>, Error> {
    let query = [("limit", FULL_PAGE)];
    let found = page::all(
        client,
        &path::of("buildUploads", upload.as_str(), "buildUploadFiles"),
        &query,
    )
    .await?;
    Ok(found.into_iter().map(file).collect())
}

/// Reserves a file of an upload. Where the answer gets lost, the file is looked for before it is
/// reserved again.
pub async fn reserve(
    client: &Client,
    upload: &BuildUploadId,
    new: &NewFile,
) -> Result<BuildUploadFile, Error> {
    let body = reserve_body(upload, new);
    let mut tried = 0;
    loop {
        let error = match client
            .post::<Document<Resource<Attributes>>>(BUILD_UPLOAD_FILES, &body)
            .await
        {
            Ok(document) => return Ok(file(document.data)),
            Err(error) => error,
        };
        tried += 1;
        if !error.is_ambiguous() {
            return Err(error);
        }
        if let Some(made) = look_for(client, upload, new).await? {
            return read(client, &made.id).await;
        }
        if tried >= RESERVE_TRIES {
            return Err(error);
        }
        client.rest(tried).await;
    }
}

async fn look_for(
    client: &Client,
    upload: &BuildUploadId,
    new: &NewFile,
) -> Result<Option<BuildUploadFile>, Error> {
    for look in 0..2 {
        if look > 0 {
            client.settle().await;
        }
        let made = list(client, upload).await?.into_iter().find(|file| {
            file.state == FileState::AwaitingUpload
                && file.size == Some(new.size)
                && file.file_name.as_deref() == Some(&new.name)
        });
        if made.is_some() {
            return Ok(made);
        }
    }
    Ok(None)
}

/// One file, with what is stored of its parts.
pub async fn read(client: &Client, id: &BuildUploadFileId) -> Result<BuildUploadFile, Error> {
    let document: Document<Resource<Attributes>> = client
        .get(&path::one("buildUploadFiles", id.as_str()), &[])
        .await?;
    Ok(file(document.data))
}

/// A file of which somebody has said that all its bytes are there.
#[derive(Debug)]
pub struct Commit {
    /// The file as it is now.
    pub file: BuildUploadFile,
    /// Whether it was this program that said so. Else the bytes may be those of another run.
    pub is_ours: bool,
}

/// Says that all bytes are there. A doubtful answer is settled by asking how the file is; it is
/// committed again only where Apple still waits. The file may come back as `UploadComplete` where it
/// was not complete within a minute; the upload's own state tells then.
pub async fn commit(client: &Client, id: &BuildUploadFileId) -> Result<Commit, Error> {
    let body = commit_body(id);
    let path = path::one("buildUploadFiles", id.as_str());
    let mut tried = 0;
    loop {
        let error = match client
            .patch::<Document<Resource<Attributes>>>(&path, &body, COMMIT_PATIENCE)
            .await
        {
            Ok(document) => {
                let file = until_settled(client, file(document.data)).await?;
                return Ok(Commit {
                    file,
                    is_ours: true,
                });
            }
            Err(error) => error,
        };
        tried += 1;
        let is_over = error.has_code("STATE_ERROR.INVALID_STATE");
        let in_doubt = error.is_ambiguous() || is_over;
        if !in_doubt {
            return Err(error);
        }
        let now = read(client, id).await?;
        match now.state {
            FileState::AwaitingUpload if tried < COMMIT_TRIES => client.rest(tried).await,
            FileState::AwaitingUpload => return Err(error),
            FileState::UploadComplete
            | FileState::Complete
            | FileState::Failed
            | FileState::Unknown => {
                return Ok(Commit {
                    file: until_settled(client, now).await?,
                    // Of an earlier try of ours only the answer may have got lost.
                    is_ours: tried > 1 || !is_over,
                });
            }
        }
    }
}

/// Asks until the file is complete or failed, for a minute; its checksum is there then.
pub async fn until_settled(
    client: &Client,
    mut now: BuildUploadFile,
) -> Result<BuildUploadFile, Error> {
    for _ in 0..SETTLE_LOOKS {
        match now.state {
            FileState::Complete | FileState::Failed => break,
            FileState::AwaitingUpload | FileState::UploadComplete | FileState::Unknown => {}
        }
        client.settle().await;
        now = read(client, &now.id).await?;
    }
    Ok(now)
}

fn reserve_body(upload: &BuildUploadId, new: &NewFile) -> Value {
    json!({"data": {
        "type": "buildUploadFiles",
        "attributes": {
            "assetType": "ASSET",
            "fileName": new.name,
            "fileSize": new.size,
            "uti": new.uti,
        },
        "relationships": {"buildUpload": {"data": {"type": "buildUploads", "id": upload}}},
    }})
}

fn commit_body(id: &BuildUploadFileId) -> Value {
    json!({"data": {
        "type": "buildUploadFiles",
        "id": id,
        "attributes": {"uploaded": true},
    }})
}

fn file(mut resource: Resource<Attributes>) -> BuildUploadFile {
    let attributes = resource.take_attributes();
    let state = attributes.asset_delivery_state.unwrap_or_default();
    BuildUploadFile {
        id: BuildUploadFileId::new(resource.id),
        file_name: attributes.file_name,
        size: attributes.file_size,
        state: state.state.unwrap_or(FileState::Unknown),
        details: state.details(),
        operations: upload_operations::of(attributes.upload_operations.unwrap_or_default()),
        composite: attributes
            .source_file_checksums
            .and_then(|checksums| checksums.composite?.hash)
            .map(|hash| text::lines(&hash)),
        uti: attributes.uti,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::asc::wire::test_server::{Reply, Server, ok, refused, status};

    pub fn bodies() -> [Value; 2] {
        let new = new_file();
        [
            reserve_body(&BuildUploadId::new("u1"), &new),
            commit_body(&BuildUploadFileId::new("f1")),
        ]
    }

    fn new_file() -> NewFile {
        NewFile {
            name: "App.ipa".into(),
            size: 11,
            uti: "com.apple.ipa",
        }
    }

    fn id() -> BuildUploadFileId {
        BuildUploadFileId::new("f1")
    }

    fn in_state(state: &str) -> Value {
        json!({"type": "buildUploadFiles", "id": "f1", "attributes": {
            "assetDeliveryState": {"state": state, "errors": [], "warnings": null},
            "fileName": "App.ipa", "fileSize": 11, "uti": "com.apple.ipa",
            "sourceFileChecksums": {"file": null, "composite": null}, "uploadOperations": null}})
    }

    fn one(state: &str) -> Reply {
        ok(&json!({"data": in_state(state)}))
    }

    #[tokio::test]
    async fn operations_come_out_in_order_with_their_headers() {
        let server = Server::new(vec![ok(&json!({"data": {"id": "f1", "attributes": {
            "assetDeliveryState": {"state": "AWAITING_UPLOAD"},
            "fileSize": 11,
            "uploadOperations": [
                {"method": "PUT", "url": "https://storage.example/2?sig=secret", "length": 1, "offset": 10,
                 "requestHeaders": [{"name": "Content-Type", "value": "application/octet-stream"}, {"name": null}],
                 "expiration": "2026-12-01T00:00:00Z", "partNumber": 2, "entityTag": null},
                {"url": "https://storage.example/1?sig=secret", "length": 10, "offset": 0, "partNumber": 1,
                 "requestHeaders": null, "entityTag": "ABC"},
                {"length": 1, "offset": 99},
            ]}}}))])
        .await;
        let file = read(&server.client(), &id()).await.unwrap();
        let [first, second] = file.operations.as_slice() else {
            panic!("two operations: {file:?}");
        };
        assert_eq!(
            (first.offset, first.length, first.method.as_str()),
            (0, 10, "PUT")
        );
        assert_eq!(first.entity_tag.as_deref(), Some("ABC"));
        assert_eq!(
            second.headers,
            [(
                "Content-Type".to_owned(),
                "application/octet-stream".to_owned()
            )]
        );
        assert!(!format!("{file:?}").contains("sig="));
    }

    #[tokio::test]
    async fn the_composite_is_kept_where_there_is_one() {
        let mut complete = in_state("COMPLETE");
        complete["attributes"]["sourceFileChecksums"] =
            json!({"file": null, "composite": {"hash": "abc-4-5242880", "algorithm": "MD5"}});
        let server = Server::new(vec![ok(&json!({"data": complete})), one("COMPLETE")]).await;
        let client = server.client();
        let composite = read(&client, &id()).await.unwrap().composite;
        assert_eq!(composite.as_deref(), Some("abc-4-5242880"));
        assert_eq!(read(&client, &id()).await.unwrap().composite, None);
    }

    #[tokio::test]
    async fn a_reserved_file_whose_answer_got_lost_is_found_not_repeated() {
        let mut other = in_state("AWAITING_UPLOAD");
        other["id"] = json!("f0");
        other["attributes"]["fileSize"] = json!(12);
        let rows = json!({"data": [other, in_state("AWAITING_UPLOAD")]});
        let server = Server::new(vec![Reply::Broken, ok(&rows), one("AWAITING_UPLOAD")]).await;
        let upload = BuildUploadId::new("u1");
        let file = reserve(&server.client(), &upload, &new_file())
            .await
            .unwrap();
        assert_eq!(file.id, id());
        insta::assert_snapshot!(server.lines().join("\n"), @r"
        POST /v1/buildUploadFiles
        GET /v1/buildUploads/u1/buildUploadFiles?limit=200
        GET /v1/buildUploadFiles/f1
        ");
    }

    async fn committed(replies: Vec<Reply>) -> (Result<BuildUploadFile, Error>, String) {
        let server = Server::new(replies).await;
        let result = commit(&server.client(), &id()).await.map(|done| done.file);
        let methods: Vec<String> = server
            .heard()
            .iter()
            .map(|h| h.method.to_string())
            .collect();
        (result, methods.join(" "))
    }

    #[tokio::test]
    async fn a_commit_is_settled_by_asking() {
        let invalid = || refused(409, "STATE_ERROR.INVALID_STATE");
        for (replies, expected) in [
            (vec![one("COMPLETE")], "PATCH"),
            (vec![Reply::Broken, one("COMPLETE")], "PATCH GET"),
            (vec![status(504), one("COMPLETE")], "PATCH GET"),
            (vec![invalid(), one("COMPLETE")], "PATCH GET"),
            (
                vec![status(500), one("AWAITING_UPLOAD"), one("COMPLETE")],
                "PATCH GET PATCH",
            ),
            (
                vec![
                    invalid(),
                    one("UPLOAD_COMPLETE"),
                    one("UPLOAD_COMPLETE"),
                    one("COMPLETE"),
                ],
                "PATCH GET GET GET",
            ),
            (vec![one("UPLOAD_COMPLETE"), one("COMPLETE")], "PATCH GET"),
        ] {
            let (result, methods) = committed(replies).await;
            assert_eq!(result.unwrap().state, FileState::Complete, "{expected}");
            assert_eq!(methods, expected);
        }
    }

    #[tokio::test]
    async fn a_commit_that_somebody_else_made_is_not_taken_for_ours() {
        let invalid = || refused(409, "STATE_ERROR.INVALID_STATE");
        for (replies, is_ours) in [
            (vec![one("COMPLETE")], true),
            (vec![Reply::Broken, one("COMPLETE")], true),
            (vec![invalid(), one("COMPLETE")], false),
            (
                vec![
                    status(500),
                    one("AWAITING_UPLOAD"),
                    invalid(),
                    one("COMPLETE"),
                ],
                true,
            ),
        ] {
            let server = Server::new(replies).await;
            let done = commit(&server.client(), &id()).await.unwrap();
            assert_eq!(done.is_ours, is_ours, "{:?}", server.lines());
        }
    }

    #[tokio::test]
    async fn a_commit_that_apple_refuses_is_not_repeated() {
        let (result, methods) = committed(vec![refused(409, "X.CONTENT_NOT_UPLOADED")]).await;
        assert!(result.unwrap_err().has_code("X.CONTENT_NOT_UPLOADED"));
        assert_eq!(methods, "PATCH");
        let (result, _) = committed(vec![one("FAILED")]).await;
        assert_eq!(result.unwrap().state, FileState::Failed);
    }

    #[tokio::test]
    async fn a_commit_without_an_end_gives_up() {
        let pairs = (0..9).flat_map(|_| [status(500), one("AWAITING_UPLOAD")]);
        let (result, methods) = committed(pairs.collect()).await;
        assert_eq!(result.unwrap_err().status(), Some(500));
        assert_eq!(methods.matches("PATCH").count(), 4);
        let (result, methods) = committed((0..99).map(|_| one("UPLOAD_COMPLETE")).collect()).await;
        assert_eq!(result.unwrap().state, FileState::UploadComplete);
        assert_eq!(methods.matches("GET").count(), 30);
    }
}
