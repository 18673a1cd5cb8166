//! What a run set up on the machine is given back even where `security` does not do as it is told.

use crate::support::mac::Mac;

#[test]
fn a_keychain_that_can_not_be_deleted_leaves_no_entry_and_no_file() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    for fault in [
        "36 security: SecKeychainDelete: User interaction is not allowed.",
        "hang",
    ] {
        mac.fault("delete-keychain", "before", fault);
        let ran = mac.export().args(["--tool-timeout", "2s"]).succeeds();
        assert_eq!(mac.snapshot(), before, "{}", ran.everything());
    }
}

#[test]
fn what_stays_on_the_machine_is_not_said_to_be_apples() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    mac.fault("list-keychains", "before", "hang");
    let ran = mac.export().args(["--tool-timeout", "1s"]).fails(3);
    let said = ran.everything();
    assert!(!said.contains("App Store Connect"), "{said}");
    assert!(said.contains("jetway cleanup"), "{said}");
    mac.no_fault("list-keychains", "before");
    mac.bare().arg("cleanup").succeeds();
    assert_eq!(mac.snapshot(), before);
}

#[test]
fn a_machine_without_a_whole_xcode_has_to_be_set_up_and_trying_again_is_no_use() {
    let Some(mac) = Mac::new() else { return };
    let words = "1 xcode-select: error: tool 'xcodebuild' requires Xcode, but active developer directory \
                 '/Library/Developer/CommandLineTools' is a command line tools instance";
    mac.fault("version", "before", words);
    let ran = mac.export().fails(1);
    let case = &ran.finding("apple-tool-failed")["variables"]["case"];
    assert_eq!(case, "no-xcode");
}
