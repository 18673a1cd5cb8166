//! A watch app has icons.

use crate::bundle::BundleKind;
use crate::diagnostic::Subject;
use crate::preflight::rule::{Asked, Found, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "watch-icons",
    codes: &["itms-90391"],
    needs: &[],
    sentence: "A watch app has icons.",
    source: "Apple's message ITMS-90391",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.of_kind(BundleKind::WatchApp) {
        let has_catalogue = asked.package.has(&format!("{}/Assets.car", bundle.path));
        let is_whole = bundle.list().is_some() && asked.package.code(bundle).is_some();
        if is_whole && !has_catalogue && bundle.pictures.is_empty() {
            let title = format!("`{}` holds no icons", bundle.path);
            found.add(error("itms-90391", bundle, title).about(Subject::AppIcon));
        }
    }
}
