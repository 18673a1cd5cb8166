//! Every `Assets.car` is an asset catalogue.

use crate::bundle::Package;
use crate::preflight::rule::{Asked, Found, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "asset-catalogues",
    codes: &["itms-90596"],
    needs: &[],
    sentence: "Every `Assets.car` is an asset catalogue.",
    source: "Apple's message ITMS-90596",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let package = asked.package;
    let others = package.no_catalogues.iter().map(String::as_str);
    for path in others.chain(empty(package)) {
        let owner = package.owner(path).unwrap_or_else(|| package.app());
        let title = format!("`{path}` is no asset catalogue");
        let finding = warning("itms-90596", owner, title).variable("file", path);
        found.add(about_code(finding, owner));
    }
}

/// Those without a byte.
fn empty(package: &Package) -> impl Iterator<Item = &str> {
    let members = package.members.iter();
    let empty = members.filter(|one| one.size == 0 && !one.is_link);
    empty
        .map(|member| member.path.as_str())
        .filter(|path| path.ends_with("/Assets.car"))
}
