//! No bundle names rules of its own for what is sealed.

use crate::preflight::rule::{Asked, Found, Rule, about_key, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "resource-rules",
    codes: &["itms-90339"],
    needs: &[],
    sentence: "No bundle names rules of its own for what is sealed.",
    source: "Apple's message ITMS-90339",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "CFBundleResourceSpecification";
    for bundle in asked.programs().filter(|one| one.get(KEY).is_some()) {
        let title = format!("the Info.plist of `{}` has `{KEY}`", bundle.name());
        found.add(about_key(warning("itms-90339", bundle, title), bundle, KEY));
    }
}
