//! Logs with more messages than anybody reads: what is told of them, and what must not be lost in them.

use std::fmt::Write as _;
use std::fs;

use crate::diagnostic::Severity;
use crate::event::Verdict;
use crate::logs::dialects;
use crate::logs::expression::ascii;
use crate::logs::stream::prefix::strip;
use crate::logs::stream::trigger::{first_decisive, first_hit};
use crate::logs::tests::{golden, read};

/// More errors than are looked at, each different, and noise between them.
fn flood(error: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0..12_000 {
        for line in 0..9 {
            writeln!(text, "    cd /Users/runner/work/app/ios/module{line}").expect("text grows");
        }
        writeln!(text, "{}", error(number)).expect("text grows");
    }
    text
}

const REASON: &str = "2031-02-03 04:05:06.789 ERROR: [ContentDelivery.Uploader.60AB] Asset validation failed (90683) Missing purpose string in Info.plist. The Info.plist file for the \"Buoy.app\" bundle should contain a NSCameraUsageDescription key. (ID: 00000009-0000-4000-8000-000000000000)\n";

/// Errors of a kind each: of an unknown tool, of a compiler, of Apple's with one number and with many.
fn kinds() -> [fn(usize) -> String; 5] {
    [
        |number| format!("error: the widget {number} could not be made"),
        |number| {
            format!(
                "/src/App/Sea{number}.swift:{number}:7: error: cannot find 'wave{number}' in scope"
            )
        },
        |number| {
            format!(
                "ERROR ITMS-90087: \"Unsupported Architectures. The executable for Buoy{number}.app contains unsupported architectures.\""
            )
        },
        |number| {
            format!(
                "ERROR ITMS-{}: \"The lantern {number} is dim.\"",
                91_200 + number % 700
            )
        },
        |number| format!("##[error]The process number {number} failed with exit code 7"),
    ]
}

#[test]
fn the_reason_at_the_end_is_told_whatever_flood_came_before_it() {
    for kind in kinds() {
        let reading = read(&(flood(kind) + REASON));
        let codes: Vec<&str> = reading
            .findings
            .iter()
            .map(|found| found.code.as_str())
            .collect();
        assert!(codes.contains(&"itms-90683"), "{}: {codes:?}", kind(7));
        assert!(reading.findings.len() <= 301);
    }
}

#[test]
fn a_flood_of_errors_is_capped_and_said_to_be() {
    for kind in kinds() {
        let reading = read(&flood(kind));
        let last = reading.findings.last().expect("there are findings");
        assert_eq!(
            (last.code.as_str(), last.severity),
            ("more-findings", Severity::Notice)
        );
        let words = "There are so many that not each of them was looked at.";
        assert!(last.message.ends_with(words), "{}", last.message);
        assert!(!last.message.starts_with('0'), "{}", last.message);
    }
}

#[test]
fn what_comes_once_is_not_hidden_by_what_comes_three_hundred_times() {
    let mut text = String::new();
    for number in 0..400 {
        writeln!(text, "ERROR ITMS-90087: \"Unsupported Architectures. The executable for Buoy{number}.app contains unsupported architectures.\"").expect("text grows");
    }
    let reading = read(&(text + REASON));
    let told = |code: &str| {
        reading
            .findings
            .iter()
            .filter(|found| found.code.as_str() == code)
            .count()
    };
    assert_eq!((told("itms-90087"), told("itms-90683")), (299, 1));
    let last = reading.findings.last().expect("there are findings");
    assert_eq!(last.message, "101 messages more were left out.");
}

#[test]
fn how_it_ended_is_heard_in_the_middle_of_a_flood() {
    let error = |number| format!("error: the widget {number} could not be made");
    let noise = "    cd /Users/runner/work/app/ios\n".repeat(10_000);
    for (said, verdict) in [
        ("UPLOAD SUCCEEDED with no errors\n", Verdict::Succeeded),
        ("** EXPORT FAILED **\n", Verdict::Failed),
    ] {
        let reading = read(&(flood(error) + said + &noise));
        assert_eq!(reading.verdict, verdict, "{said}");
    }
}

/// Every line that decides in a log of our own making, or that begins what is only shown, is heard where
/// messages are not.
#[test]
fn no_line_that_decides_is_filtered_out() {
    let signs: Vec<_> = dialects::all(|dialect| dialect.signs)
        .map(|(_, (_, pattern))| ascii(pattern))
        .collect();
    let parts: Vec<_> = dialects::all(|dialect| dialect.shown_parts)
        .map(|(_, part)| ascii(part.begins))
        .collect();
    let mut decided = 0;
    for log in golden::logs() {
        let text = fs::read_to_string(log).expect("a golden log is UTF-8");
        for line in text.lines() {
            let body = strip(line).body;
            let decides = signs.iter().any(|sign| sign.is_match(body.as_bytes()))
                || parts.iter().any(|part| part.is_match(line.as_bytes()));
            let line = format!("\n{line}");
            if decides && first_hit(line.as_bytes()).is_some() {
                decided += 1;
                assert!(first_decisive(line.as_bytes()).is_some(), "{line}");
            }
        }
    }
    assert!(decided > 100, "{decided}");
}

/// In the middle of a flood, what is no sign must cost no more than noise.
#[test]
fn an_error_alone_decides_nothing() {
    for kind in kinds().iter().take(4) {
        assert_eq!(first_decisive(kind(7).as_bytes()), None, "{}", kind(7));
    }
}
