//! Code with signed pointers (arm64e) is for iOS 17.4 and later, and built with that SDK or a later one.

use crate::bundle::{Architecture, Version};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "arm64e",
    codes: &["itms-91010", "itms-91011"],
    needs: &[Need::Device, Need::Code],
    sentence: "Code with signed pointers (arm64e) is for iOS 17.4 and later, and built with that SDK or a later one.",
    source: "Apple's messages ITMS-91010 and ITMS-91011",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for binary in asked.binaries().filter(|_| asked.is_embedded()) {
        let slices = binary.slices.iter();
        let builds = slices
            .filter(|slice| slice.architecture == Architecture::Arm64e)
            .filter_map(|slice| slice.build.filter(|build| build.platform == 2));
        let first = Version(17, 4, 0);
        let fault = builds.into_iter().find_map(|build| {
            let is_early = build.minimum_os < first;
            let is_old = build.sdk < first && build.sdk != Version::default();
            match (is_early, is_old) {
                (true, _) => Some(("itms-91010", "supports an iOS before 17.4")),
                (false, true) => Some(("itms-91011", "is built with an SDK before 17.4")),
                (false, false) => None,
            }
        });
        if let (Some((code, what)), Some(owner)) = (fault, asked.package.owner(&binary.path)) {
            let title = format!("the arm64e code of `{}` {what}", binary.path);
            found.add(about_code(warning(code, owner, title), owner));
        }
    }
}
