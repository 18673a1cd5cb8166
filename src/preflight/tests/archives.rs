//! Xcode's archives, before they are exported: what an export would lose is told, and nothing that the export mends.

use std::collections::BTreeMap;

use super::today;
use crate::bundle::{Package, read_archive};
use crate::preflight::{Asked, Channel, QUESTIONS, check};
use crate::testing::apps::{self, Part, Parts};
use crate::testing::images;

fn archive(mut app: Part) -> Package {
    let place = tempfile::tempdir().unwrap();
    app.path = "Products/Applications/Example.app".into();
    for (path, content) in Parts::new(app, []).files() {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    read_archive(place.path(), &QUESTIONS).unwrap()
}

/// An app that nobody signed.
fn unsigned() -> Part {
    let mut app = apps::app();
    app.images.clear();
    app.profile = None;
    app.file("Example", &images::executable().unsigned())
}

/// What is said where the project's file asks for these.
fn said(package: &Package, keys: &[&str]) -> Vec<String> {
    let keys = keys.iter().map(|key| (*key).to_owned()).collect();
    let asked = Asked {
        package,
        channel: Channel::TestFlight,
        now: today(),
        expected: &BTreeMap::from([("com.example.app".to_owned(), keys)]),
    };
    let found = check(&asked, &[]).findings.into_iter();
    found
        .map(|one| format!("{} {}: {}", one.severity, one.code, one.title))
        .collect()
}

const NONE: [&str; 0] = [];
const PUSH: &str = "aps-environment";

#[test]
fn an_unsigned_archive_would_lose_what_the_project_asks_for() {
    let package = archive(unsigned());
    let line = "warning entitlement-lost: `Example.app` was archived without entitlements; an export would lose \
                `aps-environment`, `com.apple.developer.healthkit`";
    let keys = [PUSH, "com.apple.developer.healthkit", "get-task-allow"];
    assert_eq!(said(&package, &keys), [line]);
    assert_eq!(said(&package, &["com.apple.security.app-sandbox"]), NONE);
    assert_eq!(said(&package, &[]), NONE);
}

#[test]
fn what_xcode_noted_beside_unsigned_code_is_not_lost() {
    let mut noted = plist::Dictionary::new();
    noted.insert(PUSH.to_owned(), "development".into());
    let list = apps::binary(&noted);
    let app = unsigned().file("archived-expanded-entitlements.xcent", &list);
    assert_eq!(said(&archive(app), &[PUSH]), NONE);
}

#[test]
fn a_signed_archive_carries_what_the_project_asks_for_or_it_is_told() {
    let line = "warning entitlement-lost: `Example.app` was archived without `aps-environment`, which the project asks \
                for";
    assert_eq!(said(&archive(apps::app()), &[PUSH]), [line]);
    let app = apps::app().entitled(PUSH, "development");
    assert_eq!(said(&archive(app), &[PUSH]), NONE);
}
