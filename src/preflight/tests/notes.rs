//! What is good to know and wrong with nothing, and what could not be looked at.

use std::collections::BTreeMap;

use plist::Value;

use super::{ipa, today};
use crate::preflight::verdicts::Verdict;
use crate::preflight::{Asked, Channel, Checked, Look, check};
use crate::testing::apps::{self, Parts};
use crate::testing::images;

fn checked(parts: &Parts) -> Checked {
    let package = ipa(&parts.ipa());
    let asked = Asked {
        package: &package,
        channel: Channel::TestFlight,
        now: today(),
        expected: &BTreeMap::new(),
    };
    check(&asked, &["package-older".to_owned()])
}

fn asking(names: &[&str]) -> Vec<String> {
    let names = names.iter().map(|name| Value::from(*name)).collect();
    let app = apps::app().with("UIRequiredDeviceCapabilities", Value::Array(names));
    let notes = checked(&Parts::new(app, [])).notes;
    let is_of_it = |note: &String| note.contains("UIRequiredDeviceCapabilities");
    notes.into_iter().filter(is_of_it).collect()
}

#[test]
fn what_a_capability_costs_is_a_note_and_no_finding() {
    assert!(asking(&["arm64", "metal"]).is_empty());
    assert!(asking(&["arm64", "telephony"])[0].contains("ITMS-90984"));
    assert!(asking(&["armv7"])[0].contains("iOS 26"));
    assert!(asking(&["armv7", "arm64"]).is_empty());
}

#[test]
fn a_listed_sdk_without_a_record_is_not_looked_at() {
    let manifest = crate::preflight::tests::clean::parts::manifest(&[]);
    let kit = apps::framework("Lottie").file("PrivacyInfo.xcprivacy", &manifest);
    let parts = Parts::new(apps::app(), [kit]);
    let unseen = checked(&parts).unseen.join(" ");
    assert!(unseen.contains("`Lottie`"), "{unseen}");
    let record = plist::Dictionary::from_iter([("signed".to_owned(), Value::from(true))]);
    let parts = parts.beside(
        "Signatures/Lottie.xcframework-ios.signature",
        &apps::binary(&record),
    );
    let unseen = checked(&parts).unseen.join(" ");
    assert!(!unseen.contains("Lottie"), "{unseen}");
}

#[test]
fn of_very_many_findings_of_a_rule_the_first_are_told_and_how_many_more_there_are() {
    let kits =
        (0..70).map(|number| apps::framework(&format!("Kit{number}")).without("CFBundleVersion"));
    let checked = checked(&Parts::new(apps::app(), kits));
    let of_rule = |one: &&Verdict| one.rule == "versions-present";
    let verdict = checked.verdicts.iter().find(of_rule).expect("the rule");
    assert_eq!(verdict.found, 70);
    let of_code = |code: &str| {
        checked
            .findings
            .iter()
            .filter(|one| one.code.as_str() == code)
            .count()
    };
    assert_eq!(of_code("itms-90056"), 50);
    let said = "The rule versions-present has 20 more findings, which are not told.";
    assert!(
        checked.notes.iter().any(|note| note == said),
        "{:?}",
        checked.notes
    );
}

#[test]
fn a_rule_that_can_not_look_does_not_say_that_all_is_well() {
    let look = |checked: &Checked, name: &str| {
        let is_it = |one: &&Verdict| one.rule == name;
        checked.verdicts.iter().find(is_it).map(|one| one.look)
    };
    let whole = checked(&Parts::new(apps::app(), []));
    assert_eq!(look(&whole, "timestamp"), Some(Look::Checked));
    assert_eq!(look(&whole, "mac-sandbox"), Some(Look::Elsewhere));
    let mut app = apps::app();
    app.images.clear();
    let app = app.file("Example", &images::executable().unsigned());
    let bare = checked(&Parts::new(app, []));
    assert_eq!(look(&bare, "timestamp"), Some(Look::Unseen));
    assert_eq!(look(&bare, "signature-holds"), Some(Look::Checked));
}

#[test]
fn an_ignore_that_no_rule_can_need_is_told_as_that() {
    let found = checked(&Parts::new(apps::app(), [])).findings;
    let titles: Vec<&str> = found.iter().map(|one| one.title.as_str()).collect();
    let line = "package-older is ignored, and no rule of preflight reports it";
    assert_eq!(titles, [line]);
}

#[test]
fn every_need_of_a_rule_is_one_that_some_package_meets() {
    // A rule that needs both kinds of device would never look.
    use crate::preflight::rule::Need;
    for rule in crate::preflight::rules::RULES {
        let has = |need| rule.needs.contains(&need);
        assert!(!(has(Need::Mac) && has(Need::Device)), "{}", rule.name);
        assert!(!(has(Need::Ipa) && has(Need::Pkg)), "{}", rule.name);
    }
}
