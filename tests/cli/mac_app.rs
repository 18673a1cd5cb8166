//! An app for Macs is exported as an installer package, which a certificate of its own signs, and shipped.

use crate::support::Server;
use crate::support::mac::{Mac, pkcs12, uuid};

#[test]
fn an_archive_of_a_mac_app_becomes_a_pkg_and_is_shipped() {
    let Some(mac) = Mac::new() else { return };
    let archive = mac.path("work/Demo.xcarchive");
    let call = mac.mac_app();
    let before = mac.snapshot();
    let ran = call
        .ship()
        .arg(&archive)
        .args(["--sandbox", "--preflight", "warn"])
        .succeeds();
    assert_eq!(ran.outcome(), "processed", "{}", ran.everything());
    let told = ran.everything();
    assert!(told.contains("/testflight/macos/"), "{told}");
    assert!(mac.path("output/Demo.pkg").is_file());
    let options = mac.options();
    let installer = options["installerSigningCertificate"].as_str();
    assert_eq!(installer.map(str::len), Some(40), "{options}");
    assert_ne!(installer, options["signingCertificate"].as_str());
    assert_eq!(
        options["provisioningProfiles"]["com.example.demo"],
        uuid(1).as_str()
    );
    assert_eq!(mac.violations(), "");
    assert_eq!(mac.snapshot(), before, "{}", ran.everything());
}

#[test]
fn a_pkg_that_altool_uploads_is_called_one_for_macs() {
    let Some(mac) = Mac::new() else { return };
    let server = Server::start("succeeds");
    drop(mac.mac_app());
    let package = mac.path("work/Demo.pkg");
    std::fs::copy(mac.path("tools/product.pkg"), &package).expect("a package");
    let ran = server
        .by_environment(mac.bare())
        .args(["ship", "--upload-engine", "altool", "--preflight", "off"])
        .args(["--wait", "none"])
        .arg(&package)
        .run();
    assert_eq!(mac.violations(), "", "{}", ran.everything());
    let calls = mac.calls();
    let upload = calls
        .iter()
        .map(|call| call["arguments"].to_string())
        .find(|words| words.contains("--upload-package"))
        .expect("an upload");
    assert!(upload.contains("macos"), "{upload}");
}

#[test]
fn without_a_certificate_for_the_installer_nothing_is_begun() {
    let Some(mac) = Mac::new() else { return };
    let archive = mac.path("work/Demo.xcarchive");
    let call = mac
        .mac_app()
        .env("JETWAY_CERTIFICATE", pkcs12("modern.p12"));
    let ran = call
        .args(["export", "--report", "report.json"])
        .arg(&archive)
        .fails(1);
    let found = ran.finding("certificate-kind-wrong");
    assert_eq!(found["variables"]["case"], "installer");
    assert!(mac.calls().is_empty(), "no tool was called");
}
