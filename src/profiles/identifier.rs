//! Patterns of identifiers: `A1B2C3D4E5.com.example.*`.

/// Whether a value of a profile permits a value of a signature: the same, or a pattern that ends in `*` and begins it.
///
/// <https://developer.apple.com/documentation/technotes/tn3125-inside-code-signing-provisioning-profiles>
pub fn allows(pattern: &str, value: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => value.starts_with(start),
        None => pattern == value,
    }
}

/// What follows the App ID's prefix: the bundle identifier, or the pattern of it.
pub fn without_prefix(identifier: &str) -> Option<&str> {
    identifier.split_once('.').map(|(_, rest)| rest)
}
