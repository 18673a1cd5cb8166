//! No code is linked with an SDK that does not exist yet.

use crate::preflight::lists::Lists;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "newest-sdk",
    codes: &["itms-90512"],
    needs: &[Need::Device, Need::Code],
    sentence: "No code is linked with an SDK that does not exist yet.",
    source: "Apple's message ITMS-90512",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let Some(newest) = Lists::get()
        .newest_sdk(asked.now)
        .filter(|_| asked.is_embedded())
    else {
        return;
    };
    for binary in asked.binaries() {
        let builds = binary.slices.iter().filter_map(|slice| slice.build);
        let Some(build) = builds.into_iter().find(|build| build.sdk.0 > newest) else {
            continue;
        };
        let Some(owner) = asked.package.owner(&binary.path) else {
            continue;
        };
        let title = format!(
            "`{}` says that it is linked with an SDK {}, which Apple does not know yet",
            binary.path, build.sdk
        );
        found.add(about_code(
            warning("itms-90512", owner, title).variable("file", &binary.path),
            owner,
        ));
    }
}
