//! Every executable or library is the executable of an app, extension or framework; Swift's own libraries in
//! `Frameworks` are allowed.

use std::collections::BTreeSet;

use crate::bundle::{Bundle, BundleKind, FileType};
use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "loose-code",
    codes: &["itms-90171"],
    needs: &[Need::Device],
    sentence: "Every executable or library is the executable of an app, extension or framework; Swift's own libraries in `Frameworks` are allowed.",
    source: "Apple's message ITMS-90171",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_embedded() {
        return;
    }
    let bundles = &asked.package.bundles;
    let owned: BTreeSet<usize> = bundles
        .iter()
        .filter(|bundle| bundle.kind != BundleKind::Resources)
        .filter_map(|bundle| bundle.executable)
        .collect();
    for (index, binary) in asked.package.binaries.iter().enumerate() {
        let Some(owner) = asked.package.owner(&binary.path) else {
            continue;
        };
        if owned.contains(&index) || is_allowed(&binary.path, owner) {
            continue;
        }
        let kinds = binary.slices.iter().map(|slice| slice.file_type);
        let is_code = binary.is_static_library || kinds.clone().any(|kind| kind != FileType::Other);
        if is_code {
            let title = format!(
                "`{}` is code that belongs to no app, extension or framework",
                binary.path
            );
            found.add(error("itms-90171", owner, title).variable("file", &binary.path));
        }
    }
}

/// Swift's own libraries, the stub of old watch apps, and code whose bundle does not say what its executable is.
fn is_allowed(path: &str, owner: &Bundle) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_swift = folder.ends_with("/Frameworks") && name.starts_with("libswift");
    let is_unnamed = owner.kind != BundleKind::Resources
        && owner
            .list()
            .is_some_and(|list| !list.contains_key("CFBundleExecutable"));
    is_swift || folder.ends_with("/_WatchKitStub") || is_unnamed || owner.list().is_none()
}
