//! Every bundle with code has a version and a build number.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "versions-present",
    codes: &["itms-90056", "itms-90057"],
    needs: &[Need::Device],
    sentence: "Every bundle with code has a version and a build number.",
    source: "Apple's messages ITMS-90056 and ITMS-90057",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let bundles = asked
        .with_code()
        .filter(|bundle| asked.is_embedded() && bundle.list().is_some());
    for bundle in bundles {
        for (key, code) in [
            ("CFBundleVersion", "itms-90056"),
            ("CFBundleShortVersionString", "itms-90057"),
        ] {
            if bundle.get(key).is_none() {
                let title = format!("the Info.plist of `{}` has no `{key}`", bundle.name());
                let finding = about_key(error(code, bundle, title), bundle, key);
                found.add(about_code(finding, bundle));
            }
        }
    }
}
