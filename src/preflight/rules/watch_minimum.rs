//! A watch app's `MinimumOSVersion` is one of watchOS, which went from 11 to 26.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "watch-minimum",
    codes: &["watch-minimum-os-version"],
    needs: &[],
    sentence: "A watch app's `MinimumOSVersion` is one of watchOS, which went from 11 to 26.",
    source: "Apple's message on the `MinimumOSVersion` of watch apps, which has no number",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "MinimumOSVersion";
    for bundle in asked.of_kind(BundleKind::WatchApp) {
        let Some(low) = bundle.minimum_os() else {
            continue;
        };
        if low.0 < 2 || (12..26).contains(&low.0) {
            let title = format!("`{}` asks for watchOS {low}, which is none", bundle.name());
            let finding = error("watch-minimum-os-version", bundle, title);
            found.add(about_key(
                finding.variable("value", low.to_string()),
                bundle,
                KEY,
            ));
        }
    }
}
