//! The types of documents of a Mac app are dictionaries with a name each.

use plist::Value;

use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-documents",
    codes: &["itms-90243"],
    needs: &[Need::Mac],
    sentence: "The types of documents of a Mac app are dictionaries with a name each.",
    source: "Apple's message ITMS-90243",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "CFBundleDocumentTypes";
    let app = asked.package.app();
    let Some(types) = app.get(KEY).filter(|_| asked.is_mac()) else {
        return;
    };
    let is_named = |kind: &Value| {
        kind.as_dictionary()
            .is_some_and(|kind| kind.contains_key("CFBundleTypeName"))
    };
    if !types
        .as_array()
        .is_some_and(|types| types.iter().all(is_named))
    {
        let title = "a type of documents has no `CFBundleTypeName`".to_owned();
        found.add(about_key(error("itms-90243", app, title), app, KEY));
    }
}
