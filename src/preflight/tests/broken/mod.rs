//! Packages that are broken in one way each, by family: each gives its code and nothing else.

mod code;
mod icons;
mod keys;
mod mac;
mod signatures;
mod structure;
mod versions;
mod watch;

use std::collections::BTreeSet;
use std::time::Duration;

use plist::{Dictionary, Value};

use super::clean::parts::watch;
use super::{ipa, pkg, said, said_at, today};
use crate::bundle::{Flags, Package, Signature};
use crate::preflight::Channel;
use crate::preflight::rules::RULES;
use crate::testing::apps::{self, APP, Files, Part, Parts};
use crate::testing::archives::{self, Pkg};
use crate::testing::images::Image;
use crate::testing::profiles;

/// A code, and a package that gives it.
pub(super) type Row = (&'static str, Broken);

/// What is wrong with a package, made on the spot.
pub enum Broken {
    /// A package before it is signed.
    Parts(Parts),
    /// Files that were changed after they were signed.
    Files(Files),
    /// A `.pkg`.
    Pkg(Box<Pkg>),
}

pub(super) fn texts(texts: &[&str]) -> Value {
    Value::Array(texts.iter().map(|text| (*text).into()).collect())
}

pub(super) fn alone(app: Part) -> Broken {
    Broken::Parts(Parts::new(app, []))
}

pub(super) fn with(inner: impl IntoIterator<Item = Part>) -> Broken {
    Broken::Parts(Parts::new(apps::app(), inner))
}

pub(super) fn changed(change: impl FnOnce(&mut Files)) -> Broken {
    let mut files = Parts::new(apps::app(), [apps::framework("Kit")]).files();
    change(&mut files);
    Broken::Files(files)
}

pub(super) fn image(change: impl Fn(&mut Image)) -> Broken {
    alone(apps::app().image(change))
}

pub(super) fn importing(symbol: &str) -> Broken {
    image(|image| image.imports.push(symbol.to_owned()))
}

pub(super) fn profile(change: impl FnOnce(profiles::Profile) -> profiles::Profile) -> Broken {
    let mut app = apps::app();
    app.profile = app.profile.map(change);
    alone(app)
}

/// A dictionary of the pairs.
pub(super) fn dictionary(pairs: &[(&str, Value)]) -> Value {
    let mut one = Dictionary::new();
    one.extend(
        pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone())),
    );
    Value::Dictionary(one)
}

pub(super) fn program_as(path: &str, identifier: &str, name: &str) -> Part {
    let mut info = apps::extension(name).info;
    info.insert("CFBundleIdentifier".into(), identifier.into());
    apps::program(&format!("{APP}/{path}"), identifier, info)
}

fn all() -> Vec<Row> {
    [
        structure::rows(),
        versions::rows(),
        keys::rows(),
        code::rows(),
        signatures::rows(),
        mac::rows(),
        icons::rows(),
        watch::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn a_package_that_is_broken_in_one_way_gives_that_and_nothing_else() {
    let mut faults = Vec::new();
    for (code, broken) in all() {
        let said = match broken {
            Broken::Parts(parts) => said(&ipa(&parts.ipa())),
            Broken::Files(files) => said(&ipa(&archives::zip(&files))),
            Broken::Pkg(made) => said(&pkg(&made.bytes())),
        };
        let is_it = |line: &String| line.split([' ', ':']).nth(1) == Some(code);
        if said.len() != 1 || !said.iter().all(is_it) {
            faults.push(format!("{code}:\n  {}", said.join("\n  ")));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_code_of_a_rule_has_a_package_that_gives_it() {
    // What the builder can't make has a test of its own below.
    let all = all();
    let given = all.iter().map(|(code, _)| *code).chain([
        "app-too-large",
        "package-unreadable",
        "itms-90502",
    ]);
    let given: BTreeSet<&str> = given.collect();
    let known: BTreeSet<&str> = RULES.iter().flat_map(|rule| rule.codes).copied().collect();
    let missing: Vec<&&str> = known.difference(&given).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_beta_of_xcode_is_refused_by_the_store_alone() {
    let package = ipa(&Parts::new(apps::app().with("DTXcodeBuild", "17A5241e"), []).ipa());
    let said = |channel| said_at(&package, channel, today());
    assert!(said(Channel::AppStore)[0].starts_with("error itms-90534"));
    assert!(said(Channel::TestFlight)[0].starts_with("warning itms-90534"));
}

#[test]
fn a_coming_date_is_told_ninety_days_before() {
    let package = ipa(&Parts::new(apps::app(), []).ipa());
    let days = |days: u64| {
        said_at(
            &package,
            Channel::AppStore,
            today() + Duration::from_secs(days * 86_400),
        )
    };
    assert_eq!(days(30), Vec::<String>::new());
    // The first of April 2027 is 124 days away.
    assert!(
        days(40)[0].starts_with("warning itms-90725"),
        "{:?}",
        days(40)
    );
    assert!(
        days(130)[0].starts_with("error itms-90725"),
        "{:?}",
        days(130)
    );
}

#[test]
fn a_link_in_an_ipa_is_told() {
    let mut package = ipa(&Parts::new(apps::app(), []).ipa());
    let path = format!("{APP}/Assets.car");
    let mut members = package.members.iter_mut();
    members.find(|one| one.path == path).unwrap().is_link = true;
    let line = "error package-unreadable: `Payload/Example.app/Assets.car` is a symbolic link";
    assert_eq!(said(&package), [line]);
}

#[test]
fn a_signature_that_only_other_tools_make_is_told() {
    let read = || ipa(&Parts::new(apps::app(), []).ipa());
    let signature = |package: &mut Package, change: fn(&mut Signature)| {
        let app = package.app().executable.unwrap();
        let slice = package.binaries[app].slices.first_mut().unwrap();
        change(slice.signature.as_mut().unwrap());
    };
    let mut package = read();
    signature(&mut package, |one| one.directories[0].flags = Flags(2));
    let line = "error itms-90034: the signature calls itself ad hoc, as if nobody had signed";
    assert_eq!(said(&package), [line]);
    let mut package = read();
    signature(&mut package, |one| {
        one.signer.as_mut().unwrap().has_uncut_hashes = true;
    });
    let line =
        "warning itms-90034: the signature names its code by hashes that are not cut to 20 bytes";
    assert_eq!(said(&package), [line]);
}

#[test]
fn an_app_beyond_apples_limits_is_told() {
    let mut package = ipa(&Parts::new(apps::app(), [watch()]).ipa());
    let path = format!("{APP}/Watch/Watch.app/Assets.car");
    let mut members = package.members.iter_mut();
    members.find(|member| member.path == path).unwrap().size = 75_000_001;
    let line =
        "error app-too-large: `Payload/Example.app/Watch/Watch.app` is larger than 75 MB unpacked";
    assert_eq!(said(&package), [line]);
}

#[test]
fn an_app_for_old_systems_and_new_processors_alone_must_say_so() {
    let app = apps::app()
        .with("MinimumOSVersion", "10.0")
        .without("UIRequiredDeviceCapabilities")
        .image(|image| image.minimum_os = crate::testing::images::packed(10, 0));
    let said = said(&ipa(&Parts::new(app, []).ipa()));
    assert!(said[0].starts_with("error itms-90502"), "{said:?}");
    assert!(said[1].starts_with("warning itms-90068"), "{said:?}");
    assert_eq!(said.len(), 2, "{said:?}");
}
