//! No file of a `.pkg` bears the mark of a download, `com.apple.quarantine`.

use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-quarantine",
    codes: &["itms-91109"],
    needs: &[Need::Mac],
    sentence: "No file of a `.pkg` bears the mark of a download, `com.apple.quarantine`.",
    source: "Apple's message ITMS-91109",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if let Some(path) = &asked.package.quarantined {
        let title = format!("`{path}` holds the attribute `com.apple.quarantine`");
        let finding = error("itms-91109", asked.package.app(), title);
        found.add(finding.variable("file", path));
    }
}
