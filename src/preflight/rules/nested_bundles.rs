//! No framework or extension holds a `Frameworks` folder or another bundle with an executable.

use std::collections::BTreeMap;

use crate::bundle::{Bundle, BundleKind};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "nested-bundles",
    codes: &["itms-90205", "itms-90206"],
    needs: &[Need::Device],
    sentence: "No framework or extension holds a `Frameworks` folder or another bundle with an executable.",
    source: "Apple's messages ITMS-90205 and ITMS-90206",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_embedded() {
        return;
    }
    let mut inner: BTreeMap<&str, Vec<&Bundle>> = BTreeMap::new();
    for bundle in asked.with_code() {
        if let Some(host) = asked.host(bundle) {
            inner.entry(host.path.as_str()).or_default().push(bundle);
        }
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
        let inner = inner
            .get(host.path.as_str())
            .and_then(|inner| inner.iter().find(|one| !one.path.starts_with(&folder)));
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
