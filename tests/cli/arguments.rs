//! What each of Apple's tools is called with, for every Xcode that builds are made with today.

use crate::signing::calls;
use crate::support::mac::Mac;

const XCODES: &[&str] = &["15.4", "16.4", "26.0", "26.6"];

/// The calls of one run and the option lists that went with them.
fn told(mac: &Mac) -> String {
    let mut options = mac.options();
    if options["signingCertificate"].is_string() {
        options["signingCertificate"] = "SHA-1".into();
    }
    format!("{}\n\n{options:#}", calls(mac))
}

#[test]
fn security_and_xcodebuild_are_called_as_each_xcode_takes_it() {
    for xcode in XCODES {
        let Some(mac) = Mac::new() else { return };
        mac.state("xcode", &(*xcode).into());
        mac.export().succeeds();
        assert_eq!(mac.violations(), "", "Xcode {xcode}");
        insta::assert_snapshot!(format!("manual-xcode-{xcode}"), told(&mac));
    }
}

#[test]
fn xcodebuild_gets_the_key_as_each_xcode_takes_it() {
    for xcode in XCODES {
        let Some(mac) = Mac::new() else { return };
        mac.state("xcode", &(*xcode).into());
        mac.bare()
            .ship()
            .scenario("succeeds")
            .arg(mac.path("work/Demo.xcarchive"))
            .args(["--signing", "cloud"])
            .succeeds();
        assert_eq!(mac.violations(), "", "Xcode {xcode}");
        insta::assert_snapshot!(format!("cloud-xcode-{xcode}"), told(&mac));
    }
}
