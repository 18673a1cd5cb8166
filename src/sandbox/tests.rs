//! The sandbox as a client meets it, over loopback.

use jsonwebtoken::{Algorithm, Header};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::*;

const BUNDLE: &str = "com.example.app";

/// A small client of the tests' own.
struct Client {
    http: reqwest::Client,
    sandbox: Sandbox,
}

struct Answered {
    status: u16,
    body: Value,
    headers: reqwest::header::HeaderMap,
}

impl Client {
    async fn of(scenario: &str) -> Self {
        let options = Options::loopback(Scenario::named(scenario).unwrap());
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            http,
            sandbox: start(options).await.unwrap(),
        }
    }

    fn token() -> String {
        let now = clock::Clock { off_by: 0 }.unix_seconds();
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(demo::KEY_ID.to_owned());
        let claims = json!({"iss": demo::ISSUER_ID, "iat": now - 60, "exp": now + 900, "aud": "appstoreconnect-v1"});
        jsonwebtoken::encode(&header, &claims, &demo::signing_key()).unwrap()
    }

    async fn try_call(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> reqwest::Result<Answered> {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.sandbox.url())
        };
        let mut request = self.http.request(method, url).bearer_auth(Self::token());
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = response.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok(Answered {
            status,
            body,
            headers,
        })
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answered {
        self.try_call(method, path, body).await.unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        self.call(Method::GET, path, None).await.body
    }

    async fn app(&self) -> String {
        let apps = self
            .get(&format!("/v1/apps?filter[bundleId]={BUNDLE}"))
            .await;
        let rows = apps["data"].as_array().unwrap();
        let exact = rows
            .iter()
            .find(|app| app["attributes"]["bundleId"] == BUNDLE)
            .unwrap();
        exact["id"].as_str().unwrap().to_owned()
    }

    async fn reserve(&self, number: &str) -> Answered {
        let app = self.app().await;
        self.call(
            Method::POST,
            "/v1/buildUploads",
            Some(upload_body(&app, number)),
        )
        .await
    }

    /// Reserves an upload and a file of `size`: upload id, file id, operations.
    async fn reserved(&self, number: &str, size: usize) -> (String, String, Vec<Value>) {
        let upload = id(&self.reserve(number).await.body);
        let file = self
            .call(
                Method::POST,
                "/v1/buildUploadFiles",
                Some(file_body(&upload, size)),
            )
            .await;
        assert_eq!(file.status, 201, "{}", file.body);
        let operations = file.body["data"]["attributes"]["uploadOperations"]
            .as_array()
            .unwrap()
            .clone();
        (upload, id(&file.body), operations)
    }

    fn part(&self, operation: &Value, bytes: &[u8]) -> reqwest::RequestBuilder {
        let offset = usize::try_from(operation["offset"].as_u64().unwrap()).unwrap();
        let length = usize::try_from(operation["length"].as_u64().unwrap()).unwrap();
        self.http
            .put(operation["url"].as_str().unwrap())
            .header("Content-Type", "application/octet-stream")
            .body(bytes[offset..offset + length].to_vec())
    }

    async fn commit(&self, file: &str) -> Answered {
        self.call(
            Method::PATCH,
            &format!("/v1/buildUploadFiles/{file}"),
            Some(commit_body(file)),
        )
        .await
    }

    /// Uploads `bytes` whole and returns the upload's id.
    async fn upload(&self, number: &str, bytes: &[u8]) -> String {
        let (upload, file, operations) = self.reserved(number, bytes.len()).await;
        for operation in &operations {
            assert_eq!(
                self.part(operation, bytes).send().await.unwrap().status(),
                200
            );
        }
        assert_eq!(self.commit(&file).await.status, 200);
        upload
    }
}

fn upload_body(app: &str, number: &str) -> Value {
    json!({"data": {"type": "buildUploads",
        "attributes": {"cfBundleShortVersionString": "1.0", "cfBundleVersion": number, "platform": "IOS"},
        "relationships": {"app": {"data": {"type": "apps", "id": app}}}}})
}

fn file_body(upload: &str, size: usize) -> Value {
    json!({"data": {"type": "buildUploadFiles",
        "attributes": {"assetType": "ASSET", "fileName": "App.ipa", "fileSize": size, "uti": "com.apple.ipa"},
        "relationships": {"buildUpload": {"data": {"type": "buildUploads", "id": upload}}}}})
}

fn commit_body(file: &str) -> Value {
    json!({"data": {"type": "buildUploadFiles", "id": file, "attributes": {"uploaded": true}}})
}

fn id(document: &Value) -> String {
    document["data"]["id"]
        .as_str()
        .unwrap_or_else(|| panic!("{document}"))
        .to_owned()
}

fn code(answered: &Answered) -> (u16, &str) {
    (
        answered.status,
        answered.body["errors"][0]["code"]
            .as_str()
            .unwrap_or_default(),
    )
}

/// Bytes that make several parts.
fn bytes() -> Vec<u8> {
    (0..11_000_000_u32)
        .map(|n| n.to_le_bytes()[usize::from(n % 3 == 0)])
        .collect()
}

#[tokio::test]
async fn an_upload_becomes_a_build_poll_by_poll() {
    let client = Client::of("succeeds").await;
    let upload = client.upload("7", &bytes()).await;
    let mut seen = Vec::new();
    let build = loop {
        let answer = client
            .get(&format!("/v1/buildUploads/{upload}?include=build"))
            .await;
        seen.push(
            answer["data"]["attributes"]["state"]["state"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
        match answer["data"]["relationships"]["build"]["data"]["id"].as_str() {
            Some(build) => break build.to_owned(),
            None => assert!(seen.len() < 10, "{answer}"),
        }
    };
    let mut beta = String::new();
    for _ in 0..10 {
        let build = client.get(&format!("/v1/builds/{build}")).await;
        seen.push(
            build["data"]["attributes"]["processingState"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
        if seen.last().unwrap() == "VALID" {
            break;
        }
    }
    while beta != "READY_FOR_BETA_TESTING" {
        let detail = client
            .get(&format!("/v1/builds/{build}/buildBetaDetail"))
            .await;
        detail["data"]["attributes"]["internalBuildState"]
            .as_str()
            .unwrap()
            .clone_into(&mut beta);
        seen.push(beta.clone());
        assert!(seen.len() < 20, "{seen:?}");
    }
    assert_eq!(
        seen,
        [
            "PROCESSING",
            "PROCESSING",
            "COMPLETE",
            "PROCESSING",
            "VALID",
            "PROCESSING",
            "READY_FOR_BETA_TESTING"
        ]
    );
}

#[tokio::test]
async fn the_build_is_listed_before_the_upload_links_it_and_only_links_when_asked() {
    let client = Client::of("succeeds").await;
    let upload = client.upload("7", b"small").await;
    let app = client.app().await;
    let builds = format!(
        "/v1/builds?filter[app]={app}&filter[version]=7&include=preReleaseVersion,buildBetaDetail,app,buildUpload"
    );
    assert_eq!(client.get(&builds).await["data"], json!([]));
    let listed = client.get(&builds).await;
    assert_eq!(
        listed["data"][0]["relationships"]["buildUpload"]["data"]["id"],
        upload.as_str()
    );
    assert_eq!(listed["included"].as_array().unwrap().len(), 4);
    let bare = client.get(&format!("/v1/buildUploads/{upload}")).await;
    assert!(bare["data"]["relationships"].get("build").is_none());
}

#[tokio::test]
async fn the_bundle_id_filter_is_a_substring_match_with_decoys_first() {
    let client = Client::of("succeeds").await;
    let apps = client
        .get(&format!("/v1/apps?filter[bundleId]={BUNDLE}"))
        .await;
    let bundles: Vec<&str> = apps["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|app| app["attributes"]["bundleId"].as_str().unwrap())
        .collect();
    assert_eq!(bundles[0], format!("{BUNDLE}.beta"));
    assert!(bundles.contains(&BUNDLE));
    let client = Client::of("no-app-record").await;
    let apps = client
        .get(&format!("/v1/apps?filter[bundleId]={BUNDLE}"))
        .await;
    assert!(
        apps["data"]
            .as_array()
            .unwrap()
            .iter()
            .all(|app| app["attributes"]["bundleId"] != BUNDLE)
    );
    assert_eq!(
        client.get("/v1/apps").await["data"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    assert_eq!(
        Client::of("no-apps").await.get("/v1/apps").await["data"],
        json!([])
    );
}

#[tokio::test]
async fn a_crowd_of_apps_is_paged_with_every_parameter_kept() {
    let client = Client::of("many-apps").await;
    let mut path = format!("/v1/apps?filter%5BbundleId%5D={BUNDLE}&limit=200");
    let mut pages = 0;
    loop {
        let page = client.get(&path).await;
        pages += 1;
        match page["links"]["next"].as_str() {
            Some(next) => path = next.to_owned(),
            None => {
                assert_eq!(
                    page["data"].as_array().unwrap().last().unwrap()["attributes"]["bundleId"],
                    BUNDLE
                );
                break;
            }
        }
    }
    assert_eq!(pages, 3);
    let page = Client::of("next-page-elsewhere")
        .await
        .get("/v1/apps")
        .await;
    assert!(
        page["links"]["next"]
            .as_str()
            .unwrap()
            .contains("://localhost:")
    );
}

#[tokio::test]
async fn requests_are_checked_as_apple_checks_them() {
    let client = Client::of("succeeds").await;
    let app = client.app().await;
    let post = |body: Value| client.call(Method::POST, "/v1/buildUploads", Some(body));
    let mut body = upload_body(&app, "1");
    body["data"]["attributes"]["cfBundleVersoin"] = json!("1");
    assert_eq!(
        code(&post(body).await),
        (409, "ENTITY_ERROR.ATTRIBUTE.UNKNOWN")
    );
    let mut body = upload_body(&app, "1");
    body["data"]["attributes"]["cfBundleVersion"] = json!(1);
    assert_eq!(
        code(&post(body).await),
        (409, "ENTITY_ERROR.ATTRIBUTE.TYPE")
    );
    let mut body = upload_body(&app, "1");
    body["data"]["attributes"]
        .as_object_mut()
        .unwrap()
        .remove("platform");
    let missing = post(body).await;
    assert_eq!(code(&missing), (409, "ENTITY_ERROR.ATTRIBUTE.REQUIRED"));
    assert_eq!(
        missing.body["errors"][0]["source"]["pointer"],
        "/data/attributes/platform"
    );
    let mut body = upload_body(&app, "1");
    body["data"]["attributes"]["platform"] = json!("IPADOS");
    assert_eq!(
        code(&post(body).await),
        (409, "ENTITY_ERROR.ATTRIBUTE.INVALID")
    );
    let mut body = upload_body(&app, "1");
    body["data"]
        .as_object_mut()
        .unwrap()
        .remove("relationships");
    assert_eq!(
        code(&post(body).await),
        (409, "ENTITY_ERROR.RELATIONSHIP.REQUIRED")
    );
    assert_eq!(
        code(&post(upload_body("123", "1")).await),
        (409, "ENTITY_ERROR.RELATIONSHIP.INVALID")
    );
    let bad = client
        .call(Method::GET, "/v1/apps?filter[bundelId]=a", None)
        .await;
    assert_eq!(code(&bad), (400, "PARAMETER_ERROR.ILLEGAL"));
    assert_eq!(
        bad.body["errors"][0]["source"]["parameter"],
        "filter[bundelId]"
    );
    assert_eq!(
        code(&client.call(Method::GET, "/v1/nothing", None).await),
        (404, "PATH_ERROR")
    );
    assert_eq!(
        code(&client.call(Method::DELETE, "/v1/apps", None).await),
        (403, "FORBIDDEN_ERROR")
    );
    assert_eq!(
        code(&client.call(Method::GET, "/v1/apps/1", None).await),
        (404, "NOT_FOUND")
    );
}

#[tokio::test]
async fn every_answer_says_when_it_was_given_and_what_is_left_of_the_limit() {
    let client = Client::of("succeeds").await;
    let answer = client.call(Method::GET, "/v1/apps", None).await;
    assert!(
        answer.headers["x-rate-limit"]
            .to_str()
            .unwrap()
            .starts_with("user-hour-lim:3600;user-hour-rem:")
    );
    assert!(answer.headers.contains_key("x-request-id"));
    assert!(httpdate::parse_http_date(answer.headers["date"].to_str().unwrap()).is_ok());
}

#[tokio::test]
async fn without_a_good_token_nothing_is_told_not_even_an_error_id() {
    let client = Client::of("succeeds").await;
    let response = client
        .http
        .get(format!("{}/v1/apps", client.sandbox.url()))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 401);
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["errors"][0]["code"], "NOT_AUTHORIZED");
    assert!(body["errors"][0].get("id").is_none());
    assert_eq!(
        Client::of("wrong-key")
            .await
            .call(Method::GET, "/v1/apps", None)
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn storage_takes_exactly_the_part_it_was_told_of() {
    let client = Client::of("succeeds").await;
    let bytes = bytes();
    let (_, file, operations) = client.reserved("1", bytes.len()).await;
    let numbers: Vec<u64> = operations
        .iter()
        .map(|op| op["partNumber"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers.len(), 3);
    assert!(!numbers.is_sorted(), "{numbers:?}");
    let status = |request: reqwest::RequestBuilder| async {
        request.send().await.unwrap().status().as_u16()
    };
    let one = &operations[0];
    assert_eq!(
        status(client.part(one, &bytes).bearer_auth("token")).await,
        400
    );
    assert_eq!(status(client.part(one, &bytes).body("short")).await, 400);
    assert_eq!(
        status(
            client
                .part(one, &bytes)
                .header("Content-Type", "text/plain")
        )
        .await,
        403
    );
    let forged = one["url"]
        .as_str()
        .unwrap()
        .replace("X-Amz-Signature=", "X-Amz-Signature=0");
    assert_eq!(status(client.http.put(forged).body("x")).await, 403);
    assert_eq!(
        code(&client.commit(&file).await),
        (409, "STATE_ERROR.CONTENT_NOT_UPLOADED")
    );
    let stored = client.part(one, &bytes).send().await.unwrap();
    let offset = usize::try_from(one["offset"].as_u64().unwrap()).unwrap();
    let length = usize::try_from(one["length"].as_u64().unwrap()).unwrap();
    let md5 = storage::hex(&storage::md5(&bytes[offset..offset + length])).to_uppercase();
    assert_eq!(
        stored.headers()["etag"].to_str().unwrap(),
        format!("\"{md5}\"")
    );
    let shown = client.get(&format!("/v1/buildUploadFiles/{file}")).await;
    let tags: Vec<&Value> = shown["data"]["attributes"]["uploadOperations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|op| &op["entityTag"])
        .collect();
    assert_eq!(tags[0], &json!(md5));
    assert!(tags[1..].iter().all(|tag| tag.is_null()));
    let log = client.sandbox.log();
    assert_eq!(
        log["requests"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|r| r["note"] == "InvalidArgument")
            .count(),
        1
    );
}

#[tokio::test]
async fn a_commit_computes_the_composite_and_is_taken_once() {
    let client = Client::of("succeeds").await;
    let bytes = bytes();
    let (upload, file, operations) = client.reserved("1", bytes.len()).await;
    let mut digests = vec![Vec::new(); operations.len()];
    for operation in &operations {
        client.part(operation, &bytes).send().await.unwrap();
        let offset = usize::try_from(operation["offset"].as_u64().unwrap()).unwrap();
        let length = usize::try_from(operation["length"].as_u64().unwrap()).unwrap();
        let number = usize::try_from(operation["partNumber"].as_u64().unwrap()).unwrap();
        digests[number - 1] = storage::md5(&bytes[offset..offset + length]).to_vec();
    }
    let path = format!("/v1/buildUploadFiles/{file}");
    let patch = |sums: Value| {
        let mut body = commit_body(&file);
        body["data"]["attributes"]["sourceFileChecksums"] = sums;
        client.call(Method::PATCH, &path, Some(body))
    };
    let sha = json!({"file": {"hash": "0".repeat(64), "algorithm": "SHA_256"}});
    assert_eq!(
        code(&patch(sha).await),
        (409, "ENTITY_ERROR.ATTRIBUTE.INVALID")
    );
    let wrong = json!({"composite": {"hash": "0".repeat(32), "algorithm": "MD5"}});
    assert_eq!(
        code(&patch(wrong).await),
        (409, "ENTITY_ERROR.ATTRIBUTE.INVALID")
    );
    let committed = client.commit(&file).await;
    let attributes = &committed.body["data"]["attributes"];
    assert_eq!(attributes["assetDeliveryState"]["state"], "COMPLETE");
    assert!(attributes["uploadOperations"].is_null());
    assert_eq!(
        attributes["sourceFileChecksums"]["composite"]["hash"],
        storage::hex(&storage::md5(&digests.concat())).as_str()
    );
    assert_eq!(
        code(&client.commit(&file).await),
        (409, "STATE_ERROR.INVALID_STATE")
    );
    let deleted = client
        .call(Method::DELETE, &format!("/v1/buildUploads/{upload}"), None)
        .await;
    assert_eq!(code(&deleted), (409, "STATE_ERROR.INVALID_STATE"));
}

#[tokio::test]
async fn a_number_that_is_taken_is_refused_and_a_failed_upload_gives_it_back() {
    let client = Client::of("succeeds").await;
    client.upload("9", b"one").await;
    for number in ["9", "8"] {
        let refused = client.reserve(number).await;
        assert_eq!(
            code(&refused),
            (409, "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE")
        );
        assert_eq!(
            refused.body["errors"][0]["meta"]["previousBundleVersion"],
            "9"
        );
    }
    assert_eq!(client.reserve("10").await.status, 201);
    let client = Client::of("rejects-itms-90683").await;
    let upload = client.upload("9", b"one").await;
    let mut state = Value::Null;
    for _ in 0..4 {
        state =
            client.get(&format!("/v1/buildUploads/{upload}")).await["data"]["attributes"]["state"]
                .take();
    }
    assert_eq!(state["state"], "FAILED");
    assert_eq!(state["errors"][0]["code"], "90683");
    let path = format!("/v1/buildUploads/{upload}");
    assert_eq!(
        code(&client.call(Method::DELETE, &path, None).await),
        (409, "STATE_ERROR.INVALID_STATE")
    );
    assert_eq!(client.reserve("9").await.status, 201);
}

#[tokio::test]
async fn an_open_reservation_is_listed_and_can_be_deleted() {
    let client = Client::of("succeeds").await;
    let (upload, _, operations) = client.reserved("3", 5).await;
    let app = client.app().await;
    let list = format!(
        "/v1/apps/{app}/buildUploads?filter[cfBundleVersion]=3&filter[state]=AWAITING_UPLOAD&include=assetFile,build"
    );
    let listed = client.get(&list).await;
    assert!(listed["data"][0]["attributes"]["uploadedDate"].is_null());
    assert!(listed["data"][0]["relationships"]["build"]["data"].is_null());
    assert_eq!(listed["included"][0]["attributes"]["fileSize"], 5);
    let deleted = client
        .call(Method::DELETE, &format!("/v1/buildUploads/{upload}"), None)
        .await;
    assert_eq!(deleted.status, 204);
    assert_eq!(client.get(&list).await["data"], json!([]));
    let put = client.part(&operations[0], b"12345").send().await.unwrap();
    assert_eq!(put.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_the_scenario_says_was_uploaded_before_is_there() {
    let client = Client::of("duplicate-build").await;
    let app = client.app().await;
    let list = format!(
        "/v1/apps/{app}/buildUploads?filter[cfBundleShortVersionString]=1.0&filter[cfBundleVersion]=5&include=assetFile,build"
    );
    let listed = client.get(&list).await;
    assert_eq!(
        listed["data"][0]["attributes"]["state"]["state"],
        "COMPLETE"
    );
    let refused = client.reserve("5").await;
    assert_eq!(
        refused.body["errors"][0]["meta"]["previousBundleVersion"],
        "8"
    );
    let client = Client::of("duplicate-unlisted").await;
    assert_eq!(
        client.get(&list).await["errors"][0]["status"],
        "404",
        "an app must be asked for first"
    );
    client.app().await;
    assert_eq!(client.get(&list).await["data"], json!([]));
    assert_eq!(code(&client.reserve("5").await).0, 409);
}

#[tokio::test]
async fn half_of_the_demo_waits_to_be_resumed() {
    let client = Client::of("interrupted-upload").await;
    let apps = client
        .get(&format!(
            "/v1/apps?filter[bundleId]={}",
            demo::BUNDLE_IDENTIFIER
        ))
        .await;
    let app = apps["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|app| app["attributes"]["bundleId"] == demo::BUNDLE_IDENTIFIER)
        .unwrap()["id"]
        .clone();
    let list = format!(
        "/v1/apps/{}/buildUploads?filter[cfBundleVersion]=42&include=assetFile",
        app.as_str().unwrap()
    );
    let listed = client.get(&list).await;
    let file = listed["data"][0]["relationships"]["assetFile"]["data"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let bytes = demo_ipa();
    let shown = client.get(&format!("/v1/buildUploadFiles/{file}")).await;
    let (mut right, mut wrong, mut missing) = (0, 0, 0);
    for operation in shown["data"]["attributes"]["uploadOperations"]
        .as_array()
        .unwrap()
    {
        let offset = usize::try_from(operation["offset"].as_u64().unwrap()).unwrap();
        let length = usize::try_from(operation["length"].as_u64().unwrap()).unwrap();
        let md5 = storage::hex(&storage::md5(&bytes[offset..offset + length])).to_uppercase();
        match operation["entityTag"].as_str() {
            Some(tag) if tag == md5 => right += 1,
            Some(_) => wrong += 1,
            None => missing += 1,
        }
        if operation["entityTag"] != md5.as_str() {
            assert_eq!(
                client
                    .part(operation, &bytes)
                    .send()
                    .await
                    .unwrap()
                    .status(),
                200
            );
        }
    }
    assert_eq!((right, wrong, missing), (3, 1, 3));
    assert_eq!(client.commit(&file).await.status, 200);
}

#[tokio::test]
async fn parts_come_to_the_harm_their_scenario_names() {
    let bytes = bytes();
    let client = Client::of("part-fails-503").await;
    let (_, _, operations) = client.reserved("1", bytes.len()).await;
    let first = operations.iter().find(|op| op["partNumber"] == 1).unwrap();
    assert_eq!(
        client.part(first, &bytes).send().await.unwrap().status(),
        503
    );
    assert_eq!(
        client.part(first, &bytes).send().await.unwrap().status(),
        200
    );

    let client = Client::of("part-resets").await;
    let (_, _, operations) = client.reserved("1", bytes.len()).await;
    assert!(client.part(&operations[0], &bytes).send().await.is_err());
    assert_eq!(
        client
            .part(&operations[0], &bytes)
            .send()
            .await
            .unwrap()
            .status(),
        200
    );

    let client = Client::of("part-bad-etag").await;
    let (_, _, operations) = client.reserved("1", bytes.len()).await;
    let tag = |response: reqwest::Response| response.headers()["etag"].clone();
    let wrong = tag(client.part(&operations[0], &bytes).send().await.unwrap());
    assert_ne!(
        wrong,
        tag(client.part(&operations[0], &bytes).send().await.unwrap())
    );

    let client = Client::of("storage-redirects").await;
    let (_, _, operations) = client.reserved("1", bytes.len()).await;
    let sent = client.part(&operations[0], &bytes).send().await.unwrap();
    assert_eq!(sent.status(), 307);
    assert!(
        sent.headers()["location"]
            .to_str()
            .unwrap()
            .contains("://localhost:")
    );

    let client = Client::of("part-addresses-expired").await;
    let (_, _, operations) = client.reserved("1", bytes.len()).await;
    assert_eq!(
        client
            .part(&operations[0], &bytes)
            .send()
            .await
            .unwrap()
            .status(),
        403
    );
}

#[tokio::test]
async fn a_stalled_part_is_never_answered_and_the_next_try_is() {
    let bytes = bytes();
    let client = Client::of("part-stalls").await;
    let (_, _, operations) = client.reserved("1", bytes.len()).await;
    let first = operations.iter().find(|op| op["partNumber"] == 1).unwrap();
    let stalled = tokio::spawn(client.part(first, &bytes).send());
    while client.sandbox.log()["requests"]
        .as_array()
        .unwrap()
        .iter()
        .all(|r| r["note"] != "harm-stalled")
    {
        tokio::task::yield_now().await;
    }
    assert!(!stalled.is_finished());
    assert_eq!(
        client.part(first, &bytes).send().await.unwrap().status(),
        200
    );
    stalled.abort();
}

#[tokio::test]
async fn lost_answers_are_lost_after_the_deed() {
    let client = Client::of("reserve-lost").await;
    let app = client.app().await;
    assert!(
        client
            .try_call(
                Method::POST,
                "/v1/buildUploads",
                Some(upload_body(&app, "1"))
            )
            .await
            .is_err()
    );
    let list = client.get(&format!("/v1/apps/{app}/buildUploads")).await;
    assert_eq!(list["data"].as_array().unwrap().len(), 1);

    let client = Client::of("commit-504").await;
    let (_, file, operations) = client.reserved("1", 3).await;
    client.part(&operations[0], b"abc").send().await.unwrap();
    let answer = client.commit(&file).await;
    assert_eq!(answer.status, 504);
    assert!(answer.body.as_str().unwrap().starts_with("<html>"));
    assert_eq!(
        client.get(&format!("/v1/buildUploadFiles/{file}")).await["data"]["attributes"]["assetDeliveryState"]
            ["state"],
        "COMPLETE"
    );

    let client = Client::of("commit-not-done").await;
    let (_, file, operations) = client.reserved("1", 3).await;
    client.part(&operations[0], b"abc").send().await.unwrap();
    assert_eq!(client.commit(&file).await.status, 504);
    assert_eq!(client.commit(&file).await.status, 200);
}

#[tokio::test]
async fn a_token_is_refused_after_its_fifth_use() {
    let client = Client::of("token-expires").await;
    let token = Client::token();
    let mut statuses = Vec::new();
    for _ in 0..6 {
        let url = format!("{}/v1/apps", client.sandbox.url());
        statuses.push(
            client
                .http
                .get(url)
                .bearer_auth(&token)
                .send()
                .await
                .unwrap()
                .status()
                .as_u16(),
        );
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 401]);
    assert_eq!(client.call(Method::GET, "/v1/apps", None).await.status, 200);
}

#[tokio::test]
async fn a_clock_an_hour_behind_shows_in_the_date_and_refuses_tokens() {
    let client = Client::of("clock-skew").await;
    let answer = client.call(Method::GET, "/v1/apps", None).await;
    assert_eq!(answer.status, 401);
    let date = httpdate::parse_http_date(answer.headers["date"].to_str().unwrap()).unwrap();
    let theirs = date
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let ours = u64::try_from(clock::Clock { off_by: 0 }.unix_seconds()).unwrap();
    assert!((3_590..=3_610).contains(&(ours - theirs)));
}

#[tokio::test]
async fn roles_differ_in_what_they_may_list() {
    for (scenario, users, certificates, reserve) in [
        ("succeeds", 403, 200, 201),
        ("admin-key", 200, 200, 201),
        ("developer-key", 403, 403, 201),
        ("role-too-low", 403, 403, 403),
    ] {
        let client = Client::of(scenario).await;
        let client = &client;
        let status =
            |path: &'static str| async move { client.call(Method::GET, path, None).await.status };
        assert_eq!(status("/v1/users").await, users, "{scenario}");
        assert_eq!(status("/v1/certificates").await, certificates, "{scenario}");
        assert_eq!(client.reserve("1").await.status, reserve, "{scenario}");
    }
}

#[tokio::test]
async fn the_log_tells_what_a_client_did() {
    let client = Client::of("succeeds").await;
    let bytes = bytes();
    let (_, file, operations) = client.reserved("1", bytes.len()).await;
    let parts = operations
        .iter()
        .chain(&operations[..1])
        .map(|operation| client.part(operation, &bytes).send());
    for sent in futures_util::future::join_all(parts).await {
        assert_eq!(sent.unwrap().status(), 200);
    }
    client.commit(&file).await;
    let url = format!("{}/sandbox/log?operation=put-part", client.sandbox.url());
    let log: Value = client
        .http
        .get(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let summary = &log["summary"];
    assert_eq!(summary["operations"]["reserve"], 1);
    assert_eq!(summary["operations"]["put-part"], 4);
    assert_eq!(summary["parts_with_authorization"], 0);
    assert_eq!(summary["parts_sent_again"][0]["times"], 2);
    let again = operations[0]["length"].as_u64().unwrap();
    assert_eq!(summary["bytes_put"], bytes.len() as u64 + again);
    assert!(summary["parts_at_once"].as_u64().unwrap() >= 1);
    assert!(
        log["requests"]
            .as_array()
            .unwrap()
            .iter()
            .all(|request| request["status"] == 200)
    );
    assert!(!log.to_string().contains("Signature"));
}

#[tokio::test]
async fn another_scenario_can_be_followed_with_the_same_uploads() {
    let client = Client::of("reserve-lost").await;
    let app = client.app().await;
    let lost = client
        .try_call(
            Method::POST,
            "/v1/buildUploads",
            Some(upload_body(&app, "1")),
        )
        .await;
    assert!(lost.is_err());
    let switched = client
        .call(Method::PUT, "/sandbox/scenario/succeeds", None)
        .await;
    assert_eq!(switched.status, 204);
    let list = client.get(&format!("/v1/apps/{app}/buildUploads")).await;
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(
        client
            .call(Method::PUT, "/sandbox/scenario/sucseeds", None)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn strange_answers_are_strange_but_whole() {
    let client = Client::of("unknown-states").await;
    let upload = client.upload("1", b"abc").await;
    let answer = client.get(&format!("/v1/buildUploads/{upload}")).await;
    let state = &answer["data"]["attributes"]["state"];
    assert_eq!(state["state"], "QUEUED_SOMEWHERE");
    assert!(state["errors"].is_null());
    assert!(answer["data"]["attributes"]["addedLater"].is_object());
}

#[tokio::test]
async fn odd_parts_tile_the_file() {
    for scenario in ["odd-parts", "small-parts", "big-parts"] {
        let client = Client::of(scenario).await;
        let (_, _, mut operations) = client.reserved("1", 11_000_000).await;
        operations.sort_by_key(|op| op["offset"].as_u64());
        let end = operations.iter().fold(0, |end, op| {
            assert_eq!(op["offset"], end, "{scenario}");
            end + op["length"].as_u64().unwrap()
        });
        assert_eq!(end, 11_000_000);
    }
}

#[tokio::test]
async fn it_speaks_tls_when_given_a_certificate() {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let tls = Tls {
        certificate_pem: made.cert.pem().into_bytes(),
        key_pem: made.signing_key.serialize_pem().into_bytes(),
    };
    let options = Options {
        tls: Some(tls),
        ..Options::loopback(Scenario::default())
    };
    let sandbox = start(options).await.unwrap();
    assert!(sandbox.url().starts_with("https://127.0.0.1:"));
    let trusted = reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap();
    let http = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([trusted])
        .build()
        .unwrap();
    let answer = http
        .get(format!("{}/v1/apps", sandbox.url()))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 401);
    let bad = Tls {
        certificate_pem: b"no".to_vec(),
        key_pem: b"no".to_vec(),
    };
    let options = Options {
        tls: Some(bad),
        ..Options::loopback(Scenario::default())
    };
    assert!(matches!(start(options).await, Err(Error::Tls(_))));
}

#[tokio::test]
async fn it_stops_when_told_and_listens_on_loopback_only() {
    let sandbox = start(Options::loopback(Scenario::default())).await.unwrap();
    let address = sandbox.address();
    sandbox.stop().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    let options = Options {
        listen: SocketAddr::from(([0, 0, 0, 0], 0)),
        ..Options::loopback(Scenario::default())
    };
    assert!(matches!(start(options).await, Err(Error::NotLoopback(_))));
}
