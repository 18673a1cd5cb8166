//! The app holds no `iTunesMetadata.plist`, which only the store may add, and no entitlements as a file.

use crate::bundle::Form;
use crate::preflight::rule::{Asked, Found, Need, Rule, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "files-of-apple",
    codes: &["itms-90047"],
    needs: &[Need::Device, Need::Ipa],
    sentence: "The app holds no `iTunesMetadata.plist`, which only the store may add, and no entitlements as a file.",
    source: "Apple's message ITMS-90047",
    check,
};

const XCENT: &str = "archived-expanded-entitlements.xcent";

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
    let path = format!("{}/{XCENT}", app.path);
    let is_left = asked.package.form == Form::Ipa && asked.package.has(&path);
    let claims = asked.package.signature(app).and_then(|one| one.claims());
    // What the signature lacks of it is told as lost.
    let is_claimed = asked.package.lists.get(&path).is_none_or(|list| {
        let mut keys = list.keys();
        keys.all(|key| claims.is_some_and(|claims| claims.contains_key(key)))
    });
    if is_left && is_claimed {
        let title = format!("the app holds `{XCENT}`, which is for whoever signs it");
        found.add(warning("itms-90047", app, title).variable("file", path));
    }
}
