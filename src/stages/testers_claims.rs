//! What the build that testers have claims, and this one does not: Apple takes such a build, and testers lose what
//! worked.

use crate::asc::Client;
use crate::asc::apps::App;
use crate::asc::build_bundles::{self, Claimed};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::event::Events;
use crate::stages::package::{Claims, OpenPackage, Signed};

/// What Xcode adds or takes away by itself.
const BY_XCODE: &[&str] = &[
    "get-task-allow",
    "application-identifier",
    "com.apple.application-identifier",
    "com.apple.developer.team-identifier",
    "beta-reports-active",
    "keychain-access-groups",
];

/// Compares the package, where it was looked into, with the newest build that can be tested.
pub async fn run(client: &Client, app: &App, open: &OpenPackage, events: &Events) {
    let Some(Signed { claims, .. }) = open.signed.get() else {
        return;
    };
    let platform = open.package.build.platform;
    match build_bundles::claimed_by_newest(client, &app.id, platform).await {
        Ok(Some(claimed)) => {
            for finding in lost(claims, &claimed) {
                events.found(finding);
            }
        }
        Ok(None) => {}
        Err(error) => events.note(format!(
            "What the build claims that testers have is not known: {error}."
        )),
    }
}

/// A finding for each program that lost something.
fn lost(claims: &Claims, claimed: &Claimed) -> Vec<Diagnostic> {
    let each = claims.iter().filter_map(|(identifier, own)| {
        let theirs = claimed.keys.get(identifier)?;
        let lost: Vec<&String> = theirs
            .iter()
            .filter(|key| !own.contains(key) && !BY_XCODE.contains(&key.as_str()))
            .collect();
        let first = (*lost.first()?).clone();
        let names: Vec<String> = lost.iter().map(|key| format!("`{key}`")).collect();
        let title = format!(
            "`{identifier}` lost {}, which build {} claims",
            names.join(", "),
            claimed.build_number
        );
        let finding = Diagnostic::warning(Code::new("entitlement-lost"), title)
            .variable("key", &first)
            .variable("bundle", identifier)
            .said_by("preflight")
            .about(Subject::Entitlement {
                bundle: Some(identifier.clone()),
                key: first,
            });
        Some(finding)
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use std::collections::BTreeSet;

    use super::*;
    use crate::ids::BuildNumber;

    fn texts(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    #[test]
    fn what_one_program_lost_is_told_and_what_xcode_adds_is_not() {
        let claimed = Claimed {
            build_number: BuildNumber::new("41"),
            keys: BTreeMap::from([
                (
                    "com.example.app".to_owned(),
                    BTreeSet::from_iter(texts(&["aps-environment", "get-task-allow"])),
                ),
                (
                    "com.example.app.share".to_owned(),
                    BTreeSet::from_iter(texts(&["x"])),
                ),
            ]),
        };
        let told = |own: &[&str]| -> Vec<String> {
            let claims = Claims::from([("com.example.app".to_owned(), texts(own))]);
            let lost = lost(&claims, &claimed);
            lost.into_iter().map(|one| one.title).collect()
        };
        let line = "`com.example.app` lost `aps-environment`, which build 41 claims";
        assert_eq!(told(&[]), [line]);
        assert!(told(&["aps-environment"]).is_empty());
    }
}
