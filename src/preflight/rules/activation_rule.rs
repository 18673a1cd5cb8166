//! An extension says what it takes, and not by `TRUEPREDICATE`.

use plist::Value;

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "activation-rule",
    codes: &["itms-90362"],
    needs: &[],
    sentence: "An extension says what it takes, and not by `TRUEPREDICATE`.",
    source: "Apple's message ITMS-90362",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "NSExtensionActivationRule";
    for bundle in asked.of_kind(BundleKind::Extension) {
        let rule = bundle
            .get("NSExtension")
            .and_then(|own| own.as_dictionary()?.get("NSExtensionAttributes"))
            .and_then(|own| own.as_dictionary()?.get(KEY));
        if rule.and_then(Value::as_string) == Some("TRUEPREDICATE") {
            let title = format!(
                "`{}` takes everything (`{KEY}` is TRUEPREDICATE)",
                bundle.name()
            );
            let finding = error("itms-90362", bundle, title).variable("value", "TRUEPREDICATE");
            found.add(about_key(finding, bundle, KEY));
        }
    }
}
