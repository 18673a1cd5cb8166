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
    for host in asked.with_code() {
        if !matches!(host.kind, BundleKind::Framework | BundleKind::Extension) {
            continue;
        }
        let folder = format!("{}/Frameworks/", host.path);
        let file = asked.package.below(&folder).next();
        // The extension of an old watch app brings Swift's libraries with it.
        let is_of_watch = asked
            .host(host)
            .is_some_and(|host| host.kind == BundleKind::WatchApp);
        let inner = asked.with_code().find(|inner| {
            let place = asked.host(inner).map(|host| &host.path);
            place == Some(&host.path) && !inner.path.starts_with(&folder)
        });
        let (code, inside) = match (file, inner) {
            (Some(_), _) if !is_of_watch => ("itms-90206", "Frameworks"),
            (_, Some(inner)) => ("itms-90205", inner.name()),
            (_, None) => continue,
        };
        let title = format!("`{}` holds `{inside}`, which only the app may", host.path);
        let finding = error(code, host, title).variable("file", inside);
        found.add(about_code(finding, host));
    }
}
