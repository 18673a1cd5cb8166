//! The submission to Apple's reviewers: made, taken over, carried on with after a rejection, or taken back.

use crate::asc::app_store_versions as versions;
use crate::asc::review_submissions::{self as submissions, Submission};
use crate::asc::{Client, Error};
use crate::event::Why;
use crate::stages::patience::settles;
use crate::stages::submission::course::Course;
use crate::stages::submission::{diagnostics, missing};
use crate::stages::{Result, Stop, role_failed};

/// The submissions that are not over.
pub async fn open(course: &Course<'_>) -> Result<Vec<Submission>> {
    submissions::open(course.client, &course.app.id, course.train.platform)
        .await
        .map_err(|error| {
            let doing = "looking at the review submissions";
            role_failed(course.events, &error, doing, "submit to the App Store")
        })
}

/// Takes back the submission that a version is in, and waits until it is.
pub async fn take_back(course: &Course<'_>, all: &[Submission], version: &str) -> Result<()> {
    let failed = |error: &Error| course.failed(error, "taking back the submission under way");
    let mut under_way = all
        .iter()
        .filter(|one| one.version.as_deref() == Some(version));
    let Some(submission) = under_way.next() else {
        return Ok(());
    };
    submissions::take_back(course.client, submission)
        .await
        .map_err(|error| failed(&error))?;
    let look = || async {
        let now = submissions::read(course.client, &submission.id).await?;
        Ok(now.is_none_or(|now| now.state == "COMPLETE").then_some(()))
    };
    match course
        .short
        .until(look)
        .await
        .map_err(|error| failed(&error))?
    {
        Some(()) => {
            course
                .events
                .note("The submission that was under way was taken back.");
            Ok(())
        }
        None => {
            let told = course.events.found(diagnostics::not_cancelled());
            Err(Stop::after(told, Why::StillProcessing))
        }
    }
}

/// Hands the version to the reviewers, unless they have it.
pub async fn submit(course: &Course<'_>, all: &[Submission], version: &str) -> Result<()> {
    let own = all
        .iter()
        .find(|one| one.version.as_deref() == Some(version));
    let submission = match own {
        Some(own) if is_with_reviewers(&own.state) => {
            course.events.note(format!(
                "The version is with Apple's reviewers already ({}).",
                own.state
            ));
            return Ok(());
        }
        // After a rejection the version is in it still, and must not be put in again.
        Some(own) if own.state == "UNRESOLVED_ISSUES" => own.clone(),
        Some(own) if own.state == "READY_FOR_REVIEW" => own.clone(),
        Some(_) | None => fill(course, all, version).await?,
    };
    wait_until_ready(course, version).await?;
    hand_over(course, &submission.id).await
}

fn is_with_reviewers(state: &str) -> bool {
    ["WAITING_FOR_REVIEW", "IN_REVIEW", "COMPLETING"].contains(&state)
}

/// A submission with the version in it: one that is open and has none, else a new one.
async fn fill(course: &Course<'_>, all: &[Submission], version: &str) -> Result<Submission> {
    let failed = |error: &Error| course.failed(error, "submitting to the App Store");
    let empty = all
        .iter()
        .find(|one| one.state == "READY_FOR_REVIEW" && one.version.is_none());
    let submission = match empty {
        Some(empty) if holds(course, &empty.id, version).await? => return Ok(empty.clone()),
        Some(empty) => empty.clone(),
        None => {
            let make = || submissions::make(course.client, &course.app.id, course.train.platform);
            match make().await {
                Ok(made) => made,
                // Somebody else's, or ours that the list did not show yet.
                Err(error) => {
                    match named(course.client, &error, "reviewSubmissions with id ").await {
                        Some(there) if there.state == "READY_FOR_REVIEW" => there,
                        Some(_) | None => return Err(failed(&error)),
                    }
                }
            }
        }
    };
    let add = || submissions::add(course.client, &submission.id, version);
    match course.short.insist(settles, add).await {
        Ok(()) => Ok(submission),
        Err(error) => {
            match named(
                course.client,
                &error,
                "added to another reviewSubmission with id ",
            )
            .await
            {
                Some(other) => Ok(other),
                None => Err(incomplete(course, &error, version).await),
            }
        }
    }
}

/// Apple looks the version over where it is put into a submission. What it lacks in a language is told by the language's
/// name, which is asked for only now.
async fn incomplete(course: &Course<'_>, error: &Error, version: &str) -> Stop {
    let refusal = error.refusal();
    let mut errors = refusal.iter().flat_map(|refusal| &refusal.errors);
    let languages = match errors.any(|error| !error.associated.is_empty()) {
        true => versions::languages(course.client, version).await,
        false => Ok(Vec::new()),
    };
    match missing::tell(course.events, error, &languages.unwrap_or_default()) {
        Some(told) => Course::stop(told),
        None => course.failed(error, "submitting to the App Store"),
    }
}

/// Whether a version is in a submission that does not say so itself.
async fn holds(course: &Course<'_>, id: &str, version: &str) -> Result<bool> {
    let there = submissions::versions(course.client, id).await;
    let there = there.map_err(|error| course.failed(&error, "looking into the submission"))?;
    Ok(there.iter().any(|own| own == version))
}

/// The submission that a refusal names in its sentence: Apple names it nowhere else.
async fn named(client: &Client, error: &Error, before: &str) -> Option<Submission> {
    let refusal = error.refusal()?;
    let id = refusal.errors.iter().find_map(|error| {
        let detail = error.detail.as_deref()?;
        let (_, rest) = detail.split_once(before)?;
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    })?;
    submissions::read(client, &id).await.ok()?
}

/// Apple needs a moment before a version in a submission can be submitted.
async fn wait_until_ready(course: &Course<'_>, version: &str) -> Result<()> {
    let look = || async {
        let state = versions::state(course.client, version).await?;
        Ok(state.filter(|state| state != "PREPARE_FOR_SUBMISSION"))
    };
    let seen = course.short.until(look).await;
    seen.map_err(|error| course.failed(&error, "waiting for the version"))?;
    Ok(())
}

async fn hand_over(course: &Course<'_>, id: &str) -> Result<()> {
    let busy = |error: &Error| settles(error) || error.says("not ready to be submitted");
    let act = || submissions::submit(course.client, id);
    let error = match course.short.insist(busy, act).await {
        Ok(()) => {
            course
                .events
                .note("The version was submitted to the App Store.");
            return Ok(());
        }
        Err(error) => error,
    };
    // An earlier try whose answer got lost may have done it.
    let now = submissions::read(course.client, id).await;
    match now {
        Ok(Some(now)) if is_with_reviewers(&now.state) => {
            course
                .events
                .note("The version was submitted to the App Store.");
            Ok(())
        }
        Ok(_) | Err(_) => Err(course.failed(&error, "submitting to the App Store")),
    }
}
