//! A Mac app has code for Apple silicon.

use crate::bundle::Architecture;
use crate::preflight::rule::{Asked, Found, Need, Rule, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-intel",
    codes: &["itms-91167"],
    needs: &[Need::Mac, Need::Code],
    sentence: "A Mac app has code for Apple silicon.",
    source: "Apple's message ITMS-91167",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let Some(code) = asked.package.code(app).filter(|_| asked.is_mac()) else {
        return;
    };
    let mut slices = code.slices.iter();
    let is_known = !code.slices.is_empty() && !code.is_partly_read;
    if is_known && slices.all(|slice| slice.architecture == Architecture::X86With64) {
        let title = format!("`{}` has code for Intel alone", app.name());
        found.add(warning("itms-91167", app, title));
    }
}
