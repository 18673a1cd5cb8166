//! Everybody may read the files that a `.pkg` installs.

use crate::preflight::rule::{Asked, Found, Need, Rule, error, is_below};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-modes",
    codes: &["itms-90255"],
    needs: &[Need::Mac],
    sentence: "Everybody may read the files that a `.pkg` installs.",
    source: "Apple's message ITMS-90255",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const READ_BY_ALL: u32 = 0o004;
    let app = asked.package.app();
    let hidden = asked.package.members.iter().find(|member| {
        let is_hidden = member.mode.is_some_and(|mode| mode & READ_BY_ALL == 0);
        is_hidden && !member.is_link && is_below(&member.path, &app.path)
    });
    if let Some(member) = hidden {
        let title = format!("only root may read `{}`", member.path);
        found.add(error("itms-90255", app, title).variable("file", &member.path));
    }
}
