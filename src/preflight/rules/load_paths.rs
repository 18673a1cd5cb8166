//! Every framework that code loads from the app is in the app.

use std::collections::BTreeSet;

use crate::bundle::Bundle;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "load-paths",
    codes: &["itms-90562"],
    needs: &[Need::Device, Need::Code],
    sentence: "Every framework that code loads from the app is in the app.",
    source: "The app would not start; Apple's message ITMS-90562",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let bundles = asked.package.bundles.iter();
    let names: BTreeSet<&str> = bundles.map(Bundle::name).collect();
    for bundle in asked.with_code().filter(|_| asked.is_embedded()) {
        let Some(code) = asked.package.code(bundle) else {
            continue;
        };
        let dylibs = code.slices.iter().flat_map(|slice| &slice.dylibs);
        let missing = dylibs.filter(|one| !one.is_weak).find(|one| {
            let path = one.name.strip_prefix("@rpath/");
            let Some((folder, _)) = path.and_then(|path| path.split_once(".framework/")) else {
                return false;
            };
            let name = folder.rsplit('/').next().unwrap_or(folder);
            !names.contains(format!("{name}.framework").as_str())
        });
        if let Some(dylib) = missing {
            let title = format!(
                "`{}` loads `{}`, which is not in the app",
                bundle.path, dylib.name
            );
            found.add(about_code(
                warning("itms-90562", bundle, title).variable("value", &dylib.name),
                bundle,
            ));
        }
    }
}
