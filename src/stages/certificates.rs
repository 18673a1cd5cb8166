//! Counts the certificates of the team before Xcode may mint another one: a full account is told with what
//! fills it, instead of failing after minutes. Nothing is revoked.

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::asc::Client;
use crate::asc::abilities::{self, Access};
use crate::asc::certificates::{self, Certificate};
use crate::event::{Events, Why};
use crate::profiles;
use crate::signing::options::Method;
use crate::stages::{Result, Stop, diagnostics};
use crate::text::chain;

const DAY: u64 = 86_400;

/// What Apple's words for certificates that it keeps itself end with.
const MANAGED: &str = "_MANAGED";

/// Certificates of one kind: Apple's words for it, and how many a team may have.
struct Slots {
    kinds: &'static [&'static str],
    most: usize,
}

/// What a method mints; `None` where the limit is a person's and not the team's.
fn slots(method: Method) -> Option<Slots> {
    let distribution = |most| Slots {
        kinds: &["DISTRIBUTION", "IOS_DISTRIBUTION"],
        most,
    };
    match method {
        Method::AppStoreConnect | Method::ReleaseTesting => Some(distribution(3)),
        Method::Enterprise => Some(distribution(2)),
        Method::DeveloperId => Some(Slots {
            kinds: &["DEVELOPER_ID_APPLICATION", "DEVELOPER_ID_APPLICATION_G2"],
            most: 5,
        }),
        Method::Debugging => None,
    }
}

/// Warns where the key does not seem to be an Admin's, for Xcode signs in the cloud with no other.
pub async fn look_whose_key(client: &Client, events: &Events) {
    if abilities::of_people(client).await == Access::Forbidden {
        events.found(diagnostics::cloud_without_admin());
    }
}

/// Looks; that Apple does not answer is no reason to stop. A key that may not see certificates makes none.
pub async fn look(client: &Client, method: Method, now: SystemTime, events: &Events) -> Result<()> {
    let Some(slots) = slots(method) else {
        return Ok(());
    };
    let all = match certificates::all(client).await {
        Ok(all) => all,
        Err(error) if error.status() == Some(403) => {
            let found = diagnostics::key_role_too_low("sign in the cloud", "Admin");
            return Err(Stop::after(events.found(found), Why::Refused));
        }
        Err(error) => {
            let why = chain::sentence(&error);
            events.note(format!(
                "The certificates of the team could not be counted: {why}"
            ));
            return Ok(());
        }
    };
    match full(&slots, &all, now) {
        None => Ok(()),
        Some(list) => {
            let found = diagnostics::certificates_full(&list);
            Err(Stop::after(events.found(found), Why::Refused))
        }
    }
}

/// What fills all slots, one a line; `None` while one is free, or where Apple keeps one that signs.
fn full(slots: &Slots, all: &[Certificate], now: SystemTime) -> Option<Vec<String>> {
    if all.iter().any(|one| one.kind.ends_with(MANAGED)) {
        return None;
    }
    let own = all
        .iter()
        .filter(|one| slots.kinds.contains(&one.kind.as_str()));
    let lines: Vec<String> = own.map(|one| line(one, now)).collect();
    (lines.len() >= slots.most).then_some(lines)
}

fn line(one: &Certificate, now: SystemTime) -> String {
    let name = match one.name.contains(&one.display_name) {
        true => one.name.clone(),
        false => format!("{} ({})", one.name, one.display_name),
    };
    let bytes = STANDARD.decode(one.content.as_bytes()).ok();
    let document = bytes.and_then(|bytes| profiles::Certificate::read(&bytes));
    let age = document.and_then(|document| now.duration_since(document.not_before).ok());
    let age = age.map_or_else(String::new, |age| {
        format!(", {} days old", age.as_secs() / DAY)
    });
    // Apple has no field for it; the name is all that tells.
    let by = match one.display_name.to_lowercase().contains("via api") {
        true => ", created through the API",
        false => "",
    };
    format!(
        "{name}: {}, serial {}{age}{by}, until {}",
        one.kind, one.serial, one.expires
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(kind: &str, display_name: &str) -> Certificate {
        let text = str::to_owned;
        Certificate {
            id: text("1"),
            kind: text(kind),
            name: text("Apple Distribution: Example"),
            display_name: text(display_name),
            serial: text("5A4D"),
            expires: text("2027-01-01T00:00:00.000+00:00"),
            content: STANDARD.encode(include_bytes!(
                "../../tests/fixtures/signing/certificate.der"
            )),
        }
    }

    #[test]
    fn a_full_account_is_told_with_what_fills_it_and_a_managed_certificate_needs_no_slot() {
        let slots = slots(Method::AppStoreConnect).expect("a limit");
        let now = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_900_000_000);
        let mut all = vec![
            certificate("DISTRIBUTION", "Created via API"),
            certificate("IOS_DISTRIBUTION", "Example"),
            certificate("DEVELOPMENT", "Kim"),
        ];
        assert_eq!(full(&slots, &all, now), None);
        all.push(certificate("DISTRIBUTION", "Created via API"));
        let list = full(&slots, &all, now).expect("it is full");
        assert_eq!(list.len(), 3);
        assert!(
            list[0].contains("created through the API") && list[0].contains("days old"),
            "{list:?}"
        );
        assert!(!list[1].contains("through the API"), "{list:?}");
        all.push(certificate("DISTRIBUTION_MANAGED", "Example"));
        assert_eq!(full(&slots, &all, now), None);
    }
}
