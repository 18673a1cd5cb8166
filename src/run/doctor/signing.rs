//! Whether there is what an archive is signed with: a certificate of the right kind and team, given or in a
//! keychain, and one profile for each bundle.

use crate::apple::Toolbox;
use crate::apple::security::{self, Identity};
use crate::archive::{self, Archive};
use crate::diagnostic::Diagnostic;
use crate::ids::BundleIdentifier;
use crate::profiles::{Certificate, CertificateKind, Profile};
use crate::run::doctor::{Visit, diagnostics};
use crate::signing::identity;
use crate::signing::matching::{choose, without_installer};
use crate::signing::material::{GivenProfile, Wanted};
use crate::signing::options::Method;
use crate::stages::claims;
use crate::text::count;

impl Visit<'_> {
    pub(super) async fn signing(&mut self) {
        const NAME: &str = "signing";
        let plan = self.plan;
        let mut problems = Vec::new();
        let archive = plan.archive.as_ref().map(|path| Archive::read(path));
        let archive = archive.transpose().unwrap_or_else(|problem| {
            problems.push(archive::diagnostics::unusable(&problem));
            None
        });
        let bundles: Vec<BundleIdentifier> = match &archive {
            Some(archive) => {
                let each = archive.bundles.iter();
                each.map(|one| one.identifier.clone()).collect()
            }
            None => plan.project.clone(),
        };
        if plan.is_by_cloud {
            let seen = format!(
                "Xcode signs {} with the API key",
                count::of(bundles.len() as u64, "bundle")
            );
            return self.tell(NAME, &seen, problems);
        }
        let profiles = self.profiles(&mut problems);
        let team = archive.as_ref().and_then(|archive| archive.team.as_deref());
        let (certificates, whose) = match (plan.certificates.is_empty(), &plan.tools) {
            (false, _) => (self.given(archive.is_some(), &mut problems), "given"),
            (true, Some(tools)) => {
                let there = self.in_keychains(tools, team, &mut problems).await;
                (of_profiles(&profiles, &there), "of a profile in a keychain")
            }
            (true, None) => (Vec::new(), "given"),
        };
        match (&archive, &plan.archive) {
            (Some(archive), Some(path)) if !certificates.is_empty() => {
                let claims = claims::of_archive(archive, path).await;
                let wanted = Wanted {
                    archive,
                    method: plan.method,
                    claims: &claims,
                    now: self.leg.clock.now(),
                };
                problems.extend(self.misfits(wanted, &certificates, &profiles));
            }
            _ => problems.extend(self.bare(&bundles, &profiles)),
        }
        let seen = format!(
            "{} {whose}, {}, {}",
            count::of(certificates.len() as u64, "certificate"),
            count::of(profiles.len() as u64, "profile"),
            count::of(bundles.len() as u64, "bundle"),
        );
        self.tell(NAME, &seen, problems);
    }

    /// What keeps the archive from being signed with these.
    fn misfits(
        &self,
        wanted: Wanted<'_>,
        certificates: &[Certificate],
        profiles: &[GivenProfile],
    ) -> Vec<Diagnostic> {
        match choose(wanted, certificates, profiles) {
            Err(found) => found,
            Ok(_) if self.plan.certificates.is_empty() => Vec::new(),
            Ok(_) => without_installer(wanted, certificates)
                .into_iter()
                .collect(),
        }
    }

    fn profiles(&self, problems: &mut Vec<Diagnostic>) -> Vec<GivenProfile> {
        let mut read = Vec::new();
        for given in &self.plan.profiles {
            match Profile::read(&given.bytes) {
                Ok(profile) => read.push(GivenProfile {
                    name: given.name.clone(),
                    profile,
                    bytes: Vec::new(),
                }),
                Err(error) => problems.push(crate::signing::diagnostics::profile_unreadable(
                    &given.name,
                    &error,
                )),
            }
        }
        read
    }

    /// The certificates that were given; with an archive, what fits it is looked at later.
    fn given(&self, has_archive: bool, problems: &mut Vec<Diagnostic>) -> Vec<Certificate> {
        let plan = self.plan;
        match identity::read(&plan.certificates, &plan.passwords, self.leg.clock.now()) {
            Ok(found) => {
                let fits = |one: &Certificate| plan.method.takes(one.kind);
                if !has_archive && !found.certificates.iter().any(fits) {
                    let all = &found.certificates;
                    problems.push(crate::signing::diagnostics::wrong_kind(plan.method, all));
                }
                found.certificates
            }
            Err(found) => {
                problems.extend(found);
                Vec::new()
            }
        }
    }

    /// What can sign in the keychains of the user. A run may be given another certificate, so what is wrong
    /// with these is a warning.
    async fn in_keychains(
        &self,
        tools: &Toolbox,
        team: Option<&str>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Identity> {
        let mut there = match security::identities(tools, None).await {
            Ok(there) => there,
            Err(error) => {
                problems.push(crate::apple::diagnostics::failed(&error));
                return Vec::new();
            }
        };
        there.retain(|own| own.problem.is_none());
        let problem = unfit(self.plan.method, team, &there);
        problems.extend(problem.map(Diagnostic::warned));
        there
    }

    /// The bundles that none of the profiles is for. Where none is given, a key may still fetch them.
    fn bare(&self, bundles: &[BundleIdentifier], profiles: &[GivenProfile]) -> Vec<Diagnostic> {
        let may_fetch = !self.plan.account.key.expose().trim().is_empty();
        if profiles.is_empty() {
            let none =
                (!bundles.is_empty() && !may_fetch).then(|| diagnostics::no_profiles(bundles));
            return none.into_iter().collect();
        }
        let covers = |bundle: &&BundleIdentifier| {
            let mut each = profiles.iter();
            each.any(|given| given.profile.covers(bundle.as_str()))
        };
        let bare = bundles.iter().filter(|bundle| !covers(bundle));
        bare.map(diagnostics::no_profile).collect()
    }
}

/// The certificates of the profiles whose keys are there.
fn of_profiles(profiles: &[GivenProfile], there: &[Identity]) -> Vec<Certificate> {
    let mut found: Vec<Certificate> = Vec::new();
    for certificate in profiles
        .iter()
        .flat_map(|given| &given.profile.certificates)
    {
        let sha1 = certificate.sha1_hex();
        let is_there = there.iter().any(|own| own.sha1 == sha1);
        if is_there && !found.contains(certificate) {
            found.push(certificate.clone());
        }
    }
    found
}

/// What keeps all of these from signing for the method and the team.
fn unfit(method: Method, team: Option<&str>, there: &[Identity]) -> Option<Diagnostic> {
    if there.is_empty() {
        return Some(crate::signing::diagnostics::certificate_missing());
    }
    let of_kind = there
        .iter()
        .filter(|own| method.takes(CertificateKind::named(&own.name)));
    let of_kind: Vec<&str> = of_kind.map(|own| own.name.as_str()).collect();
    let names = || {
        there
            .iter()
            .map(|own| own.name.as_str())
            .collect::<Vec<_>>()
    };
    if of_kind.is_empty() {
        return Some(diagnostics::identities_of_other_kinds(method, &names()));
    }
    // The name of a development certificate ends with a person, not with a team.
    let team = team.filter(|_| method != Method::Debugging)?;
    let is_of_team = |name: &&str| name.ends_with(&format!("({team})"));
    (!of_kind.iter().any(is_of_team))
        .then(|| diagnostics::identities_of_other_teams(team, &of_kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(method: Method, team: Option<&str>, names: &[&str]) -> Option<String> {
        let there: Vec<Identity> = names
            .iter()
            .map(|name| Identity {
                sha1: "0".repeat(40),
                name: (*name).to_owned(),
                problem: None,
            })
            .collect();
        unfit(method, team, &there).map(|found| {
            let case = found.variables.get("case").cloned().unwrap_or_default();
            format!("{} {case}", found.code)
        })
    }

    #[test]
    fn a_certificate_of_a_keychain_is_of_the_right_kind_and_team() {
        let store = Method::AppStoreConnect;
        let (own, other) = (
            "Apple Distribution: A (TEAM123456)",
            "Apple Distribution: B (TEAM654321)",
        );
        let developers = "Apple Development: Kim (PERSON1234)";
        let team = Some("TEAM123456");
        assert_eq!(told(store, team, &[other, own]), None);
        assert_eq!(told(store, None, &[other]), None);
        assert_eq!(told(Method::Debugging, team, &[developers]), None);
        let told = |names: &[&str]| told(store, team, names).expect("it is told");
        assert_eq!(told(&[]), "certificate-missing ");
        assert_eq!(told(&[developers]), "certificate-kind-wrong keychain");
        assert_eq!(told(&[other, developers]), "certificate-kind-wrong team");
    }
}
