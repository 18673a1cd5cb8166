//! How fast a long log is read. Not part of the usual tests:
//! `cargo test --release --lib logs::tests::bench -- --ignored --nocapture`.

use std::time::Instant;

use crate::logs::LogReader;

/// How long the log is, in bytes.
const LENGTH: usize = 200_000_000;

/// The noise of a build: what xcodebuild prints for one file.
fn block(number: usize) -> String {
    let mut text = String::new();
    for file in 0..40 {
        let name = format!("Feature{}View{file}", number % 97);
        text.push_str(&format!(
            "SwiftCompile normal arm64 Compiling\\ {name}.swift /Users/runner/work/app/Sources/{name}.swift (in target 'App' from project 'App')\n    cd /Users/runner/work/app\n    builtin-swiftTaskExecution -- /Applications/Xcode_26.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/bin/swift-frontend -frontend -c /Users/runner/work/app/Sources/{name}.swift -supplementary-output-file-map /Users/runner/Library/Developer/Xcode/DerivedData/App-abcdef/Build/Intermediates.noindex/supplementaryOutputs-{file} -target arm64-apple-ios17.0 -enable-objc-interop -sdk /Applications/Xcode_26.app/Contents/Developer/Platforms/iPhoneOS.platform/Developer/SDKs/iPhoneOS26.0.sdk -I /Users/runner/Library/Developer/Xcode/DerivedData/App-abcdef/Build/Products/Release-iphoneos -Werror=return-type -module-name App -o /Users/runner/Library/Developer/Xcode/DerivedData/App-abcdef/{name}.o\n\n",
        ));
        if file % 10 == 0 {
            text.push_str(&format!("/Users/runner/work/app/Sources/{name}.swift:{}:9: warning: variable 'x' was never used; consider replacing with '_' or removing it\n        let x = wave()\n            ^\n", file + 1));
        }
    }
    if number % 5000 == 3 {
        text.push_str(&format!(
            "2031-02-03 04:05:06.789 ERROR: [ContentDelivery.Uploader.60AB] Asset validation failed (90683) Missing purpose string in Info.plist. The Info.plist file for the ‘Buoy{number}.app’ bundle should contain a NSCameraUsageDescription key. (ID: {number:08}-0000-4000-8000-000000000000)\n",
        ));
    }
    text
}

#[test]
#[ignore = "takes seconds, and means something only with --release"]
fn a_long_log_is_read_fast_and_in_little_memory() {
    let blocks: Vec<String> = (0..97).map(block).collect();
    let mut reader = LogReader::new();
    reader.feed(b"warm up: error: nothing\n");
    let mut fed = 0;
    let before = resident();
    let started = Instant::now();
    let worked = on_core();
    let mut number = 0;
    while fed < LENGTH {
        let rare = block_if_rare(number);
        let text = rare.as_deref().unwrap_or(&blocks[number % blocks.len()]);
        reader.feed(text.as_bytes());
        fed += text.len();
        number += 1;
    }
    let held = resident().saturating_sub(before);
    let reading = reader.finish();
    // Of a shared machine only the time on the core counts.
    let took = match on_core() - worked {
        told if told > 0.0 => told,
        _ => started.elapsed().as_secs_f64(),
    };
    let speed = fed as f64 / 1e6 / took;
    eprintln!(
        "{:.0} MB in {took:.2} s: {speed:.0} MB/s, {} kB more memory, {} findings",
        fed as f64 / 1e6,
        held / 1024,
        reading.findings.len()
    );
    assert!(!reading.findings.is_empty());
    assert!(held < 64 << 20, "memory does not grow with the log");
    if !cfg!(debug_assertions) {
        assert!(speed >= 200.0, "{speed:.0} MB/s");
    }
}

fn block_if_rare(number: usize) -> Option<String> {
    (number % 5000 == 3).then(|| block(number))
}

/// The seconds that this thread has spent on a core; 0 where that is not told.
fn on_core() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: Option<f64> = told.split(' ').next().and_then(|first| first.parse().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
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
