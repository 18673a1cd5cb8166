//! A Mac app states the lowest macOS as its package does, and one without Intel code asks for macOS 12, with Catalyst 13.

use crate::bundle::{Architecture, Form, Version};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-minimum",
    codes: &[
        "itms-90264",
        "itms-90869",
        "itms-90882",
        "itms-90981",
        "itms-90983",
    ],
    needs: &[Need::Mac, Need::Pkg],
    sentence: "A Mac app states the lowest macOS as its package does, and one without Intel code asks for macOS 12, with Catalyst 13.",
    source: "Apple's messages ITMS-90264, ITMS-90869, ITMS-90882, ITMS-90981 and ITMS-90983",
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
        found.add(about_key(error("itms-90983", app, title), app, KEY));
        return;
    };
    let Some(low) = Version::parse(value).filter(|_| value.trim() == value) else {
        let title = format!("the lowest macOS of the app is `{value}`, which is no version");
        found.add(about_key(warning("itms-90882", app, title), app, KEY));
        return;
    };
    let slices = asked.package.code(app).map_or(&[][..], |code| &code.slices);
    let is_arm = !slices.is_empty()
        && slices
            .iter()
            .all(|one| matches!(one.architecture, Architecture::Arm64 | Architecture::Arm64e));
    let is_catalyst = slices.iter().any(|slice| slice.platforms.contains(&6));
    let (code, first) = if is_catalyst {
        ("itms-90981", Version(13, 0, 0))
    } else {
        ("itms-90869", Version(12, 0, 0))
    };
    if is_arm && low < first {
        let title = format!("the app has no Intel code and promises macOS {value}");
        found.add(about_key(error(code, app, title), app, KEY));
        return;
    }
    let stated = asked.package.installation.minimum_os.as_deref();
    if let Some(other) = stated.filter(|other| Version::parse(other) != Some(low)) {
        let title = format!("the package asks for macOS {other}, and the app for {value}");
        found.add(about_key(error("itms-90264", app, title), app, KEY));
    }
}
