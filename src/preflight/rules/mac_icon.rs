//! A Mac app has an icon with an image of 512 pixels and one of twice as many.

use crate::bundle::Form;
use crate::diagnostic::Subject;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-icon",
    codes: &["itms-90236"],
    needs: &[Need::Mac, Need::Pkg],
    sentence: "A Mac app has an icon with an image of 512 pixels and one of twice as many.",
    source: "Apple's message ITMS-90236",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "CFBundleIconFile";
    let app = asked.package.app();
    if asked.package.form != Form::Pkg || app.list().is_none() || !asked.is_build() {
        return;
    }
    let name = app.text(KEY).unwrap_or_default();
    let is_in_catalogue = app.get("CFBundleIconName").is_some();
    let path = format!(
        "{}/Contents/Resources/{}.icns",
        app.path,
        name.trim_end_matches(".icns")
    );
    let title = match asked.package.icons.get(&path) {
        Some(kinds) if kinds.is_empty() => format!("`{path}` is no `.icns`"),
        Some(_) | None if is_in_catalogue => return,
        Some(kinds) if [b"ic09", b"ic10"].iter().all(|kind| kinds.contains(kind)) => return,
        Some(_) => format!("`{path}` lacks the image of 512 pixels, or the one of twice as many"),
        None if name.is_empty() => format!("the app names no icon (`{KEY}`)"),
        None => format!("the icon `{name}` is not in the app"),
    };
    let finding = error("itms-90236", app, title).about(Subject::AppIcon);
    found.add(about_key(finding, app, KEY));
}
