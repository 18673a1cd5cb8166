//! Every bundle with code has an Info.plist that can be read.

use crate::bundle::Info;
use crate::preflight::rule::{Asked, Found, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "info-readable",
    codes: &["itms-90036"],
    sentence: "Every bundle with code has an Info.plist that can be read.",
    source: "Apple's message ITMS-90036",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .with_code()
        .filter(|bundle| asked.is_embedded() && !bundle.is_deep)
    {
        let title = match &bundle.info {
            Info::Read(_) => continue,
            Info::Missing => format!("`{}` has no Info.plist", bundle.path),
            Info::Unreadable(error) => format!("the Info.plist of `{}` {error}", bundle.path),
        };
        found.add(about_code(error("itms-90036", bundle, title), bundle));
    }
}
