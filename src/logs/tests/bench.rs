//! How fast long logs are read. Not part of the usual tests: `just logspeed`.

use std::time::Instant;

use crate::logs::LogReader;

/// How long each log is, in bytes.
const LENGTH: usize = 200_000_000;

/// The most memory that reading may take, whatever the log's length.
const MEMORY: usize = 64 << 20;

/// What xcodebuild prints for one file.
fn noise(number: usize) -> String {
    let name = format!("Feature{}View{}", number % 97, number % 41);
    format!(
        "SwiftCompile normal arm64 Compiling\\ {name}.swift /Users/runner/work/app/Sources/{name}.swift (in target 'App' from project 'App')\n    cd /Users/runner/work/app\n    builtin-swiftTaskExecution -- /Applications/Xcode_26.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/bin/swift-frontend -frontend -c /Users/runner/work/app/Sources/{name}.swift -supplementary-output-file-map /Users/runner/Library/Developer/Xcode/DerivedData/App-abcdef/Build/Intermediates.noindex/supplementaryOutputs -target arm64-apple-ios17.0 -enable-objc-interop -sdk /Applications/Xcode_26.app/Contents/Developer/Platforms/iPhoneOS.platform/Developer/SDKs/iPhoneOS26.0.sdk -I /Users/runner/Library/Developer/Xcode/DerivedData/App-abcdef/Build/Products/Release-iphoneos -Werror=return-type -module-name App -o /Users/runner/Library/Developer/Xcode/DerivedData/App-abcdef/{name}.o\n\n"
    )
}

/// The noise of a build, a warning of the compiler in it.
fn build(number: usize) -> String {
    let mut text: String = (0..40).map(|file| noise(number + file)).collect();
    text.push_str("/Users/runner/work/app/Sources/Sea.swift:12:9: warning: variable 'x' was never used; consider replacing with '_' or removing it\n        let x = wave()\n            ^\n");
    text
}

/// A fault of altool's, which no other number gives.
fn fault(number: usize) -> String {
    format!(
        "2031-02-03 04:05:06.789 ERROR: [ContentDelivery.Uploader.60AB] Asset validation failed (90683) Missing purpose string in Info.plist. The Info.plist file for the ‘Buoy{number}.app’ bundle should contain a NSCameraUsageDescription key. (ID: {number:08}-0000-4000-8000-000000000000)\n",
    )
}

/// One of many kinds of errors, known and unknown, each different.
fn error(number: usize) -> String {
    match number % 6 {
        0 => fault(number),
        1 => format!(
            "ERROR ITMS-{}: \"The lantern number {number} of the long pier is dim.\"\n",
            91_200 + number % 700
        ),
        2 => format!(
            "/src/App/Sea{number}.swift:{}:7: error: cannot find 'wave{number}' in scope\n",
            number % 500
        ),
        3 => format!("error: the widget {number} could not be made\n"),
        4 => format!(
            "2031-02-03T04:05:06.1234567Z ##[error]The process number {number} failed with exit code 7\n"
        ),
        _ => format!(
            "/a/Buoy.xcodeproj: error: No profiles for 'com.example.buoy{number}' were found: Xcode couldn't find any iOS App Store provisioning profiles matching 'com.example.buoy{number}'. (in target 'Buoy{number}' from project 'Buoy')\n"
        ),
    }
}

/// Reads a log of such blocks; gives megabytes a second and checks the memory.
fn speed(name: &str, length: usize, block: impl Fn(usize) -> String) -> f64 {
    let mut reader = LogReader::new();
    reader.feed(b"warm up: error: nothing\n");
    let before = resident();
    let (mut took, mut fed, mut number) = (0.0, 0, 0);
    while fed < length {
        let text: String = (0..16).map(|at| block(number + at)).collect();
        number += 16;
        fed += text.len();
        let started = on_core();
        reader.feed(text.as_bytes());
        took += on_core() - started;
    }
    let held = resident().saturating_sub(before);
    let started = on_core();
    let reading = reader.finish();
    took += on_core() - started;
    let speed = fed as f64 / 1e6 / took;
    eprintln!(
        "{name}: {:.0} MB in {took:.2} s: {speed:.0} MB/s, {} kB more memory, {} findings",
        fed as f64 / 1e6,
        held / 1024,
        reading.findings.len()
    );
    assert!(!reading.findings.is_empty());
    assert!(held < MEMORY, "memory does not grow with the log");
    speed
}

#[track_caller]
fn is_at_least(least: f64, speed: f64) {
    if !cfg!(debug_assertions) {
        assert!(speed >= least, "{speed:.0} MB/s");
    }
}

#[test]
#[ignore = "takes seconds, and means something only with --release"]
fn a_long_log_is_read_fast_and_in_little_memory() {
    let builds: Vec<String> = (0..97).map(build).collect();
    let speed = speed("a build with a rare error", LENGTH, |number| {
        match number % 5000 {
            3 => fault(number),
            _ => builds[number % builds.len()].clone(),
        }
    });
    is_at_least(200.0, speed);
}

/// Each block is ten lines, nine of noise and one error.
#[test]
#[ignore = "takes seconds, and means something only with --release"]
fn a_log_full_of_errors_is_read_fast_too() {
    let speed = speed("an error in every tenth line", LENGTH, |number| {
        let noise: String = (0..3).map(|at| noise(3 * number + at)).collect();
        let nine: String = noise.split_inclusive('\n').take(9).collect();
        nine + &error(number)
    });
    is_at_least(50.0, speed);
}

/// The lines are as short as they come, and the log no longer than those of real builds.
#[test]
#[ignore = "takes seconds, and means something only with --release"]
fn a_log_of_short_lines_full_of_errors_is_read_fast_too() {
    const SHORT: [&str; 3] = [
        "CopySwiftLibs /Users/runner/Library/Developer/Xcode/DerivedData/App/Build/Products/App.app\n",
        "    cd /Users/runner/work/app/ios\n",
        "Touch /Users/runner/work/build/Sea.framework (in target 'Sea' from project 'Pods')\n",
    ];
    for kind in 0..6 {
        let name = format!("short lines, errors like {:.30}", error(kind).trim_end());
        let speed = speed(&name, LENGTH / 6, |number| {
            SHORT.concat().repeat(3) + &error(6 * number + kind)
        });
        is_at_least(50.0, speed);
    }
}

/// The seconds that this thread has spent on a core, for of a shared machine only they count; where that
/// is not told, those that have passed.
fn on_core() -> f64 {
    static BEGAN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    match told
        .split(' ')
        .next()
        .and_then(|first| first.parse::<f64>().ok())
    {
        Some(nanoseconds) => nanoseconds / 1e9,
        None => BEGAN.get_or_init(Instant::now).elapsed().as_secs_f64(),
    }
}

/// The bytes of memory that the process holds; 0 where that is not told.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: Option<usize> = status
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0) * 4096
}
