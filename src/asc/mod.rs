//! App Store Connect: one file per resource, over one transport. Apple's field names stay in here.
//!
//! A resource's file asks and decodes; it does not print or judge an app. It waits for Apple's work in
//! one place: a committed file is asked for until it is complete, for a minute at most
//! (`build_upload_files::until_settled`). Longer waits are the stages'. The words are Apple's
//! (<https://developer.apple.com/documentation/appstoreconnectapi>); every field of an answer may be
//! missing, because the service leaves out and nulls more than its specification says.

pub mod abilities;
pub mod app_store_versions;
pub mod apps;
pub mod beta_app_reviews;
pub mod beta_build_localizations;
pub mod beta_groups;
pub mod build_beta_details;
pub mod build_bundles;
pub mod build_upload_files;
pub mod build_uploads;
pub mod builds;
pub mod certificates;
pub mod diagnostics;
pub mod encryption_declarations;
mod findings;
#[cfg(test)]
mod openapi_tests;
pub mod profiles;
pub mod review_submissions;
mod upload_operations;
pub mod webhooks;
mod wire;

use crate::ids::MarketingVersion;

pub use wire::connect::Settings;
pub use wire::document::StateDetail;
pub use wire::enterprise::beside as enterprise_program_beside;
pub use wire::error::Error;
pub use wire::reach::reach;
pub use wire::transport::Client;

/// The spellings under which App Store Connect may know a marketing version, the given one first:
/// `1.2` and `1.2.0` are one train, but only the spelling that came first can be searched for, and
/// leading zeros are dropped.
fn spellings(version: &MarketingVersion) -> Vec<String> {
    let given = version.as_str().to_owned();
    let stripped: Vec<&str> = given
        .split('.')
        .map(|part| match part.trim_start_matches('0') {
            "" if !part.is_empty() => "0",
            rest => rest,
        })
        .collect();
    let stripped = stripped.join(".");
    let mut all = vec![given];
    for spelling in [all[0].clone(), stripped] {
        let other = match spelling.split('.').count() {
            2 => Some(format!("{spelling}.0")),
            3 => spelling.strip_suffix(".0").map(str::to_owned),
            _ => None,
        };
        all.push(spelling);
        all.extend(other);
    }
    let mut seen = Vec::new();
    for spelling in all {
        if !seen.contains(&spelling) {
            seen.push(spelling);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_looked_for_in_every_spelling_that_apple_may_keep() {
        let of = |text| spellings(&MarketingVersion::new(text));
        assert_eq!(of("1.2.3"), ["1.2.3"]);
        assert_eq!(of("1.2"), ["1.2", "1.2.0"]);
        assert_eq!(of("1.2.0"), ["1.2.0", "1.2"]);
        assert_eq!(of("1.02"), ["1.02", "1.02.0", "1.2", "1.2.0"]);
        assert_eq!(of("7"), ["7"]);
        assert_eq!(of("0.0"), ["0.0", "0.0.0"]);
        assert_eq!(of(""), [""]);
    }
}
