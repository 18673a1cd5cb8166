//! The app's `CFBundlePackageType` is `APPL`.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "package-type",
    codes: &["itms-90183"],
    needs: &[Need::Device],
    sentence: "The app's `CFBundlePackageType` is `APPL`.",
    source: "Apple's message ITMS-90183",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "CFBundlePackageType";
    let app = asked.package.app();
    if app.list().is_none() || asked.is_mac() {
        return;
    }
    let title = match app.text(KEY) {
        Some("APPL") => return,
        Some(said) => format!("`{KEY}` of the app is `{said}`, not `APPL`"),
        None if asked.is_build() => format!("the app has no `{KEY}`, which is `APPL`"),
        None => return,
    };
    found.add(about_key(error("itms-90183", app, title), app, KEY));
}
