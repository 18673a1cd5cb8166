//! Code with signed pointers (arm64e) is for iOS 17.4 and later.

use crate::bundle::{Architecture, Version};
use crate::preflight::rule::{Asked, Found, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "arm64e",
    codes: &["itms-91010"],
    sentence: "Code with signed pointers (arm64e) is for iOS 17.4 and later.",
    source: "Apple's message ITMS-91010",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for binary in asked.binaries().filter(|_| asked.is_embedded()) {
        let mut slices = binary
            .slices
            .iter()
            .filter(|slice| slice.architecture == Architecture::Arm64e);
        let is_early = slices.any(|slice| {
            slice
                .build
                .is_some_and(|build| build.platform == 2 && build.minimum_os < Version(17, 4, 0))
        });
        if let (true, Some(owner)) = (is_early, asked.package.owner(&binary.path)) {
            let title = format!(
                "the arm64e code of `{}` supports an iOS before 17.4",
                binary.path
            );
            found.add(about_code(warning("itms-91010", owner, title), owner));
        }
    }
}
