//! No code for simulators or Intel is left in the package.

use crate::bundle::Architecture;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "architectures",
    codes: &["itms-90087"],
    needs: &[Need::Device, Need::Code],
    sentence: "No code for simulators or Intel is left in the package.",
    source: "Apple's message ITMS-90087",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for binary in asked.binaries().filter(|_| asked.is_embedded()) {
        let mut names = binary.slices.iter().map(|slice| slice.architecture);
        let wrong = names.find(|one| matches!(one, Architecture::X86With64 | Architecture::I386));
        if let (Some(wrong), Some(owner)) = (wrong, asked.package.owner(&binary.path)) {
            let title = format!("`{}` holds code for {}", binary.path, wrong.name());
            let finding = error("itms-90087", owner, title).variable("file", &binary.path);
            found.add(about_code(finding.also_known_as("ITMS-90209"), owner));
        }
    }
}
