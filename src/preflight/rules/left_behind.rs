//! No private key lies in the app.

use crate::preflight::rule::{Asked, Found, Rule, is_below, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "left-behind",
    codes: &["file-left-behind"],
    sentence: "No private key lies in the app.",
    source: "Everybody who has the app can read it",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let inside = asked
        .package
        .members
        .iter()
        .filter(|member| is_below(&member.path, &app.path));
    for member in inside {
        let lower = member.path.to_ascii_lowercase();
        if lower.ends_with(".p12") || lower.ends_with(".p8") {
            let title = format!(
                "`{}` looks like a private key, and everybody who has the app can read it",
                member.path
            );
            let finding = warning("file-left-behind", app, title);
            found.add(finding.variable("file", &member.path));
        }
    }
}
