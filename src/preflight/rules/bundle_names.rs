//! The app has a name, and no name of a program is empty.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "bundle-names",
    codes: &["itms-90784", "itms-90783"],
    sentence: "The app has a name, and no name of a program is empty.",
    source: "Apple's messages ITMS-90783 and ITMS-90784",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.programs().filter(|one| one.list().is_some()) {
        for (key, code) in [
            ("CFBundleName", "itms-90784"),
            ("CFBundleDisplayName", "itms-90783"),
        ] {
            let is_lacking = match bundle.get(key) {
                Some(value) => value.as_string().is_some_and(|name| name.trim().is_empty()),
                None => code == "itms-90784" && bundle.kind == BundleKind::App && asked.is_build(),
            };
            if is_lacking {
                let title = format!("`{}` has no name (`{key}`)", bundle.path);
                found.add(about_key(error(code, bundle, title), bundle, key));
            }
        }
    }
}
