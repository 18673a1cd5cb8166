//! The app holds no `iTunesMetadata.plist`, which only the store may add, and no `Entitlements.plist`.

use crate::preflight::rule::{Asked, Found, Rule, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "files-of-apple",
    codes: &["itms-90047"],
    sentence: "The app holds no `iTunesMetadata.plist`, which only the store may add, and no `Entitlements.plist`.",
    source: "Apple's message ITMS-90047",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let path = format!("{}/iTunesMetadata.plist", app.path);
    if asked.is_embedded() && asked.package.has(&path) {
        let title = "the app holds `iTunesMetadata.plist`, which only the store may add";
        found.add(error("itms-90047", app, title.to_owned()).variable("file", path));
        return;
    }
    for name in ["Entitlements.plist", "entitlements.plist"] {
        let path = format!("{}/{name}", app.path);
        if asked.is_embedded() && asked.package.has(&path) {
            let title = format!("the app holds `{name}`, which is for whoever signs it");
            found.add(warning("itms-90047", app, title).variable("file", path));
            return;
        }
    }
}
