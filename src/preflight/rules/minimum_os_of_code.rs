//! No code needs a later system than its bundle's `MinimumOSVersion` promises.

use crate::bundle::{Bundle, BundleKind};
use crate::preflight::rule::{Asked, Found, Rule, about_code, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "minimum-os-of-code",
    codes: &["itms-90208"],
    sentence: "No code needs a later system than its bundle's `MinimumOSVersion` promises.",
    source: "Apple's message ITMS-90208",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "MinimumOSVersion";
    if !asked.is_embedded() {
        return;
    }
    for bundle in asked.with_code() {
        let (Some(promised), Some(code)) = (bundle.minimum_os(), asked.package.code(bundle)) else {
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
        } else if is_too_late(asked, bundle) {
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

/// Whether the framework is for later systems than the app, and not only loaded where it is there.
fn is_too_late(asked: &Asked<'_>, bundle: &Bundle) -> bool {
    let program = asked.program_of(bundle);
    if bundle.kind != BundleKind::Framework || bundle.minimum_os() <= program.minimum_os() {
        return false;
    }
    let stem = bundle.name().trim_end_matches(".framework");
    let ends = format!("/{}/{stem}", bundle.name());
    let slices = asked.binaries().flat_map(|one| &one.slices);
    let dylibs = slices.flat_map(|slice| &slice.dylibs);
    let mut loads = dylibs
        .filter(|dylib| dylib.name.ends_with(&ends))
        .peekable();
    loads.peek().is_none() || loads.any(|dylib| !dylib.is_weak)
}
