//! Extensions and the watch app have the app's version and build number.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "extension-versions",
    codes: &["itms-90473", "itms-90379"],
    needs: &[Need::Device],
    sentence: "Extensions and the watch app have the app's version and build number.",
    source: "Apple's messages ITMS-90473 and ITMS-90379",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    for bundle in asked.programs().filter(|_| asked.is_embedded()) {
        for key in ["CFBundleVersion", "CFBundleShortVersionString"] {
            let (Some(own), Some(of_app)) = (bundle.text(key), app.text(key)) else {
                continue;
            };
            if own == of_app {
                continue;
            }
            let title = format!(
                "`{key}` of `{}` is {own}, and the app's is {of_app}",
                bundle.name()
            );
            let finding = match bundle.kind {
                BundleKind::Extension => warning("itms-90473", bundle, title),
                BundleKind::WatchApp => error("itms-90379", bundle, title),
                BundleKind::App
                | BundleKind::Clip
                | BundleKind::Framework
                | BundleKind::Resources
                | BundleKind::Helper
                | BundleKind::PlugIn => continue,
            };
            found.add(about_key(finding, bundle, key));
            break;
        }
    }
}
