//! What the client sends, held against Apple's own specification where that is at hand.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::asc::wire::test_server::{Heard, Server, ok};
use crate::asc::{
    Client, abilities, app_store_versions, apps, beta_app_reviews, beta_build_localizations,
    beta_groups, build_beta_details, build_bundles, build_upload_files, build_uploads, builds,
    certificates, encryption_declarations, profiles, review_submissions, webhooks,
};
use crate::ids::{
    AppId, BuildId, BuildName, BuildNumber, BuildUploadFileId, BuildUploadId, BundleIdentifier,
    MarketingVersion, Platform,
};

fn specification() -> Option<Value> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests may lie in another place than usual"
    )]
    let shared = std::env::var_os("JETWAY_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join("apple/asc-openapi-subset.json");
    let Ok(text) = std::fs::read(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    Some(serde_json::from_slice(&text).expect("the specification is JSON"))
}

/// A schema in which unknown fields are faults: what we send is held to the letter.
fn strict(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            // OpenAPI's word for what may be null, which JSON Schema does not know.
            if map.remove("nullable") == Some(json!(true)) {
                let own = std::mem::take(map);
                map.insert("anyOf".to_owned(), json!([{"type": "null"}, own]));
            }
            if map.contains_key("properties") {
                map.insert("additionalProperties".to_owned(), json!(false));
            }
            map.values_mut().for_each(strict);
        }
        Value::Array(list) => list.iter_mut().for_each(strict),
        _ => {}
    }
}

fn faults(specification: &Value, schema: &str, body: &Value) -> Vec<String> {
    let mut components = specification["components"].clone();
    strict(&mut components);
    let whole = json!({
        "$ref": format!("#/components/schemas/{schema}"),
        "components": components,
    });
    let validator = jsonschema::validator_for(&whole).expect("a schema");
    validator
        .iter_errors(body)
        .map(|fault| fault.to_string())
        .collect()
}

#[test]
fn request_bodies_are_as_apple_specifies_them() {
    let Some(specification) = specification() else {
        return;
    };
    let [file, commit] = build_upload_files::tests::bodies();
    for (schema, body) in [
        ("BuildUploadCreateRequest", build_uploads::tests::body()),
        ("BuildUploadFileCreateRequest", file),
        ("BuildUploadFileUpdateRequest", commit),
    ] {
        assert_eq!(
            faults(&specification, schema, &body),
            [""; 0],
            "{schema}: {body}"
        );
    }
    let mut wrong = build_uploads::tests::body();
    wrong["data"]["attributes"]["platform"] = json!("ANDROID");
    wrong["data"]["attributes"]["misspelt"] = json!(1);
    assert_eq!(
        faults(&specification, "BuildUploadCreateRequest", &wrong).len(),
        2
    );
}

/// The calls of what comes after the upload. Each is answered with what it needs to go on.
async fn calls_after_the_upload() -> Vec<Heard> {
    let answer = json!({"data": {"type": "x", "id": "1"}});
    let server = Server::new((0..60).map(|_| ok(&answer)).collect()).await;
    let client = server.client();
    let (app, build) = (AppId::new("1"), BuildId::new("1"));
    let group = beta_groups::BetaGroup {
        id: "1".into(),
        name: "A".into(),
        is_internal: true,
        has_all_builds: false,
        public_link: None,
    };
    let _ = beta_groups::of_app(&client, &app).await;
    let _ = beta_groups::with_build(&client, &app, &build).await;
    let _ = beta_groups::add(&client, &build, &[&group]).await;
    let _ = beta_build_localizations::of_build(&client, &build).await;
    let _ = beta_build_localizations::add(&client, &build, "en-US", "New").await;
    let _ = beta_build_localizations::change(&client, "1", "New").await;
    let _ = beta_app_reviews::missing(&client, &app).await;
    let _ = beta_app_reviews::state(&client, &build).await;
    let _ = beta_app_reviews::submit(&client, &build).await;
    let _ = encryption_declarations::approved(&client, &app).await;
    let _ = encryption_declarations::attach(&client, &build, "1").await;
    let train = build_uploads::tests::wish().build;
    let _ = builds::in_beta_review(&client, &app, &train).await;
    let _ = builds::in_testing(&client, &app, train.platform).await;
    let _ = build_bundles::claimed_by_newest(&client, &app, train.platform).await;
    let _ = builds::answer_encryption(&client, &build, true).await;
    let _ = builds::expire(&client, &build).await;
    let _ = build_beta_details::notify(&client, "1", true).await;
    calls_for_the_store(&client, &app, &build).await;
    server.heard()
}

async fn calls_for_the_store(client: &Client, app: &AppId, build: &BuildId) {
    let platform = Platform::MacOs;
    let wanted = app_store_versions::Wanted {
        name: Some("1.0"),
        copyright: Some("2026"),
        release_type: Some("SCHEDULED"),
        earliest_release: Some(Some("2099-01-01T00:00:00Z")),
        build: Some(build),
    };
    let without_date = app_store_versions::Wanted {
        earliest_release: Some(None),
        ..app_store_versions::Wanted::default()
    };
    let _ = app_store_versions::of_app(client, app, platform).await;
    let _ = app_store_versions::state(client, "1").await;
    let _ = app_store_versions::make(client, app, platform, &wanted).await;
    let _ = app_store_versions::change(client, "1", &wanted).await;
    let _ = app_store_versions::change(client, "1", &without_date).await;
    let _ = app_store_versions::languages(client, "1").await;
    let _ = app_store_versions::say_whats_new(client, "1", "New").await;
    let _ = app_store_versions::make_phased(client, "1").await;
    let _ = app_store_versions::remove_phased(client, "1").await;
    let _ = review_submissions::open(client, app, platform).await;
    let _ = review_submissions::read(client, "1").await;
    let _ = review_submissions::make(client, app, platform).await;
    let _ = review_submissions::versions(client, "1").await;
    let _ = review_submissions::add(client, "1", "2").await;
    let _ = review_submissions::submit(client, "1").await;
    let under_way = review_submissions::Submission {
        id: "1".to_owned(),
        state: "WAITING_FOR_REVIEW".to_owned(),
        version: None,
    };
    let _ = review_submissions::take_back(client, &under_way).await;
}

/// The body that Apple's specification names for a call.
fn body_schema(operation: &Value) -> Option<String> {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    Some(schema.as_str()?.rsplit('/').next()?.to_owned())
}

#[tokio::test]
async fn every_body_after_the_upload_is_as_apple_specifies_it() {
    let Some(specification) = specification() else {
        return;
    };
    let paths = specification["paths"].as_object().expect("paths");
    let mut bodies = 0;
    for heard in calls_after_the_upload().await {
        let line = heard.line();
        let operation =
            operation(paths, &heard).unwrap_or_else(|| panic!("{line} is no operation"));
        if let Some(schema) = body_schema(operation) {
            let body: Value = serde_json::from_slice(&heard.body).expect("JSON");
            assert_eq!(
                faults(&specification, &schema, &body),
                [""; 0],
                "{line}: {body}"
            );
            bodies += 1;
        }
    }
    assert!(bodies >= 16, "{bodies}");
}

/// Makes every call that the room has, against answers that end them at once.
async fn every_call() -> Vec<Heard> {
    let replies = (0..30).map(|_| ok(&json!({"data": {"id": "1"}})));
    let server = Server::new(replies.collect()).await;
    let client = server.client();
    let wanted = BuildName {
        marketing_version: MarketingVersion::new("1.2"),
        build_number: BuildNumber::new("3"),
        platform: Platform::VisionOs,
    };
    let (app, build) = (AppId::new("1"), BuildId::new("1"));
    let (upload, file) = (BuildUploadId::new("1"), BuildUploadFileId::new("1"));
    let new = build_upload_files::NewFile {
        name: "a.pkg".into(),
        size: 1,
        uti: "com.apple.pkg",
    };
    // Lists do not understand these answers; that they asked is all that matters here.
    let _ = apps::find(&client, &BundleIdentifier::new("a.b")).await;
    let _ = apps::visible(&client).await;
    let _ = apps::read(&client, &app).await;
    let _ = build_uploads::list(&client, &app, &wanted).await;
    let _ = build_uploads::reserve(&client, &build_uploads::tests::wish(), &[]).await;
    let _ = build_uploads::read(&client, &upload).await;
    let _ = build_uploads::delete(&client, &upload).await;
    let _ = build_upload_files::list(&client, &upload).await;
    let _ = build_upload_files::reserve(&client, &upload, &new).await;
    let _ = build_upload_files::read(&client, &file).await;
    let _ = builds::read(&client, &build).await;
    let _ = builds::find(&client, &app, &wanted).await;
    let _ = builds::numbers(
        &client,
        &app,
        Some(&wanted.marketing_version),
        wanted.platform,
    )
    .await;
    let _ = build_beta_details::of_build(&client, &build).await;
    let lists = (0..12).map(|_| ok(&json!({"data": [{"id": "1"}]})));
    let other = Server::new(lists.collect()).await;
    let _ = abilities::look(&other.client()).await;
    let _ = certificates::all(&other.client()).await;
    let hook = webhooks::NewWebhook {
        name: "a",
        url: "https://a.example",
        secret: &crate::secret::Secret::new("s"),
        events: &["BUILD_UPLOAD_STATE_UPDATED"],
    };
    let _ = webhooks::of_app(&other.client(), &app).await;
    let _ = webhooks::make(&other.client(), &app, &hook).await;
    let _ = webhooks::ping(&other.client(), "1").await;
    let _ = profiles::all(&other.client()).await;
    let _ = builds::testable(&other.client()).await;
    let mut heard = server.heard();
    heard.append(&mut other.heard());
    heard
}

fn operation<'a>(paths: &'a Map<String, Value>, heard: &Heard) -> Option<&'a Value> {
    let path: Vec<&str> = heard.uri.path().split('/').collect();
    let (_, item) = paths.iter().find(|(template, _)| {
        let template: Vec<&str> = template.split('/').collect();
        let fits = |(piece, own): (&&str, &&str)| piece.starts_with('{') || piece == own;
        template.len() == path.len() && template.iter().zip(&path).all(fits)
    })?;
    item.get(heard.method.as_str().to_ascii_lowercase())
}

#[tokio::test]
async fn every_path_and_parameter_is_one_that_apple_has() {
    let Some(specification) = specification() else {
        return;
    };
    let paths = specification["paths"].as_object().expect("paths");
    let mut all = every_call().await;
    all.append(&mut calls_after_the_upload().await);
    assert!(all.len() >= 17, "{} calls", all.len());
    for heard in all {
        let line = heard.line();
        let operation =
            operation(paths, &heard).unwrap_or_else(|| panic!("{line} is no operation"));
        let known: Vec<&Value> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .collect();
        let query = heard.uri.query().unwrap_or_default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let parameter = known
                .iter()
                .find(|parameter| parameter["name"] == *name)
                .unwrap_or_else(|| panic!("{line}: no parameter {name}"));
            let schema = &parameter["schema"];
            let allowed = schema["enum"]
                .as_array()
                .or(schema["items"]["enum"].as_array());
            for value in value.split(',') {
                let fits = allowed.is_none_or(|allowed| allowed.iter().any(|a| a == value));
                assert!(fits, "{line}: {name} can't be {value}");
            }
            if let (Some(most), Ok(value)) = (schema["maximum"].as_u64(), value.parse::<u64>()) {
                assert!(value <= most, "{line}: {name} is {most} at most");
            }
        }
    }
}
