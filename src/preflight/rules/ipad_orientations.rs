//! An iPad app that does not ask for the full screen supports all four orientations.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};
use crate::preflight::{ipad, launch};

/// The rule.
pub const RULE: Rule = Rule {
    name: "ipad-orientations",
    codes: &["itms-90474"],
    needs: &[Need::Device],
    sentence: "An iPad app that does not ask for the full screen supports all four orientations.",
    source: "Apple's message ITMS-90474",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "UISupportedInterfaceOrientations";
    let app = asked.package.app();
    if !ipad::shares_the_screen(asked) {
        return;
    }
    let own = format!("{KEY}~ipad");
    let key = if app.get(&own).is_some() {
        own.as_str()
    } else {
        KEY
    };
    // An app that lacks its launch screen as well is told of that first.
    if app.get(key).is_none() && (!asked.is_build() || launch::fault(asked).is_some()) {
        return;
    }
    let said = app.texts(key);
    let missing: Vec<&str> = [
        "Portrait",
        "PortraitUpsideDown",
        "LandscapeLeft",
        "LandscapeRight",
    ]
    .into_iter()
    .filter(|name| !said.contains(&format!("UIInterfaceOrientation{name}").as_str()))
    .collect();
    if !missing.is_empty() {
        let title = format!(
            "on iPad the app does not support every orientation: {} is missing",
            missing.join(", ")
        );
        found.add(about_key(error("itms-90474", app, title), app, key));
    }
}
