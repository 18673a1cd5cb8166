//! Apple's tools as far as a rehearsal needs them, as scripts that run anywhere: so much that every stage of
//! an export happens. How strict Apple's own are is not played here.

/// The tools by their names.
pub fn tools() -> [(&'static str, &'static str); 3] {
    [
        ("security", include_str!("security.sh")),
        ("xcodebuild", include_str!("xcodebuild.sh")),
        ("xcrun", include_str!("xcrun.sh")),
    ]
}

/// The certificate by which installers of a rehearsal say to be signed, as DER. It is nobody's: its key was thrown
/// away.
pub fn installer_certificate() -> &'static [u8] {
    include_bytes!("installer.der")
}
