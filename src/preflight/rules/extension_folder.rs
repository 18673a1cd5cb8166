//! Extensions lie in `PlugIns`, those of ExtensionKit in `Extensions`.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "extension-folder",
    codes: &["itms-90680", "itms-91179"],
    needs: &[Need::Device],
    sentence: "Extensions lie in `PlugIns`, those of ExtensionKit in `Extensions`.",
    source: "Apple's messages ITMS-90680 and ITMS-91179",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .of_kind(BundleKind::Extension)
        .filter(|_| asked.is_embedded())
    {
        let Some(host) = asked
            .host(bundle)
            .filter(|host| host.kind != BundleKind::Framework)
        else {
            continue;
        };
        let inside = bundle.path[host.path.len()..].trim_start_matches('/');
        let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_new = bundle.get("EXAppExtensionAttributes").is_some();
        let (code, right) = match folder {
            "PlugIns" if is_new => ("itms-91179", "Extensions"),
            "PlugIns" | "Extensions" => continue,
            _ => ("itms-90680", "PlugIns"),
        };
        let title = format!("the extension `{}` should lie in `{right}`", bundle.path);
        found.add(error(code, bundle, title).variable("file", &bundle.path));
    }
}
