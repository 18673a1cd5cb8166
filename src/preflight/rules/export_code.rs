//! A code for export compliance is not empty.

use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "export-code",
    codes: &["itms-90592"],
    needs: &[],
    sentence: "A code for export compliance is not empty.",
    source: "Apple's message ITMS-90592",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "ITSEncryptionExportComplianceCode";
    let app = asked.package.app();
    if app.text(KEY).is_some_and(|code| code.trim().is_empty())
        && app.says("ITSAppUsesNonExemptEncryption")
    {
        let title = format!("the app uses encryption, and its `{KEY}` is empty");
        found.add(about_key(error("itms-90592", app, title), app, KEY));
    }
}
