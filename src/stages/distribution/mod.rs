//! Gives a processed build to its testers: the answer on encryption, what to test, the groups, the beta
//! review. Each step looks first, so that doing it again changes nothing, and an answer of Apple's that only
//! says that it is so already counts as done.

mod build;
mod course;
pub mod diagnostics;
mod groups;
mod notes;
mod review;

use crate::asc::{Client, build_beta_details};
use crate::event::{Events, Hold, Reached};
use crate::ids::AppId;
use crate::plan::Distribution;
use crate::stages::course::Audience;
use crate::stages::{Result, hold};

pub use course::Course;

/// Looks at the app before anything is sent: are the groups there, and all that reviewers want to know?
pub async fn look(
    client: &Client,
    events: &Events,
    (id, primary_locale): (AppId, Option<String>),
    wish: &Distribution,
) -> Result<Audience> {
    let groups = groups::find(client, events, &id, &wish.groups).await?;
    if wish.beta_review {
        review::check(client, events, &id).await?;
    }
    Ok(Audience {
        groups,
        primary_locale: primary_locale.unwrap_or_else(|| "en-US".to_owned()),
        id,
    })
}

/// Does what was asked for, and says what keeps testers from the build all the same; `told` was said before.
pub async fn run(course: &Course<'_>, told: Option<Hold>) -> Result<Option<Hold>> {
    let wish = course.wish;
    let build = build::read(course).await?;
    if let Some(answer) = wish.encryption {
        build::answer(course, &build, answer).await?;
    }
    notes::write(course, &wish.notes).await?;
    let beta = build::beta(course).await?;
    let hold = hold::of(beta.testing(), told, course.events)?;
    if let Some(notifies) = wish.notifies.filter(|wish| beta.notifies != Some(*wish)) {
        build_beta_details::notify(course.client, &beta.id, notifies)
            .await
            .map_err(|error| course.failed(&error, "setting the notification of testers"))?;
    }
    let outside = groups::give(course, &course.app.groups, build.is_internal_only).await?;
    if !course.app.groups.is_empty() {
        course.position.reach(Reached::Distributed);
    }
    let is_for_team = build.is_internal_only || beta.external.is_for_team();
    if wish.beta_review && is_for_team {
        review::bar(course, outside.is_empty())?;
    } else if wish.beta_review {
        review::submit(course, &beta).await?;
        course.position.reach(Reached::Submitted);
    } else if !outside.is_empty() {
        review::warn(course, &outside, &beta).await?;
    }
    if wish.expires_previous {
        let waits = wish.beta_review || !outside.is_empty();
        build::expire_previous(course, &build, waits).await?;
    }
    Ok(hold)
}
