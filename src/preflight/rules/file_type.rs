//! Programs are executables, frameworks dynamic libraries.

use crate::bundle::{BundleKind, FileType};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "file-type",
    codes: &["itms-90124"],
    needs: &[Need::Device, Need::Code],
    sentence: "Programs are executables, frameworks dynamic libraries.",
    source: "Apple's message ITMS-90124",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.with_code().filter(|_| asked.is_embedded()) {
        let Some(code) = asked.package.code(bundle) else {
            continue;
        };
        let right = match bundle.kind {
            BundleKind::Framework => FileType::Dylib,
            BundleKind::App
            | BundleKind::Extension
            | BundleKind::WatchApp
            | BundleKind::Clip
            | BundleKind::Resources
            | BundleKind::Helper
            | BundleKind::PlugIn => FileType::Executable,
        };
        if code.is_static_library || code.slices.iter().any(|slice| slice.file_type != right) {
            let what = if code.is_static_library {
                "a static library"
            } else {
                "of another kind"
            };
            let title = format!("the code of `{}` is {what}", bundle.path);
            found.add(about_code(error("itms-90124", bundle, title), bundle));
        }
    }
}
