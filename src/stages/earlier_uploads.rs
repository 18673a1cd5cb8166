//! What Apple already has of this version and build number, and what that means for the upload:
//! a re-run carries on where an earlier run stopped, and a number in use is said before a byte is sent.

use std::fs::File;
use std::io::{self, Seek as _};
use std::sync::Arc;

use crate::asc;
use crate::asc::apps::App;
use crate::asc::build_upload_files::{self, BuildUploadFile, FileState};
use crate::asc::build_uploads::{self, BuildUpload, UploadState};
use crate::asc::builds::Numbers;
use crate::asc::diagnostics::build_number_taken;
use crate::asc::{Client, builds};
use crate::event::{Events, Why};
use crate::ids::{BuildNumber, BuildUploadId};
use crate::upload::checksum;

use crate::stages::package::OpenPackage;
use crate::stages::{Result, Stop, diagnostics, rivals};

/// How the upload begins.
#[derive(Clone, Debug)]
pub enum Start {
    /// Apple has nothing of it that matters.
    Fresh {
        /// The numbers of other builds, where they are known.
        numbers: Option<Numbers>,
        /// What was there and does not matter, as reservations that nobody filled.
        known: Vec<BuildUploadId>,
    },
    /// An upload of these very bytes is with Apple: nothing is left to send.
    Adopt(BuildUpload),
    /// An upload was reserved and not finished: carry on with it.
    Resume(BuildUpload, BuildUploadFile),
}

/// What one earlier upload is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// The very same bytes, accepted.
    Same,
    /// Reserved for a file of this size, not finished.
    Unfinished,
    /// Of no consequence: failed, or reserved for something else.
    Irrelevant,
    /// Another build, or one that can't be told from another: it holds the number.
    Holder,
}

/// Decides what one earlier upload is to us. `composite` is whether its checksum is ours, where it
/// has one.
pub fn kinship(state: UploadState, same_size: bool, composite: Option<bool>) -> Kinship {
    match state {
        UploadState::Failed => Kinship::Irrelevant,
        UploadState::AwaitingUpload if same_size => Kinship::Unfinished,
        UploadState::AwaitingUpload => Kinship::Irrelevant,
        UploadState::Processing | UploadState::Complete | UploadState::Unknown => match composite {
            Some(true) if same_size => Kinship::Same,
            Some(_) | None => Kinship::Holder,
        },
    }
}

/// Looks at what Apple has, and decides how to begin.
pub async fn run(client: &Client, app: &App, open: &OpenPackage, events: &Events) -> Result<Start> {
    let failed = |error: asc::Error| {
        super::asc_failed(events, &error, "looking for earlier uploads of this build")
    };
    let wanted = &open.package.build;
    let uploads = build_uploads::list(client, &app.id, wanted)
        .await
        .map_err(failed)?;
    let mut unfinished: Option<(BuildUpload, BuildUploadFile)> = None;
    let mut holder = None;
    let mut known = Vec::new();
    for upload in uploads {
        let file = file_of(client, &upload, open).await.map_err(failed)?;
        let same_size = file.as_ref().and_then(|file| file.size) == Some(open.size);
        let composite = match file.as_ref().and_then(|file| file.composite.as_deref()) {
            Some(theirs) if same_size => Some(same_bytes(open, theirs.to_owned(), events).await?),
            Some(_) => Some(false),
            None => None,
        };
        let state = state_of(&upload, file.as_ref());
        match kinship(state, same_size, composite) {
            Kinship::Same => return Ok(Start::Adopt(upload)),
            Kinship::Unfinished => {
                // Of several the first, so that runs which meet take the same one.
                let is_first = unfinished
                    .as_ref()
                    .is_none_or(|(first, _)| rivals::by_age(&upload, first).is_lt());
                if let (true, Some(file)) = (is_first, file) {
                    unfinished = Some((upload, file));
                }
            }
            Kinship::Irrelevant => known.push(upload.id),
            Kinship::Holder => holder = Some(upload),
        }
    }
    // Most numbers are new to the app, and one look at all of them says so.
    let numbers = builds::all_numbers(client, &app.id, wanted.platform)
        .await
        .ok();
    let is_free = numbers
        .as_ref()
        .is_some_and(|numbers| numbers.lack(&wanted.build_number));
    let built = if is_free {
        None
    } else {
        builds::find(client, &app.id, wanted)
            .await
            .map_err(failed)?
    };
    if holder.is_some() || built.is_some() {
        let sentence = holder_sentence(open, holder.as_ref());
        let told = taken(client, app, open, &sentence, events).await;
        return Err(told.unwrap_or_else(failed));
    }
    Ok(match unfinished {
        Some((upload, file)) => Start::Resume(upload, file),
        None => Start::Fresh { numbers, known },
    })
}

/// Says that another run fills the same upload with other bytes, so that the number is as good as taken.
pub async fn taken_meanwhile(
    client: &Client,
    app: &App,
    open: &OpenPackage,
    events: &Events,
) -> Stop {
    let number = &open.package.build;
    let sentence = format!(
        "Another run fills the same upload with another file of this size as {number}. This run has completed nothing."
    );
    let told = taken(client, app, open, &sentence, events).await;
    told.unwrap_or_else(|error| {
        super::asc_failed(events, &error, "looking for a free build number")
    })
}

/// Says that the build number is taken, by whom, and which is free, where that is known.
async fn taken(
    client: &Client,
    app: &App,
    open: &OpenPackage,
    sentence: &str,
    events: &Events,
) -> std::result::Result<Stop, asc::Error> {
    let wanted = &open.package.build;
    let (version, platform) = (&wanted.marketing_version, wanted.platform);
    let taken = build_uploads::list_build_numbers(client, &app.id, version, platform).await?;
    let highest = taken
        .is_all
        .then(|| highest(&wanted.build_number, &taken.known));
    if highest.is_none() {
        events.note("App Store Connect lists more builds or uploads of this version than were read, so which number is free is not known.");
    }
    let told = events.found(build_number_taken(highest.as_ref(), sentence));
    Ok(Stop::after(told, Why::Refused))
}

/// The package's file of an upload. One that was committed a moment ago has no checksum yet, and is
/// waited for where it may be ours.
async fn file_of(
    client: &Client,
    upload: &BuildUpload,
    open: &OpenPackage,
) -> std::result::Result<Option<BuildUploadFile>, asc::Error> {
    let found = build_upload_files::list(client, &upload.id)
        .await?
        .into_iter()
        .find(|file| file.uti.as_deref() == Some(open.package.kind.uti()));
    match found {
        Some(file)
            if file.state == FileState::UploadComplete
                && file.composite.is_none()
                && file.size == Some(open.size) =>
        {
            build_upload_files::until_settled(client, file)
                .await
                .map(Some)
        }
        other => Ok(other),
    }
}

/// The upload's state, which may lag behind its file's just after a commit.
fn state_of(upload: &BuildUpload, file: Option<&BuildUploadFile>) -> UploadState {
    match (upload.state, file.map(|file| file.state)) {
        (UploadState::AwaitingUpload, Some(FileState::UploadComplete | FileState::Complete)) => {
            UploadState::Processing
        }
        (state, _) => state,
    }
}

/// The highest of all that are taken, ours among them.
fn highest(ours: &BuildNumber, taken: &[BuildNumber]) -> BuildNumber {
    taken
        .iter()
        .chain([ours])
        .max_by(|a, b| a.compare(b))
        .unwrap_or(ours)
        .clone()
}

fn holder_sentence(open: &OpenPackage, holder: Option<&BuildUpload>) -> String {
    let number = &open.package.build;
    match holder {
        Some(upload) => format!(
            "The upload {} is {number} already, and its checksum is not the one of {}.",
            upload.id, open.name
        ),
        None => format!("A build that was uploaded before is {number} already."),
    }
}

async fn same_bytes(open: &OpenPackage, theirs: String, events: &Events) -> Result<bool> {
    events.note(
        "An upload of this build is with Apple already; comparing its checksum with this file's.",
    );
    let file = Arc::clone(&open.file);
    let compared = tokio::task::spawn_blocking(move || is_composite_of(&file, &theirs)).await;
    let failed = |error: &io::Error| {
        let told = events.found(diagnostics::package_lost(&open.name, error));
        Stop::after(told, Why::Unfinished)
    };
    match compared {
        Ok(Ok(same)) => Ok(same),
        Ok(Err(error)) => Err(failed(&error)),
        Err(error) => Err(failed(&io::Error::other(error))),
    }
}

/// Whether the checksum is the one of this file. It depends on how the file was cut, which nobody
/// may have said; another file of the very same size is so rare that trying all cuts costs little.
fn is_composite_of(mut file: &File, theirs: &str) -> io::Result<bool> {
    for part_size in checksum::cuts(theirs, file.metadata()?.len()) {
        file.rewind()?;
        let ours = checksum::composite_of_file(file, part_size)?;
        if checksum::same_composite(&ours, theirs) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_are_adopted_and_other_bytes_hold_the_number() {
        for state in [
            UploadState::Processing,
            UploadState::Complete,
            UploadState::Unknown,
        ] {
            assert_eq!(kinship(state, true, Some(true)), Kinship::Same);
            assert_eq!(kinship(state, true, Some(false)), Kinship::Holder);
            assert_eq!(kinship(state, false, Some(true)), Kinship::Holder);
            assert_eq!(kinship(state, true, None), Kinship::Holder);
        }
    }

    #[test]
    fn an_upload_that_waits_for_a_file_of_this_size_is_resumed() {
        assert_eq!(
            kinship(UploadState::AwaitingUpload, true, None),
            Kinship::Unfinished
        );
        assert_eq!(
            kinship(UploadState::AwaitingUpload, false, None),
            Kinship::Irrelevant
        );
    }

    #[test]
    fn an_upload_whose_file_was_committed_is_not_sent_again() {
        let upload = BuildUpload {
            id: BuildUploadId::new("u1"),
            state: UploadState::AwaitingUpload,
            details: Vec::new(),
            marketing_version: None,
            build_number: None,
            platform_name: None,
            created: None,
            build: None,
        };
        let file = |state| BuildUploadFile {
            id: crate::ids::BuildUploadFileId::new("f1"),
            file_name: None,
            size: None,
            state,
            details: Vec::new(),
            operations: Vec::new(),
            composite: None,
            uti: None,
        };
        for (state, expected) in [
            (FileState::AwaitingUpload, UploadState::AwaitingUpload),
            (FileState::UploadComplete, UploadState::Processing),
            (FileState::Complete, UploadState::Processing),
            (FileState::Failed, UploadState::AwaitingUpload),
        ] {
            assert_eq!(state_of(&upload, Some(&file(state))), expected);
        }
        assert_eq!(state_of(&upload, None), UploadState::AwaitingUpload);
    }

    #[test]
    fn a_failed_upload_leaves_its_number_free() {
        assert_eq!(
            kinship(UploadState::Failed, true, Some(true)),
            Kinship::Irrelevant
        );
    }

    #[test]
    fn the_highest_number_counts_ours_and_every_taken_one() {
        let number = BuildNumber::new;
        assert_eq!(
            highest(&number("42"), &[number("9"), number("107"), number("43")]),
            number("107")
        );
        assert_eq!(highest(&number("42"), &[]), number("42"));
    }
}
