//! An extension is built for the platform of its app.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "extension-platform",
    codes: &["itms-90044"],
    needs: &[],
    sentence: "An extension is built for the platform of its app.",
    source: "Apple's message ITMS-90044",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.of_kind(BundleKind::Extension) {
        let host = asked.host(bundle).map(|host| asked.program_of(host));
        let family = |one| asked.package.family(one);
        if let (Some(own), Some(of_host)) = (family(bundle), host.and_then(family))
            && own != of_host
        {
            let title = format!(
                "`{}` is built for another platform than its app",
                bundle.path
            );
            found.add(error("itms-90044", bundle, title).variable("file", &bundle.path));
        }
    }
}
