//! Webhooks: made once, with a secret that is shown nowhere, and calls that are believed only with its signature.

use aws_lc_rs::hmac;
use serde_json::Value;

use crate::support::{Cli, Ran, Server};

const SECRET: &str = "0123456789abcdef-a-secret";
const PAGE: &str = include_str!("../../docs/webhooks.md");
const URL: &str = "https://relay.example/apple";
const BODY: &str = r#"{"data":{"type":"buildUploadStateUpdated","id":"e1","version":1,"attributes":{"oldState":"PROCESSING","newState":"COMPLETE"},"relationships":{"instance":{"data":{"type":"buildUploads","id":"u1"}}}}}"#;

fn webhook(server: &Server, arguments: &[&str]) -> Cli {
    let call = server
        .command("webhook")
        .env("JETWAY_WEBHOOK_SECRET", SECRET);
    let call = call.args(["--bundle-id", "com.example.app"]);
    arguments.iter().fold(call, Cli::arg)
}

fn signature(secret: &str, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let sum = hmac::sign(&key, body.as_bytes());
    let digits: String = sum
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("hmacsha256={digits}")
}

#[test]
fn a_webhook_is_made_once_listed_and_pinged_and_its_secret_is_shown_nowhere() {
    let server = Server::start("succeeds");
    let create = || webhook(&server, &["create", "--url", URL]).succeeds();
    let made = create();
    assert!(create().stderr.contains("already"));
    assert_eq!(server.done("make-webhook"), 1);
    let listed = webhook(&server, &["list"]).succeeds();
    let rows: Value = serde_json::from_str(&listed.stdout).expect("JSON");
    assert_eq!(rows[0]["url"], URL);
    assert_eq!(rows[0]["events"][0], "BUILD_UPLOAD_STATE_UPDATED");
    assert_eq!(rows[0]["events"].as_array().map(Vec::len), Some(3));
    webhook(&server, &["ping"]).succeeds();
    let id = rows[0]["id"].as_str().expect("an id");
    webhook(&server, &["ping", "--webhook-id", id]).succeeds();
    assert_eq!(server.done("ping-webhook"), 2);
    let gone = webhook(&server, &["ping", "--webhook-id", "none"]).fails(1);
    assert_eq!(gone.codes(), ["webhook-not-found"]);
    for ran in [made, listed] {
        assert!(!ran.everything().contains(SECRET), "{}", ran.everything());
    }
    assert!(!server.log().to_string().contains(SECRET));
}

#[test]
fn what_is_wrong_with_a_webhook_is_said_before_anything_is_made() {
    let server = Server::start("succeeds");
    for arguments in [
        &["create"][..],
        &["create", "--url", "http://relay.example"],
        &["create", "--url", "https://kim:secret@relay.example"],
        &["create", "--url", URL, "--events", "everything"],
        &["delete"],
    ] {
        webhook(&server, arguments).fails(2);
    }
    let short = webhook(&server, &["create", "--url", URL]).env("JETWAY_WEBHOOK_SECRET", "short");
    assert_eq!(short.fails(2).codes(), ["option-invalid"]);
    assert_eq!(server.done("make-webhook"), 0);
}

#[test]
fn only_a_call_with_the_right_signature_is_told() {
    let verify = |body: &str, signature: &str| -> Ran {
        Cli::new()
            .file("body.json", body)
            .args([
                "webhook",
                "verify-signature",
                "body.json",
                "--signature",
                signature,
            ])
            .env("JETWAY_WEBHOOK_SECRET", SECRET)
            .run()
    };
    let ran = verify(BODY, &signature(SECRET, BODY));
    assert_eq!(ran.code, Some(0), "{}", ran.everything());
    let told: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(told["new_state"], "COMPLETE");
    assert_eq!(told["id"], "u1");
    let tampered = BODY.replace("COMPLETE", "FAILED");
    for (body, signature) in [
        (&*tampered, signature(SECRET, BODY)),
        (BODY, signature("another secret of length", BODY)),
        (BODY, "hmacsha256=00".to_owned()),
        ("", signature(SECRET, BODY)),
    ] {
        let ran = verify(body, &signature);
        assert_eq!(ran.code, Some(1), "{}", ran.everything());
        assert_eq!(ran.stdout, "");
        assert!(!ran.everything().contains(SECRET));
    }
    let unset = Cli::new().args(["webhook", "verify-signature", "body.json"]);
    unset.file("body.json", BODY).fails(2);
}

/// The relay's code of the page in a folder, beside what calls it.
fn relay() -> tempfile::TempDir {
    let begin = PAGE.find("```js\n").expect("the relay's code") + "```js\n".len();
    let code = &PAGE[begin..];
    let code = &code[..code.find("```\n").expect("its end")];
    let place = tempfile::tempdir().expect("a folder");
    std::fs::write(place.path().join("relay.mjs"), code).expect("a file");
    std::fs::write(place.path().join("drive.mjs"), DRIVE).expect("a file");
    place
}

/// What the relay does with this call, where GitHub answers the status; `None` where node is not here.
fn relayed(relay: &tempfile::TempDir, body: &str, signature: &str, github: &str) -> Option<Value> {
    let ran = std::process::Command::new("node")
        .arg("drive.mjs")
        .args([SECRET, body, signature, github])
        .current_dir(relay.path())
        .env("NO_COLOR", "1")
        .output();
    let ran = match ran {
        Ok(ran) => ran,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => panic!("node does not run: {error}"),
    };
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{said}");
    Some(serde_json::from_slice::<Value>(&ran.stdout).expect("JSON"))
}

/// The relay of the page, as it stands there, run by node: it believes a call with the right signature alone, and
/// passes on what the workflow of the page reads.
#[test]
fn the_relay_of_the_page_passes_on_what_apple_signed_and_nothing_else() {
    let relay = relay();
    let right = signature(SECRET, BODY);
    let wrong = signature("another-secret", BODY);
    let Some(passed) = relayed(&relay, BODY, &right, "204") else {
        eprintln!("skipped: node is not here");
        return;
    };
    assert_eq!(passed["status"], 204);
    let call = &passed["calls"][0];
    let dispatches = "https://api.github.com/repos/example/app/dispatches";
    assert_eq!(call["url"], dispatches);
    assert_eq!(call["headers"]["authorization"], "Bearer a-token");
    let sent: Value = serde_json::from_str(call["body"].as_str().expect("a body")).expect("JSON");
    let payload = &sent["client_payload"];
    assert_eq!(sent["event_type"], "buildUploadStateUpdated");
    assert_eq!(payload["state"], "COMPLETE");
    assert_eq!(payload["id"], "u1");
    let told = |body: &str, signature: &str, github: &str| {
        relayed(&relay, body, signature, github).expect("node was here a moment ago")
    };
    for (body, signature) in [
        (BODY, wrong.as_str()),
        (BODY, &right[..right.len() - 2]),
        (BODY, ""),
        (BODY, "hmacsha256=zz"),
        (&BODY.replace("u1", "u2"), right.as_str()),
    ] {
        let told = told(body, signature, "204");
        assert_eq!(told["status"], 401, "{signature}");
        assert_eq!(told["calls"], Value::Array(Vec::new()), "{signature}");
    }
    assert_eq!(told(BODY, &right, "500")["status"], 502);
}

/// The workflow beside the relay waits for the event that is passed on, and reads what goes with it.
#[test]
fn the_workflow_of_the_page_reads_what_the_relay_passes_on() {
    for read in [
        "types: [buildUploadStateUpdated]",
        "github.event.client_payload.state == 'COMPLETE'",
        "${{ github.event.client_payload.id }}",
    ] {
        assert!(PAGE.contains(read), "{read}");
    }
}

/// Calls the relay once, with a GitHub that answers the status, and prints what came of it.
const DRIVE: &str = r#"
import relay from "./relay.mjs";
const [secret, body, signature, status] = process.argv.slice(2);
const calls = [];
globalThis.fetch = async (url, { method, headers, body }) => {
  calls.push({ url, method, headers, body });
  return new Response(null, { status: Number(status) });
};
const headers = signature === "" ? {} : { "x-apple-signature": signature };
const request = new Request("https://relay.example/apple", { method: "POST", headers, body });
const env = { APPLE_SECRET: secret, GITHUB_TOKEN: "a-token", REPOSITORY: "example/app" };
const answer = await relay.fetch(request, env);
console.log(JSON.stringify({ status: answer.status, calls }));
"#;
