//! A framework of a Mac app keeps its versions apart and links to the current one.

use crate::bundle::{BundleKind, Form};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-frameworks",
    codes: &["itms-90291", "itms-90292"],
    needs: &[Need::Mac, Need::Pkg],
    sentence: "A framework of a Mac app keeps its versions apart and links to the current one.",
    source: "Apple's messages ITMS-90291 and ITMS-90292",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if asked.package.form != Form::Pkg {
        return;
    }
    for bundle in asked.of_kind(BundleKind::Framework) {
        let path = &bundle.path;
        let versions = format!("{path}/Versions/");
        if asked.package.below(&versions).next().is_none() {
            continue;
        }
        let current = asked.package.member(&format!("{versions}Current"));
        let target = current.and_then(|one| one.target.as_deref());
        let leads = target.is_some_and(|target| {
            let folder = format!("{versions}{}/", target.trim_matches('/'));
            asked.package.below(&folder).next().is_some()
        });
        let stem = bundle.name().trim_end_matches(".framework");
        let lone = ["Resources", stem].into_iter().find(|name| {
            let place = format!("{path}/{name}");
            let inside = format!(
                "{versions}{}/{name}",
                target.unwrap_or("A").trim_matches('/')
            );
            let is_link = asked.package.member(&place).is_some_and(|one| one.is_link);
            let is_inside = asked.package.has(&inside)
                || asked.package.below(&format!("{inside}/")).next().is_some();
            is_inside && !is_link
        });
        let (code, title) = if !leads {
            (
                "itms-90292",
                format!("`{versions}Current` links to no version"),
            )
        } else if let Some(name) = lone {
            (
                "itms-90291",
                format!("`{path}/{name}` is no link to `Versions/Current/{name}`"),
            )
        } else {
            continue;
        };
        found.add(about_code(error(code, bundle, title), bundle));
    }
}
