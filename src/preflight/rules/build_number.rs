//! `CFBundleVersion` of every bundle with code is one to three numbers.

use crate::bundle::BundleKind;
use crate::diagnostic::{Severity, Subject};
use crate::preflight::rule::{Asked, Found, Rule, about_code, about_key, finding};
use crate::preflight::version;

/// The rule.
pub const RULE: Rule = Rule {
    name: "build-number",
    codes: &["itms-90058", "itms-90257"],
    needs: &[],
    sentence: "`CFBundleVersion` of every bundle with code is one to three numbers.",
    source: "Apple's messages ITMS-90058 and, for Macs, ITMS-90257",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .with_code()
        .filter(|one| asked.is_embedded() || one.is_program())
    {
        let Some(value) = bundle.text("CFBundleVersion") else {
            continue;
        };
        let (severity, code) = match version::parts(value) {
            None => (Severity::Error, "itms-90058"),
            Some(parts) if parts > 3 && asked.is_embedded() => (Severity::Warning, "itms-90058"),
            Some(parts) if parts > 3 => (Severity::Error, "itms-90257"),
            Some(_) => continue,
        };
        let title = format!(
            "the build number `{value}` of `{}` is not one to three numbers",
            bundle.name()
        );
        let mut said = finding(severity, code, bundle, title).variable("value", value);
        if bundle.kind == BundleKind::App {
            said = said.about(Subject::BuildNumber);
        }
        let said = about_key(said, bundle, "CFBundleVersion");
        found.add(about_code(said, bundle));
    }
}
