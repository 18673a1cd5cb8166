//! Code is signed as its bundle identifier.

use crate::diagnostic::Severity;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, finding};

/// The rule.
pub const RULE: Rule = Rule {
    name: "signed-identifier",
    codes: &["itms-90334"],
    needs: &[Need::Export, Need::Signature],
    sentence: "Code is signed as its bundle identifier.",
    source: "Apple's message ITMS-90334",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.with_code().filter(|_| asked.is_signed_for_good()) {
        let directory = asked
            .package
            .signature(bundle)
            .and_then(|one| one.directory());
        let (Some(directory), Some(identifier)) = (directory, bundle.identifier()) else {
            continue;
        };
        if directory.identifier != identifier {
            let severity = if asked.is_mac() {
                Severity::Error
            } else {
                Severity::Warning
            };
            let title = format!(
                "`{}` is signed as `{}`, and its identifier is `{identifier}`",
                bundle.name(),
                directory.identifier
            );
            found.add(about_code(
                finding(severity, "itms-90334", bundle, title),
                bundle,
            ));
        }
    }
}
