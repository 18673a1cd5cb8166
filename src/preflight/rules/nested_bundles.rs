//! No framework or extension holds a `Frameworks` folder or another bundle with an executable.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "nested-bundles",
    codes: &["itms-90205", "itms-90206"],
    sentence: "No framework or extension holds a `Frameworks` folder or another bundle with an executable.",
    source: "Apple's messages ITMS-90205 and ITMS-90206",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_embedded() {
        return;
    }
    for bundle in asked.with_code() {
        let Some(host) = asked.host(bundle) else {
            continue;
        };
        if !matches!(host.kind, BundleKind::Framework | BundleKind::Extension) {
            continue;
        }
        let inside = &bundle.path[host.path.len()..];
        let code = if inside.starts_with("/Frameworks/") {
            "itms-90206"
        } else {
            "itms-90205"
        };
        let title = format!(
            "`{}` holds `{}`, which only the app may",
            host.path,
            bundle.name()
        );
        let finding = error(code, host, title).variable("file", &bundle.path);
        found.add(about_code(finding, host));
    }
}
