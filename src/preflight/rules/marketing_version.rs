//! `CFBundleShortVersionString` of every bundle with code is one to three numbers.

use crate::bundle::BundleKind;
use crate::diagnostic::Subject;
use crate::preflight::rule::{Asked, Found, Rule, about_code, about_key, error};
use crate::preflight::version;

/// The rule.
pub const RULE: Rule = Rule {
    name: "marketing-version",
    codes: &["itms-90060"],
    needs: &[],
    sentence: "`CFBundleShortVersionString` of every bundle with code is one to three numbers.",
    source: "Apple's message ITMS-90060",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .with_code()
        .filter(|one| asked.is_embedded() || one.is_program())
    {
        let Some(value) = bundle.text("CFBundleShortVersionString") else {
            continue;
        };
        if version::parts(value).is_none_or(|parts| parts > 3) {
            let title = format!(
                "the version `{value}` of `{}` is not one to three numbers",
                bundle.name()
            );
            let mut finding = error("itms-90060", bundle, title).variable("value", value);
            if bundle.kind == BundleKind::App {
                finding = finding.about(Subject::MarketingVersion);
            }
            let finding = about_key(finding, bundle, "CFBundleShortVersionString");
            found.add(about_code(finding, bundle));
        }
    }
}
