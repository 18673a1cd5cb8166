//! Subjects as the catalogue writes them, such as `info-plist-key:{key}`.

use std::collections::BTreeMap;

use crate::codes::template::fill_all;
use crate::diagnostic::Subject;

/// The subject of a template such as `info-plist-key:{key}`; `None` where a variable is missing or
/// the kind is not known.
pub(super) fn subject(template: &str, variables: &BTreeMap<String, String>) -> Option<Subject> {
    let bundle = || {
        ["bundle", "bundle_id"]
            .iter()
            .find_map(|name| variables.get(*name))
            .filter(|bundle| !bundle.is_empty())
            .cloned()
    };
    if let Some(category) = template.strip_prefix("privacy-manifest") {
        let category = category
            .strip_prefix(':')
            .and_then(|text| fill_all(text, variables));
        return Some(Subject::PrivacyManifest {
            bundle: bundle(),
            category,
        });
    }
    let filled = fill_all(template, variables)?;
    let (kind, name) = filled.split_once(':').unwrap_or((&filled, ""));
    let name = name.to_owned();
    match kind {
        "marketing-version" => return Some(Subject::MarketingVersion),
        "build-number" => return Some(Subject::BuildNumber),
        "bundle-identifier" => return Some(Subject::BundleIdentifier),
        "app-icon" => return Some(Subject::AppIcon),
        "workflow-xcode" => return Some(Subject::WorkflowXcode),
        _ if name.is_empty() => return None,
        _ => {}
    }
    Some(match kind {
        "info-plist-key" => Subject::InfoPlistKey {
            bundle: bundle(),
            key: name,
        },
        "entitlement" => Subject::Entitlement {
            bundle: bundle(),
            key: name,
        },
        "build-setting" => Subject::BuildSetting {
            bundle: bundle(),
            name,
        },
        "dependency" => Subject::Dependency { name },
        "export-option" => Subject::ExportOption { key: name },
        "workflow-input" => Subject::WorkflowInput { name },
        "workflow-permission" => Subject::WorkflowPermission { scope: name },
        "file" => Subject::File { path: name },
        _ => return None,
    })
}
