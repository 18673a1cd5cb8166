//! An iPad app that shares the screen has the launch screen that it names, and so has every app built with the iOS 27
//! SDK.

use crate::preflight::launch;
use crate::preflight::rule::{Asked, Found, Need, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "launch-screen",
    codes: &["itms-90475", "itms-90476", "itms-90870"],
    needs: &[Need::Device],
    sentence: "An iPad app that shares the screen has the launch screen that it names, and so has every app built with the iOS 27 SDK.",
    source: "Apple's messages ITMS-90475, ITMS-90476 and ITMS-90870",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if let Some(fault) = launch::fault(asked) {
        found.add(fault);
    }
}
