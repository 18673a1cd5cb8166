//! A privacy manifest has known keys, categories and reasons, and does not contradict itself about tracking.

use crate::bundle::BundleKind;
use crate::diagnostic::{Severity, Subject};
use crate::preflight::privacy::{self, Fault};
use crate::preflight::rule::{Asked, Found, Rule, finding, named};

/// The rule.
pub const RULE: Rule = Rule {
    name: "privacy-manifest",
    codes: &[
        "itms-91056",
        "itms-91054",
        "itms-91055",
        "itms-91064",
        "itms-91108",
        "itms-91105",
        "itms-91106",
        "itms-91107",
    ],
    needs: &[],
    sentence: "A privacy manifest has known keys, categories and reasons, and does not contradict itself about tracking.",
    source: "Apple's messages ITMS-91054 to ITMS-91056, ITMS-91064, and those of nested manifests, ITMS-91105 to ITMS-91108",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in &asked.package.bundles {
        let Some(manifest) = &bundle.privacy else {
            continue;
        };
        // In a folder of resources it is judged more mildly, and has numbers of its own.
        let is_nested = bundle.kind == BundleKind::Resources;
        let fault = match manifest {
            Ok(list) => privacy::fault(list),
            Err(error) => Some(Fault::Invalid(error.to_string())),
        };
        let Some(fault) = fault else { continue };
        let (code, nested, what) = match fault {
            Fault::Invalid(what) => ("itms-91056", "itms-91108", what),
            Fault::Category(what) => ("itms-91054", "itms-91105", what),
            Fault::Reason(what) => ("itms-91055", "itms-91106", what),
            Fault::Tracking(what) => ("itms-91064", "itms-91107", what),
        };
        let (severity, code) = if is_nested {
            (Severity::Warning, nested)
        } else {
            (Severity::Error, code)
        };
        let title = format!("the privacy manifest of `{}` {what}", bundle.name());
        found.add(
            finding(severity, code, bundle, title).about(Subject::PrivacyManifest {
                bundle: named(bundle),
                category: None,
            }),
        );
    }
}
