//! On the Mac every program and framework names its executable and has it.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-executables",
    codes: &["itms-90260", "itms-90261"],
    needs: &[Need::Mac],
    sentence: "On the Mac every program and framework names its executable and has it.",
    source: "Apple's messages ITMS-90260 and ITMS-90261",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "CFBundleExecutable";
    let bundles = asked.package.bundles.iter().filter(|one| {
        one.list().is_some() && (one.is_program() || one.kind == BundleKind::Framework)
    });
    for bundle in bundles.filter(|_| asked.is_mac() && asked.is_build()) {
        let name = bundle.text(KEY).unwrap_or_default();
        let folders = ["Contents/MacOS/", "", "Versions/A/", "Versions/Current/"];
        let mut places = folders.iter();
        let is_there = bundle.executable.is_some()
            || places.any(|place| asked.package.has(&format!("{}/{place}{name}", bundle.path)));
        let (code, title) = if name.is_empty() {
            (
                "itms-90260",
                format!("`{}` names no executable", bundle.path),
            )
        } else if !is_there {
            (
                "itms-90261",
                format!("`{}` has no executable `{name}`", bundle.path),
            )
        } else {
            continue;
        };
        found.add(about_code(
            about_key(error(code, bundle, title), bundle, KEY),
            bundle,
        ));
    }
}
