//! The version that the build goes out as: made, taken over or renamed, with its build and its texts.

use crate::asc::Error;
use crate::asc::app_store_versions::{self as versions, Version, Wanted, is_same_name};
use crate::ids::{BuildId, MarketingVersion};
use crate::plan::{Notes, Release};
use crate::stages::Result;
use crate::stages::patience::settles;
use crate::stages::submission::course::{Course, Ride};
use crate::stages::submission::diagnostics;

/// What is done about the version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// There is none that is open.
    Make,
    /// This one is taken, under a new name where its own is another.
    Take(Version),
    /// This one is with the reviewers, with this very build.
    Done(Version),
    /// This one is with the reviewers, and must be taken back first.
    TakeBack(Version),
    /// It can't be done.
    Refuse(Refused),
}

/// Why there can be no such version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The number was in the store already.
    Released(Version),
    /// Another version, or another build of this one, is with the reviewers.
    InReview(Version, &'static str),
    /// Another version is approved and waits for its release.
    Pending(Version),
}

/// Decides. `build` is `None` before it is there.
pub fn choose(
    all: &[Version],
    name: &MarketingVersion,
    build: Option<&str>,
    cancels: bool,
) -> Choice {
    let is_same = |version: &&Version| is_same_name(&version.name, name.as_str());
    if let Some(own) = all.iter().find(is_same) {
        let has_build = build.is_some() && own.build.as_ref().map(BuildId::as_str) == build;
        let own = own.clone();
        return match () {
            () if own.is_editable() || !own.has_known_state() => Choice::Take(own),
            () if has_build => Choice::Done(own),
            () if own.is_released() => Choice::Refuse(Refused::Released(own)),
            () if own.is_in_review() && cancels => Choice::TakeBack(own),
            () if own.is_in_review() && build.is_none() => Choice::Take(own),
            () if own.is_in_review() => {
                Choice::Refuse(Refused::InReview(own, " with another build"))
            }
            () => Choice::Refuse(Refused::Pending(own)),
        };
    }
    match all.iter().find(|version| !version.is_released()).cloned() {
        None => Choice::Make,
        Some(other) if other.is_editable() => Choice::Take(other),
        Some(other) if other.is_in_review() && cancels => Choice::TakeBack(other),
        Some(other) if other.is_in_review() => Choice::Refuse(Refused::InReview(
            other,
            ", and a version waits for the one before it",
        )),
        Some(other) if other.is_pending() => Choice::Refuse(Refused::Pending(other)),
        Some(_) => Choice::Make,
    }
}

/// Tells why there can be no such version.
pub fn refuse(course: &Course<'_>, refused: &Refused) -> crate::stages::Stop {
    let found = match refused {
        Refused::Released(version) => diagnostics::version_released(version),
        Refused::InReview(version, why) => diagnostics::version_in_review(version, why),
        Refused::Pending(version) => diagnostics::version_pending(version),
    };
    Course::stop(course.events.found(found))
}

/// Makes the version, or changes the one that is there where it is not as it should be.
pub async fn prepare(ride: &Ride<'_>, open: Option<Version>) -> Result<Version> {
    let course = ride.on;
    let name = course.train.marketing_version.as_str();
    let failed = |error: &Error| course.failed(error, "preparing the version for the App Store");
    let Some(open) = open else {
        let wanted = Wanted {
            name: Some(name),
            earliest_release: earliest(course).map(Some),
            ..wanted(ride)
        };
        let make = || {
            versions::make(
                course.client,
                &course.app.id,
                course.train.platform,
                &wanted,
            )
        };
        let made = course.short.insist(settles_build, make).await;
        let made = made.map_err(|error| failed(&error))?;
        course
            .events
            .note(format!("Version {name} was made for the App Store."));
        return Ok(Version {
            name: name.to_owned(),
            ..made
        });
    };
    let wanted = differing(ride, &open, name);
    if wanted != Wanted::default() {
        let change = || versions::change(course.client, &open.id, &wanted);
        let changed = course.short.insist(settles_build, change).await;
        changed.map_err(|error| failed(&error))?;
    }
    match wanted.name {
        Some(name) => course.events.note(format!(
            "Version {} was not submitted yet, and is version {name} now.",
            open.name
        )),
        None => course
            .events
            .note(format!("Version {name} was there, and was taken.")),
    }
    Ok(open)
}

fn wanted<'a>(ride: &'a Ride<'_>) -> Wanted<'a> {
    let wish = ride.on.wish;
    Wanted {
        name: None,
        copyright: wish.copyright.as_deref(),
        release_type: wish.release.as_ref().map(Release::api_name),
        earliest_release: None,
        build: Some(ride.build),
    }
}

/// The date of a scheduled release.
fn earliest<'a>(course: &'a Course<'_>) -> Option<&'a str> {
    match &course.wish.release {
        Some(Release::Scheduled(date)) => Some(date),
        Some(Release::Manual | Release::AfterApproval) | None => None,
    }
}

/// What is not yet as it should be.
fn differing<'a>(ride: &'a Ride<'_>, open: &'a Version, name: &'a str) -> Wanted<'a> {
    let wanted = wanted(ride);
    let date = earliest(ride.on);
    let is_other_time =
        wanted.release_type.is_some() && open.release_type.as_deref() != wanted.release_type;
    Wanted {
        name: (!is_same_name(&open.name, name)).then_some(name),
        copyright: wanted
            .copyright
            .filter(|own| open.copyright.as_deref() != Some(own)),
        release_type: wanted
            .release_type
            .filter(|_| is_other_time || date.is_some()),
        earliest_release: match date {
            Some(date) => Some(Some(date)),
            None if is_other_time && open.earliest_release.is_some() => Some(None),
            None => None,
        },
        build: wanted
            .build
            .filter(|build| open.build.as_ref() != Some(build)),
    }
}

/// A version that was just made is not found for a moment, and takes no build.
fn settles_build(error: &Error) -> bool {
    settles(error) || error.says("could not be added") || error.says("can't be modified")
}

/// Says what is new in each language that the version has.
pub async fn write(course: &Course<'_>, version: &Version, is_first: bool) -> Result<()> {
    if course.wish.notes.is_empty() {
        return Ok(());
    }
    if is_first {
        course.events.found(diagnostics::first_version());
        return Ok(());
    }
    let failed = |error: &Error| course.failed(error, "writing what is new for the App Store");
    let look = || async {
        let found = versions::languages(course.client, &version.id).await?;
        Ok(Some(found).filter(|found| !found.is_empty()))
    };
    let there = course
        .short
        .until(look)
        .await
        .map_err(|error| failed(&error))?;
    let there = there.unwrap_or_default();
    for Notes { locale, text } in &course.wish.notes {
        let locale = locale.as_deref().unwrap_or(&course.app.primary_locale);
        let Some(language) = there.iter().find(|own| own.locale == locale) else {
            let names: Vec<&str> = there.iter().map(|own| own.locale.as_str()).collect();
            let found = diagnostics::language_missing(locale, &names.join(", "));
            course.events.found(found);
            continue;
        };
        if language.whats_new == text.trim() {
            continue;
        }
        let act = || versions::say_whats_new(course.client, &language.id, text.trim());
        let said = course.short.insist(settles, act).await;
        said.map_err(|error| failed(&error))?;
    }
    Ok(())
}

/// Makes the release a phased one, or not, where that was asked for.
pub async fn phase(course: &Course<'_>, version: &Version) -> Result<()> {
    let failed = |error: &Error| course.failed(error, "setting the phased release");
    match (course.wish.phased, &version.phased) {
        (Some(true), None) => {
            let act = || versions::make_phased(course.client, &version.id);
            match course.short.insist(settles, act).await {
                Err(error) if error.says("already has this value") => {
                    course.events.note("The phased release is there already.");
                }
                Err(error) => return Err(failed(&error)),
                Ok(()) => course
                    .events
                    .note("The release will reach people over seven days."),
            }
        }
        (Some(false), Some(phased)) => {
            versions::remove_phased(course.client, &phased.id)
                .await
                .map_err(|error| failed(&error))?;
            course
                .events
                .note("The release will reach everybody at once.");
        }
        (Some(true), Some(_)) => course.events.note("The phased release is there already."),
        (Some(false) | None, _) => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(name: &str, state: &str, build: Option<&str>) -> Version {
        Version {
            id: name.to_owned(),
            name: name.to_owned(),
            state: state.to_owned(),
            build: build.map(BuildId::new),
            ..Version::default()
        }
    }

    fn word(all: &[Version], cancels: bool) -> String {
        match choose(all, &MarketingVersion::new("2.0"), Some("b"), cancels) {
            Choice::Make => "make".to_owned(),
            Choice::Take(version) => format!("take {}", version.name),
            Choice::Done(version) => format!("done {}", version.name),
            Choice::TakeBack(version) => format!("take back {}", version.name),
            Choice::Refuse(Refused::Released(_)) => "released".to_owned(),
            Choice::Refuse(Refused::InReview(..)) => "in review".to_owned(),
            Choice::Refuse(Refused::Pending(_)) => "pending".to_owned(),
        }
    }

    #[test]
    fn the_version_is_made_taken_renamed_or_refused_by_what_is_there() {
        let old = version("1.0", "READY_FOR_DISTRIBUTION", None);
        let with = |version: Version| [old.clone(), version];
        assert_eq!(word(std::slice::from_ref(&old), false), "make");
        assert_eq!(word(&[], false), "make");
        assert_eq!(
            word(&with(version("2.0.0", "REJECTED", None)), false),
            "take 2.0.0"
        );
        assert_eq!(
            word(&with(version("1.9", "PREPARE_FOR_SUBMISSION", None)), false),
            "take 1.9"
        );
        assert_eq!(
            word(&with(version("2.0", "READY_FOR_DISTRIBUTION", None)), true),
            "released"
        );
        for state in ["WAITING_FOR_REVIEW", "IN_REVIEW"] {
            assert_eq!(
                word(&with(version("2.0", state, Some("b"))), false),
                "done 2.0"
            );
            assert_eq!(
                word(&with(version("2.0", state, Some("a"))), false),
                "in review"
            );
            assert_eq!(
                word(&with(version("2.0", state, Some("a"))), true),
                "take back 2.0"
            );
            assert_eq!(
                word(&with(version("1.9", state, Some("a"))), false),
                "in review"
            );
            assert_eq!(
                word(&with(version("1.9", state, Some("a"))), true),
                "take back 1.9"
            );
        }
        let pending = "PENDING_DEVELOPER_RELEASE";
        assert_eq!(word(&with(version("1.9", pending, None)), true), "pending");
        assert_eq!(
            word(&with(version("2.0", pending, Some("b"))), false),
            "done 2.0"
        );
        // A state that came after this program: Apple says what it thinks of a new version, or of a changed one.
        assert_eq!(word(&with(version("1.9", "DREAMING", None)), false), "make");
        assert_eq!(
            word(&with(version("2.0", "DREAMING", None)), false),
            "take 2.0"
        );
    }
}
