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
