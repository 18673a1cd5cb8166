//! A listed SDK has a privacy manifest, and its maker's signature.

use plist::Value;

use crate::bundle::BundleKind;
use crate::preflight::lists::Lists;
use crate::preflight::rule::{Asked, Found, Rule, about_code, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "listed-sdks",
    codes: &["itms-91061", "itms-91065"],
    sentence: "A listed SDK has a privacy manifest, and its maker's signature.",
    source: "Apple's list of commonly used third-party SDKs, developer.apple.com/support/third-party-SDK-requirements",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let listed = &Lists::get().listed_sdks;
    for bundle in asked
        .of_kind(BundleKind::Framework)
        .filter(|_| asked.is_embedded())
    {
        let name = bundle.name().trim_end_matches(".framework");
        if !listed.iter().any(|one| one == name) {
            continue;
        }
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
        let is_unsigned = record.get("signed").and_then(Value::as_boolean) == Some(false);
        if is_unsigned && listed.iter().any(|one| one == name) {
            let title = format!(
                "`{name}` is on Apple's list of SDKs and comes without its maker's signature"
            );
            let app = asked.package.app();
            found.add(error("itms-91065", app, title).variable("framework", name));
        }
    }
}
