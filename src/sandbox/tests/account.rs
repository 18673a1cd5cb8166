//! Tokens, roles, app records, and how requests are checked.

use crate::sandbox::tests::*;

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
}

#[tokio::test]
async fn paths_and_parameters_are_checked_as_apple_checks_them() {
    let client = Client::of("succeeds").await;
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
