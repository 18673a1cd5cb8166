//! Packages, made on the spot.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A small .ipa.
pub fn ipa(bundle_identifier: &str, version: &str, build_number: &str) -> Vec<u8> {
    ipa_of_size(bundle_identifier, version, build_number, 1_000)
}

/// An .ipa with this many bytes of content beside its Info.plist, stored as they are.
pub fn ipa_of_size(
    bundle_identifier: &str,
    version: &str,
    build_number: &str,
    size: usize,
) -> Vec<u8> {
    ipa_of(bundle_identifier, version, build_number, &content(size))
}

/// The bytes of such a content.
pub fn content(size: usize) -> Vec<u8> {
    let mut state = 1_u32;
    (0..size)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect()
}

/// An .ipa with this content beside its Info.plist.
pub fn ipa_of(
    bundle_identifier: &str,
    version: &str,
    build_number: &str,
    content: &[u8],
) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("Payload/App.app/Info.plist", stored)
        .expect("an entry");
    zip.write_all(info_plist(bundle_identifier, version, build_number).as_bytes())
        .expect("its bytes");
    zip.start_file("Payload/App.app/App", stored)
        .expect("an entry");
    zip.write_all(content).expect("its bytes");
    zip.finish().expect("an archive").into_inner()
}

fn info_plist(bundle_identifier: &str, version: &str, build_number: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>CFBundleIdentifier</key><string>{bundle_identifier}</string>
    <key>CFBundleShortVersionString</key><string>{version}</string>
    <key>CFBundleVersion</key><string>{build_number}</string>
    <key>CFBundleName</key><string>App</string>
    <key>CFBundleExecutable</key><string>App</string>
    <key>CFBundlePackageType</key><string>APPL</string>
    <key>CFBundleIconName</key><string>AppIcon</string>
    <key>DTPlatformName</key><string>iphoneos</string>
    <key>DTSDKName</key><string>iphoneos26.0</string>
    <key>MinimumOSVersion</key><string>17.0</string>
</dict>
</plist>
"#
    )
}
