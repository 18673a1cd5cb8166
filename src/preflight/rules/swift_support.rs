//! An `.ipa` whose app embeds Swift's libraries has the same ones in `SwiftSupport`.

use std::collections::BTreeSet;

use crate::bundle::Form;
use crate::preflight::rule::{Asked, Found, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "swift-support",
    codes: &["itms-90426", "itms-90424"],
    sentence: "An `.ipa` whose app embeds Swift's libraries has the same ones in `SwiftSupport`.",
    source: "Apple's messages ITMS-90424 and ITMS-90426",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if asked.package.form != Form::Ipa {
        return;
    }
    let app = asked.package.app();
    let folder = format!("{}/Frameworks/", app.path);
    let is_swift = |name: &str| name.starts_with("libswift") && name.ends_with(".dylib");
    let embedded: BTreeSet<&str> = asked
        .package
        .below(&folder)
        .map(|member| &member.path[folder.len()..])
        .filter(|name| is_swift(name))
        .collect();
    if embedded.is_empty() {
        return;
    }
    let support: BTreeSet<&str> = asked
        .package
        .below("SwiftSupport/")
        .filter_map(|member| member.path.rsplit('/').next())
        .filter(|name| is_swift(name))
        .collect();
    if support.is_empty() {
        let title = "the app embeds Swift's libraries, and the package has no `SwiftSupport`";
        found.add(error("itms-90426", app, title.to_owned()));
    } else if let Some(name) = embedded.difference(&support).next() {
        let title = format!("`{name}` is in the app and not in `SwiftSupport`");
        found.add(error("itms-90424", app, title).variable("file", *name));
    }
}
