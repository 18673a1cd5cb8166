//! Part storage and the log.

use crate::sandbox::tests::*;

#[tokio::test]
async fn storage_takes_exactly_the_part_it_was_told_of() {
    let client = Client::of("succeeds").await;
    let bytes = bytes();
    let (_, _, operations) = client.reserved("1", bytes.len()).await;
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
    let log = client.sandbox.log();
    let requests = log["requests"].as_array().unwrap();
    let with_token = requests.iter().filter(|r| r["note"] == "InvalidArgument");
    assert_eq!(with_token.count(), 1);
    assert_eq!(requests.iter().filter(|r| r["part"].is_u64()).count(), 0);
}

#[tokio::test]
async fn a_stored_part_shows_its_md5_and_an_unfinished_file_is_not_committed() {
    let client = Client::of("succeeds").await;
    let bytes = bytes();
    let (_, file, operations) = client.reserved("1", bytes.len()).await;
    let one = &operations[0];
    assert_eq!(
        code(&client.commit(&file).await),
        (409, "STATE_ERROR.CONTENT_NOT_UPLOADED")
    );
    let stored = client.part(one, &bytes).send().await.unwrap();
    let offset = usize::try_from(one["offset"].as_u64().unwrap()).unwrap();
    let length = usize::try_from(one["length"].as_u64().unwrap()).unwrap();
    let md5 = hash::hex(&hash::md5(&bytes[offset..offset + length])).to_uppercase();
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
}

#[tokio::test]
async fn storage_redirects_and_expired_addresses_are_refusals_in_their_own_way() {
    let bytes = bytes();
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
