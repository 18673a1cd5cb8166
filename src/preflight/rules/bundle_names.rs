//! The app has a name, an extension has one that is shown, and no name of a program is empty.

use crate::bundle::{Bundle, BundleKind, Family};
use crate::preflight::rule::{Asked, Found, Rule, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "bundle-names",
    codes: &["itms-90784", "itms-90783", "itms-90360"],
    needs: &[],
    sentence: "The app has a name, an extension has one that is shown, and no name of a program is empty.",
    source: "Apple's messages ITMS-90360, ITMS-90783 and ITMS-90784",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.programs().filter(|one| one.list().is_some()) {
        for (key, code) in [
            ("CFBundleName", "itms-90784"),
            ("CFBundleDisplayName", "itms-90783"),
        ] {
            let is_lacking = match bundle.get(key) {
                Some(value) => value.as_string().is_some_and(|name| name.trim().is_empty()),
                None => code == "itms-90784" && bundle.kind == BundleKind::App && asked.is_build(),
            };
            let is_nameless = code == "itms-90783" && lacks_name(asked, bundle);
            if is_nameless {
                let title = format!("the extension `{}` has no `{key}`", bundle.name());
                let finding = warning("itms-90360", bundle, title);
                found.add(about_key(finding, bundle, key));
            }
            if is_lacking {
                let title = format!("`{}` has no name (`{key}`)", bundle.path);
                found.add(about_key(error(code, bundle, title), bundle, key));
            }
        }
    }
}

/// Whether it is an iPhone app's extension without a name to show.
fn lacks_name(asked: &Asked<'_>, bundle: &Bundle) -> bool {
    let is_of_app = asked
        .host(bundle)
        .is_some_and(|host| host.kind == BundleKind::App);
    let is_shown = bundle.kind == BundleKind::Extension && bundle.get("NSExtension").is_some();
    let is_phone = asked.family() == Some(Family::Ios);
    is_of_app && is_shown && is_phone && bundle.get("CFBundleDisplayName").is_none()
}
