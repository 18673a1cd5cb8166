//! What a program should claim, and what of it is lost.

use plist::Dictionary;

use crate::bundle::{Bundle, BundleKind};
use crate::preflight::rule::Asked;

/// What claims push, on iPhone and on the Mac.
pub const PUSH: &[&str] = &["aps-environment", "com.apple.developer.aps-environment"];

/// What Xcode adds or takes away by itself when it exports.
const BY_XCODE: &[&str] = &[
    "get-task-allow",
    "com.apple.security.get-task-allow",
    "application-identifier",
    "com.apple.application-identifier",
    "com.apple.developer.team-identifier",
    "beta-reports-active",
];

/// What the project's entitlements file for this bundle asks for.
pub fn of_project<'a>(asked: &Asked<'a>, bundle: &Bundle) -> Vec<&'a str> {
    let named = bundle.identifier();
    let named = named.and_then(|name| asked.expected.get(name));
    let only = (bundle.kind == BundleKind::App).then(|| asked.expected.get(""));
    let keys = named.or(only.flatten()).into_iter().flatten();
    keys.map(String::as_str).collect()
}

/// What Xcode noted in the bundle when it archived.
pub fn archived<'a>(asked: &Asked<'a>, bundle: &Bundle) -> Vec<&'a str> {
    let path = format!("{}/archived-expanded-entitlements.xcent", bundle.path);
    let list = asked.package.lists.get(&path);
    list.into_iter()
        .flatten()
        .map(|(key, _)| key.as_str())
        .collect()
}

/// What of the wanted is not claimed. A file may serve an app for iPhone and Mac: what only the other one knows is
/// left out.
pub fn lost<'a>(asked: &Asked<'_>, wanted: &[&'a str], claims: &Dictionary) -> Vec<&'a str> {
    let has_push = PUSH.iter().any(|key| claims.contains_key(key));
    let wanted = wanted.iter().copied().filter(|key| {
        let is_claimed = claims.contains_key(key) || (PUSH.contains(key) && has_push);
        let is_elsewhere = asked.is_embedded() && is_of_macs(key);
        !BY_XCODE.contains(key) && !is_claimed && !is_elsewhere
    });
    wanted.collect()
}

/// The keys as a sentence has them.
pub fn named(keys: &[&str]) -> String {
    let names: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    names.join(", ")
}

fn is_of_macs(key: &str) -> bool {
    key.starts_with("com.apple.security.") && key != "com.apple.security.application-groups"
}
