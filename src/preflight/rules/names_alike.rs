//! No two files of an `.ipa` have names that differ by capitals alone.

use std::collections::BTreeMap;

use crate::bundle::Form;
use crate::preflight::rule::{Asked, Found, Need, Rule, is_below, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "names-alike",
    codes: &["file-names-alike"],
    needs: &[Need::Ipa],
    sentence: "No two files of an `.ipa` have names that differ by capitals alone.",
    source: "A disk that does not tell capitals apart, as Macs have, keeps one of the two",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if asked.package.form != Form::Ipa {
        return;
    }
    let app = asked.package.app();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let members = asked.package.members.iter();
    let files = members.filter(|one| is_below(&one.path, &app.path) && !one.path.ends_with('/'));
    for file in files {
        let path = file.path.as_str();
        let other = names.insert(path.to_lowercase(), path);
        if let Some(other) = other.filter(|other| *other != path) {
            let title = format!("`{other}` and `{path}` differ by capitals alone");
            let finding = warning("file-names-alike", app, title);
            found.add(finding.variable("file", path).variable("other", other));
            return;
        }
    }
}
