//! Two runs that reserve the same build in the same moment. Neither saw the other before it reserved, so each looks
//! once more after it: whoever came later gives way and carries on with the earlier one's reservation. Both see the
//! same dates and ids, so both come to the same answer.

use std::cmp::Ordering;

use crate::asc::apps::App;
use crate::asc::build_upload_files::{self, BuildUploadFile};
use crate::asc::build_uploads::{self, BuildUpload, UploadState};
use crate::asc::{Client, Error};
use crate::ids::BuildUploadId;
use crate::stages::package::OpenPackage;
use crate::stages::slot::{Lost, Slot, Tools};

/// So often a reservation that is new is asked for its file, which is reserved a moment after it.
const LOOKS: u32 = 4;

/// What another run has made of this build meanwhile. Where nobody says so, ours goes on: there is another look before
/// the commit, and Apple decides.
pub(super) async fn ahead(
    tools: &Tools<'_>,
    (app, open): (&App, &OpenPackage),
    slot: &Slot,
    known: &[BuildUploadId],
) -> Option<Lost> {
    let build = &open.package.build;
    let listed = build_uploads::list(tools.client, &app.id, build).await;
    let listed = listed.ok()?;
    if is_sent(&listed, &slot.upload) {
        return Some(Lost::CompletedElsewhere);
    }
    for rival in earlier(&listed, &slot.upload) {
        let looks = if known.contains(&rival.id) { 1 } else { LOOKS };
        let file = file_of(tools.client, (rival, open), looks).await.ok()?;
        if file.is_some_and(|file| file.size == Some(open.size)) {
            return Some(Lost::Outrun);
        }
    }
    None
}

/// Whether Apple has another upload than ours.
pub(super) fn is_sent(listed: &[BuildUpload], ours: &BuildUploadId) -> bool {
    listed.iter().any(|upload| {
        let is_over = [UploadState::Processing, UploadState::Complete].contains(&upload.state);
        upload.id != *ours && is_over
    })
}

/// The uploads that wait for bytes and were reserved before ours.
fn earlier<'a>(
    listed: &'a [BuildUpload],
    ours: &BuildUploadId,
) -> impl Iterator<Item = &'a BuildUpload> {
    let own = listed.iter().find(|upload| upload.id == *ours);
    listed.iter().filter(move |upload| {
        upload.state == UploadState::AwaitingUpload
            && own.is_some_and(|own| by_age(upload, own).is_lt())
    })
}

/// Who was first, the same for everybody who asks.
pub(super) fn by_age(one: &BuildUpload, other: &BuildUpload) -> Ordering {
    let age = |upload: &BuildUpload| (upload.created.clone(), upload.id.to_string());
    age(one).cmp(&age(other))
}

async fn file_of(
    client: &Client,
    (upload, open): (&BuildUpload, &OpenPackage),
    looks: u32,
) -> Result<Option<BuildUploadFile>, Error> {
    let uti = open.package.kind.uti();
    for look in 0..looks {
        let files = build_upload_files::list(client, &upload.id).await?;
        let file = files
            .into_iter()
            .find(|file| file.uti.as_deref() == Some(uti));
        if file.is_some() {
            return Ok(file);
        }
        if look + 1 < looks {
            client.rest(look).await;
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::BuildUploadId;

    fn upload(id: &str, state: UploadState, created: Option<&str>) -> BuildUpload {
        BuildUpload {
            id: BuildUploadId::new(id),
            state,
            details: Vec::new(),
            marketing_version: None,
            build_number: None,
            platform_name: None,
            created: created.map(ToOwned::to_owned),
            build: None,
        }
    }

    /// Of any two that see each other exactly one goes on.
    #[test]
    fn of_two_that_reserve_at_once_exactly_one_gives_way() {
        let dates = [
            None,
            Some("2026-01-30T01:31:03.007-08:00"),
            Some("2026-01-30T01:31:03.008-08:00"),
        ];
        for one in dates {
            for other in dates {
                let waits = UploadState::AwaitingUpload;
                let both = [upload("a", waits, one), upload("b", waits, other)];
                let gives_way = |own: &str| earlier(&both, &BuildUploadId::new(own)).count();
                assert_eq!(gives_way("a") + gives_way("b"), 1, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn nobody_gives_way_to_what_is_later_or_over_or_where_its_own_is_not_listed() {
        let listed = [
            upload("a", UploadState::Failed, Some("1")),
            upload("b", UploadState::AwaitingUpload, Some("2")),
            upload("c", UploadState::AwaitingUpload, Some("3")),
        ];
        assert_eq!(earlier(&listed, &BuildUploadId::new("b")).count(), 0);
        assert_eq!(earlier(&listed, &BuildUploadId::new("c")).count(), 1);
        assert_eq!(earlier(&listed, &BuildUploadId::new("z")).count(), 0);
        assert!(!is_sent(&listed, &BuildUploadId::new("b")));
        let sent = [upload("d", UploadState::Processing, None)];
        assert!(is_sent(&sent, &BuildUploadId::new("b")));
        assert!(!is_sent(&sent, &BuildUploadId::new("d")));
    }
}
