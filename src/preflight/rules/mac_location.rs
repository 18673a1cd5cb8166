//! A `.pkg` installs its app into `/Applications`.

use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-location",
    codes: &["itms-90266"],
    needs: &[Need::Mac],
    sentence: "A `.pkg` installs its app into `/Applications`.",
    source: "Apple's message ITMS-90266",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let Some(location) = asked.package.installation.location.as_deref() else {
        return;
    };
    let folder = app.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = format!("{}/{folder}", location.trim_end_matches('/'));
    if whole.trim_end_matches('/') != "/Applications" {
        let title = format!(
            "the package installs the app into `{}`",
            whole.trim_end_matches('/')
        );
        found.add(error("itms-90266", app, title).variable("value", location));
    }
}
