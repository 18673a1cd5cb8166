//! No two bundles with code have the same bundle identifier.

use std::collections::BTreeMap;

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "identifier-collision",
    codes: &["itms-90685"],
    needs: &[Need::Device],
    sentence: "No two bundles with code have the same bundle identifier.",
    source: "Apple's message ITMS-90685",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_embedded() {
        return;
    }
    let mut seen: BTreeMap<(String, &str), &str> = BTreeMap::new();
    for bundle in asked.with_code() {
        let Some(identifier) = bundle.identifier() else {
            continue;
        };
        // The watch app and the App Clip bring their own copies of a framework.
        let scope = if bundle.is_program() {
            String::new()
        } else {
            asked.program_of(bundle).path.clone()
        };
        // A watch app that is called like its companion is told as that.
        if bundle.kind == BundleKind::WatchApp
            && asked.package.app().identifier() == Some(identifier)
        {
            continue;
        }
        let names = [(String::new(), identifier), (scope, identifier)];
        if let Some(other) = names.iter().find_map(|name| seen.get(name)) {
            let title = format!(
                "`{}` and `{other}` have the same identifier, `{identifier}`",
                bundle.path
            );
            let finding = error("itms-90685", bundle, title).variable("value", identifier);
            found.add(about_key(finding, bundle, "CFBundleIdentifier"));
            continue;
        }
        let [_, name] = names;
        seen.insert(name, &bundle.path);
    }
}
