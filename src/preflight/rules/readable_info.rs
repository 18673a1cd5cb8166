//! Every bundle with code has an Info.plist that can be read.

use crate::bundle::Info;
use crate::preflight::rule::{Asked, Found, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "info-readable",
    codes: &["itms-90036"],
    needs: &[],
    sentence: "Every bundle with code has an Info.plist that can be read.",
    source: "Apple's message ITMS-90036",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.with_code() {
        let title = match &bundle.info {
            Info::Read(_) => continue,
            // On the Mac a framework's may lie in any of its versions.
            Info::Missing if asked.is_mac() || bundle.is_deep => continue,
            Info::Missing => format!("`{}` has no Info.plist", bundle.path),
            Info::Unreadable(error) => format!("the Info.plist of `{}` {error}", bundle.path),
        };
        found.add(about_code(error("itms-90036", bundle, title), bundle));
    }
}
