//! `UIApplicationShortcutWidget` names an extension of the app.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "shortcut-widget",
    codes: &["itms-90640"],
    needs: &[],
    sentence: "`UIApplicationShortcutWidget` names an extension of the app.",
    source: "Apple's message ITMS-90640",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "UIApplicationShortcutWidget";
    let app = asked.package.app();
    let Some(name) = app.text(KEY) else { return };
    let mut extensions = asked.of_kind(BundleKind::Extension);
    if !extensions.any(|one| one.identifier() == Some(name)) {
        let title = format!("`{KEY}` names `{name}`, which is no extension of the app");
        let finding = error("itms-90640", app, title).variable("value", name);
        found.add(about_key(finding, app, KEY));
    }
}
