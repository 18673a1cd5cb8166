//! The beta review: what it needs is looked at first, and the answers that mean that it is under way already
//! are no failures.

use crate::asc::beta_app_reviews;
use crate::asc::beta_groups::BetaGroup;
use crate::asc::build_beta_details::{self, BetaDetail};
use crate::asc::{Client, Error, builds};
use crate::event::{Events, Why};
use crate::ids::AppId;
use crate::stages::distribution::build;
use crate::stages::distribution::course::Course;
use crate::stages::distribution::diagnostics;
use crate::stages::distribution::groups::names;
use crate::stages::patience::settles;
use crate::stages::{Result, Stop, asc_failed};

/// Looks whether the app has all that reviewers want to know.
pub async fn check(client: &Client, events: &Events, app: &AppId) -> Result<()> {
    let missing = beta_app_reviews::missing(client, app)
        .await
        .map_err(|error| asc_failed(events, &error, "looking at the test information"))?;
    let mut told = None;
    for missing in &missing {
        told = Some(events.found(diagnostics::information_missing(missing)));
    }
    match told {
        Some(told) => Err(Stop::after(told, Why::Refused)),
        None => Ok(()),
    }
}

/// A build for the team alone has no beta review. That is told where nothing else was about outside testers, and is an end
/// where nothing else was asked for.
pub fn bar(course: &Course<'_>, nobody_outside: bool) -> Result<()> {
    let is_all = course.app.groups.is_empty();
    let is_told = course.app.groups.iter().any(|group| !group.is_internal);
    if is_told && nobody_outside && !is_all {
        return Ok(());
    }
    let told = course.events.found(diagnostics::no_review(is_all));
    if is_all {
        return Err(Stop::after(told, Why::Refused));
    }
    Ok(())
}

/// Submits the build, unless it is in review or through it. One that waits for it was not submitted.
pub async fn submit(course: &Course<'_>, beta: &BetaDetail) -> Result<()> {
    let look = || beta_app_reviews::state(course.client, course.build);
    if !beta.external.waits_for_submission() {
        let state = look().await;
        let state = state.map_err(|error| course.failed(&error, "looking at the beta review"))?;
        if let Some(state) = state {
            return is_in_review(course, &state);
        }
    }
    let error = match send(course, beta).await {
        Ok(_) => {
            course
                .events
                .note("The build was submitted to the beta review.");
            return Ok(());
        }
        Err(error) => error,
    };
    if error.has_code("ENTITY_UNPROCESSABLE.ANOTHER_BUILD_IN_REVIEW")
        && course.wish.replaces_in_review
    {
        withdraw_others(course).await?;
        let busy = |error: &Error| {
            settles(error) || error.has_code("ENTITY_UNPROCESSABLE.ANOTHER_BUILD_IN_REVIEW")
        };
        let act = || beta_app_reviews::submit(course.client, course.build);
        let sent = course.short.insist(busy, act).await;
        sent.map_err(|error| course.failed(&error, "submitting to the beta review"))?;
        course
            .events
            .note("The build was submitted to the beta review.");
        return Ok(());
    }
    // It may be in review all the same: Apple says so in more than one way.
    if matches!(error.status(), Some(409 | 422))
        && let Ok(Some(state)) = look().await
    {
        return is_in_review(course, &state);
    }
    if error.has_code("ENTITY_UNPROCESSABLE.INVALID_QC_STATE") && is_past_review(course).await? {
        course
            .events
            .note("The build is through the beta review already, or needs none.");
        return Ok(());
    }
    Err(course.failed(&error, "submitting to the beta review"))
}

/// A build that waits for its submission and is not taken needs a moment; in any other state it never will be.
async fn send(course: &Course<'_>, beta: &BetaDetail) -> std::result::Result<String, Error> {
    let waits = beta.external.waits_for_submission();
    let act = || beta_app_reviews::submit(course.client, course.build);
    course
        .short
        .insist(|error| waits && settles(error), act)
        .await
}

/// There is no way to take a build out of the review but to end its testing.
async fn withdraw_others(course: &Course<'_>) -> Result<()> {
    let failed = |error: &Error| course.failed(error, "withdrawing the build in review");
    let others = builds::in_beta_review(course.client, &course.app.id, course.train)
        .await
        .map_err(|error| failed(&error))?;
    for other in others.iter().filter(|other| other.id != *course.build) {
        let number = build::expire(course, other)
            .await
            .map_err(|error| failed(&error))?;
        course.events.note(format!(
            "Build {number} was taken out of the beta review: its testing has ended."
        ));
    }
    Ok(())
}

/// Outside testers get a build only once Apple has approved it.
pub async fn warn(course: &Course<'_>, outside: &[&BetaGroup], beta: &BetaDetail) -> Result<()> {
    if !beta.external.waits_for_submission() {
        return Ok(());
    }
    let names = names(outside);
    let state = beta.external.as_str();
    course
        .events
        .found(diagnostics::review_needed(&names, state));
    Ok(())
}

/// What a state of the beta review means for a build that was to be submitted.
fn is_in_review(course: &Course<'_>, state: &str) -> Result<()> {
    match state {
        "REJECTED" => {
            let told = course.events.found(diagnostics::rejected());
            Err(Stop::after(told, Why::Refused))
        }
        "APPROVED" => {
            course
                .events
                .note("The beta review has approved this build already.");
            Ok(())
        }
        _ => {
            course.events.note(format!(
                "The build is in the beta review already ({state})."
            ));
            Ok(())
        }
    }
}

async fn is_past_review(course: &Course<'_>) -> Result<bool> {
    let detail = build_beta_details::of_build(course.client, course.build).await;
    let detail = detail.map_err(|error| course.failed(&error, "reading the beta states"))?;
    Ok(detail.is_some_and(|detail| detail.external.is_past_submission()))
}
