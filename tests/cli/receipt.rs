//! A receipt: written as the run goes, and enough for any machine to carry on.

use std::fs;

use serde_json::Value;

use crate::support::{Cli, Server, ipa};

fn receipt_of(call: Cli) -> (i32, String) {
    let (child, directory) = call.args(["--receipt", "receipt.json"]).start();
    let status = child.wait_with_output().expect("the program ends").status;
    let text = fs::read_to_string(directory.path().join("receipt.json")).expect("a receipt");
    (status.code().expect("a code"), text)
}

#[test]
fn another_machine_carries_on_with_nothing_but_the_receipt() {
    let server = Server::start("succeeds");
    let uploads = server
        .ship()
        .file("App.ipa", ipa("com.example.app", "1.4.0", "42"))
        .args(["App.ipa", "--wait", "none"]);
    let (code, text) = receipt_of(uploads);
    assert_eq!(code, 0);
    let receipt: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(receipt["reached"], "sent");
    let put = server.bytes_put();
    let ran = server
        .command("finish")
        .file("r.json", &text)
        .args(["r.json", "--poll-interval", "5ms"])
        .succeeds();
    assert_eq!(ran.outcome(), "processed");
    let build = &ran.report["build"];
    assert_eq!(build["build_number"], "42");
    assert_eq!(build["build_upload_id"], receipt["build_upload_id"]);
    assert_eq!(ran.report["app"]["id"], receipt["app"]["id"]);
    assert_eq!(server.bytes_put(), put);
}

#[test]
fn the_receipt_of_a_run_that_was_refused_says_how_far_it_got() {
    let rehearsal = Cli::new().ship().scenario("duplicate-unlisted");
    let (code, text) = receipt_of(rehearsal);
    assert_eq!(code, 1);
    let receipt: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(receipt["reached"], "package");
    assert_eq!(receipt["sandbox"], true);
    for (text, code) in [
        (text.as_str(), "receipt-unusable"),
        ("{}", "receipt-unusable"),
    ] {
        let call = Cli::new().args(["finish", "r.json", "--report", "report.json"]);
        assert_eq!(call.file("r.json", text).fails(2).codes(), [code]);
    }
    let missing = Cli::new().args(["finish", "--report", "report.json"]);
    assert_eq!(missing.fails(2).codes(), ["receipt-not-named"]);
}

#[test]
fn a_receipt_that_cannot_be_written_is_told_before_anything_is_sent() {
    let call = Cli::new().ship().scenario("succeeds").file("file", "");
    let ran = call.args(["--receipt", "file/r.json"]).fails(2);
    assert_eq!(ran.codes(), ["report-not-writable"]);
    assert!(
        ran.everything().contains("--receipt"),
        "{}",
        ran.everything()
    );
}
