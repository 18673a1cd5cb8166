//! No code holds bitcode.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "bitcode",
    codes: &["itms-90482"],
    needs: &[Need::Device, Need::Code],
    sentence: "No code holds bitcode.",
    source: "Apple's message ITMS-90482",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for binary in asked.binaries().filter(|_| asked.is_embedded()) {
        let mut segments = binary.slices.iter().flat_map(|slice| &slice.segments);
        let has_bitcode = segments.any(|segment| segment.name == "__LLVM");
        if let (true, Some(owner)) = (has_bitcode, asked.package.owner(&binary.path)) {
            let title = format!("`{}` holds bitcode", binary.path);
            found.add(about_code(
                error("itms-90482", owner, title).variable("file", &binary.path),
                owner,
            ));
        }
    }
}
