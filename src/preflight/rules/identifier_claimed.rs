//! A signature claims its own application identifier, and no value is a bare `*`.

use plist::Value;

use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "identifier-claimed",
    codes: &["itms-90046", "itms-90075"],
    needs: &[Need::Export, Need::Signature],
    sentence: "A signature claims its own application identifier, and no value is a bare `*`.",
    source: "Apple's messages ITMS-90046 and ITMS-90075; Apple's QA1879 on prefixes",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "application-identifier";
    if asked.is_mac() || !asked.is_signed_for_good() {
        return;
    }
    for bundle in asked.programs() {
        let signature = asked
            .package
            .signature(bundle)
            .filter(|one| one.signer.is_some());
        let (Some(claims), Some(identifier)) =
            (signature.and_then(|one| one.claims()), bundle.identifier())
        else {
            continue;
        };
        let star = claims.iter().find(|(_, value)| is_star(value));
        if let Some((key, _)) = star {
            let title = format!("`{}` claims `*` for `{key}`", bundle.name());
            found.add(about_entitlement(
                error("itms-90046", bundle, title).variable("value", "*"),
                bundle,
                key,
            ));
        }
        let Some(own) = claims.get(KEY).and_then(Value::as_string) else {
            let title = format!("the signature of `{}` has no `{KEY}`", bundle.name());
            found.add(about_entitlement(
                error("itms-90075", bundle, title),
                bundle,
                KEY,
            ));
            continue;
        };
        let prefixes = bundle
            .readable_profile()
            .map_or(&[][..], |profile| &profile.prefixes);
        let is_own = match own.split_once('.') {
            Some((prefix, rest)) => {
                rest == identifier
                    && (prefixes.is_empty() || prefixes.iter().any(|one| one == prefix))
            }
            None => false,
        };
        if !is_own {
            let title = format!(
                "`{}` is signed as `{own}`, and its identifier is `{identifier}`",
                bundle.name()
            );
            found.add(about_entitlement(
                error("itms-90046", bundle, title).variable("value", own),
                bundle,
                KEY,
            ));
        }
    }
}

fn is_star(value: &Value) -> bool {
    match value {
        Value::String(text) => text == "*",
        Value::Array(values) => values.iter().any(is_star),
        _ => false,
    }
}
