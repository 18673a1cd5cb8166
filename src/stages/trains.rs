//! What the app's other versions mean for this build: a version that is in the store takes no more builds, and a number
//! below that of a build which testers have is offered to nobody.

use crate::asc::apps::App;
use crate::asc::{Client, app_store_versions, builds};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::event::{Events, Why};
use crate::ids::{BuildNumber, MarketingVersion};
use crate::stages::package::OpenPackage;
use crate::stages::release::lower_than_testers_have;
use crate::stages::{Result, Stop};

/// Looks at the app's other versions. What the key may not see is told and not asked for.
pub async fn run(client: &Client, app: &App, open: &OpenPackage, events: &Events) -> Result<()> {
    let own = &open.package.build;
    match builds::all_numbers(client, &app.id, own.platform).await {
        Ok(numbers) => {
            let highest = numbers.into_iter().max_by(BuildNumber::compare);
            if let Some(highest) = highest.filter(|one| one.compare(&own.build_number).is_gt()) {
                events.found(lower_than_testers_have(&own.build_number, &highest));
            }
        }
        Err(error) => events.note(format!(
            "The numbers of other versions are not known: {error}."
        )),
    }
    let versions = match app_store_versions::of_app(client, &app.id, own.platform).await {
        Ok(versions) => versions,
        Err(error) => {
            events.note(format!(
                "The versions in the App Store are not known: {error}."
            ));
            return Ok(());
        }
    };
    let released = versions.iter().filter(|one| one.is_released());
    let highest = released
        .map(|one| BuildNumber::new(one.name.as_str()))
        .max_by(BuildNumber::compare);
    let ours = BuildNumber::new(own.marketing_version.as_str());
    match highest {
        Some(highest) if highest.compare(&ours).is_ge() => {
            let told = events.found(closed(&own.marketing_version, &highest));
            Err(Stop::after(told, Why::Refused))
        }
        Some(_) | None => Ok(()),
    }
}

/// The version is not above the one that is in the store.
fn closed(own: &MarketingVersion, highest: &BuildNumber) -> Diagnostic {
    let (code, title) = if BuildNumber::new(own.as_str()).compare(highest).is_eq() {
        (
            "itms-90186",
            format!("version {own} is in the App Store, and takes no more builds"),
        )
    } else {
        (
            "itms-90062",
            format!("version {own} is lower than {highest}, which is in the App Store"),
        )
    };
    let other = if code == "itms-90186" {
        "ITMS-90062"
    } else {
        "ITMS-90186"
    };
    let mut found = Diagnostic::error(Code::new(code), title)
        .variable("version", own.as_str())
        .variable("previous_version", highest.as_str())
        .said_by("preflight")
        .about(Subject::MarketingVersion);
    found.codes = vec![code.to_ascii_uppercase()];
    found.also_known_as(other)
}
