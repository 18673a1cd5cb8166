//! An `.ipa` whose app embeds Swift's libraries has the same ones in `SwiftSupport`.

use std::collections::{BTreeMap, BTreeSet};

use crate::bundle::Form;
use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "swift-support",
    codes: &["itms-90426", "itms-90424", "itms-90428", "itms-90433"],
    needs: &[Need::Ipa],
    sentence: "An `.ipa` whose app embeds Swift's libraries has the same ones in `SwiftSupport`.",
    source: "Apple's messages ITMS-90424, ITMS-90426, ITMS-90428 and ITMS-90433",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if asked.package.form != Form::Ipa {
        return;
    }
    let app = asked.package.app();
    let folder = format!("{}/Frameworks/", app.path);
    let is_swift = |name: &str| name.starts_with("libswift") && name.ends_with(".dylib");
    let embedded: BTreeSet<&str> = asked
        .package
        .below(&folder)
        .map(|member| &member.path[folder.len()..])
        .filter(|name| is_swift(name))
        .collect();
    if embedded.is_empty() {
        return;
    }
    let support: BTreeSet<&str> = asked
        .package
        .below("SwiftSupport/")
        .filter_map(|member| member.path.rsplit('/').next())
        .filter(|name| is_swift(name))
        .collect();
    let own_builds = builds(asked, &folder);
    let copies = builds(asked, "SwiftSupport/");
    if support.is_empty() {
        let title = "the app embeds Swift's libraries, and the package has no `SwiftSupport`";
        found.add(error("itms-90426", app, title.to_owned()));
    } else if let Some(name) = embedded.difference(&support).next() {
        let title = format!("`{name}` is in the app and not in `SwiftSupport`");
        found.add(error("itms-90424", app, title).variable("file", *name));
    } else if let Some(name) = embedded
        .iter()
        .find(|name| is_other(name, &own_builds, &copies))
    {
        let title = format!("`{name}` in `SwiftSupport` is another build than the one in the app");
        found.add(error("itms-90428", app, title).variable("file", *name));
    }
    let own = asked.package.signature(app);
    let own = own.and_then(|one| one.signer.as_ref()?.leaf.as_ref());
    let team = own.and_then(|leaf| leaf.organisational_unit.as_deref());
    let binaries = asked.package.binaries.iter();
    let resigned = binaries
        .filter(|one| one.path.starts_with("SwiftSupport/"))
        .find(|one| {
            let leaf = one
                .signature()
                .and_then(|one| one.signer.as_ref()?.leaf.as_ref());
            leaf.is_some_and(|leaf| team.is_some_and(|team| leaf.is_of_team(team)))
        });
    if let Some(binary) = resigned {
        let title = format!(
            "`{}` is signed by the team and no longer by Apple",
            binary.path
        );
        found.add(error("itms-90433", app, title).variable("file", &binary.path));
    }
}

/// The builds of each library in a folder, or in the folders below it.
fn builds<'a>(asked: &Asked<'a>, folder: &str) -> BTreeMap<&'a str, BTreeSet<[u8; 16]>> {
    let mut builds: BTreeMap<&str, BTreeSet<[u8; 16]>> = BTreeMap::new();
    for binary in &asked.package.binaries {
        let Some(rest) = binary.path.strip_prefix(folder) else {
            continue;
        };
        let name = rest.rsplit('/').next().unwrap_or(rest);
        let own = binary.slices.iter().filter_map(|slice| slice.uuid);
        builds.entry(name).or_default().extend(own);
    }
    builds
}

/// Whether the library in the app is of no build that lies in `SwiftSupport`. The copy there may be for more processors.
fn is_other(
    name: &str,
    own: &BTreeMap<&str, BTreeSet<[u8; 16]>>,
    copies: &BTreeMap<&str, BTreeSet<[u8; 16]>>,
) -> bool {
    let (Some(own), Some(copies)) = (own.get(name), copies.get(name)) else {
        return false;
    };
    !own.is_empty() && !copies.is_empty() && !own.is_subset(copies)
}
