//! What keeps profiles from being used, with its words.

use crate::archive::Bundle;
use crate::diagnostic::Diagnostic;
use crate::profiles::{self, Certificate, Kind};
use crate::signing::diagnostics::codes::{PROFILE_MISSING, PROFILE_UNREADABLE, about, day};
use crate::signing::material::{GivenProfile, Unfit, Wanted};

/// A profile can't be read.
pub fn profile_unreadable(name: &str, error: &profiles::Error) -> Diagnostic {
    let found = Diagnostic::error(PROFILE_UNREADABLE, format!("{name} {error}"));
    about(found, "provisioning-profile")
}

/// There is no profile for a bundle, and what the nearest one lacks.
pub fn no_profile(
    wanted: Wanted<'_>,
    bundle: &Bundle,
    certificate: &Certificate,
    near: Option<(Unfit, &GivenProfile)>,
) -> Diagnostic {
    let found = Diagnostic::error(
        PROFILE_MISSING,
        format!(
            "there is no provisioning profile for `{}`",
            bundle.identifier
        ),
    )
    .message(format!("It is {} in the archive.", bundle.path))
    .variable("bundle", bundle.identifier.as_str())
    .variable("method", wanted.method.name());
    let found = about(found, "provisioning-profile");
    let Some((why, given)) = near else {
        return found;
    };
    let profile = &given.profile;
    let (case, why) = match why {
        Unfit::Bundle => return found,
        Unfit::Platform => (
            "platform",
            format!("is for {}", profile.platforms.join(", ")),
        ),
        Unfit::Team => (
            "team",
            format!("belongs to team {}", profile.teams.join(", ")),
        ),
        Unfit::Kind if profile.kind == Kind::Enterprise => (
            "enterprise",
            "is of the Enterprise Program, which has no TestFlight and no App Store".to_owned(),
        ),
        Unfit::Kind => (
            "kind",
            format!(
                "is for {}, and {} wants one for {}",
                profile.kind,
                wanted.method.name(),
                wanted.method.profile_kind()
            ),
        ),
        Unfit::Expired => (
            "expired",
            match profile.expires {
                Some(end) => format!("expired on {}", day(end)),
                None => "has expired".to_owned(),
            },
        ),
        Unfit::Certificate => (
            "certificate",
            format!(
                "does not name the certificate `{}`",
                certificate.common_name
            ),
        ),
    };
    found
        .message(format!(
            "The nearest is {}, `{}`: it {why}.",
            given.name, profile.name
        ))
        .case(case)
}
