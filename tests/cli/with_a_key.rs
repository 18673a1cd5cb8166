//! Archives that are signed with the help of an API key: Xcode signs in the cloud, or profiles are fetched.

use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::signing::calls;
use crate::support::mac::{Mac, uuid};
use crate::support::{Cli, Server};

#[test]
fn in_the_cloud_xcode_gets_the_key_as_a_file_that_goes_with_the_run() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let archive = mac.path("work/Demo.xcarchive");
    let call = mac
        .bare()
        .ship()
        .scenario("succeeds")
        .arg(archive)
        .args(["--signing", "cloud"]);
    let ran = call.succeeds();
    assert_eq!(mac.options()["signingStyle"], "automatic");
    assert!(calls(&mac).contains("-allowProvisioningUpdates -authenticationKeyPath SCRATCH/"));
    assert_eq!(mac.snapshot(), before, "{}", ran.everything());
}

/// A server that has one answer for everybody, and gives it so many times.
fn answering(body: String, times: usize) -> (String, thread::JoinHandle<()>) {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let serving = thread::spawn(move || {
        for _ in 0..times {
            let (mut stream, _) = listener.accept().expect("a connection");
            let mut read = [0; 8192];
            let _ = stream.read(&mut read);
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).expect("it is heard");
            stream.write_all(body.as_bytes()).expect("it is heard");
        }
    });
    (url, serving)
}

/// The key of the sandbox for a server.
fn with_key(call: Cli, url: &str) -> Cli {
    let key = jetway::sandbox::demo_key();
    call.env("JETWAY_ASC_URL", url)
        .env("JETWAY_API_KEY_ID", key.key_id)
        .env("JETWAY_API_ISSUER_ID", key.issuer_id)
        .env("JETWAY_API_KEY", key.private_key_pem)
}

#[test]
fn profiles_that_were_not_given_are_fetched_for_every_bundle() {
    let Some(mac) = Mac::new() else { return };
    mac.archive(&[("Demo.app/PlugIns/Share.appex", "com.example.demo.share")]);
    let row = |id: &str, state: &str, profile: &crate::support::testing::profiles::Profile| {
        serde_json::json!({ "type": "profiles", "id": id, "attributes": {
            "name": id, "profileState": state, "profileContent": STANDARD.encode(profile.bytes()),
        }})
    };
    let rows = serde_json::json!({ "data": [
        row("P1", "ACTIVE", &Mac::profile("com.example.demo", 1)),
        row("P2", "ACTIVE", &Mac::profile("com.example.demo.share", 2)),
        row("P3", "INVALID", &Mac::profile("com.example.demo.share", 3)),
    ]});
    let before = mac.snapshot();
    let (url, serving) = answering(rows.to_string(), 1);
    let ran = with_key(mac.export(), &url)
        .env("JETWAY_PROVISIONING_PROFILE", "")
        .succeeds();
    serving.join().expect("it served");
    let profiles = mac.options()["provisioningProfiles"].clone();
    assert_eq!(
        profiles["com.example.demo"],
        uuid(1),
        "{}",
        ran.everything()
    );
    assert_eq!(profiles["com.example.demo.share"], uuid(2));
    assert_eq!(mac.snapshot(), before);
}

#[test]
fn a_full_account_is_told_before_xcode_signs_in_the_cloud() {
    let Some(mac) = Mac::new() else { return };
    let row = |id: &str| {
        serde_json::json!({ "type": "certificates", "id": id, "attributes": {
            "name": "Apple Distribution: Example", "displayName": "Created via API",
            "certificateType": "DISTRIBUTION", "serialNumber": id, "expirationDate": "2027-01-01T00:00:00.000+00:00",
        }})
    };
    let rows = serde_json::json!({ "data": [row("A1"), row("A2"), row("A3")] });
    let (url, serving) = answering(rows.to_string(), 2);
    let call = with_key(mac.bare().args(["export", "--report", "report.json"]), &url);
    let ran = call
        .args(["--signing", "cloud"])
        .arg(mac.path("work/Demo.xcarchive"))
        .fails(1);
    serving.join().expect("it served");
    let found = ran.finding("certificates-full");
    assert!(
        found["message"]
            .to_string()
            .contains("created through the API"),
        "{found}"
    );
    assert!(mac.calls().is_empty(), "no tool was called");
}

#[test]
fn a_key_that_may_not_sign_in_the_cloud_is_told_before_xcode_is_asked() {
    let Some(mac) = Mac::new() else { return };
    let told = |scenario: &str, code: i32| {
        let server = Server::start(scenario);
        let call = mac.bare().args(["export", "--report", "report.json"]);
        let call = server.by_environment(call).args(["--signing", "cloud"]);
        call.arg(mac.path("work/Demo.xcarchive")).fails(code)
    };
    told("developer-key", 1).finding("key-role-too-low");
    assert!(mac.calls().is_empty(), "no tool was called");
    // An App Manager's: what it may is not sure, so the export goes on.
    let ran = told("succeeds", 0);
    assert_eq!(ran.finding("key-role-too-low")["severity"], "warning");
    let ran = told("admin-key", 0);
    assert!(ran.codes().is_empty(), "{}", ran.everything());
}
