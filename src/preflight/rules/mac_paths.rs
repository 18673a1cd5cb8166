//! A `.pkg` installs nothing outside of a bundle.

use crate::bundle::Form;
use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-paths",
    codes: &["itms-90252"],
    needs: &[Need::Mac, Need::Pkg],
    sentence: "A `.pkg` installs nothing outside of a bundle.",
    source: "Apple's message ITMS-90252",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if asked.package.form != Form::Pkg {
        return;
    }
    let outside = asked.package.members.iter().find(|member| {
        let path = member.path.as_str();
        let is_file = !path.is_empty() && path != "." && !path.ends_with('/');
        // What lies beside a file and holds its attributes belongs to it.
        let is_sidecar = path
            .rsplit('/')
            .next()
            .is_some_and(|name| name.starts_with("._"));
        is_file && !is_sidecar && !path.contains(".app/") && !path.ends_with(".app")
    });
    if let Some(member) = outside {
        let title = format!(
            "the package installs `{}`, which lies in no bundle",
            member.path
        );
        let finding = error("itms-90252", asked.package.app(), title);
        found.add(finding.variable("file", &member.path));
    }
}
