//! Executables are position independent.

use crate::bundle::FileType;
use crate::preflight::rule::{Asked, Found, Need, Rule, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "position-independent",
    codes: &["itms-90080"],
    needs: &[Need::Device, Need::Code],
    sentence: "Executables are position independent.",
    source: "Apple's message ITMS-90080",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const PIE: u32 = 0x20_0000;
    for bundle in asked.programs().filter(|_| asked.is_embedded()) {
        let slices = asked
            .package
            .code(bundle)
            .into_iter()
            .flat_map(|code| &code.slices);
        let mut executables = slices.filter(|slice| slice.file_type == FileType::Executable);
        if executables.any(|slice| slice.flags & PIE == 0) {
            let title = format!("the code of `{}` is not position independent", bundle.path);
            found.add(warning("itms-90080", bundle, title));
        }
    }
}
