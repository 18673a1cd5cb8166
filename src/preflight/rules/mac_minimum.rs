//! A Mac app states the lowest macOS, and one without Intel code asks for macOS 12.

use crate::bundle::{Architecture, Form, Version};
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-minimum",
    codes: &["itms-90264", "itms-90869"],
    sentence: "A Mac app states the lowest macOS, and one without Intel code asks for macOS 12.",
    source: "Apple's messages ITMS-90264 and ITMS-90869",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "LSMinimumSystemVersion";
    let app = asked.package.app();
    if asked.package.form != Form::Pkg || app.list().is_none() {
        return;
    }
    let Some(value) = app.text(KEY).filter(|value| !value.is_empty()) else {
        let title = format!("the Mac app does not state the lowest macOS (`{KEY}`)");
        found.add(about_key(error("itms-90264", app, title), app, KEY));
        return;
    };
    let slices = asked.package.code(app).map_or(&[][..], |code| &code.slices);
    let is_arm = !slices.is_empty()
        && slices
            .iter()
            .all(|one| matches!(one.architecture, Architecture::Arm64 | Architecture::Arm64e));
    if is_arm && Version::parse(value).is_some_and(|low| low < Version(12, 0, 0)) {
        let title = format!("the app has no Intel code and promises macOS {value}");
        found.add(about_key(error("itms-90869", app, title), app, KEY));
    }
}
