//! `UIRequiredDeviceCapabilities` holds capabilities that are known and fit the code and the lowest system.

use plist::Value;

use crate::bundle::{Architecture, Family, Version};
use crate::preflight::lists::Lists;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "capabilities",
    codes: &["itms-90098", "itms-90502", "itms-90503"],
    needs: &[Need::Device],
    sentence: "`UIRequiredDeviceCapabilities` holds capabilities that are known and fit the code and the lowest system.",
    source: "Apple's messages ITMS-90098, ITMS-90502 and ITMS-90503",
    check,
};

const KEY: &str = "UIRequiredDeviceCapabilities";

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    if asked.family() != Some(Family::Ios) {
        return;
    }
    let names: Vec<&str> = match app.get(KEY) {
        Some(Value::Dictionary(list)) => list.keys().map(String::as_str).collect(),
        Some(_) | None => app.texts(KEY),
    };
    let low = app.minimum_os().unwrap_or_default();
    for name in &names {
        let known = Lists::get()
            .capabilities
            .iter()
            .find(|one| one.name == *name);
        let title = match known {
            None => format!("`{KEY}` holds `{name}`, which is no capability that is known"),
            Some(known) if low != Version::default() && low.0 < known.since => {
                format!("`{KEY}` holds `{name}`, which iOS {low} does not know yet")
            }
            Some(_) => continue,
        };
        let finding = warning("itms-90098", app, title).variable("value", *name);
        found.add(about_key(finding, app, KEY));
    }
    let slices = asked.package.code(app).map_or(&[][..], |code| &code.slices);
    let is_narrow = slices.iter().any(|slice| {
        matches!(
            slice.architecture,
            Architecture::Armv7 | Architecture::Armv7s
        )
    });
    let is_wide = slices
        .iter()
        .any(|slice| slice.architecture == Architecture::Arm64);
    let asks = names.contains(&"arm64");
    if asks && is_narrow && is_wide {
        let title = "the app asks for arm64 and holds code for 32 bits".to_owned();
        found.add(about_key(error("itms-90503", app, title), app, KEY));
    }
    let is_early = low != Version::default() && low < Version(11, 0, 0);
    if !asks && !is_narrow && is_early && !slices.is_empty() {
        let title = format!(
            "the app has code for arm64 alone, promises iOS {low}, and does not ask for arm64"
        );
        found.add(about_key(error("itms-90502", app, title), app, KEY));
    }
}
