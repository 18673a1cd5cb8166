//! An `.ipa` holds no symbolic links.

use crate::bundle::Form;
use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "links",
    codes: &["package-unreadable"],
    needs: &[Need::Ipa],
    sentence: "An `.ipa` holds no symbolic links.",
    source: "Readers of packages do not follow them; on iPhone no bundle has any",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let mut members = asked.package.members.iter();
    // Old tools left the seal's place at the top as a link to it.
    let link = members.find(|member| {
        let is_old = member.path.ends_with(".app/CodeResources");
        member.is_link && !is_old && asked.package.form == Form::Ipa
    });
    if let Some(member) = link {
        let title = format!("`{}` is a symbolic link", member.path);
        let finding = error("package-unreadable", asked.package.app(), title).case("link");
        found.add(finding.variable("file", &member.path));
    }
}
