//! Every bundle with code names its executable, without brackets in the name, and has it.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "executable-present",
    codes: &["itms-90207", "itms-90121"],
    needs: &[Need::Device],
    sentence: "Every bundle with code names its executable, without brackets in the name, and has it.",
    source: "Apple's messages ITMS-90207 and ITMS-90121",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let bundles = asked
        .with_code()
        .filter(|bundle| asked.is_embedded() && bundle.list().is_some());
    for bundle in bundles {
        let name = bundle.text("CFBundleExecutable").unwrap_or_default();
        if name.contains(['\\', '[', ']', '{', '}', '(', ')', '+', '*']) {
            let title =
                format!("the executable's name `{name}` has a character that Apple does not take");
            let finding = error("itms-90121", bundle, title).variable("value", name);
            found.add(about_key(finding, bundle, "CFBundleExecutable"));
        } else if name.is_empty() || !asked.package.has(&format!("{}/{name}", bundle.path)) {
            if bundle.is_deep {
                continue;
            }
            let title = format!("`{}` has no executable", bundle.path);
            let finding = about_key(
                error("itms-90207", bundle, title),
                bundle,
                "CFBundleExecutable",
            );
            found.add(about_code(finding, bundle));
        }
    }
}
