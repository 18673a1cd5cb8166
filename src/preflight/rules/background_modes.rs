//! `UIBackgroundModes` holds modes that are known.

use crate::preflight::lists::Lists;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "background-modes",
    codes: &["itms-90112"],
    needs: &[Need::Device],
    sentence: "`UIBackgroundModes` holds modes that are known.",
    source: "Apple's message ITMS-90112",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "UIBackgroundModes";
    for bundle in asked.programs().filter(|_| asked.is_embedded()) {
        let known = &Lists::get().background_modes;
        for mode in bundle.texts(KEY) {
            if !known.iter().any(|known| known == mode) {
                let title = format!("`{KEY}` holds `{mode}`, which is no mode that is known");
                let finding = warning("itms-90112", bundle, title).variable("value", mode);
                found.add(about_key(finding, bundle, KEY));
            }
        }
    }
}
