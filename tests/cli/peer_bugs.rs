//! What other tools of this kind were reported to do wrong, each with a test that it does not happen here.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::altool::{by_a_key, by_a_person, mac as mac_with_a_package};
use crate::support::Server;
use crate::support::mac::{FOLDERS, Mac, uuid};

/// The lines that were spoken to `security`, and its arguments, one call a line.
fn spoken(mac: &Mac) -> String {
    let calls = mac.calls();
    let lines = calls.iter().map(|call| {
        let words = call["arguments"].as_array().expect("words").iter();
        let words: Vec<&str> = words.filter_map(Value::as_str).collect();
        let input = call["input"].as_str().unwrap_or_default();
        format!(
            "{} {} {input}",
            call["tool"].as_str().unwrap_or_default(),
            words.join(" ")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Apple's own upload action took the exit code for the result: a failed upload was green.
#[test]
fn an_upload_that_failed_with_the_exit_code_0_is_no_success() {
    let Some(mac) = mac_with_a_package() else {
        return;
    };
    mac.state("altool", &json!({ "code": 0, "output": "UPLOAD FAILED with 1 error.\n{\"product-errors\":[{\"code\":-19232,\"message\":\"The provided entity includes an attribute with a value that has already been used\"}]}" }));
    assert_eq!(by_a_person(&mac).fails(1).outcome(), "refused");
}

/// fastlane failed good uploads on any line that looks like an error.
#[test]
fn a_line_that_looks_like_an_error_fails_no_good_upload() {
    let Some(mac) = mac_with_a_package() else {
        return;
    };
    let errors = "ERROR: [ContentDelivery.Uploader.6] WILL RETRY PART 3. Checksums do not match.";
    mac.state("altool", &json!({ "errors": errors }));
    assert_eq!(by_a_person(&mac).succeeds().outcome(), "uploaded");
}

/// Bitrise took an output without any marker for a success.
#[test]
fn a_tool_that_says_neither_is_no_success() {
    let Some(mac) = mac_with_a_package() else {
        return;
    };
    mac.state("altool", &json!({ "output": "Running altool", "code": 0 }));
    by_a_person(&mac).fails(3).finding("altool-outcome-unknown");
}

/// Codemagic looked for the banner in the first line alone.
#[test]
fn the_banner_counts_wherever_it_stands() {
    let Some(mac) = mac_with_a_package() else {
        return;
    };
    mac.state("altool", &json!({ "output": "ERROR: one\n====\n\nUPLOAD SUCCEEDED with no errors\nDelivery UUID: x\n" }));
    by_a_person(&mac).succeeds();
}

/// Apple's own upload action wrote `~/private_keys` and then deleted all of it.
#[test]
fn the_keys_of_the_user_are_neither_added_to_nor_deleted() {
    let Some(mac) = mac_with_a_package() else {
        return;
    };
    let server = Server::start("succeeds");
    let own = mac.path("home/private_keys/AuthKey_MINE.p8");
    fs::create_dir_all(own.parent().expect("a parent")).expect("a directory");
    fs::write(&own, "the user's own").expect("a key");
    let before = mac.snapshot();
    by_a_key(&mac, &server).succeeds();
    assert_eq!(mac.snapshot(), before);
}

/// Xcode 16's altool shows the whole token where it is asked to say more.
#[test]
fn altool_is_never_asked_to_say_more_and_always_told_which_app() {
    let Some(mac) = mac_with_a_package() else {
        return;
    };
    by_a_person(&mac).succeeds();
    let spoken = spoken(&mac);
    assert!(!spoken.contains("--verbose"), "{spoken}");
    let upload = spoken
        .lines()
        .find(|line| line.contains("--upload-package"))
        .expect("an upload");
    assert!(upload.contains("--apple-id 6446000001"), "{upload}");
}

/// GitHub's own page and two actions replace the search list; others drop what they do not know.
#[test]
fn the_search_list_keeps_every_keychain_in_its_order() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.search_list();
    mac.export().succeeds();
    let calls = mac.calls();
    let set: Vec<&Value> = calls
        .iter()
        .filter_map(|call| call["arguments"].as_array())
        .find(|words| words.iter().any(|word| word == "-s") && words[0] == "list-keychains")
        .expect("it is set")
        .iter()
        .collect();
    let kept: Vec<&Value> = before.as_array().expect("a list").iter().collect();
    assert_eq!(set[5..], kept, "ours is in front of all others");
    assert_eq!(mac.search_list(), before);
}

/// fastlane and Codemagic make their keychain the default one, with an empty password, and leave it so.
#[test]
fn the_default_keychain_stays_and_ours_has_a_password_that_nobody_guesses() {
    let Some(mac) = Mac::new() else { return };
    mac.export().succeeds();
    let spoken = spoken(&mac);
    assert!(!spoken.contains("default-keychain"), "{spoken}");
    let made = spoken
        .lines()
        .find(|line| line.contains("create-keychain -p "))
        .expect("one is made");
    let password = made
        .split("create-keychain -p ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    assert_eq!(
        password.map(str::len),
        Some(64),
        "256 bits in hexadecimal digits"
    );
    assert!(
        spoken.contains("set-key-partition-list -S apple-tool:,apple:,codesign: -s"),
        "{spoken}"
    );
    assert!(!spoken.contains(" -A "), "nobody else may use the key");
}

/// Keychains with one name for every run stood in the way of the next one on machines of one's own.
#[test]
fn every_run_has_a_keychain_of_its_own_name() {
    let Some(mac) = Mac::new() else { return };
    mac.export().succeeds();
    mac.export().succeeds();
    let spoken = spoken(&mac);
    let made = spoken
        .lines()
        .filter_map(|line| line.split("create-keychain -p ").nth(1));
    let names: Vec<&str> = made.filter_map(|rest| rest.split(' ').nth(1)).collect();
    assert_eq!(names.len(), 2);
    assert!(
        names[0] != names[1] && names.iter().all(|name| name.starts_with('/')),
        "{names:?}"
    );
}

/// Actions write profiles where Xcode 15 looks, or where Xcode 16 does, and leave them.
#[test]
fn profiles_lie_where_every_xcode_looks_while_it_does_and_not_after() {
    let Some(mac) = Mac::new() else { return };
    let (mut child, _directory) = crate::signing::hanging(&mac, "export", "before");
    let there = FOLDERS.map(|folder| {
        let name = format!("{}.mobileprovision", uuid(1));
        mac.path("home").join(folder).join(name)
    });
    assert!(there.iter().all(|path| path.is_file()));
    crate::signing::kill(&mac, &mut child);
    mac.no_fault("export", "before");
    mac.bare().arg("cleanup").succeeds();
    assert!(there.iter().all(|path| !path.exists()));
}

/// A foreign `rsync` in front of the system's makes `xcodebuild` say "Copy failed".
#[test]
fn the_systems_programs_come_first_for_every_tool() {
    let Some(mac) = Mac::new() else { return };
    mac.export()
        .env("PATH", "/opt/homebrew/bin:/usr/bin:/bin")
        .succeeds();
    for call in mac.calls() {
        let path = call["environment"]["PATH"].as_str().expect("a path");
        assert!(path.starts_with("/usr/bin:/bin:/usr/sbin:/sbin"), "{path}");
    }
}

/// Keychains of others locked themselves after five minutes, or when the Mac slept, and `codesign` waited for hours.
#[test]
fn the_keychain_never_locks_itself() {
    let Some(mac) = Mac::new() else { return };
    mac.export().succeeds();
    let spoken = spoken(&mac);
    let settings = spoken
        .lines()
        .find(|line| line.contains("set-keychain-settings"))
        .expect("it is set");
    let words: Vec<&str> = settings.split_whitespace().collect();
    assert_eq!(
        words.len(),
        3,
        "no limit and no locking on sleep: {words:?}"
    );
}

/// Two certificates of one name made Xcode take the wrong one.
#[test]
fn the_certificate_is_named_by_its_digest() {
    let Some(mac) = Mac::new() else { return };
    mac.export().succeeds();
    let name = mac.options()["signingCertificate"].clone();
    let name = name.as_str().expect("a name");
    assert!(
        name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{name}"
    );
}

/// Bitrise tries ten times within seconds, and more than one of them can work.
#[test]
fn an_upload_that_is_refused_for_now_is_made_once_more_and_no_oftener() {
    let Some(mac) = mac_with_a_package() else {
        return;
    };
    let refused =
        json!({ "product-errors": [{ "code": -19209, "message": "Unable to authenticate." }] });
    mac.state(
        "altool",
        &json!({ "output": refused.to_string(), "code": 1 }),
    );
    by_a_person(&mac).fails(3);
    let uploads = spoken(&mac).matches("--upload-package").count();
    assert_eq!(uploads, 2);
}

/// Codemagic kills every process with "xcode" in its name between two tries.
#[test]
fn nobody_elses_process_is_ended() {
    let Some(mac) = mac_with_a_package() else {
        return;
    };
    let program = mac.path("work/xcodebuild-of-another-job");
    std::os::unix::fs::symlink("/bin/sleep", &program).expect("a link");
    let mut other = Command::new(&program).arg("60").spawn().expect("it runs");
    mac.fault("upload", "always", "hang");
    let ran = by_a_person(&mac).args(["--tool-timeout", "1s"]).fails(3);
    ran.finding("apple-tool-hung");
    assert_eq!(other.try_wait().expect("its state"), None, "it still runs");
    other.kill().expect("it ends");
    other.wait().expect("its end");
}
