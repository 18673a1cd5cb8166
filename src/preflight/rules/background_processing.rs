//! An app with the background mode `processing` names its tasks.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "background-processing",
    codes: &["itms-90771"],
    needs: &[Need::Device],
    sentence: "An app with the background mode `processing` names its tasks.",
    source: "Apple's message ITMS-90771",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "BGTaskSchedulerPermittedIdentifiers";
    let app = asked.package.app();
    let processes = app.texts("UIBackgroundModes").contains(&"processing");
    if asked.is_embedded() && processes && app.texts(KEY).is_empty() {
        let title = format!("the background mode `processing` is on, and `{KEY}` names no task");
        found.add(about_key(error("itms-90771", app, title), app, KEY));
    }
}
