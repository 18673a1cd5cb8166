//! The build itself: the answer on encryption, its beta states, who is told, and the builds before it.

use std::cmp::Ordering;

use crate::asc::build_beta_details::{self, BetaDetail};
use crate::asc::builds::{self, Build};
use crate::asc::{Error, encryption_declarations};
use crate::event::Why;
use crate::stages::distribution::course::Course;
use crate::stages::distribution::diagnostics;
use crate::stages::patience::settles;
use crate::stages::{self, Result, Stop};

/// Reads the build; one that has expired goes no further.
pub async fn read(course: &Course<'_>) -> Result<Build> {
    let look = || builds::read(course.client, course.build);
    let build = course.short.insist(settles, look).await;
    let build = build.map_err(|error| course.failed(&error, "reading the build"))?;
    if build.expired {
        let told = course.events.found(diagnostics::expired());
        return Err(Stop::after(told, Why::Refused));
    }
    Ok(build)
}

/// The beta states, once Apple has them: right after a build is valid there are none.
pub async fn beta(course: &Course<'_>) -> Result<BetaDetail> {
    let answers = course.wish.encryption.is_some();
    let look = || async move {
        let detail = build_beta_details::of_build(course.client, course.build).await?;
        let is_there = |detail: &BetaDetail| {
            detail.is_settled() && !(answers && detail.lacks_export_compliance())
        };
        Ok(detail.filter(is_there))
    };
    let found = course.long.until(look).await;
    match found.map_err(|error| course.failed(&error, "reading the beta states"))? {
        Some(detail) => Ok(detail),
        None => {
            let late = stages::diagnostics::still_processing(course.long.most);
            Err(Stop::after(course.events.found(late), Why::StillProcessing))
        }
    }
}

/// Answers the question on encryption, once.
pub async fn answer(course: &Course<'_>, build: &Build, answer: bool) -> Result<()> {
    let doing = "answering the question on encryption";
    let given = match build.uses_non_exempt_encryption {
        Some(given) => given,
        None => match builds::answer_encryption(course.client, course.build, answer).await {
            Ok(()) => {
                let does = if answer { "does" } else { "does not" };
                course.events.note(format!(
                    "The question on encryption was answered: the app {does} use non-exempt encryption."
                ));
                answer
            }
            Err(error) if error.status() == Some(409) => {
                let look = builds::read(course.client, course.build).await;
                let look = look.map_err(|error| course.failed(&error, doing))?;
                let given = look.uses_non_exempt_encryption;
                given.ok_or_else(|| course.failed(&error, doing))?
            }
            Err(error) => return Err(course.failed(&error, doing)),
        },
    };
    if given != answer {
        course.events.found(diagnostics::answer_differs(answer));
    } else if build.uses_non_exempt_encryption.is_some() {
        course
            .events
            .note("The question on encryption has this answer already.");
    }
    if answer && given && build.uses_non_exempt_encryption.is_none() {
        declare(course).await?;
    }
    Ok(())
}

/// An app that uses encryption shows Apple's approval of its declaration.
async fn declare(course: &Course<'_>) -> Result<()> {
    let doing = "attaching the declaration on encryption";
    let approved = encryption_declarations::approved(course.client, &course.app.id).await;
    match approved.map_err(|error| course.failed(&error, doing))? {
        Some(declaration) => {
            encryption_declarations::attach(course.client, course.build, &declaration)
                .await
                .map_err(|error| course.failed(&error, doing))
        }
        None => {
            let told = course.events.found(diagnostics::declaration_missing());
            Err(Stop::after(told, Why::Refused))
        }
    }
}

/// Ends the testing of older builds of the platform, but for those of a version in the store. Where outside testers
/// are to get the new one and can't yet, the old ones are all that they have, and stay.
pub async fn expire_previous(
    course: &Course<'_>,
    build: &Build,
    is_for_outside: bool,
) -> Result<()> {
    let failed = |error: &Error| course.failed(error, "ending the testing of older builds");
    if is_for_outside {
        let now = build_beta_details::of_build(course.client, course.build).await;
        let now = now.map_err(|error| failed(&error))?;
        let state = now.as_ref().map_or("", |now| now.external.as_str());
        if !now.as_ref().is_some_and(|now| now.external.is_testable()) {
            course.events.found(diagnostics::older_builds_kept(state));
            return Ok(());
        }
    }
    let older = builds::in_testing(course.client, &course.app.id, course.train.platform)
        .await
        .map_err(|error| failed(&error))?;
    let is_older = |other: &&Build| {
        let at = other.uploaded_date.cmp(&build.uploaded_date);
        let number = match (&other.build_number, &build.build_number) {
            (Some(other), Some(own)) => other.compare(own),
            _ => Ordering::Equal,
        };
        other.id != *course.build && at.then(number).is_lt()
    };
    let older = older.iter().filter(is_older);
    for other in older {
        let number = expire(course, other)
            .await
            .map_err(|error| failed(&error))?;
        course
            .events
            .note(format!("The testing of build {number} has ended."));
    }
    Ok(())
}

/// Ends the testing of a build, and gives its number.
pub async fn expire<'a>(
    course: &Course<'_>,
    build: &'a Build,
) -> std::result::Result<&'a str, Error> {
    builds::expire(course.client, &build.id).await?;
    let number = build.build_number.as_ref();
    Ok(number.map_or("?", |number| number.as_str()))
}
