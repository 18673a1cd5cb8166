//! No bundle inside of the app says that it is for the simulator.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "nested-platforms",
    codes: &["itms-90542"],
    needs: &[Need::Device],
    sentence: "No bundle inside of the app says that it is for the simulator.",
    source: "Apple's message ITMS-90542",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "CFBundleSupportedPlatforms";
    let nested = asked
        .package
        .bundles
        .iter()
        .filter(|one| one.kind != BundleKind::App);
    for bundle in nested.filter(|_| asked.is_embedded()) {
        let platforms = bundle.texts(KEY);
        if let Some(name) = platforms.iter().find(|name| name.ends_with("Simulator")) {
            let title = format!("`{}` says that it is for `{name}`", bundle.path);
            let finding = error("itms-90542", bundle, title).variable("value", *name);
            found.add(about_code(about_key(finding, bundle, KEY), bundle));
        }
    }
}
