//! The segments of code for arm64 begin at a multiple of 16 KiB.

use crate::bundle::Architecture;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "alignment",
    codes: &["itms-90209"],
    needs: &[Need::Device, Need::Code],
    sentence: "The segments of code for arm64 begin at a multiple of 16 KiB.",
    source: "Apple's message ITMS-90209",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const PAGE: u64 = 0x4000;
    for binary in asked.binaries().filter(|_| asked.is_embedded()) {
        let slices = binary.slices.iter().filter(|slice| {
            matches!(
                slice.architecture,
                Architecture::Arm64 | Architecture::Arm64e
            )
        });
        let mut segments = slices.flat_map(|slice| &slice.segments);
        let wrong = segments.find(|one| one.size > 0 && one.offset % PAGE != 0);
        if let (Some(segment), Some(owner)) = (wrong, asked.package.owner(&binary.path)) {
            let title = format!("`{}` of `{}` begins at no page", segment.name, binary.path);
            let finding = warning("itms-90209", owner, title).variable("file", &binary.path);
            found.add(about_code(finding, owner));
        }
    }
}
