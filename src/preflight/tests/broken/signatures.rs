//! Of signatures and profiles.

use plist::Dictionary;

use super::{Row, alone, changed, image, profile, texts, with};
use crate::testing::apps::{self, APP, Part};
use crate::testing::{certificates, profiles};

/// An app whose signature a time authority countersigned.
fn stamped() -> Part {
    let mut app = apps::app();
    app.is_stamped = true;
    app
}

#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
pub(super) fn rows() -> Vec<Row> {
    let development = certificates::development(apps::TEAM);
    let mut by_developer = apps::app();
    by_developer.signer = Some(development.clone());
    by_developer.profile = by_developer
        .profile
        .map(|profile| profile.signed_by(&[development]));
    let mut ad_hoc = apps::app();
    ad_hoc.signer = None;
    let mut unsigned = apps::framework("Kit");
    unsigned.is_signed = false;
    let mut by_another = apps::framework("Kit");
    by_another.signer = Some(certificates::Certificate {
        serial: 9,
        ..certificates::distribution(apps::TEAM)
    });
    let mut bare = apps::app();
    bare.profile = None;
    let mut bare_extension = apps::extension("Share");
    bare_extension.profile = None;
    let mut silent = apps::app();
    silent.entitlements = None;
    let mut named_otherwise = apps::app();
    let entitlements = named_otherwise.entitlements.as_mut().unwrap();
    entitlements.remove("application-identifier");
    let mut disagreeing = apps::app();
    disagreeing.other_der = Some(Dictionary::new());
    let mut open = apps::app();
    open.executable_flags = 0x11;
    // Issued by an authority whose certificate is not in the signature.
    let mut strange = apps::app();
    let issuer = "Apple Worldwide Developer Relations Certification Authority 9";
    let leaf = certificates::Certificate {
        issuer,
        ..certificates::distribution(apps::TEAM)
    };
    strange.profile = strange
        .profile
        .map(|profile| profile.signed_by(std::slice::from_ref(&leaf)));
    strange.signer = Some(leaf);
    // 5 December 2026, a week ahead.
    let soon = profiles::date(1_796_428_800);
    let mut no_beta = apps::app();
    no_beta
        .entitlements
        .as_mut()
        .unwrap()
        .remove("beta-reports-active");
    let mut renamed = apps::framework("Kit");
    renamed.signed_as = Some("Kit-55554944".into());
    let mut pushing = apps::app();
    pushing.profile = pushing
        .profile
        .map(|profile| profile.granting("aps-environment", "production"));
    let mut healthy = apps::app()
        .with("NSHealthShareUsageDescription", "for the chart")
        .image(|image| image.imports.push("_OBJC_CLASS_$_HKHealthStore".into()));
    healthy.profile = healthy
        .profile
        .map(|profile| profile.granting("com.apple.developer.healthkit", true));
    let mut archived = Dictionary::new();
    archived.insert("com.apple.developer.siri".into(), true.into());
    let mut clip = apps::app();
    clip.path = format!("{APP}/AppClips/Clip.app");
    clip.info
        .insert("CFBundleIdentifier".into(), "com.example.app.Clip".into());
    clip.profile = Some(profiles::app_store("com.example.app.Clip"));
    clip.entitlements = Some(apps::entitlements("com.example.app.Clip"));
    let expired = || profiles::date(1_767_225_600);
    vec![
        ("itms-90034", alone(by_developer)),
        ("itms-90034", alone(ad_hoc)),
        (
            "itms-90035",
            changed(|files| files.get_mut(&format!("{APP}/Example")).unwrap()[0x1800] ^= 1),
        ),
        (
            "itms-90035",
            changed(|files| files.get_mut(&format!("{APP}/Assets.car")).unwrap()[12] ^= 1),
        ),
        (
            "itms-90035",
            changed(|files| {
                files.remove(&format!("{APP}/en.lproj/Localizable.strings"));
            }),
        ),
        (
            "itms-90035",
            changed(|files| {
                files.insert(format!("{APP}/added.txt"), b"x".to_vec());
            }),
        ),
        ("itms-90035", with([unsigned])),
        ("itms-90179", with([by_another])),
        ("itms-90174", alone(bare.clone())),
        ("itms-90161", with([bare_extension])),
        (
            "itms-90161",
            profile(|one| one.with("ExpirationDate", expired())),
        ),
        ("itms-90161", profile(profiles::Profile::on_devices)),
        (
            "itms-90161",
            profile(|one| one.granting("application-identifier", "A1B2C3D4E5.com.example.other")),
        ),
        (
            "itms-90578",
            profile(|one| one.with("ProvisionsAllDevices", true)),
        ),
        (
            "itms-90545",
            profile(|one| one.with("Platform", texts(&["tvOS"]))),
        ),
        (
            "itms-90164",
            alone(apps::app().claiming("com.apple.developer.healthkit", true)),
        ),
        (
            "itms-90164",
            alone(apps::app().claiming("get-task-allow", true)),
        ),
        (
            "itms-90164",
            alone(apps::app().claiming("keychain-access-groups", texts(&["Z9Y8X7W6V5.other"]))),
        ),
        (
            "itms-90046",
            alone(apps::app().entitled("com.apple.developer.associated-domains", "*")),
        ),
        (
            "itms-90046",
            alone(apps::app().claiming("application-identifier", "A1B2C3D4E5.com.example.other")),
        ),
        ("itms-90075", alone(named_otherwise)),
        ("itms-90166", alone(silent)),
        ("entitlements-disagree", alone(disagreeing)),
        (
            "itms-90046",
            with([apps::framework("Kit").claiming("com.apple.developer.siri", true)]),
        ),
        ("itms-90078", alone(pushing)),
        (
            "itms-90078",
            image(|image| {
                let heard = "application:didRegisterForRemoteNotificationsWithDeviceToken:";
                image.selectors.push(heard.into());
            }),
        ),
        (
            "itms-90078",
            image(|image| {
                image
                    .selectors
                    .push("registerForRemoteNotifications".into());
            }),
        ),
        ("entitlement-lost", alone(healthy)),
        (
            "entitlement-lost",
            alone(apps::app().file(
                "archived-expanded-entitlements.xcent",
                &apps::binary(&archived),
            )),
        ),
        ("executable-flags", alone(open)),
        ("itms-90034", alone(strange)),
        (
            "signing-ends-soon",
            profile(|one| one.with("ExpirationDate", soon)),
        ),
        (
            "itms-90035",
            changed(|files| {
                files.remove(&format!("{APP}/_CodeSignature/CodeResources"));
            }),
        ),
        (
            "itms-90161",
            alone(bare.clone().file("embedded.mobileprovision", b"no profile")),
        ),
        ("itms-90191", alone(no_beta)),
        ("itms-90876", with([clip])),
        ("itms-90334", with([renamed])),
        (
            "itms-90159",
            profile(|one| one.with("TeamIdentifier", texts(&["Z9Y8X7W6V5"]))),
        ),
        (
            "itms-90045",
            alone(apps::app().entitled("com.apple.security.network.client", true)),
        ),
        (
            "itms-90778",
            alone(apps::app().entitled(
                "com.apple.developer.nfc.readersession.formats",
                texts(&["NDEF", "TAG"]),
            )),
        ),
        ("itms-90135", alone(stamped())),
    ]
}
