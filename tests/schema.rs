//! The sandbox's answers against Apple's own specification of them: strictly, so that a field that the
//! specification does not know is an error. Skipped, visibly, where the specification is absent.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "this file is a test as a whole, and says when it skips"
)]

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jetway::sandbox::{Options, Sandbox, Scenario, demo_key, start};
use jsonschema::{Draft, Validator};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Method;
use serde_json::{Value, json};

/// Where real answers hold null although the specification does not say so.
const NULL_ALL_THE_SAME: [&str; 6] = [
    "/BuildUpload/properties/attributes/properties/uploadedDate",
    "/BuildUpload/properties/relationships/properties/build/properties/data",
    "/BuildUploadFile/properties/attributes/properties/uploadOperations",
    "/Checksums/properties/file",
    "/Checksums/properties/composite",
    "/DeliveryFileUploadOperation/properties/entityTag",
];

/// Answers that happen although the specification does not list them.
const UNLISTED: [(&str, u16); 3] = [
    ("delete /v1/buildUploads/{id}", 409),
    ("post /v1/buildUploads", 404),
    ("*", 500),
];

struct Specification {
    document: Value,
    /// Validators by operation and status: making one takes longer than using it.
    made: RefCell<HashMap<String, Rc<Validator>>>,
}

fn specification() -> Option<Specification> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told where the specification is"
    )]
    let shared = std::env::var_os("JETWAY_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join("apple/asc-openapi-subset.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return None;
    };
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let schemas = &mut document["components"]["schemas"];
    for pointer in NULL_ALL_THE_SAME {
        let place = schemas
            .pointer_mut(pointer)
            .unwrap_or_else(|| panic!("no {pointer}"));
        let was = place.take();
        *place = json!({ "anyOf": [{ "type": "null" }, was] });
    }
    close(schemas);
    Some(Specification {
        document,
        made: RefCell::default(),
    })
}

/// Objects hold what their schema names and nothing else.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(close);
            let object = members.get("type").is_some_and(|kind| kind == "object");
            if object
                && members.contains_key("properties")
                && !members.contains_key("additionalProperties")
            {
                members.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

impl Specification {
    /// What is wrong with an answer to `method` at the template `path`; empty when nothing is.
    fn faults(&self, method: &Method, path: &str, status: u16, body: &Value) -> Vec<String> {
        let method = method.as_str().to_lowercase();
        let responses = &self.document["paths"][path][&method]["responses"];
        let listed = &responses[status.to_string()];
        let named = format!("{method} {path}");
        let unlisted = UNLISTED
            .iter()
            .any(|(what, code)| *code == status && [named.as_str(), "*"].contains(what));
        if listed.is_null() && !unlisted {
            return vec![format!("{named} does not answer {status}")];
        }
        let mut schema = if listed.is_null() {
            json!({ "$ref": "#/components/schemas/ErrorResponse" })
        } else {
            listed["content"]["application/json"]["schema"].clone()
        };
        if schema.is_null() {
            return if body.is_null() {
                Vec::new()
            } else {
                vec![format!("{named}: a body")]
            };
        }
        let made = Rc::clone(
            self.made
                .borrow_mut()
                .entry(format!("{named} {status}"))
                .or_insert_with(|| {
                    schema["components"] = self.document["components"].clone();
                    if let Some(reference) = schema.as_object_mut().unwrap().remove("$ref") {
                        schema["allOf"] = json!([{ "$ref": reference }]);
                    }
                    let options = jsonschema::options()
                        .with_draft(Draft::Draft4)
                        .should_validate_formats(true);
                    Rc::new(options.build(&schema).unwrap())
                }),
        );
        made.iter_errors(body)
            .map(|error| format!("{named} {status} at {}: {error}", error.instance_path()))
            .collect()
    }
}

struct Client<'a> {
    specification: &'a Specification,
    http: reqwest::Client,
    sandbox: Sandbox,
    scenario: &'static str,
    operations: Vec<Operation>,
    checked: usize,
    /// Operations that had a good answer.
    good: BTreeSet<String>,
}

/// A row of the sandbox's own table.
#[derive(Clone, serde::Deserialize)]
struct Operation {
    name: String,
    method: String,
    /// As the specification writes it.
    path: String,
}

impl<'a> Client<'a> {
    async fn of(specification: &'a Specification, scenario: &'static str) -> Self {
        let options = Options::loopback(Scenario::named(scenario).unwrap());
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let sandbox = start(options).await.unwrap();
        let about = format!("{}/sandbox", sandbox.url());
        let mut about: Value = http.get(about).send().await.unwrap().json().await.unwrap();
        Self {
            specification,
            http,
            sandbox,
            scenario,
            operations: serde_json::from_value(about["operations"].take()).unwrap(),
            checked: 0,
            good: BTreeSet::new(),
        }
    }

    /// Asks for an operation by its name and checks the answer. Web pages, lost answers and redirects have
    /// no schema and come back as null.
    async fn call(&mut self, name: &str, id: &str, query: &str, body: Option<Value>) -> Value {
        let known = self.operations.iter().find(|known| known.name == name);
        let operation = known.unwrap_or_else(|| panic!("no {name}")).clone();
        let method: Method = operation.method.parse().unwrap();
        let path = operation.path.replace("{id}", id);
        for _ in 0..4 {
            let url = format!("{}{path}{query}", self.sandbox.url());
            let mut request = self.http.request(method.clone(), url).bearer_auth(token());
            if let Some(body) = &body {
                request = request.json(body);
            }
            let Ok(response) = request.send().await else {
                continue;
            };
            let status = response.status().as_u16();
            let kind = response.headers().get("content-type").cloned();
            let text = response.text().await.unwrap();
            if kind.is_some_and(|kind| kind != "application/json") {
                continue;
            }
            let answer: Value = if text.is_empty() {
                Value::Null
            } else {
                serde_json::from_str(&text).unwrap()
            };
            let faults = self
                .specification
                .faults(&method, &operation.path, status, &answer);
            assert!(
                faults.is_empty(),
                "{}: {faults:#?}\n{answer:#}",
                self.scenario
            );
            self.checked += 1;
            if status < 300 {
                self.good.insert(operation.name.clone());
            }
            if ![401, 404, 429, 500].contains(&status) {
                return answer;
            }
        }
        Value::Null
    }

    async fn ask(&mut self, name: &str, id: &str, query: &str) -> Value {
        self.call(name, id, query, None).await
    }

    /// The whole way of an upload, and each of the lists.
    async fn run(&mut self) {
        let app = self.look_around().await;
        let upload = self.upload(&app).await;
        let build = self.follow(&upload).await;
        let everything = "include=preReleaseVersion,app,buildBetaDetail,buildUpload";
        let builds =
            format!("?filter[app]={app}&filter[version]=42&sort=-uploadedDate&{everything}");
        self.ask("list-builds", "", &builds).await;
        let narrow = format!("?{everything}&fields[builds]=version,app");
        self.ask("read-build", &build, &narrow).await;
        self.ask("list-builds", "", "?filter[nothing]=1").await;
        self.distribute(&app, &build).await;
        self.submit(&app, &build).await;
        self.ask("delete-upload", &upload, "").await;
    }

    /// What the key can see; the app's id.
    async fn look_around(&mut self) -> String {
        let filter = "?filter%5BbundleId%5D=com.example.jetway-demo&limit=200";
        let apps = self.ask("list-apps", "", filter).await;
        let exact = |app: &&Value| app["attributes"]["bundleId"] == "com.example.jetway-demo";
        let rows = apps["data"].as_array();
        let app = rows.and_then(|rows| rows.iter().find(exact));
        let app = app.map_or_else(|| "1".to_owned(), text_of);
        self.ask("read-app", &app, "").await;
        self.ask("list-users", "", "").await;
        self.ask("list-certificates", "", "").await;
        self.ask("list-profiles", "", "").await;
        self.ask("list-bundle-ids", "", "").await;
        let uploads = "?filter[cfBundleVersion]=42&include=build,assetFile&sort=-uploadedDate";
        self.ask("list-uploads", &app, uploads).await;
        app
    }

    /// Reserves, sends and commits; the upload's id.
    async fn upload(&mut self, app: &str) -> String {
        let body = json!({"data": {"type": "buildUploads",
            "attributes": {"cfBundleShortVersionString": "1.0.0", "cfBundleVersion": "42", "platform": "IOS"},
            "relationships": {"app": {"data": {"type": "apps", "id": app}}}}});
        let upload = text_of(&self.call("reserve", "", "", Some(body)).await["data"]);
        let body = json!({"data": {"type": "buildUploadFiles",
            "attributes": {"assetType": "ASSET", "fileName": "a.ipa", "fileSize": 6, "uti": "com.apple.ipa"},
            "relationships": {"buildUpload": {"data": {"type": "buildUploads", "id": upload}}}}});
        let file = self.call("reserve-file", "", "", Some(body)).await;
        for _ in 0..3 {
            self.put_parts(&file).await;
        }
        let file = text_of(&file["data"]);
        self.ask("read-file", &file, "").await;
        let body = json!({"data": {"type": "buildUploadFiles", "id": file, "attributes": {"uploaded": true}}});
        self.call("commit", &file, "", Some(body)).await;
        upload
    }

    /// Polls until nothing more happens; the build's id.
    async fn follow(&mut self, upload: &str) -> String {
        self.ask("list-files", upload, "").await;
        let mut build = "1".to_owned();
        for _ in 0..9 {
            let include = "?include=build,assetFile";
            let shown = self.ask("read-upload", upload, include).await;
            let linked = &shown["data"]["relationships"]["build"]["data"];
            if linked.is_object() {
                build = text_of(linked);
            }
            self.ask("read-beta-detail", &build, "?include=build").await;
        }
        build
    }

    /// What comes after the upload: notes, groups, the beta review.
    async fn distribute(&mut self, app: &str, build: &str) {
        let change = |kind: &str, id: &str, attributes: Value| json!({"data": {"type": kind, "id": id, "attributes": attributes}});
        let answer = change("builds", build, json!({"usesNonExemptEncryption": false}));
        self.call("change-build", build, "", Some(answer)).await;
        self.call(
            "change-build",
            build,
            "",
            Some(change("builds", build, json!({}))),
        )
        .await;
        let quiet = change(
            "buildBetaDetails",
            build,
            json!({"autoNotifyEnabled": false}),
        );
        self.call("change-beta-detail", build, "", Some(quiet))
            .await;
        let notes = self.ask("list-notes", build, "?limit=200").await;
        let first = text_of(&notes["data"][0]);
        let text = change("betaBuildLocalizations", &first, json!({"whatsNew": "New"}));
        self.call("change-notes", &first, "", Some(text)).await;
        for (locale, text) in [
            ("de-DE", "Neu"),
            ("de-DE", "Neu"),
            ("fr-FR", "<b>"),
            ("xx", "a"),
        ] {
            let body = json!({"data": {"type": "betaBuildLocalizations",
                "attributes": {"locale": locale, "whatsNew": text},
                "relationships": {"build": {"data": {"type": "builds", "id": build}}}}});
            self.call("add-notes", "", "", Some(body)).await;
        }
        let groups = self.ask("list-groups-of-app", app, "?limit=200").await;
        for group in groups["data"].as_array().into_iter().flatten() {
            let body = json!({"data": [{"type": "betaGroups", "id": group["id"]}]});
            self.call("add-groups", build, "", Some(body)).await;
        }
        let with_build = format!("?filter[app]={app}&filter[builds]={build}");
        self.ask("list-groups", "", &with_build).await;
        let declarations = self.ask("list-declarations", app, "?limit=200").await;
        let declaration = text_of(&declarations["data"][0]);
        let body = json!({"data": {"type": "appEncryptionDeclarations", "id": declaration}});
        self.call("attach-declaration", build, "", Some(body)).await;
        self.ask("list-test-information", app, "").await;
        self.ask("read-review-contact", app, "").await;
        let body = json!({"data": {"type": "betaAppReviewSubmissions",
            "relationships": {"build": {"data": {"type": "builds", "id": build}}}}});
        for _ in 0..2 {
            self.call("submit-beta-review", "", "", Some(body.clone()))
                .await;
            self.ask("read-beta-review", build, "").await;
        }
    }

    /// What comes after that: a version, its texts, its phased release, the reviewers.
    async fn submit(&mut self, app: &str, build: &str) {
        let version = self.make_version(app, build).await;
        let texts = self.ask("list-store-texts", &version, "?limit=200").await;
        let language = text_of(&texts["data"][0]);
        let kind = "appStoreVersionLocalizations";
        let body = changed(kind, &language, json!({"whatsNew": "New"}));
        self.call("change-store-texts", &language, "", Some(body))
            .await;
        self.phase(&version).await;
        self.review(app, &version).await;
    }

    async fn make_version(&mut self, app: &str, build: &str) -> String {
        let with = "?filter[platform]=IOS&include=build,appStoreVersionPhasedRelease";
        let all = self.ask("list-versions", app, with).await;
        let mut version = text_of(&all["data"][1]);
        let attributes = json!({"platform": "IOS", "versionString": "1.0.0"});
        let links = [("app", "apps", app), ("build", "builds", build)];
        let body = made(VERSIONS, attributes, &links);
        for _ in 0..2 {
            let answer = self.call("make-version", "", "", Some(body.clone())).await;
            if answer["data"]["id"].is_string() {
                version = text_of(&answer["data"]);
            }
        }
        for _ in 0..4 {
            self.ask("read-version", &version, "?include=build").await;
        }
        let attributes = json!({"releaseType": "MANUAL", "earliestReleaseDate": null});
        let mut body = changed(VERSIONS, &version, attributes);
        body["data"]["relationships"]["build"] = json!({"data": {"type": "builds", "id": build}});
        self.call("change-version", &version, "", Some(body)).await;
        version
    }

    async fn phase(&mut self, version: &str) {
        let kind = "appStoreVersionPhasedReleases";
        let links = [("appStoreVersion", VERSIONS, version)];
        let body = made(kind, json!({"phasedReleaseState": "INACTIVE"}), &links);
        let answer = self.call("make-phased", "", "", Some(body)).await;
        self.ask("read-phased", version, "").await;
        let id = text_of(&answer["data"]);
        let body = changed(kind, &id, json!({"phasedReleaseState": "PAUSED"}));
        self.call("change-phased", &id, "", Some(body)).await;
        self.call("delete-phased", &id, "", None).await;
    }

    async fn review(&mut self, app: &str, version: &str) {
        let kind = "reviewSubmissions";
        let open = "?filter[state]=READY_FOR_REVIEW&include=appStoreVersionForReview";
        let there = self.ask("list-submissions", app, open).await;
        let body = made(kind, json!({"platform": "IOS"}), &[("app", "apps", app)]);
        let answer = self.call("make-submission", "", "", Some(body)).await;
        let one = if answer["data"].is_null() {
            &there["data"][0]
        } else {
            &answer["data"]
        };
        let id = text_of(one);
        let links = [
            ("reviewSubmission", kind, id.as_str()),
            ("appStoreVersion", VERSIONS, version),
        ];
        let body = made("reviewSubmissionItems", json!({}), &links);
        for _ in 0..2 {
            self.call("add-item", "", "", Some(body.clone())).await;
        }
        self.ask("list-items", &id, "?include=appStoreVersion")
            .await;
        let submit = changed(kind, &id, json!({"submitted": true}));
        for _ in 0..2 {
            self.call("change-submission", &id, "", Some(submit.clone()))
                .await;
        }
        for _ in 0..16 {
            self.ask("read-submission", &id, "?include=appStoreVersionForReview")
                .await;
        }
        let links = [("appStoreVersion", VERSIONS, version)];
        let body = made("appStoreVersionReleaseRequests", json!({}), &links);
        self.call("release", "", "", Some(body)).await;
        let cancel = changed(kind, &id, json!({"canceled": true}));
        self.call("change-submission", &id, "", Some(cancel)).await;
    }

    async fn put_parts(&self, file: &Value) {
        for operation in file["data"]["attributes"]["uploadOperations"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let length = usize::try_from(operation["length"].as_u64().unwrap()).unwrap();
            let request = self
                .http
                .put(operation["url"].as_str().unwrap())
                .header("Content-Type", "application/octet-stream")
                .body(vec![7; length]);
            // Some scenarios let parts fail; what counts here is what the API says afterwards.
            let patience = std::time::Duration::from_millis(500);
            let _ = request.timeout(patience).send().await;
        }
    }
}

const VERSIONS: &str = "appStoreVersions";

/// The body of a change.
fn changed(kind: &str, id: &str, attributes: impl Into<Value>) -> Value {
    let attributes: Value = attributes.into();
    json!({"data": {"type": kind, "id": id, "attributes": attributes}})
}

/// The body that makes a resource.
fn made(kind: &str, attributes: Value, links: &[(&str, &str, &str)]) -> Value {
    let mut body = json!({"data": {"type": kind}});
    if attributes.as_object().is_some_and(|map| !map.is_empty()) {
        body["data"]["attributes"] = attributes;
    }
    for (name, kind, id) in links {
        body["data"]["relationships"][*name] = json!({"data": {"type": kind, "id": id}});
    }
    body
}

fn text_of(resource: &Value) -> String {
    resource["id"].as_str().unwrap_or("1").to_owned()
}

fn token() -> String {
    let key = demo_key();
    let base64: String = key
        .private_key_pem
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some(key.key_id.to_owned());
    #[expect(
        clippy::disallowed_methods,
        reason = "the sandbox checks tokens against the real time"
    )]
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let claims = json!({"iss": key.issuer_id, "iat": now - 60, "exp": now + 900, "aud": "appstoreconnect-v1"});
    jsonwebtoken::encode(
        &header,
        &claims,
        &EncodingKey::from_ec_der(&STANDARD.decode(base64).unwrap()),
    )
    .unwrap()
}

#[tokio::test]
async fn every_answer_of_every_scenario_is_one_of_the_specification() {
    let Some(specification) = specification() else {
        return;
    };
    // Strange on purpose.
    let strange = ["unknown-states"];
    let mut unseen = BTreeSet::new();
    let mut good = BTreeSet::new();
    for info in Scenario::all()
        .iter()
        .filter(|info| !strange.contains(&info.name))
    {
        let mut client = Client::of(&specification, info.name).await;
        client.run().await;
        assert!(
            client.checked >= 10,
            "{} answered {} times",
            info.name,
            client.checked
        );
        unseen.extend(client.operations.into_iter().map(|known| known.name));
        good.append(&mut client.good);
    }
    unseen.retain(|name| !good.contains(name));
    assert!(unseen.is_empty(), "never answered well: {unseen:?}");
}

#[tokio::test]
async fn the_check_finds_an_unknown_field_and_a_wrong_word() {
    let Some(specification) = specification() else {
        return;
    };
    let mut client = Client::of(&specification, "succeeds").await;
    let good = client.ask("list-apps", "", "?limit=1").await;
    let mut unknown = good.clone();
    unknown["data"][0]["attributes"]["bundelId"] = json!("a");
    let mut wrong = good.clone();
    wrong["data"][0]["type"] = json!("app");
    let faults = |body: &Value| {
        specification
            .faults(&Method::GET, "/v1/apps", 200, body)
            .len()
    };
    assert_eq!(faults(&good), 0);
    assert!(faults(&unknown) > 0);
    assert!(faults(&wrong) > 0);
}
