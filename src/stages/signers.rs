//! Whether the certificates that signed a package are still among those of the team: Apple refuses what a revoked one
//! signed, after the upload.

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::asc::Client;
use crate::asc::certificates;
use crate::event::{Events, Why};
use crate::profiles::{Certificate, CertificateKind};
use crate::stages::earlier_uploads::Start;
use crate::stages::package::{OpenPackage, Signed, Signer};
use crate::stages::{Result, Stop, diagnostics};
use crate::text::chain;

/// Asks for the team's certificates, where one of them signed and the build is new to Apple. What the key may not see is told and stops nothing.
pub async fn run(
    client: &Client,
    (open, start): (&OpenPackage, &Start),
    now: SystemTime,
    events: &Events,
) -> Result<()> {
    let (Start::Fresh { .. }, Some(Signed { signers, .. })) = (start, open.signed.get()) else {
        return Ok(());
    };
    let asked: Vec<&Signer> = signers.iter().filter(|one| is_listed(one)).collect();
    if asked.is_empty() {
        return Ok(());
    }
    let listed = match certificates::all(client).await {
        Ok(listed) => listed,
        Err(error) => {
            events.note(format!(
                "Whether the signing certificate is still good at Apple is not known: {}.",
                chain::sentence(&error)
            ));
            return Ok(());
        }
    };
    let mut stop = None;
    for signer in asked {
        let name = &signer.certificate.common_name;
        match standing(signer, &listed, now) {
            Standing::Listed => {}
            Standing::Unknown(why) => events.note(format!(
                "Whether `{name}` is still good at Apple is not known: {why}."
            )),
            Standing::Gone => {
                let told = events.found(diagnostics::certificate_revoked(name));
                stop = Some(Stop::after(told, Why::Refused));
            }
        }
    }
    stop.map_or(Ok(()), Err)
}

/// What the account says of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It is there, or has expired, which is told as that.
    Listed,
    /// The list does not decide it.
    Unknown(&'static str),
    /// The team has others like it, and no longer this one.
    Gone,
}

/// Whether Apple's API lists certificates of its kind.
fn is_listed(signer: &Signer) -> bool {
    match signer.certificate.kind {
        CertificateKind::AppleDistribution
        | CertificateKind::IphoneDistribution
        | CertificateKind::MacAppDistribution
        | CertificateKind::MacInstallerDistribution => true,
        CertificateKind::AppleDevelopment
        | CertificateKind::IphoneDeveloper
        | CertificateKind::MacDeveloper
        | CertificateKind::DeveloperIdApplication
        | CertificateKind::DeveloperIdInstaller
        | CertificateKind::Other => false,
    }
}

fn standing(signer: &Signer, listed: &[certificates::Certificate], now: SystemTime) -> Standing {
    const MANAGED: &str = "_MANAGED";
    let own = &signer.certificate;
    let serial = hex(&own.serial);
    let is_there = listed
        .iter()
        .any(|one| same(&one.serial, &serial) || read(one).as_ref() == Some(own));
    if is_there || own.not_after < now {
        return Standing::Listed;
    }
    let shows_managed = listed.iter().any(|one| one.kind.ends_with(MANAGED));
    if signer.is_chosen_by_xcode && !shows_managed {
        return Standing::Unknown("Xcode chose it, and Apple may keep it without listing it");
    }
    // A key that may see one certificate for distribution may see all.
    let team = own.organisational_unit.as_deref();
    let mut others = listed.iter().filter_map(read);
    let is_of_team = |one: &Certificate| {
        let is_like = matches!(
            one.kind,
            CertificateKind::AppleDistribution
                | CertificateKind::IphoneDistribution
                | CertificateKind::MacAppDistribution
        );
        is_like && one.organisational_unit.as_deref() == team
    };
    match team.is_some() && others.any(|one| is_of_team(&one)) {
        true => Standing::Gone,
        false => Standing::Unknown("the key is shown none of its team"),
    }
}

fn read(listed: &certificates::Certificate) -> Option<Certificate> {
    let bytes = STANDARD.decode(listed.content.trim().as_bytes()).ok()?;
    Certificate::read(&bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Apple writes a serial number without the zeros before it.
fn same(listed: &str, own: &str) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches('0').to_ascii_uppercase();
    !listed.trim().is_empty() && plain(listed) == plain(own)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::testing::certificates::{self as made, Certificate as Made};

    fn signer(made: &Made) -> Signer {
        Signer {
            certificate: Certificate::read(&made.der()).unwrap(),
            is_chosen_by_xcode: false,
        }
    }

    fn listed(made: &Made) -> certificates::Certificate {
        certificates::Certificate {
            id: "1".to_owned(),
            kind: "DISTRIBUTION".to_owned(),
            name: String::new(),
            display_name: String::new(),
            serial: String::new(),
            expires: String::new(),
            content: STANDARD.encode(made.der()),
        }
    }

    fn other(team: &str) -> Made {
        Made {
            serial: 77,
            ..made::distribution(team)
        }
    }

    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_824_000)
    }

    #[test]
    fn a_certificate_that_the_team_no_longer_has_is_gone() {
        let own = made::distribution("A1B2C3D4E5");
        let others = [listed(&other("A1B2C3D4E5"))];
        assert_eq!(standing(&signer(&own), &others, now()), Standing::Gone);
        let all = [others[0].clone(), listed(&own)];
        assert_eq!(standing(&signer(&own), &all, now()), Standing::Listed);
        let serial = hex(&signer(&own).certificate.serial);
        let named = certificates::Certificate {
            serial: format!("00{}", serial.to_lowercase()),
            content: String::new(),
            ..listed(&own)
        };
        assert_eq!(standing(&signer(&own), &[named], now()), Standing::Listed);
    }

    #[test]
    fn a_list_that_does_not_decide_it_says_nothing_against_it() {
        let own = made::distribution("A1B2C3D4E5");
        let unknown = |signer: &Signer, all: &[certificates::Certificate]| {
            matches!(standing(signer, all, now()), Standing::Unknown(_))
        };
        assert!(unknown(&signer(&own), &[]));
        assert!(unknown(&signer(&own), &[listed(&other("ZZZZZZZZZZ"))]));
        let development = listed(&made::development("A1B2C3D4E5"));
        assert!(unknown(&signer(&own), &[development]));
        let managed = Signer {
            is_chosen_by_xcode: true,
            ..signer(&own)
        };
        let mut others = vec![listed(&other("A1B2C3D4E5"))];
        assert!(unknown(&managed, &others));
        // Where Apple's own are shown, this one would be too.
        others.push(certificates::Certificate {
            kind: "DISTRIBUTION_MANAGED".to_owned(),
            ..listed(&other("A1B2C3D4E5"))
        });
        assert_eq!(standing(&managed, &others, now()), Standing::Gone);
    }

    #[test]
    fn one_that_has_expired_or_is_of_another_kind_is_not_asked_after() {
        let own = signer(&made::distribution("A1B2C3D4E5"));
        let late = own.certificate.not_after + Duration::from_secs(1);
        let others = [listed(&other("A1B2C3D4E5"))];
        assert_eq!(standing(&own, &others, late), Standing::Listed);
        assert!(is_listed(&own));
        assert!(!is_listed(&signer(&made::development("A1B2C3D4E5"))));
    }
}
