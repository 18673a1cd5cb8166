//! Which rights a profile must grant.

/// Whether a profile must grant the right, by its key. The identifier is matched by itself; the sandbox's keys need no
/// profile, and a group of apps on the Mac needs none where the team's id begins it.
///
/// <https://developer.apple.com/documentation/technotes/tn3125-inside-code-signing-provisioning-profiles>
pub fn is_restricted(key: &str, is_mac: bool) -> bool {
    if is_mac {
        return key.starts_with("com.apple.developer.");
    }
    !matches!(
        key,
        "application-identifier" | "com.apple.application-identifier"
    ) && (!key.starts_with("com.apple.security.") || key == "com.apple.security.application-groups")
}
