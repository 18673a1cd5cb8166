//! From reserving to TestFlight.

use reqwest::StatusCode;

use crate::sandbox::tests::*;

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
        digests[number - 1] = hash::md5(&bytes[offset..offset + length]).to_vec();
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
        hash::hex(&hash::md5(&digests.concat())).as_str()
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
        let md5 = hash::hex(&hash::md5(&bytes[offset..offset + length])).to_uppercase();
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

    let client = Client::of("commit-refused-once").await;
    let (_, file, operations) = client.reserved("1", 3).await;
    client.part(&operations[0], b"abc").send().await.unwrap();
    assert_eq!(client.commit(&file).await.status, 409);
    assert_eq!(client.commit(&file).await.status, 200);
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
