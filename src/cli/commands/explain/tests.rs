//! What is typed after `explain`, and what is told for it.

use std::collections::BTreeSet;

use super::*;
use crate::asc;
use crate::credentials;
use crate::diagnostic::CASE;
use crate::diagnostic::Code;
use crate::github;
use crate::ipa;
use crate::logs;
use crate::stages;

#[test]
fn our_own_codes_are_those_of_the_rooms_and_those_of_the_catalogue() {
    let rooms = [
        codes::CODES,
        logs::diagnostics::CODES,
        crate::apple::diagnostics::CODES,
        crate::archive::diagnostics::CODES,
        crate::signing::diagnostics::CODES,
        asc::diagnostics::CODES,
        github::diagnostics::CODES,
        credentials::diagnostics::CODES,
        ipa::diagnostics::CODES,
        stages::diagnostics::CODES,
        stages::altool::diagnostics::CODES,
        crate::preflight::diagnostics::CODES,
        stages::distribution::diagnostics::CODES,
        stages::release::CODES,
        stages::submission::diagnostics::CODES,
        crate::run::diagnostics::CODES,
        crate::run::doctor::diagnostics::CODES,
        crate::cli::diagnostics::CODES,
    ];
    let found: BTreeSet<&str> = rooms.into_iter().flatten().map(Code::as_str).collect();
    let known: BTreeSet<&str> = own().map(|entry| entry.code.as_str()).collect();
    assert_eq!(found, known);
}

#[test]
fn our_own_cases_are_those_of_the_rooms_and_those_of_the_catalogue() {
    let rooms = [
        crate::apple::diagnostics::CASES,
        crate::archive::diagnostics::CASES,
        logs::diagnostics::CASES,
        crate::signing::diagnostics::CASES,
        asc::diagnostics::CASES,
        credentials::diagnostics::CASES,
        ipa::diagnostics::CASES,
        stages::diagnostics::CASES,
        stages::altool::diagnostics::CASES,
        crate::run::diagnostics::CASES,
        crate::run::doctor::diagnostics::CASES,
        stages::distribution::diagnostics::CASES,
        crate::cli::diagnostics::CASES,
    ];
    let found: BTreeSet<(&str, &str)> = rooms
        .into_iter()
        .flatten()
        .map(|(code, case)| (code.as_str(), *case))
        .collect();
    let known: BTreeSet<(&str, &str)> = own()
        .flat_map(|entry| {
            let of_words = |case: &codes::Case| case.says.is_some() || case.near.is_some();
            let named = entry.cases.iter().filter(move |(_, case)| !of_words(case));
            named.map(|(name, _)| (entry.code.as_str(), name.as_str()))
        })
        .collect();
    assert_eq!(found, known);
}

#[test]
fn every_finding_of_ours_gets_whole_steps() {
    for entry in own() {
        let general = Diagnostic::error(Code::read(&entry.code), "a fault");
        let cases = entry.cases.keys();
        let cases = cases.map(|case| general.clone().variable(CASE, case));
        for mut found in cases.chain([general.clone()]) {
            codes::complete(&mut found, None);
            assert!(!found.fix.is_empty(), "{found:?}");
            for step in &found.fix {
                let is_whole = !step.starts_with(char::is_lowercase) && step.ends_with('.');
                assert!(is_whole, "{}: {step}", entry.code);
            }
        }
    }
}

fn own() -> impl Iterator<Item = &'static Entry> {
    let entries = Catalogue::get().entries().iter();
    entries.filter(|entry| entry.family == "jetway")
}

#[test]
fn every_entry_of_the_catalogue_is_explained_in_every_form() {
    for entry in Catalogue::get().entries() {
        let Answer::Pages(found) = answer(&entry.code) else {
            panic!("{}", entry.code);
        };
        for format in [Format::Text, Format::Markdown, Format::Json] {
            for (entry, message) in &found {
                assert!(!page(entry, message.as_ref(), format).is_empty());
            }
        }
    }
}

/// The codes of the pages, or of the entries that have the words.
fn found(text: &str) -> Vec<String> {
    let codes = |entries: Vec<&'static Entry>| {
        let codes = entries.into_iter().map(|entry| entry.code.clone());
        codes.collect()
    };
    match answer(text) {
        Answer::Pages(list) => codes(list.into_iter().map(|(entry, _)| entry).collect()),
        Answer::Near(near) => codes(near),
        Answer::Nothing(_) => Vec::new(),
    }
}

/// What is typed, and the code of its first page.
const FORMS: &[(&str, &str)] = &[
    ("90683", "itms-90683"),
    ("90683,", "itms-90683"),
    ("#90683", "itms-90683"),
    ("(90683)", "itms-90683"),
    ("ITMS-90683:", "itms-90683"),
    ("ITMS_90683", "itms-90683"),
    ("itms90683", "itms-90683"),
    ("ITMS 90683", "itms-90683"),
    ("error ITMS-90683", "itms-90683"),
    ("itms-90683.", "itms-90683"),
    ("\"90683\"", "itms-90683"),
    ("STATE_ERROR.VALIDATION_ERROR.90725", "itms-90725"),
    ("19232", "altool-19232"),
    ("-19232", "altool-19232"),
    ("(-19232)", "altool-19232"),
    ("code -19232", "altool-19232"),
    ("401", "asc-not-authorized"),
    ("HTTP 401", "asc-not-authorized"),
    ("status code 401", "asc-not-authorized"),
    ("65", "xcodebuild-archive-failed"),
    ("exit 65", "xcodebuild-archive-failed"),
    ("exit code 65", "xcodebuild-archive-failed"),
    ("exit code: 65", "xcodebuild-archive-failed"),
    ("Exited with code 65", "xcodebuild-archive-failed"),
    ("error 65", "xcodebuild-archive-failed"),
    ("NSCameraUsageDescription", "itms-90683"),
    ("`NSCameraUsageDescription`", "itms-90683"),
    ("NSFlyingFishUsageDescription", "itms-90683"),
    ("CFBundleIconName", "itms-90713"),
    ("BGTaskSchedulerPermittedIdentifiers", "itms-90771"),
    (
        "ITSAppUsesNonExemptEncryption",
        "asc-missing-export-compliance",
    ),
    ("nscamerausagedescription", "itms-90683"),
    ("cfbundleiconname", "itms-90713"),
    ("NSPrivacyAccessedAPICategoryDiskSpace", "itms-91055"),
    ("itms – 90683", "itms-90683"),
    ("ITMS‑90683", "itms-90683"),
    ("„ITMS-90683“", "itms-90683"),
    ("90683 + xyz", "itms-90683"),
    ("altool 19232", "altool-19232"),
    ("Transporter: 1102", "transporter-1102"),
    ("OSStatus -25300", "security-item-not-found"),
    (
        "App.swift:3:8: error: no such module 'Firebase'",
        "xcodebuild-module-missing",
    ),
    ("UISomethingElse", "itms-90360"),
    ("errSecInternalComponent", "codesign-internal-component"),
    ("Copy failed", "xcodebuild-export-copy-failed"),
    ("The binary you uploaded was invalid.", "itms-90168"),
    (
        "No signing certificate",
        "xcodebuild-no-signing-certificate",
    ),
];

#[test]
fn every_form_that_people_type_is_understood() {
    for &(typed, code) in FORMS {
        let codes = found(typed);
        let first = codes.first().map(String::as_str);
        assert_eq!(first, Some(code), "{typed}: {codes:?}");
    }
}

#[test]
fn several_names_in_one_argument_give_each_its_page() {
    for typed in [
        "90683/90717",
        "90683, 90717",
        "ITMS-90683 ITMS-90717",
        "90683 and 90717",
    ] {
        assert_eq!(found(typed), ["itms-90683", "itms-90717"], "{typed}");
    }
}

#[test]
fn words_lead_to_titles() {
    for (typed, code) in [
        ("Invalid Swift Support", "itms-90426"),
        ("privacy manifest", "itms-91056"),
        ("bitcode", "itms-90482"),
        ("build number", "itms-90061"),
        ("symbolic link", "itms-90332"),
    ] {
        let Answer::Near(near) = answer(typed) else {
            panic!("{typed}: {:?}", found(typed));
        };
        let codes: Vec<&str> = near.iter().map(|entry| entry.code.as_str()).collect();
        assert!(codes.contains(&code), "{typed}: {codes:?}");
    }
}

#[test]
fn a_wrapper_never_beats_the_message_inside_it() {
    for (typed, code) in [
        (
            "Validation failed (409) SDK version issue. This app was built with the iOS 18.5 SDK. All iOS apps must be built with the iOS 26 SDK or later, included in Xcode 26 or later.",
            "itms-90725",
        ),
        (
            "Code=-19241 \"Asset validation failed\" Missing purpose string in Info.plist. status=409 code=STATE_ERROR.VALIDATION_ERROR",
            "itms-90683",
        ),
        (
            "[!] This request is forbidden for security reasons - The API key in use does not allow this request (Spaceship::AccessForbiddenError)",
            "asc-forbidden-error",
        ),
        (
            "2031-02-03 04:05:06.789 ERROR: [ContentDelivery.Uploader.60AB] Validation failed (409) Missing or invalid signature. The bundle 'com.example.buoy' at bundle path 'Payload/Buoy.app' is not signed using an Apple submission certificate.",
            "itms-90034",
        ),
    ] {
        let codes = found(typed);
        let first = codes.first().map(String::as_str);
        assert_eq!(first, Some(code), "{codes:?}");
    }
}

#[test]
fn a_pasted_message_fills_title_steps_and_lines() {
    let typed = "ITMS-90683: Missing purpose string in Info.plist - The Info.plist file for the 'Plum.app' bundle should contain a NSMicrophoneUsageDescription key";
    let Answer::Pages(list) = answer(typed) else {
        panic!("it is known");
    };
    let [(entry, message)] = list.as_slice() else {
        panic!("{}", list.len());
    };
    let text = page(entry, message.as_ref(), Format::Text);
    for words in [
        "`NSMicrophoneUsageDescription` is missing (Missing purpose string",
        "<key>NSMicrophoneUsageDescription</key>",
        "`Plum.app`",
        "Your message",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Apple says"), "{text}");
    let json = page(entry, message.as_ref(), Format::Json);
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(
        json["message"]["variables"]["key"],
        "NSMicrophoneUsageDescription"
    );
    assert!(
        json["fix"][0]
            .as_str()
            .is_some_and(|step| step.contains("NSMicrophone"))
    );
    assert!(
        json["snippet"]["after"]
            .as_str()
            .is_some_and(|lines| lines.contains("NSMicrophone"))
    );
}

#[test]
fn each_message_of_a_mail_has_its_own_names() {
    let mail = "We identified one or more issues with a recent delivery for your app, Plum 1.0 (7). Please correct the following issues, then upload again.\n\nITMS-90683: Missing purpose string in Info.plist - The Info.plist file for the 'Plum.app' bundle should contain a NSCameraUsageDescription key.\n\nITMS-90338: Non-public API usage - The app references non-public symbols in Frameworks/Pit.framework/Pit: _pitStone.\n";
    let Answer::Pages(list) = answer(mail) else {
        panic!("it is known");
    };
    let codes: Vec<&str> = list.iter().map(|(entry, _)| entry.code.as_str()).collect();
    assert_eq!(codes, ["itms-90683", "itms-90338"]);
    let second = list[1].1.as_ref().expect("it was a message");
    assert!(!second.variables.contains_key("key"), "{second:?}");
}

fn nothing(text: &str) -> String {
    match answer(text) {
        Answer::Nothing(why) => why,
        Answer::Pages(_) | Answer::Near(_) => panic!("{:?}", found(text)),
    }
}

#[test]
fn a_near_miss_is_suggested() {
    let sentence = nothing("ITMS-9068");
    assert!(sentence.contains("Near it: itms-9068"), "{sentence}");
    assert!(sentence.contains("itms-90683"), "{sentence}");
    let sentence = nothing("590");
    let codes = sentence.split("Near it: ").nth(1).unwrap_or_default();
    let codes: Vec<&str> = codes
        .split(". ")
        .next()
        .unwrap_or_default()
        .split(", ")
        .collect();
    let once: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes.len(), once.len(), "{sentence}");
}

#[test]
fn a_mail_with_many_lines_is_one_message_and_a_list_of_names_is_many() {
    let mail = "Hello,\n\nAlthough delivery was successful, you may want to correct the following issues in your next delivery:\n\nITMS-90078: Missing Push Notification Entitlement - Your app appears to register\n\nApple Developer Relations";
    assert_eq!(parts(mail).len(), 1);
    assert_eq!(found(&parts(mail)[0]), ["itms-90078"]);
    assert_eq!(parts("90683\n-19232\n\n"), ["90683", "-19232"]);
    assert_eq!(
        parts("90683\nfish\nand chips"),
        ["90683", "fish\nand chips"]
    );
}
