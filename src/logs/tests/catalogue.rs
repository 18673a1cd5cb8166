//! Every message that the catalogue knows, in every form that it can come in: whatever a reader takes off a
//! line, what an entry waits for must be left.

use std::collections::BTreeSet;

use crate::codes::{Catalogue, Entry};
use crate::event::Verdict;
use crate::logs::Reading;
use crate::logs::stream::prefix::strip;
use crate::logs::tests::read;

/// What stands around a message, with `{}` in its place.
type Form = &'static str;

/// What carries a log, whoever speaks in it.
const CARRIERS: &[Form] = &[
    "{}",
    "2031-02-03T04:05:06.1234567Z {}",
    "ship\tUpload\t2031-02-03T04:05:06.1234567Z {}",
    "[04:05:06]: {}",
    "[04:05:06]: ▸ {}",
    "[04:05:06] {}",
    "[RUN_FASTLANE] {}",
    "2031-02-03T04:05:06.789012Z 01E {}",
    "[2031-02-03T04:05:06.789Z] {}",
    "::error::{}",
    "##[error]{}",
];

/// How those speak who report faults of a family.
fn forms(family: &str) -> &'static [Form] {
    match family {
        "itms" => &[
            "{}",
            "ERROR: {}",
            "*** Error: {}",
            "2031-02-03 04:05:06.789 ERROR: [altool.60AB] Validation failed (409) {}",
            "2031-02-03 04:05:06.789 ERROR: [ContentDelivery.Uploader.60AB] {}",
            "[altool] 2031-02-03 04:05:06.789 *** Error: {}",
            "error: exportArchive {}",
            "error: exportArchive: {}",
            "[Transporter Error Output]: ERROR: {}",
        ],
        "altool" | "transporter" => &[
            "{}",
            "*** Error: {}",
            "2031-02-03 04:05:06.789 ERROR: [altool.60AB] {}",
            "[altool] 2031-02-03 04:05:06.789 *** Error: {}",
            "[Transporter Error Output]: {}",
            "[Transporter Error Output]: ERROR: {}",
        ],
        "app-store-connect" => &[
            "{}",
            "Error: {}",
            "[!] {} (Spaceship::UnexpectedResponse)",
            "client.rb:204:in `handle_response': [!] {} (Spaceship::UnexpectedResponse)",
            "POST https://api.appstoreconnect.apple.com/v1/builds returned 409: {}",
        ],
        "xcodebuild" => &[
            "{}",
            "error: {}",
            "error: exportArchive {}",
            "error: exportArchive: {}",
            "xcodebuild: error: {}",
            "❌ error: {}",
            "/src/Buoy.xcodeproj: error: {} (in target 'Buoy' from project 'Buoy')",
            "Error (Xcode): {}",
            "[!] {}",
        ],
        "security" => &["{}", "security: {}", "error: {}"],
        "codesign" => &["{}", "error: {}", "Error: {}"],
        "dotnet" => &[
            "{}",
            "/sdk/Xamarin.Shared.targets(12,3): error : {} [/src/Buoy.csproj::TargetFramework=net10.0-ios]",
        ],
        "fastlane" => &["{}", "[!] {}", "ERROR [2031-02-03 04:05:06.70]: {}"],
        "electron" => &["{}", "  ⨯ {}", "Error: {}"],
        "expo" => &["{}", "Error: {}", "    Error: {}", "✖ {}"],
        "tauri" => &["{}", "failed to bundle project `{}`", "       Error {}"],
        "engines" => &["{}", "ERROR: {}"],
        "codemagic" | "flutter" | "runners" => &["{}", "Error: {}"],
        "mail" => &["{}"],
        _ => &[],
    }
}

/// The example as its tool says it, without what may stand in front.
fn said(entry: &Entry) -> String {
    let words = strip(&entry.example).body.trim();
    match entry.number() {
        Some(number) if entry.recognise.is_empty() && !words.contains(number) => {
            format!("ITMS-{number}: {words}")
        }
        _ => words.to_owned(),
    }
}

#[test]
fn every_known_message_is_met_in_every_form_that_it_can_come_in() {
    /// Few enough for none to be left out.
    const AT_ONCE: usize = 24;
    let mut families: Vec<(&str, Vec<&Entry>)> = Vec::new();
    for entry in Catalogue::get().entries() {
        match families.last_mut() {
            Some((family, list)) if *family == entry.family => list.push(entry),
            _ => families.push((&entry.family, vec![entry])),
        }
    }
    let mut missed = Vec::new();
    for (family, entries) in &families {
        let forms = forms(family);
        assert!(
            !forms.is_empty() || *family == "jetway",
            "{family} has no form"
        );
        // What only says that something failed is told where nothing else is known, so each is alone.
        let (general, telling): (Vec<&Entry>, Vec<&Entry>) =
            entries.iter().partition(|entry| entry.wrapper);
        let alone = general.chunks(1).chain(telling.chunks(AT_ONCE));
        let plain = forms.iter().map(|form| (*form, "{}"));
        let carried = forms.iter().take(1).flat_map(|form| {
            let carriers = CARRIERS.iter().skip(1);
            carriers.map(move |carrier| (*form, *carrier))
        });
        for (form, carrier) in plain.chain(carried) {
            for some in alone.clone() {
                missed.extend(deaf(some, form, carrier));
            }
        }
    }
    let list: BTreeSet<&String> = missed.iter().collect();
    assert!(list.is_empty(), "{} are missed:\n{list:#?}", list.len());
}

/// The entries that a log of their messages does not give.
fn deaf(entries: &[&Entry], form: Form, carrier: Form) -> Vec<String> {
    let can = entries.iter().filter(|entry| can_come_in(entry, form));
    let entries: Vec<&Entry> = can.copied().collect();
    let lines = entries.iter().map(|entry| {
        let words = form.replace("{}", &said(entry));
        carrier.replace("{}", &words)
    });
    let log: Vec<String> = lines.collect();
    let reading = read(&log.join("\n\n\n==========\n\n"));
    let deaf = entries.iter().filter(|entry| !is_told(entry, &reading));
    deaf.map(|entry| format!("{} in {carrier} of {form}", entry.code))
        .collect()
}

/// What belongs to an export is never said of a target.
fn can_come_in(entry: &Entry, form: Form) -> bool {
    let of_export = ["exportArchive", "EXPORT", "Operation Error"];
    !form.contains("in target") || !of_export.iter().any(|word| entry.example.contains(word))
}

/// A banner, and the head of a mail, may say no more than how it ended.
fn is_told(entry: &Entry, reading: &Reading) -> bool {
    let ended = entry.wrapper && entry.family == "mail" && reading.verdict != Verdict::Unknown;
    ended
        || reading.findings.iter().any(|found| {
            let code = found.code.as_str();
            code == entry.code
                || found.codes.contains(&entry.code)
                || entry.wrapper && code == "failed-without-reason"
        })
}
