//! What the app's other versions mean for this build: a version that is in the store takes no more builds, and a number
//! below that of a build which testers have is offered to nobody.

use crate::asc::apps::App;
use crate::asc::builds::Numbers;
use crate::asc::{Client, app_store_versions};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::event::{Events, Why};
use crate::ids::{BuildNumber, MarketingVersion};
use crate::stages::earlier_uploads::Start;
use crate::stages::package::OpenPackage;
use crate::stages::release::lower_than_testers_have;
use crate::stages::{Result, Stop, testers_claims};

/// Looks at the app's other versions, where the build is new to Apple. What the key may not see is told and not asked
/// for.
pub async fn run(
    client: &Client,
    app: &App,
    (open, start): (&OpenPackage, &Start),
    events: &Events,
) -> Result<()> {
    let Start::Fresh { numbers, .. } = start else {
        return Ok(());
    };
    testers_claims::run(client, app, open, events).await;
    let own = &open.package.build;
    let highest = numbers.as_ref().and_then(Numbers::highest);
    if let Some(highest) = highest.filter(|one| one.compare(&own.build_number).is_gt()) {
        events.found(lower_than_testers_have(&own.build_number, highest));
    }
    match numbers {
        // What is in the store has a build.
        Some(numbers) if numbers.is_all && numbers.known.is_empty() => return Ok(()),
        Some(_) => {}
        None => events.note("The numbers of other versions are not known."),
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
