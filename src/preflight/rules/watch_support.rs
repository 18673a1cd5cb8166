//! An `.ipa` with a watch app of the old kind, which holds Apple's stub, has `WatchKitSupport2`.

use crate::bundle::{BundleKind, Form};
use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "watch-support",
    codes: &["itms-90484"],
    needs: &[Need::Ipa],
    sentence: "An `.ipa` with a watch app of the old kind, which holds Apple's stub, has `WatchKitSupport2`.",
    source: "Apple's message ITMS-90484",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let package = asked.package;
    for bundle in asked.of_kind(BundleKind::WatchApp) {
        let has_stub = package.has(&format!("{}/_WatchKitStub/WK", bundle.path));
        let has_support = package.below("WatchKitSupport2/").next().is_some();
        if has_stub && !has_support && package.form == Form::Ipa {
            let title = format!(
                "`{}` needs `WatchKitSupport2` beside `Payload`",
                bundle.path
            );
            found.add(error("itms-90484", bundle, title));
        }
    }
}
