//! An iOS app's `MinimumOSVersion` is what Apple asks for; a coming date is told ahead.

use crate::bundle::Family;
use crate::diagnostic::Severity;
use crate::preflight::lists::{Lists, When};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, finding};

/// The rule.
pub const RULE: Rule = Rule {
    name: "minimum-os-of-store",
    codes: &["itms-90068"],
    needs: &[Need::Device],
    sentence: "An iOS app's `MinimumOSVersion` is what Apple asks for; a coming date is told ahead.",
    source: "Apple's message ITMS-90068",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let Some(own) = app
        .minimum_os()
        .filter(|_| asked.family() == Some(Family::Ios))
    else {
        return;
    };
    for minimum in &Lists::get().minimum_os {
        if own.0 >= minimum.major {
            continue;
        }
        let severity = match minimum.when(asked.now) {
            When::Now => Severity::Error,
            // Apple itself has warned of this one since August 2026.
            When::Soon | When::Later => Severity::Warning,
        };
        let title = format!(
            "the app promises iOS {own}; Apple takes {}.0 and later from {}",
            minimum.major, minimum.since
        );
        let said = finding(severity, "itms-90068", app, title);
        found.add(about_key(said, app, "MinimumOSVersion"));
    }
}
