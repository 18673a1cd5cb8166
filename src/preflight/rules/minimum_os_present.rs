//! Frameworks and extensions state a `MinimumOSVersion` of 8.0 or later.

use crate::bundle::{BundleKind, Family, Version};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "minimum-os-present",
    codes: &["itms-90360", "itms-90530"],
    needs: &[Need::Device],
    sentence: "Frameworks and extensions state a `MinimumOSVersion` of 8.0 or later.",
    source: "Apple's messages ITMS-90360 and ITMS-90530",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "MinimumOSVersion";
    let nested = [BundleKind::Framework, BundleKind::Extension];
    let bundles = asked
        .with_code()
        .filter(|bundle| nested.contains(&bundle.kind));
    for bundle in bundles.filter(|bundle| asked.is_embedded() && bundle.list().is_some()) {
        let is_phone = asked.package.family(bundle) == Some(Family::Ios);
        let (code, title) = match bundle.text(KEY) {
            None => (
                "itms-90360",
                format!("the Info.plist of `{}` has no `{KEY}`", bundle.name()),
            ),
            Some("") => (
                "itms-90530",
                format!("`{KEY}` of `{}` is empty", bundle.name()),
            ),
            Some(value)
                if is_phone && Version::parse(value).is_some_and(|low| low < Version(8, 0, 0)) =>
            {
                (
                    "itms-90530",
                    format!("`{KEY}` of `{}` is {value}, lower than 8.0", bundle.name()),
                )
            }
            Some(_) => continue,
        };
        let finding = about_key(error(code, bundle, title), bundle, KEY);
        found.add(about_code(finding, bundle));
    }
}
