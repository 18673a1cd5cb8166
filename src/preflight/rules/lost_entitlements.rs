//! A signature claims what the project and its archive ask for, and what the code uses and the profile grants.

use plist::Dictionary;

use crate::bundle::Bundle;
use crate::preflight::entitlements::{self, PUSH};
use crate::preflight::lists::Lists;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "lost-entitlements",
    codes: &["entitlement-lost"],
    needs: &[Need::Export, Need::Signature],
    sentence: "A signature claims what the project asks for, and what its code uses and its profile grants.",
    source: "Apple accepts such a build, and the app does not work; unsigned archives are the usual cause",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_signed_for_good() {
        return;
    }
    for bundle in asked.programs() {
        let signature = asked.package.signature(bundle);
        let Some(signature) = signature.filter(|one| one.signer.is_some()) else {
            continue;
        };
        let empty = Dictionary::new();
        let claims = signature.claims().unwrap_or(&empty);
        let grants_push = bundle.readable_profile().is_some_and(|profile| {
            let mut keys = PUSH.iter();
            keys.any(|key| profile.entitlements.contains_key(key))
        });
        for (keys, who) in [
            (entitlements::archived(asked, bundle), "the archive"),
            (
                entitlements::of_project(asked, bundle),
                "the project's entitlements file",
            ),
        ] {
            let mut lost = entitlements::lost(asked, &keys, claims);
            // Where the profile grants push, its loss is told as that.
            lost.retain(|key| !(grants_push && PUSH.contains(key)));
            let Some(first) = lost.first() else { continue };
            let names = entitlements::named(&lost);
            let title = format!("`{}` lost {names}, which {who} asks for", bundle.name());
            let said = error("entitlement-lost", bundle, title);
            found.add(about_entitlement(said, bundle, first));
            break;
        }
        of_code(asked, bundle, claims, found);
    }
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
            let said = warning("entitlement-lost", bundle, title);
            found.add(about_entitlement(said, bundle, &used.entitlement));
        }
    }
}
