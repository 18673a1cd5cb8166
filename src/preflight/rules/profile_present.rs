//! The app and each program in it have a provisioning profile.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Channel, Found, Need, Rule, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "profile-present",
    codes: &["itms-90174", "itms-90161", "itms-90889"],
    needs: &[Need::Export, Need::Signature],
    sentence: "The app and each program in it have a provisioning profile.",
    source: "Apple's messages ITMS-90174, ITMS-90161 and ITMS-90889",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_signed_for_good() {
        return;
    }
    for bundle in asked.programs() {
        let signature = asked.package.signature(bundle);
        let is_signed = signature.is_some_and(|signature| signature.signer.is_some());
        if !is_signed {
            continue;
        }
        let is_app = bundle.kind == BundleKind::App;
        let title = match &bundle.profile {
            None => format!("`{}` has no provisioning profile", bundle.path),
            Some(Err(fault)) => format!("the profile of `{}` {fault}", bundle.path),
            Some(Ok(_)) => continue,
        };
        let is_there = bundle.profile.is_some();
        match (asked.is_mac(), is_app) {
            (true, true) if asked.channel == Channel::TestFlight => {
                found.add(warning("itms-90889", bundle, title));
            }
            (true, true | false) => {}
            (false, true) if !is_there => found.add(error("itms-90174", bundle, title)),
            (false, true | false) => found.add(error("itms-90161", bundle, title)),
        }
    }
}
