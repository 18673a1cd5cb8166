//! Prepares what an archive is signed with. All that can be wrong is said before anything of the machine is
//! touched, and what is touched is in the journal first.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::apple::security::{self, Identity};
use crate::apple::{self, Toolbox, xcodebuild};
use crate::archive::{self, Archive};
use crate::asc::{Client, profiles};
use crate::credentials::{ApiKey, KeyIdentity};
use crate::diagnostic::Diagnostic;
use crate::event::{Events, Why};
use crate::host::clock::Clock;
use crate::ids::Platform;
use crate::journal::Journal;
use crate::plan::{Account, ExportPlan, Signing};
use crate::profiles::{Certificate, Profile};
use crate::secret::{Secret, Vault};
use crate::signing::identity::{self, Identities};
use crate::signing::installing::{Installable, install};
use crate::signing::keychain::Keychain;
use crate::signing::matching::{Chosen, choose, without_installer};
use crate::signing::material::{Given, GivenProfile, Wanted};
use crate::signing::options::{Method, Style, Version};
use crate::signing::workspace::Workspace;
use crate::signing::{self, diagnostics};
use crate::stages::{self, Result, Stop, certificates};
use crate::text::{chain, count, cut};

/// What the stage works with.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// What must be undone.
    pub journal: &'a Journal,
    /// Where secrets are kept for redaction.
    pub vault: &'a Vault,
    /// The time of day.
    pub clock: &'a Clock,
    /// Where events go.
    pub events: &'a Events,
}

/// Everything that the export needs.
#[derive(Debug)]
pub struct Prepared {
    /// The archive.
    pub archive: Archive,
    /// The private directory.
    pub workspace: Workspace,
    /// How it is signed.
    pub style: Style,
    /// The team.
    pub team: Option<String>,
    /// The version of Xcode.
    pub xcode: Version,
    /// The key as a file, where Xcode signs with it.
    pub key: Option<KeyFile>,
}

/// The API key as a file.
#[derive(Debug)]
pub struct KeyFile {
    /// Where it is.
    pub path: PathBuf,
    /// The key's id.
    pub id: String,
    /// The team's issuer id.
    pub issuer: String,
}

/// Checks and prepares.
pub async fn run(
    around: Around<'_>,
    plan: &ExportPlan,
    account: &Account,
    client: Option<&Client>,
) -> Result<Prepared> {
    let archive = Archive::read(&plan.archive)
        .map_err(|problem| around.refuse(archive::diagnostics::unusable(&problem)))?;
    let wanted = Wanted {
        archive: &archive,
        method: plan.method,
        now: around.clock.now(),
    };
    match &plan.signing {
        Signing::Manual {
            certificates,
            passwords,
            profiles: given,
        } => {
            let profiles = match (given.as_slice(), client) {
                ([], Some(client)) => around.fetch(client, wanted).await,
                (given, _) => around.profiles(given)?,
            };
            let given = identity::read(certificates, passwords, wanted.now)
                .map_err(|problems| around.refuse_all(problems))?;
            let certificates = match given.importables.is_empty() {
                false => given.certificates.clone(),
                true => around.in_keychains(&plan.tools, &profiles).await?,
            };
            let chosen = choose(wanted, &certificates, &profiles)
                .map_err(|problems| around.refuse_all(problems))?;
            // What lies in the user's own keychains is Xcode's to find: no profile names an installer's.
            let given_ones = (!given.importables.is_empty()).then_some(&certificates);
            if let Some(problem) = given_ones.and_then(|own| without_installer(wanted, own)) {
                return Err(around.refuse(problem));
            }
            around.tell_lost(&archive, &chosen);
            let xcode = around.xcode(&plan.tools).await?;
            let workspace = around.workspace(plan)?;
            around.acquire(plan, &workspace, &given, &chosen).await?;
            Ok(Prepared {
                style: style(&chosen),
                team: chosen.team.clone(),
                workspace,
                xcode,
                key: None,
                archive,
            })
        }
        Signing::Cloud => around.cloud(plan, account, client, archive).await,
    }
}

/// Apple's words for the types of profiles of a way of distribution.
fn types(method: Method, platform: Platform) -> &'static str {
    match (method, platform) {
        (Method::AppStoreConnect, Platform::MacOs) => "MAC_APP_STORE,MAC_CATALYST_APP_STORE",
        (Method::AppStoreConnect, _) => "IOS_APP_STORE,TVOS_APP_STORE",
        (Method::ReleaseTesting, _) => "IOS_APP_ADHOC,TVOS_APP_ADHOC",
        (Method::Debugging, Platform::MacOs) => "MAC_APP_DEVELOPMENT,MAC_CATALYST_APP_DEVELOPMENT",
        (Method::Debugging, _) => "IOS_APP_DEVELOPMENT,TVOS_APP_DEVELOPMENT",
        (Method::Enterprise, _) => "IOS_APP_INHOUSE,TVOS_APP_INHOUSE",
        (Method::DeveloperId, _) => "MAC_APP_DIRECT,MAC_CATALYST_APP_DIRECT",
    }
}

/// What Xcode puts into every signature by itself.
const BASELINE: &[&str] = &[
    "application-identifier",
    "com.apple.application-identifier",
    "com.apple.developer.team-identifier",
    "get-task-allow",
    "keychain-access-groups",
    "beta-reports-active",
];

/// The rights that the profiles grant and an unsigned archive does not claim.
fn lost<'a>(archive: &Archive, chosen: &'a Chosen<'_>) -> Vec<&'a str> {
    if archive.is_signed {
        return Vec::new();
    }
    let granted = chosen.profiles.iter();
    let granted = granted.flat_map(|(_, given)| given.profile.entitlements.keys());
    let mut lost: Vec<&str> = granted
        .map(String::as_str)
        .filter(|right| !BASELINE.contains(right))
        .collect();
    lost.sort_unstable();
    lost.dedup();
    lost
}

fn style(chosen: &Chosen<'_>) -> Style {
    let each = chosen.profiles.iter();
    Style::Manual {
        certificate: chosen.certificate.sha1_hex(),
        installer: chosen.installer.map(Certificate::sha1_hex),
        profiles: each
            .map(|(bundle, given)| (bundle.to_string(), given.profile.uuid.clone()))
            .collect(),
        chooses_icloud: chosen.profiles.iter().any(|(_, given)| {
            let key = "com.apple.developer.icloud-container-environment";
            given.profile.entitlements.contains_key(key)
        }),
    }
}

impl Around<'_> {
    /// Xcode signs, with the key as a file.
    async fn cloud(
        &self,
        plan: &ExportPlan,
        account: &Account,
        client: Option<&Client>,
        archive: Archive,
    ) -> Result<Prepared> {
        let (key, id, issuer) = self.key(account)?;
        if let Some(client) = client {
            certificates::look(client, plan.method, self.clock.now(), self.events).await?;
        }
        let xcode = self.xcode(&plan.tools).await?;
        let workspace = self.workspace(plan)?;
        let name = format!("AuthKey_{id}.p8");
        let path = workspace.write(&name, key.expose().as_bytes());
        let path = path.map_err(|error| self.stop(&error))?;
        Ok(Prepared {
            style: Style::Automatic,
            team: archive.team.clone(),
            workspace,
            xcode,
            key: Some(KeyFile { path, id, issuer }),
            archive,
        })
    }

    fn tell_lost(&self, archive: &Archive, chosen: &Chosen<'_>) {
        let lost = lost(archive, chosen);
        if !lost.is_empty() {
            self.events.found(archive::diagnostics::unsigned(&lost));
        }
    }

    fn refuse(&self, problem: Diagnostic) -> Stop {
        Stop::after(self.events.found(problem), Why::Refused)
    }

    fn refuse_all(&self, problems: Vec<Diagnostic>) -> Stop {
        let mut told = None;
        for problem in problems {
            told = Some(self.events.found(problem));
        }
        match told {
            Some(told) => Stop::after(told, Why::Refused),
            None => self.refuse(diagnostics::certificate_missing()),
        }
    }

    /// Something of the machine could not be acquired.
    pub(super) fn stop(&self, error: &signing::Error) -> Stop {
        match error {
            signing::Error::Tool(error) => self.tool(error),
            signing::Error::NotImported { .. } => self.refuse(diagnostics::not_imported(error)),
            signing::Error::Disk { .. }
            | signing::Error::Random
            | signing::Error::NotAlone(_)
            | signing::Error::SearchList => Stop::after(
                self.events.found(diagnostics::not_set_up(error)),
                Why::Unfinished,
            ),
        }
    }

    /// A tool did not do what it was called for. Where there is none, trying again does not help.
    pub(super) fn tool(&self, error: &apple::Error) -> Stop {
        let why = match error {
            apple::Error::Missing { .. } => Why::Refused,
            error if error.is_no_xcode() => Why::Refused,
            apple::Error::NotStarted { .. }
            | apple::Error::TimedOut { .. }
            | apple::Error::Failed { .. }
            | apple::Error::Killed { .. }
            | apple::Error::Unspeakable { .. }
            | apple::Error::Strange { .. } => Why::Unfinished,
        };
        Stop::after(self.events.found(apple::diagnostics::failed(error)), why)
    }

    fn workspace(&self, plan: &ExportPlan) -> Result<Workspace> {
        Workspace::create(&plan.scratch, self.journal).map_err(|error| self.stop(&error))
    }

    async fn xcode(&self, tools: &Toolbox) -> Result<Version> {
        let said = xcodebuild::version(tools)
            .await
            .map_err(|error| self.tool(&error))?;
        Version::read(&said).ok_or_else(|| {
            self.tool(&apple::Error::Strange {
                tool: apple::Tool::Xcodebuild,
                shown: "xcodebuild -version".to_owned(),
                said: cut::letters(said.trim(), 200),
            })
        })
    }

    fn profiles(&self, given: &[Given]) -> Result<Vec<GivenProfile>> {
        let mut profiles = Vec::new();
        let mut problems = Vec::new();
        for given in given {
            match Profile::read(&given.bytes) {
                Ok(profile) => profiles.push(GivenProfile {
                    name: given.name.clone(),
                    profile,
                    bytes: given.bytes.to_vec(),
                }),
                Err(error) => problems.push(diagnostics::profile_unreadable(&given.name, &error)),
            }
        }
        match problems.is_empty() {
            true => Ok(profiles),
            false => Err(self.refuse_all(problems)),
        }
    }

    /// The profiles that the team has for this way of distribution. A key that may not see them is no
    /// reason to stop: what is missing is told for each bundle.
    async fn fetch(&self, client: &Client, wanted: Wanted<'_>) -> Vec<GivenProfile> {
        let types = types(wanted.method, wanted.archive.platform);
        let found = match profiles::of_types(client, types).await {
            Ok(found) => found,
            Err(error) => {
                let why = chain::sentence(&error);
                let note = format!("The profiles of the team could not be fetched: {why}");
                self.events.note(note);
                return Vec::new();
            }
        };
        let mut read = Vec::new();
        for one in found {
            let name = format!("the profile `{}` of App Store Connect", one.name);
            let bytes = STANDARD.decode(one.content.as_bytes()).unwrap_or_default();
            match Profile::read(&bytes) {
                Ok(profile) if one.is_active => read.push(GivenProfile {
                    name,
                    profile,
                    bytes,
                }),
                Ok(_) => self.events.note(format!(
                    "Apple calls {name} invalid: a certificate or capability of it has changed. It is not used."
                )),
                Err(_) => self.events.note(format!("Apple sent {name} in a form that is not known.")),
            }
        }
        let count = count::of(read.len() as u64, "profile");
        self.events
            .note(format!("Fetched {count} from App Store Connect."));
        read
    }

    /// The certificates of the profiles whose private keys are in the user's own keychains.
    async fn in_keychains(
        &self,
        tools: &Toolbox,
        profiles: &[GivenProfile],
    ) -> Result<Vec<Certificate>> {
        let there = security::identities(tools, None).await;
        let there = there.map_err(|error| self.tool(&error))?;
        let is_there = |certificate: &Certificate| {
            let is_it =
                |own: &Identity| own.sha1 == certificate.sha1_hex() && own.problem.is_none();
            there.iter().any(is_it)
        };
        let mut found: Vec<Certificate> = Vec::new();
        for certificate in profiles
            .iter()
            .flat_map(|given| &given.profile.certificates)
        {
            if is_there(certificate) && !found.contains(certificate) {
                found.push(certificate.clone());
            }
        }
        match found.is_empty() {
            true => Err(self.refuse(diagnostics::certificate_missing())),
            false => Ok(found),
        }
    }

    async fn acquire(
        &self,
        plan: &ExportPlan,
        workspace: &Workspace,
        given: &Identities,
        chosen: &Chosen<'_>,
    ) -> Result<()> {
        if !given.importables.is_empty() {
            let made = Keychain::create(
                &plan.tools,
                workspace,
                &given.importables,
                self.journal,
                self.vault,
            );
            let keychain = made.await.map_err(|error| self.stop(&error))?;
            let listed = self
                .listed(&plan.tools, (workspace, &keychain), given, chosen)
                .await?;
            self.check(&listed, chosen.certificate)?;
        }
        let mut profiles: Vec<Installable<'_>> = Vec::new();
        for (_, given) in &chosen.profiles {
            if profiles
                .iter()
                .all(|known| known.uuid != given.profile.uuid)
            {
                profiles.push(Installable {
                    uuid: &given.profile.uuid,
                    is_for_mac: given.profile.is_for_mac(),
                    bytes: &given.bytes,
                });
            }
        }
        install(&plan.home, &profiles, self.journal)
            .await
            .map_err(|error| self.stop(&error))
    }

    /// What the system says can sign, after the keys were given to the tools. Where ours is not of it, the chain
    /// up to Apple's root is broken on this machine, unless the authorities that were given close it.
    async fn listed(
        &self,
        tools: &Toolbox,
        (workspace, keychain): (&Workspace, &Keychain),
        given: &Identities,
        chosen: &Chosen<'_>,
    ) -> Result<Vec<Identity>> {
        let look = async || {
            let listed = security::identities(tools, Some(keychain.path())).await;
            listed.map_err(|error| self.tool(&error))
        };
        let listed = look().await?;
        let sha1 = chosen.certificate.sha1_hex();
        if given.authorities.is_empty() || listed.iter().any(|own| own.sha1 == sha1) {
            return Ok(listed);
        }
        let count = count::of(given.authorities.len() as u64, "certificate");
        self.events.note(format!(
            "This Mac does not know who issued `{}`; {count} of the same .p12 is used for this run.",
            chosen.certificate.common_name
        ));
        let added = keychain.add_authorities(tools, workspace, &given.authorities);
        added.await.map_err(|error| self.stop(&error))?;
        look().await
    }

    /// Whether the system takes the certificate for one that can sign.
    fn check(&self, listed: &[Identity], certificate: &Certificate) -> Result<()> {
        let own = listed.iter().find(|own| own.sha1 == certificate.sha1_hex());
        match own.map(|own| &own.problem) {
            Some(None) => Ok(()),
            Some(Some(problem)) => {
                Err(self.refuse(diagnostics::not_valid(certificate, Some(problem))))
            }
            None => Err(self.refuse(diagnostics::not_valid(certificate, None))),
        }
    }

    fn key(&self, account: &Account) -> Result<(Secret, String, String)> {
        let refuse = |problem| self.refuse(problem);
        let identity = KeyIdentity::check(&account.key_id, Some(account.issuer_id.as_str()))
            .map_err(|problem| refuse(problem.diagnostic()))?;
        let key =
            ApiKey::parse(account.key.expose()).map_err(|problem| refuse(problem.diagnostic()))?;
        let pem = key.pem();
        self.vault.keep(&pem);
        let Some(issuer) = identity.issuer_id else {
            return Err(self.refuse(stages::diagnostics::cloud_without_team()));
        };
        Ok((pem, identity.key_id.to_string(), issuer.to_string()))
    }
}
