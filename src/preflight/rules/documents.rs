//! An app that opens documents says how, and ranks itself for each type.

use plist::Value;

use crate::bundle::Family;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "documents",
    codes: &["itms-90737", "itms-90788"],
    needs: &[Need::Device],
    sentence: "An app that opens documents says how, and ranks itself for each type.",
    source: "Apple's messages ITMS-90737 and ITMS-90788",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "CFBundleDocumentTypes";
    let app = asked.package.app();
    let types = app
        .get(KEY)
        .and_then(Value::as_array)
        .filter(|types| !types.is_empty());
    let Some(types) = types.filter(|_| asked.family() == Some(Family::Ios)) else {
        return;
    };
    let ways = [
        "UISupportsDocumentBrowser",
        "LSSupportsOpeningDocumentsInPlace",
    ];
    if ways.iter().all(|way| app.get(way).is_none()) {
        let title = "the app opens documents and does not say whether in place".to_owned();
        found.add(about_key(warning("itms-90737", app, title), app, ways[1]));
    }
    let types = types.iter().filter_map(Value::as_dictionary);
    if types
        .clone()
        .any(|kind| !kind.contains_key("LSHandlerRank"))
    {
        let title = "a document type has no `LSHandlerRank`".to_owned();
        found.add(about_key(warning("itms-90788", app, title), app, KEY));
    }
}
