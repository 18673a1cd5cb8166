//! The sandbox as a client meets it, over loopback.

mod account;
mod faults;
mod parts;
mod server;
mod uploads;

use jsonwebtoken::{Algorithm, Header};
use reqwest::Method;
use serde_json::{Value, json};

use crate::sandbox::*;

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
