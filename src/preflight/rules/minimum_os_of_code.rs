//! An app promises a `MinimumOSVersion`, and no code needs a later system than its bundle promises.

use std::collections::BTreeMap;

use crate::bundle::{Bundle, BundleKind};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "minimum-os-of-code",
    codes: &["itms-90208"],
    needs: &[Need::Device, Need::Code],
    sentence: "An app promises a `MinimumOSVersion`, and no code needs a later system than its bundle promises.",
    source: "Apple's message ITMS-90208",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "MinimumOSVersion";
    if !asked.is_embedded() {
        return;
    }
    let loaded = loaded(asked);
    for bundle in asked.with_code() {
        let Some(code) = asked.package.code(bundle) else {
            continue;
        };
        if lacks_promise(bundle) {
            let title = format!("the Info.plist of `{}` has no `{KEY}`", bundle.name());
            found.add(about_key(error("itms-90208", bundle, title), bundle, KEY));
        }
        let Some(promised) = bundle.minimum_os() else {
            continue;
        };
        let builds = code.slices.iter().filter_map(|slice| slice.build);
        let needed = builds.filter(|build| matches!(build.platform, 2 | 3 | 4 | 11));
        let Some(needed) = needed.map(|build| build.minimum_os).min() else {
            continue;
        };
        let finding = if needed > promised {
            let title = format!(
                "`{}` needs {needed}, and its Info.plist promises {promised}",
                bundle.path
            );
            error("itms-90208", bundle, title)
        } else if is_too_late(asked, bundle, &loaded) {
            let title = format!(
                "`{}` is for later systems than the app that it is in",
                bundle.path
            );
            warning("itms-90208", bundle, title)
        } else {
            continue;
        };
        found.add(about_code(about_key(finding, bundle, KEY), bundle));
    }
}

/// Whether it is an app that names no system. Of frameworks and extensions Apple says so under another number.
fn lacks_promise(bundle: &Bundle) -> bool {
    let is_app = matches!(
        bundle.kind,
        BundleKind::App | BundleKind::WatchApp | BundleKind::Clip
    );
    let is_named = |list: &plist::Dictionary| list.contains_key("MinimumOSVersion");
    is_app && bundle.list().is_some_and(|list| !is_named(list))
}

/// Whether the framework is for later systems than the app, and not only loaded where it is there.
fn is_too_late(asked: &Asked<'_>, bundle: &Bundle, loaded: &BTreeMap<&str, bool>) -> bool {
    let program = asked.program_of(bundle);
    let is_later = bundle.minimum_os() > program.minimum_os();
    let is_loaded_at_start = loaded.get(bundle.name()) != Some(&false);
    bundle.kind == BundleKind::Framework && is_later && is_loaded_at_start
}

/// The frameworks that code loads, and whether some of it does not run without.
fn loaded<'a>(asked: &Asked<'a>) -> BTreeMap<&'a str, bool> {
    let mut loaded = BTreeMap::new();
    let slices = asked.binaries().flat_map(|one| &one.slices);
    for dylib in slices.flat_map(|slice| &slice.dylibs) {
        let folder = dylib.name.rsplit_once('/').map(|(folder, _)| folder);
        let Some(name) = folder.and_then(|folder| folder.rsplit('/').next()) else {
            continue;
        };
        *loaded.entry(name).or_insert(false) |= !dylib.is_weak;
    }
    loaded
}
