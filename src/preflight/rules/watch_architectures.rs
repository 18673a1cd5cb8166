//! A watch app has code for arm64.

use crate::bundle::{Architecture, BundleKind};
use crate::preflight::rule::{Asked, Found, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "watch-architectures",
    codes: &["itms-90733"],
    needs: &[],
    sentence: "A watch app has code for arm64.",
    source: "Apple's message ITMS-90733; developer.apple.com/news/?id=zt8rydnt",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.of_kind(BundleKind::WatchApp) {
        let Some(code) = asked.package.code(bundle) else {
            continue;
        };
        // The old kind of watch app holds a stub of Apple's and no code of its own.
        let is_old = asked
            .package
            .has(&format!("{}/_WatchKitStub/WK", bundle.path));
        let has_arm64 = code
            .slices
            .iter()
            .any(|slice| slice.architecture == Architecture::Arm64);
        if !code.slices.is_empty() && !has_arm64 && !is_old {
            let title = format!("`{}` has no code for arm64", bundle.path);
            found.add(error("itms-90733", bundle, title));
        }
    }
}
