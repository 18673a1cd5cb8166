//! The app has code for 64 bits.

use crate::bundle::Architecture;
use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "wide-code",
    codes: &["itms-90086"],
    needs: &[Need::Device, Need::Code],
    sentence: "The app has code for 64 bits.",
    source: "Apple's message ITMS-90086",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let slices = asked.package.code(app).map_or(&[][..], |code| &code.slices);
    let is_narrow = |one: &Architecture| matches!(one, Architecture::Armv7 | Architecture::Armv7s);
    if asked.is_embedded()
        && !slices.is_empty()
        && slices.iter().all(|slice| is_narrow(&slice.architecture))
    {
        let title = "the app has code for 32 bits only".to_owned();
        found.add(error("itms-90086", app, title));
    }
}
