//! Where a framework has code for arm64e, the app has it too.

use crate::bundle::{Architecture, Binary, BundleKind};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "consistent-arm64e",
    codes: &["itms-90830"],
    needs: &[Need::Device, Need::Code],
    sentence: "Where a framework has code for arm64e, the app has it too.",
    source: "Apple's message ITMS-90830",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .of_kind(BundleKind::Framework)
        .filter(|_| asked.is_embedded())
    {
        let program = asked.package.code(asked.program_of(bundle));
        let (Some(code), Some(program)) = (asked.package.code(bundle), program) else {
            continue;
        };
        if has(code) && !has(program) {
            let title = format!("`{}` has code for arm64e and the app has none", bundle.path);
            let finding = warning("itms-90830", bundle, title).variable("file", &bundle.path);
            found.add(about_code(finding, bundle));
        }
    }
}

fn has(code: &Binary) -> bool {
    let mut slices = code.slices.iter();
    slices.any(|slice| slice.architecture == Architecture::Arm64e)
}
