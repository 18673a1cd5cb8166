//! A signature claims what the project asks for, and what its code uses and its profile grants.

use plist::Dictionary;

use crate::bundle::{Bundle, BundleKind};
use crate::diagnostic::Severity;
use crate::preflight::lists::Lists;
use crate::preflight::rule::{Asked, Found, Rule, about_entitlement, finding};

/// The rule.
pub const RULE: Rule = Rule {
    name: "lost-entitlements",
    codes: &["entitlement-lost"],
    sentence: "A signature claims what the project asks for, and what its code uses and its profile grants.",
    source: "Apple accepts such a build, and the app does not work; unsigned archives are the usual cause",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_signed_for_good() {
        return;
    }
    for bundle in asked.programs() {
        let signature = asked
            .package
            .signature(bundle)
            .filter(|one| one.signer.is_some());
        let empty = Dictionary::new();
        let Some(claims) = signature.map(|one| one.claims().unwrap_or(&empty)) else {
            continue;
        };
        let archived = format!("{}/archived-expanded-entitlements.xcent", bundle.path);
        let archived = asked.package.lists.get(&archived);
        let archived: Vec<&String> = archived.into_iter().flatten().map(|(key, _)| key).collect();
        let project = bundle
            .identifier()
            .and_then(|name| asked.expected.get(name));
        let only = (bundle.kind == BundleKind::App).then(|| asked.expected.get(""));
        let project: Vec<&String> = project.or(only.flatten()).into_iter().flatten().collect();
        let grants_push = bundle.readable_profile().is_some_and(|profile| {
            PUSH.iter()
                .any(|key| profile.entitlements.contains_key(key))
        });
        for (keys, severity, who) in [
            (archived, Severity::Error, "the archive"),
            (project, Severity::Error, "the project's entitlements file"),
        ] {
            // Where the profile grants push, its loss is told as that.
            let is_told = |key: &str| grants_push && PUSH.contains(&key);
            let is_claimed =
                |key: &str| PUSH.contains(&key) && PUSH.iter().any(|one| claims.contains_key(one));
            let mut lost = keys;
            lost.retain(|key| !(asked.is_embedded() && is_of_macs(key)));
            lost.retain(|key| is_lost(key, claims) && !is_told(key) && !is_claimed(key));
            if let Some(first) = lost.first() {
                let names = lost
                    .iter()
                    .map(|key| format!("`{key}`"))
                    .collect::<Vec<_>>();
                let title = format!(
                    "`{}` lost {}, which {who} asks for",
                    bundle.name(),
                    names.join(", ")
                );
                let said = finding(severity, "entitlement-lost", bundle, title);
                found.add(about_entitlement(said, bundle, first));
                break;
            }
        }
        of_code(asked, bundle, claims, found);
    }
}

/// What claims push, on iPhone and on the Mac.
const PUSH: &[&str] = &["aps-environment", "com.apple.developer.aps-environment"];

/// What Xcode adds or takes away by itself when it exports is not lost.
fn is_lost(key: &str, claims: &Dictionary) -> bool {
    const BY_XCODE: &[&str] = &[
        "get-task-allow",
        "com.apple.security.get-task-allow",
        "application-identifier",
        "com.apple.application-identifier",
        "com.apple.developer.team-identifier",
        "beta-reports-active",
    ];
    !BY_XCODE.contains(&key) && !claims.contains_key(key)
}

/// What the code uses and the profile grants.
fn of_code(asked: &Asked<'_>, bundle: &Bundle, claims: &Dictionary, found: &mut Found) {
    let (Some(code), Some(profile)) = (asked.package.code(bundle), bundle.readable_profile())
    else {
        return;
    };
    for used in &Lists::get().entitled_symbols {
        let is_used = code.imports(&used.symbol) || code.names_selector(&used.symbol);
        let is_granted = profile.entitlements.contains_key(&used.entitlement);
        if is_used && is_granted && !claims.contains_key(&used.entitlement) {
            let title = format!(
                "`{}` uses `{}` and its profile grants `{}`, and its signature does not claim it",
                bundle.name(),
                used.symbol.trim_start_matches("_OBJC_CLASS_$_"),
                used.entitlement
            );
            let said = finding(Severity::Warning, "entitlement-lost", bundle, title);
            found.add(about_entitlement(said, bundle, &used.entitlement));
        }
    }
}

/// Whether it is for Macs: a file may serve an app for both.
fn is_of_macs(key: &str) -> bool {
    key.starts_with("com.apple.security.") && key != "com.apple.security.application-groups"
}
