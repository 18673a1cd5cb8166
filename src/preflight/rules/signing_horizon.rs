//! Profile and certificate are good for some days more.

use std::time::{Duration, SystemTime};

use crate::bundle::Bundle;
use crate::preflight::rule::{Asked, Found, Need, Rule, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "signing-horizon",
    codes: &["signing-ends-soon"],
    needs: &[Need::Export],
    sentence: "The profile, and the certificate that signed, are good for 14 days more.",
    source: "Their own dates; a later build can't be signed by them",
    check,
};

/// How long before its end it is told.
const AHEAD: Duration = Duration::from_secs(14 * 86_400);

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    if !asked.is_signed_for_good() {
        return;
    }
    let signature = asked.package.signature(app);
    let leaf = signature.and_then(|one| one.signer.as_ref()?.leaf.as_ref());
    if let Some(leaf) = leaf {
        let what = format!("certificate `{}`", leaf.common_name);
        tell(asked.now, leaf.not_after, &what, app, found);
    }
    for bundle in asked.programs() {
        if let Some(profile) = bundle.readable_profile()
            && let Some(end) = profile.expires
        {
            let what = format!("profile `{}`", profile.name);
            tell(asked.now, end, &what, bundle, found);
        }
    }
}

fn tell(now: SystemTime, end: SystemTime, what: &str, bundle: &Bundle, found: &mut Found) {
    let Ok(left) = end.duration_since(now) else {
        return;
    };
    if left < AHEAD {
        let days = left.as_secs().div_ceil(86_400);
        let title = format!("the {what} ends in {days} days");
        found.add(warning("signing-ends-soon", bundle, title));
    }
}
