//! Submits a processed build to the App Store: the version, its build, its texts, the phased release and the
//! review. Each step looks first, so that doing it again changes nothing; what stands in the way is looked for
//! before anything is sent.

mod course;
pub mod diagnostics;
mod missing;
mod review;
mod version;

use crate::asc::app_store_versions::{self as versions, Version};
use crate::ids::BuildId;
use crate::stages::Result;
use crate::stages::submission::course::Ride;
use crate::stages::submission::version::Choice;

pub use course::Course;

/// Looks before anything is sent: can there be such a version, and may the key submit it?
pub async fn look(course: &Course<'_>) -> Result<()> {
    let all = read(course).await?;
    review::open(course).await?;
    match version::choose(
        &all,
        &course.train.marketing_version,
        None,
        course.wish.cancels_previous,
    ) {
        Choice::Refuse(refused) => Err(version::refuse(course, &refused)),
        Choice::Make | Choice::Take(_) | Choice::Done(_) | Choice::TakeBack(_) => Ok(()),
    }
}

/// Submits the build.
pub async fn run(course: &Course<'_>, build: &BuildId) -> Result<()> {
    let mut all = read(course).await?;
    let mut open = review::open(course).await?;
    let name = &course.train.marketing_version;
    let cancels = course.wish.cancels_previous;
    let mut choice = version::choose(&all, name, Some(build.as_str()), cancels);
    if let Choice::TakeBack(under_way) = &choice {
        review::take_back(course, &open, &under_way.id).await?;
        all = read(course).await?;
        open = review::open(course).await?;
        choice = version::choose(&all, name, Some(build.as_str()), false);
    }
    let taken = match choice {
        Choice::Make => None,
        Choice::Take(version) => Some(version),
        Choice::Done(version) => {
            let state = &version.state;
            course.events.note(format!(
                "This build is submitted to the App Store already ({state})."
            ));
            return Ok(());
        }
        Choice::TakeBack(version) => Some(version),
        Choice::Refuse(refused) => return Err(version::refuse(course, &refused)),
    };
    let ride = Ride { on: course, build };
    let version = version::prepare(&ride, taken).await?;
    let is_first = !all.iter().any(Version::is_released);
    version::write(course, &version, is_first).await?;
    version::phase(course, &version).await?;
    review::submit(course, &open, &version.id).await
}

async fn read(course: &Course<'_>) -> Result<Vec<Version>> {
    versions::of_app(course.client, &course.app.id, course.train.platform)
        .await
        .map_err(|error| course.failed(&error, "looking at the versions in the App Store"))
}
