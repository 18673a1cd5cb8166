//! No signature claims more than its profile allows.

use plist::Value;

use crate::bundle::Bundle;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, error};
use crate::profiles::{Kind, Profile, allows, is_restricted};

/// The rule.
pub const RULE: Rule = Rule {
    name: "entitlements-allowed",
    codes: &["itms-90164", "itms-90287", "itms-90288"],
    needs: &[Need::Export, Need::Signature, Need::Profile],
    sentence: "No signature claims more than its profile allows.",
    source: "Apple's messages ITMS-90164 and, for Macs, ITMS-90287 and ITMS-90288; TN3125",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_signed_for_good() {
        return;
    }
    for bundle in asked.programs() {
        let claims = asked.package.signature(bundle).and_then(|one| one.claims());
        let (Some(profile), Some(claims)) = (bundle.readable_profile(), claims) else {
            continue;
        };
        // A profile that is wrong as a whole is told as that.
        if profile.kind != Kind::AppStore || !fits(bundle, profile) {
            continue;
        }
        for (key, value) in claims {
            if !is_restricted(key, asked.is_mac()) {
                continue;
            }
            let granted = profile.entitlements.get(key);
            if !granted.map_or_else(|| says_no(value), |granted| permits(granted, value)) {
                let code = match (asked.is_mac(), granted) {
                    (false, _) => "itms-90164",
                    (true, None) => "itms-90287",
                    (true, Some(_)) => "itms-90288",
                };
                let what = if granted.is_some() {
                    "another value"
                } else {
                    "nothing"
                };
                let title = format!(
                    "`{}` claims `{key}`, and for it the profile `{}` grants {what}",
                    bundle.name(),
                    profile.name
                );
                found.add(about_entitlement(error(code, bundle, title), bundle, key));
            }
        }
    }
}

fn fits(bundle: &Bundle, profile: &Profile) -> bool {
    let identifier = bundle.identifier().unwrap_or_default();
    profile.bundle_pattern().is_none() || profile.covers(identifier)
}

fn says_no(value: &Value) -> bool {
    match value {
        Value::Boolean(yes) => !yes,
        Value::Array(values) => values.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// Whether the profile's value permits the signature's. Kinds of values that have no rule are permitted.
fn permits(granted: &Value, claimed: &Value) -> bool {
    match (granted, claimed) {
        (Value::Boolean(granted), Value::Boolean(claimed)) => *granted || !claimed,
        (Value::String(pattern), Value::String(value)) => allows(pattern, value),
        (Value::Array(patterns), Value::String(_)) => {
            patterns.iter().any(|one| permits(one, claimed))
        }
        (_, Value::Array(values)) => values.iter().all(|value| match granted {
            Value::Array(patterns) => patterns.iter().any(|one| permits(one, value)),
            other => permits(other, value),
        }),
        _ => true,
    }
}
