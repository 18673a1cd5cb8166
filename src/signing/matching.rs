//! Which certificate signs, and which profile is for which bundle; where there is none, the nearest and what
//! keeps it from fitting. Pure.

use std::time::SystemTime;

use crate::archive::{Bundle, BundleKind};
use crate::diagnostic::Diagnostic;
use crate::ids::{BundleIdentifier, Platform};
use crate::profiles::{Certificate, CertificateKind, Profile};
use crate::signing::diagnostics;
use crate::signing::material::{GivenProfile, Unfit, Wanted};
use crate::signing::options::Method;

/// What fits.
#[derive(Debug)]
pub struct Chosen<'a> {
    /// The certificate that signs.
    pub certificate: &'a Certificate,
    /// The one that signs the installer, where there is one.
    pub installer: Option<&'a Certificate>,
    /// The profile of each bundle that needs one.
    pub profiles: Vec<(&'a BundleIdentifier, &'a GivenProfile)>,
    /// The team.
    pub team: Option<String>,
}

/// Chooses.
///
/// # Errors
///
/// What is missing or wrong, each as a finding.
pub fn choose<'a>(
    wanted: Wanted<'a>,
    certificates: &'a [Certificate],
    profiles: &'a [GivenProfile],
) -> Result<Chosen<'a>, Vec<Diagnostic>> {
    let able: Vec<&Certificate> = certificates
        .iter()
        .filter(|certificate| wanted.method.takes(certificate.kind))
        .collect();
    if able.is_empty() {
        return Err(vec![diagnostics::wrong_kind(wanted.method, certificates)]);
    }
    let mut first = None;
    for certificate in able {
        match with(wanted, certificate, profiles) {
            Ok(profiles) => {
                return Ok(Chosen {
                    certificate,
                    installer: installer(wanted.archive.platform, certificates),
                    team: wanted.archive.team.clone().or_else(|| {
                        let profile = profiles.first().map(|(_, given)| &given.profile);
                        let of_profile = profile.and_then(|profile| profile.teams.first().cloned());
                        of_profile.or_else(|| certificate.organisational_unit.clone())
                    }),
                    profiles,
                });
            }
            Err(problems) => {
                first.get_or_insert(problems);
            }
        }
    }
    Err(first.unwrap_or_default())
}

/// What keeps the installer from being signed: the Mac App Store takes an app in a package that a certificate
/// of its own signs.
pub fn without_installer(wanted: Wanted<'_>, certificates: &[Certificate]) -> Option<Diagnostic> {
    let platform = wanted.archive.platform;
    let needs_one = platform == Platform::MacOs && wanted.method == Method::AppStoreConnect;
    (needs_one && installer(platform, certificates).is_none())
        .then(|| diagnostics::no_installer(certificates))
}

fn with<'a>(
    wanted: Wanted<'a>,
    certificate: &Certificate,
    profiles: &'a [GivenProfile],
) -> Result<Vec<(&'a BundleIdentifier, &'a GivenProfile)>, Vec<Diagnostic>> {
    let mut chosen = Vec::new();
    let mut problems = Vec::new();
    for bundle in &wanted.archive.bundles {
        let fit =
            |given: &&GivenProfile| unfit(wanted, certificate, bundle, &given.profile).is_none();
        let best = profiles
            .iter()
            .filter(fit)
            .max_by_key(|given| rank(&given.profile));
        match best {
            Some(given) => chosen.push((&bundle.identifier, given)),
            None if !needs_profile(wanted, bundle) => {}
            None => {
                let near = profiles.iter().filter_map(|given| {
                    Some((unfit(wanted, certificate, bundle, &given.profile)?, given))
                });
                let near = near.max_by_key(|(why, _)| *why);
                let near = near.filter(|(why, _)| *why != Unfit::Bundle);
                problems.push(diagnostics::no_profile(wanted, bundle, certificate, near));
            }
        }
    }
    match problems.is_empty() {
        true => Ok(chosen),
        false => Err(problems),
    }
}

/// Mac apps are signed without a profile where they claim nothing that needs one; the store wants one in
/// the app all the same.
fn needs_profile(wanted: Wanted<'_>, bundle: &Bundle) -> bool {
    let is_store = wanted.method == Method::AppStoreConnect;
    let is_for_mac = wanted.archive.platform == Platform::MacOs;
    let is_claiming = !wanted.claims_of(bundle).is_empty();
    !is_for_mac || is_claiming || (is_store && bundle.kind == BundleKind::App)
}

/// One for the very bundle is better than a pattern, and a longer life better than a shorter.
fn rank(profile: &Profile) -> (bool, Option<SystemTime>) {
    (!profile.is_wildcard(), profile.expires)
}

/// Why the profile is not for the bundle; `None` where it is.
pub fn unfit(
    wanted: Wanted<'_>,
    certificate: &Certificate,
    bundle: &Bundle,
    profile: &Profile,
) -> Option<Unfit> {
    let is_of_team = |team: &str| profile.teams.iter().any(|own| own == team);
    let team = wanted.archive.team.as_deref();
    let team = team.or(certificate.organisational_unit.as_deref());
    match () {
        () if !profile.covers(bundle.identifier.as_str()) => Some(Unfit::Bundle),
        () if !is_for(profile, wanted.archive.platform) => Some(Unfit::Platform),
        () if team.is_some_and(|team| !is_of_team(team)) => Some(Unfit::Team),
        () if profile.kind != wanted.method.profile_kind() => Some(Unfit::Kind),
        () if profile.expires.is_some_and(|end| wanted.now >= end) => Some(Unfit::Expired),
        () if profile.certificate(&certificate.sha1).is_none() => Some(Unfit::Certificate),
        () if !wanted.lacking(bundle, profile).is_empty() => Some(Unfit::Entitlement),
        () => None,
    }
}

/// A profile of a watch or a phone names iOS; one that names nothing is taken for any.
fn is_for(profile: &Profile, platform: Platform) -> bool {
    let names: &[&str] = match platform {
        Platform::Ios => &["iOS", "watchOS"],
        Platform::MacOs => &["OSX"],
        Platform::TvOs => &["tvOS"],
        Platform::VisionOs => &["xrOS", "visionOS"],
    };
    profile.platforms.is_empty()
        || profile
            .platforms
            .iter()
            .any(|own| names.contains(&own.as_str()))
}

fn installer(platform: Platform, certificates: &[Certificate]) -> Option<&Certificate> {
    let signs =
        |certificate: &&Certificate| certificate.kind == CertificateKind::MacInstallerDistribution;
    certificates
        .iter()
        .find(signs)
        .filter(|_| platform == Platform::MacOs)
}
