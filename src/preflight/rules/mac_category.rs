//! A Mac app names one of Apple's categories.

use crate::bundle::Form;
use crate::preflight::lists::Lists;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-category",
    codes: &["itms-90242"],
    needs: &[Need::Mac, Need::Pkg],
    sentence: "A Mac app names one of Apple's categories.",
    source: "Apple's message ITMS-90242",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "LSApplicationCategoryType";
    let app = asked.package.app();
    if !asked.is_mac() || asked.package.form != Form::Pkg || app.list().is_none() {
        return;
    }
    let value = app.text(KEY).unwrap_or_default();
    if !Lists::get()
        .mac_categories
        .iter()
        .any(|one| value.strip_prefix("public.app-category.") == Some(one))
    {
        let title = if value.is_empty() {
            format!("the Mac app names no category (`{KEY}`)")
        } else {
            format!("`{value}` is no category of Apple's")
        };
        found.add(about_key(error("itms-90242", app, title), app, KEY));
    }
}
