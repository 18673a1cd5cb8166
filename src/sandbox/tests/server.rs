//! Starting, stopping, TLS, changing the scenario.

use crate::sandbox::tests::*;

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
