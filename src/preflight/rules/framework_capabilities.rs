//! No framework asks for device capabilities.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, about_key, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "framework-capabilities",
    codes: &["itms-90689"],
    needs: &[Need::Device],
    sentence: "No framework asks for device capabilities.",
    source: "Apple's message ITMS-90689",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "UIRequiredDeviceCapabilities";
    for bundle in asked
        .of_kind(BundleKind::Framework)
        .filter(|_| asked.is_embedded())
    {
        if bundle.get(KEY).is_some() {
            let title = format!(
                "the Info.plist of `{}` has `{KEY}`, which is for apps",
                bundle.name()
            );
            found.add(about_code(
                about_key(warning("itms-90689", bundle, title), bundle, KEY),
                bundle,
            ));
        }
    }
}
