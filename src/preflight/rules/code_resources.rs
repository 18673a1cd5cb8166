//! `CodeResources` at the top of a bundle is a link, or not there.

use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "code-resources",
    codes: &["itms-90071"],
    needs: &[Need::Device],
    sentence: "`CodeResources` at the top of a bundle is a link, or not there.",
    source: "Apple's message ITMS-90071",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let bundles = asked.programs().filter(|_| asked.is_embedded());
    for bundle in bundles {
        let path = format!("{}/CodeResources", bundle.path);
        if asked
            .package
            .member(&path)
            .is_some_and(|member| !member.is_link)
        {
            let title = format!("`{path}` is a file of its own, not a link to the seal");
            found.add(error("itms-90071", bundle, title).variable("file", path));
        }
    }
}
