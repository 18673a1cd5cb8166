//! No file of the package is a leftover of the Finder such as `._Name` or `__MACOSX`.

use crate::bundle::Form;
use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "hidden-files",
    codes: &["itms-90048"],
    needs: &[Need::Ipa],
    sentence: "No file of the package is a leftover of the Finder such as `._Name` or `__MACOSX`.",
    source: "Apple's message ITMS-90048",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    // In a payload such files hold the attributes of others, as its form asks for.
    if asked.package.form != Form::Ipa {
        return;
    }
    let hidden = asked.package.members.iter().find(|member| {
        let mut parts = member.path.split('/').filter(|part| !part.is_empty());
        parts.any(|part| part.starts_with("._") || part == "__MACOSX")
    });
    if let Some(member) = hidden {
        let title = format!(
            "the package holds `{}`, a leftover of the Finder",
            member.path
        );
        let finding = error("itms-90048", asked.package.app(), title);
        found.add(finding.variable("file", &member.path));
    }
}
