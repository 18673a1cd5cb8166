//! The profile is for the App Store, of the team that signed, for this platform and this bundle, and has not expired.

use crate::bundle::{Bundle, BundleKind, Family};
use crate::preflight::rule::{Asked, Found, Need, Rule, error};
use crate::profiles::{Kind, Profile};

/// The rule.
pub const RULE: Rule = Rule {
    name: "profile-fits",
    codes: &[
        "itms-90161",
        "itms-90578",
        "itms-90545",
        "itms-90283",
        "itms-90159",
    ],
    needs: &[Need::Export, Need::Profile],
    sentence: "The profile is for the App Store, of the team that signed, for this platform and this bundle, and has not expired.",
    source: "Apple's messages ITMS-90159, ITMS-90161, ITMS-90283, ITMS-90545 and ITMS-90578",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_signed_for_good() {
        return;
    }
    for bundle in asked.programs() {
        let Some(profile) = bundle.readable_profile() else {
            continue;
        };
        if let Some((code, what)) = fault(asked, bundle, profile) {
            let title = format!(
                "the profile `{}` of `{}` {what}",
                profile.name,
                bundle.name()
            );
            found.add(error(code, bundle, title).variable("profile", &profile.name));
        }
    }
}

fn fault(asked: &Asked<'_>, bundle: &Bundle, profile: &Profile) -> Option<(&'static str, String)> {
    let general = if asked.is_mac() {
        "itms-90283"
    } else {
        "itms-90161"
    };
    match profile.kind {
        Kind::Enterprise => return Some(("itms-90578", "is for an enterprise".to_owned())),
        Kind::Development | Kind::AdHoc | Kind::DeveloperId => {
            return Some((
                general,
                format!("is for {}, not for the App Store", profile.kind),
            ));
        }
        Kind::AppStore => {}
    }
    if profile.expires.is_some_and(|expires| expires < asked.now) {
        return Some((general, "has expired".to_owned()));
    }
    let team = asked.package.signature(bundle).and_then(|one| {
        let leaf = one.signer.as_ref()?.leaf.as_ref()?;
        leaf.organisational_unit.as_deref()
    });
    if let Some(team) = team.filter(|team| !profile.teams.iter().any(|one| one == team))
        && !profile.teams.is_empty()
    {
        let of = profile.teams.join(", ");
        return Some((
            "itms-90159",
            format!("is of team {of}, and team {team} signed"),
        ));
    }
    // An extension that is built for another platform than its app is told as that.
    let host = asked
        .host(bundle)
        .filter(|_| bundle.kind == BundleKind::Extension);
    let around = host.map(|host| asked.program_of(host));
    let built = [Some(bundle), around].into_iter().flatten();
    let families: Vec<Family> = built.filter_map(|one| asked.package.family(one)).collect();
    let fits = profile.platforms.iter().any(|name| {
        let mut families = families.iter();
        families.any(|family| platforms(*family).contains(&name.as_str()))
    });
    if !fits && !families.is_empty() && !profile.platforms.is_empty() {
        return Some((
            "itms-90545",
            format!("is for {}", profile.platforms.join(", ")),
        ));
    }
    let identifier = bundle.identifier()?;
    let covers = profile.bundle_pattern().is_none() || profile.covers(identifier);
    (!covers).then(|| {
        let pattern = profile.bundle_pattern().unwrap_or_default();
        (
            general,
            format!("is for `{pattern}`, not for `{identifier}`"),
        )
    })
}

/// What profiles call the platforms of a family.
fn platforms(family: Family) -> &'static [&'static str] {
    match family {
        Family::Ios | Family::WatchOs => &["iOS", "watchOS", "xrOS", "visionOS"],
        Family::TvOs => &["tvOS"],
        Family::VisionOs => &["xrOS", "visionOS", "iOS"],
        Family::MacOs => &["OSX"],
    }
}
