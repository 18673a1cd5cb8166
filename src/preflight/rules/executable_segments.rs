//! Only `__TEXT` may be executed.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "executable-segments",
    codes: &["itms-90999"],
    needs: &[Need::Device, Need::Code],
    sentence: "Only `__TEXT` may be executed.",
    source: "Apple's message ITMS-90999",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for binary in asked.binaries().filter(|_| asked.is_embedded()) {
        let mut segments = binary.slices.iter().flat_map(|slice| &slice.segments);
        let wrong = segments.find(|one| one.protection & 4 != 0 && !one.name.starts_with("__TEXT"));
        if let (Some(segment), Some(owner)) = (wrong, asked.package.owner(&binary.path)) {
            let title = format!(
                "the segment `{}` of `{}` may be executed",
                segment.name, binary.path
            );
            found.add(about_code(warning("itms-90999", owner, title), owner));
        }
    }
}
