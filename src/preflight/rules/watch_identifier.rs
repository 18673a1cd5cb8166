//! The watch app's identifier begins with its companion's, and it names the companion.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "watch-identifier",
    codes: &["watch-app-identifier", "itms-90806"],
    needs: &[],
    sentence: "The watch app's identifier begins with its companion's, and it names the companion.",
    source: "Apple's messages ITMS-90538 and ITMS-90806; installation fails otherwise; Apple's documentation of `WKCompanionAppBundleIdentifier`",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let Some(app) = asked.package.app().identifier() else {
        return;
    };
    for bundle in asked.of_kind(BundleKind::WatchApp) {
        let Some(own) = bundle.identifier() else {
            continue;
        };
        let begins = own
            .strip_prefix(app)
            .is_some_and(|rest| rest.starts_with('.'));
        let companion = bundle.text("WKCompanionAppBundleIdentifier");
        if own == app {
            let title = format!("the watch app has the identifier of its companion, `{app}`");
            let finding = error("itms-90806", bundle, title).variable("value", own);
            found.add(about_key(finding, bundle, "CFBundleIdentifier"));
            continue;
        }
        if !begins {
            let title = format!("the watch app's identifier `{own}` does not begin with `{app}.`");
            let finding = error("watch-app-identifier", bundle, title);
            found.add(about_key(finding, bundle, "CFBundleIdentifier"));
        } else if let Some(companion) = companion.filter(|companion| *companion != app) {
            let title = format!("the watch app names `{companion}` as its companion, not `{app}`");
            let finding = error("watch-app-identifier", bundle, title);
            let finding = finding.also_known_as("ITMS-90538");
            found.add(about_key(finding, bundle, "WKCompanionAppBundleIdentifier"));
        }
    }
}
