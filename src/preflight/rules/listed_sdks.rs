//! A listed SDK has a privacy manifest, and its maker's signature.

use plist::Value;

use crate::diagnostic::Severity;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, finding, warning};
use crate::preflight::sdks;

/// The rule.
pub const RULE: Rule = Rule {
    name: "listed-sdks",
    codes: &["itms-91061", "itms-91065"],
    needs: &[Need::Device],
    sentence: "A listed SDK has a privacy manifest, and its maker's signature.",
    source: "Apple's list of commonly used third-party SDKs, developer.apple.com/support/third-party-SDK-requirements",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for (bundle, name) in sdks::listed(asked).filter(|_| asked.is_embedded()) {
        let inside = format!("{}/", bundle.path);
        let has_manifest = asked
            .package
            .below(&inside)
            .any(|one| one.path.ends_with("/PrivacyInfo.xcprivacy"));
        if !has_manifest {
            let title = format!("`{name}` is on Apple's list of SDKs and has no privacy manifest");
            found.add(about_code(warning("itms-91061", bundle, title), bundle));
        }
    }
    for (path, record) in &asked.package.lists {
        let Some(file) = path.strip_prefix("Signatures/") else {
            continue;
        };
        let Some((name, _)) = file.split_once(".xcframework") else {
            continue;
        };
        if !sdks::is_listed(name) {
            continue;
        }
        let (severity, what) = match record.get("signed").and_then(Value::as_boolean) {
            Some(true) => continue,
            Some(false) => (Severity::Error, "comes without its maker's signature"),
            None => (Severity::Warning, "its record does not say who signed it"),
        };
        let title = format!("`{name}` is on Apple's list of SDKs, and {what}");
        let app = asked.package.app();
        let said = finding(severity, "itms-91065", app, title);
        found.add(said.variable("framework", name));
    }
}
