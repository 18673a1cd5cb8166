//! SDKs of Apple's list: developer.apple.com/support/third-party-SDK-requirements.

use crate::bundle::{Bundle, BundleKind, Form};
use crate::preflight::lists::Lists;
use crate::preflight::rule::Asked;

/// The frameworks of the list, and their names there.
pub fn listed<'a>(asked: &Asked<'a>) -> impl Iterator<Item = (&'a Bundle, &'a str)> {
    let frameworks = asked.of_kind(BundleKind::Framework);
    let named = frameworks.map(|one| (one, one.name().trim_end_matches(".framework")));
    named.filter(|(_, name)| is_listed(name))
}

/// Whether it is on the list.
pub fn is_listed(name: &str) -> bool {
    Lists::get().listed_sdks.iter().any(|one| one == name)
}

/// Frameworks of the list without a record of who signed them. Those that are built from source have none either, so
/// it says nothing against them.
pub fn without_record(asked: &Asked<'_>) -> Option<String> {
    if asked.package.form != Form::Ipa || !asked.is_embedded() {
        return None;
    }
    let mut names: Vec<String> = listed(asked)
        .filter(|(_, name)| {
            let start = format!("Signatures/{name}.xcframework");
            asked.package.below(&start).next().is_none()
        })
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    names.sort();
    names.dedup();
    (!names.is_empty()).then(|| {
        format!(
            "Who signed {} as their maker (ITMS-91065): Xcode left no record of it in `Signatures`.",
            names.join(", ")
        )
    })
}
