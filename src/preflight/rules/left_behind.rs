//! No private key, secrets or leftovers of the Finder lie in the app.

use crate::preflight::rule::{Asked, Found, Rule, is_below, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "left-behind",
    codes: &["file-left-behind"],
    needs: &[],
    sentence: "No private key, secrets or leftovers of the Finder lie in the app.",
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
        let name = lower.rsplit('/').next().unwrap_or(&lower);
        let is_top = member.path.len() == app.path.len() + 1 + name.len();
        let is_pem = name.ends_with(".pem") && (name.contains("key") || name.contains("private"));
        let what = if name.ends_with(".p12") || name.ends_with(".p8") || is_pem {
            "looks like a private key, and everybody who has the app can read it"
        } else if is_top && (name == ".env" || name.starts_with(".env.")) {
            "often holds secrets, and everybody who has the app can read it"
        } else if name == ".ds_store" {
            "is a leftover of the Finder, which no app needs"
        } else {
            continue;
        };
        let title = format!("`{}` {what}", member.path);
        let finding = warning("file-left-behind", app, title);
        found.add(finding.variable("file", &member.path));
    }
}
