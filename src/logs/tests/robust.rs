//! Bytes from outside: nothing crashes, nothing leaks, and how the bytes are cut does not matter.

use proptest::prelude::*;

use crate::event::Verdict;
use crate::logs::tests::read;
use crate::logs::{LogReader, Reading};

/// Messages in many dialects, of our own making.
const PIECES: &[&str] = &[
    "2031-02-03 04:05:06.789 ERROR: [ContentDelivery.Uploader.60AB] Asset validation failed (90683) Missing purpose string in Info.plist. The Info.plist file for the ‘Buoy.app’ bundle should contain a NSCameraUsageDescription key. (ID: 00000000-0000-4000-8000-000000000001)\n   iris-code : STATE_ERROR.VALIDATION_ERROR.90683\n",
    "{\n  \"product-errors\" : [\n    {\n      \"code\" : -19232,\n      \"message\" : \"taken\",\n      \"user-info\" : { \"previousBundleVersion\" : \"7\" }\n    }\n  ]\n}\n",
    "{\"errors\":[{\"status\":\"409\",\"code\":\"STATE_ERROR\",\"title\":\"t\",\"detail\":\"d\"}]}\n",
    "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>success-message</key>\n<string>No errors</string></dict></plist>\n",
    "error: exportArchive: No profiles for 'com.example.buoy' were found\n\nError Domain=IDEProfileLocatorErrorDomain Code=1 \"No profiles for 'com.example.buoy' were found\" UserInfo={NSLocalizedDescription=x}\n",
    "** EXPORT FAILED **\n",
    "UPLOAD SUCCEEDED with no errors\n",
    "Dear Developer,\n\nWe identified one or more issues with a recent delivery for your app, \"Buoy\" 1.0 (3). Please correct the following issues, then upload again.\n\nITMS-90683: Missing Purpose String - x\n\n",
    "security: SecKeychainItemImport: MAC verification failed\n",
    "##[error]\u{1b}[31mERROR ITMS-90189: \"Redundant Binary Upload.\"\u{1b}[0m\n",
    "    NSUnderlyingError = \"Error Domain=IrisAPI Code=-19241 \\\"x\\\" UserInfo={status=409}\";\n",
    "plain noise\n",
    "\n",
    "{\n",
    "{\"",
    "<plist>",
    "::error::x\r\rITMS-",
];

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(
        prop_oneof![
            6 => prop::sample::select(PIECES).prop_map(|text| text.as_bytes().to_vec()),
            1 => prop::collection::vec(any::<u8>(), 0..40),
        ],
        0..24,
    )
    .prop_map(|list| list.concat())
}

fn in_chunks(bytes: &[u8], sizes: &[usize]) -> Reading {
    let mut reader = LogReader::new();
    let mut rest = bytes;
    let mut sizes = sizes.iter().cycle();
    while !rest.is_empty() {
        let size = sizes
            .next()
            .map_or(rest.len(), |&size| size.clamp(1, rest.len()));
        reader.feed(&rest[..size]);
        rest = &rest[size..];
    }
    reader.finish()
}

fn is_clean(reading: &Reading) {
    for found in &reading.findings {
        for text in found
            .variables
            .values()
            .chain(&found.codes)
            .chain(&found.fix)
            .chain([&found.message, &found.title])
        {
            assert!(!text.chars().any(char::is_control), "{text:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..4096)) {
        is_clean(&in_chunks(&bytes, &[97]));
    }

    #[test]
    fn the_cuts_between_chunks_do_not_matter(
        bytes in pieces(),
        sizes in prop::collection::vec(1_usize..200, 1..6),
    ) {
        let whole = in_chunks(&bytes, &[usize::MAX]);
        prop_assert_eq!(&in_chunks(&bytes, &sizes), &whole);
        is_clean(&whole);
    }

    #[test]
    fn a_message_survives_what_stands_around_it(noise in "[a-z ]{0,40}", lines in 0_usize..30) {
        let mut text = format!("{noise}\n").repeat(lines);
        text.push_str(PIECES[0]);
        text.push_str(&format!("2031-02-03 04:05:07.000  INFO: {noise}\n").repeat(lines));
        let reading = in_chunks(text.as_bytes(), &[64]);
        prop_assert_eq!(reading.findings.len(), 1);
        prop_assert_eq!(reading.findings[0].code.as_str(), "itms-90683");
    }
}

#[test]
fn a_line_without_end_is_read_in_pieces() {
    let mut text = "x".repeat(10_000_000);
    text.push_str(" ERROR ITMS-90189: \"Redundant Binary Upload. You've already uploaded a build with build number '46' for version number '3.2.8'.\"");
    let reading = in_chunks(text.as_bytes(), &[100_003]);
    assert_eq!(reading.findings[0].code.as_str(), "itms-90189");
    assert!(reading.findings[0].message.len() < 5000);
}

#[test]
fn deep_documents_do_no_harm() {
    let mut json = String::from("{\"errors\":");
    json.push_str(&"[".repeat(300_000));
    assert_eq!(read(&json).verdict, Verdict::Unknown);
    let mut plist = String::from("<plist><dict><key>product-errors</key>");
    plist.push_str(&"<array>".repeat(200_000));
    plist.push_str(&"</array>".repeat(200_000));
    plist.push_str("</dict></plist>");
    assert_eq!(read(&plist).verdict, Verdict::Unknown);
}

#[test]
fn a_document_that_never_ends_is_text_again() {
    let mut text = String::from("{\n");
    for number in 0..180_000 {
        text.push_str(&format!("  \"key{number}\" : \"value\",\n"));
    }
    text.push_str("2031-02-03 04:05:06.789 ERROR: [altool.60AB] The lantern is dim. (-19999)\n");
    let reading = in_chunks(text.as_bytes(), &[65_537]);
    assert!(
        reading
            .findings
            .iter()
            .any(|found| found.codes.contains(&"-19999".to_owned()))
    );
}

#[test]
fn secrets_and_escapes_do_not_reach_a_finding() {
    let reading = read(
        "*** Error: \u{1b}[1mThe lantern is dim\u{1b}[0m, header Authorization: Bearer abcdefghijkl.mnop and eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl \u{7}::error::x (-19999)\n",
    );
    let found = format!("{:?}", reading.findings);
    assert!(found.contains("***") && !found.contains("abcdefghijkl") && !found.contains("eyJ"));
    assert!(!found.contains("\\u{1b}") && !found.contains("\\u{7}"));
}
