use std::fs::{self, File};

use super::*;
use crate::ids::BuildUploadId;

fn reserved(id: &str) -> Leftover {
    let upload = BuildUploadId::new(id);
    OpenUpload::Reserved { upload }.into()
}

fn open(journal: &Journal) -> Vec<Leftover> {
    let entries = journal.open_entries();
    entries.into_iter().map(|(_, leftover)| leftover).collect()
}

/// The only journal in the directory, as a process that died leaves it: with nobody holding its lock.
fn abandoned(directory: &Path, lines: &str) {
    fs::create_dir_all(directory).unwrap();
    fs::write(directory.join("1-1.journal"), lines).unwrap();
}

#[test]
fn entries_are_told_in_reverse_and_settled_one_by_one() {
    let journal = Journal::new(None);
    let shared = journal.clone();
    let first = journal.note(reserved("first")).id;
    shared.note(reserved("second"));
    assert_eq!(open(&journal), [reserved("second"), reserved("first")]);
    journal.settle(first);
    assert_eq!(open(&shared), [reserved("second")]);
}

#[test]
fn what_was_noted_is_on_disk_for_its_owner_alone_and_goes_with_the_last_entry() {
    let place = tempfile::tempdir().unwrap();
    let directory = place.path().join("journal");
    let journal = Journal::new(Some(&directory));
    assert!(!directory.exists(), "nothing acquired, nothing written");
    let entry = journal.note(reserved("ours")).id;
    let path = fs::read_dir(&directory)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    assert!(fs::read_to_string(&path).unwrap().contains("ours"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&directory), mode(&path)), (0o700, 0o600));
    }
    let other = journal.replace(Some(entry), reserved("other")).id;
    assert_eq!(open(&journal), [reserved("other")]);
    journal.settle(other);
    assert!(!directory.exists());
}

#[test]
fn a_journal_is_left_behind_only_once_its_process_is_gone() {
    let place = tempfile::tempdir().unwrap();
    let journal = Journal::new(Some(place.path()));
    journal.note(reserved("first")).on_disk.unwrap();
    journal.note(reserved("second")).on_disk.unwrap();
    assert!(Journal::left_behind(place.path()).is_empty(), "it lives");
    let held = Journal::uploads_of_the_living(place.path());
    let held: Vec<Leftover> = held.into_iter().map(Leftover::from).collect();
    assert_eq!(held, [reserved("first"), reserved("second")]);
    drop(journal);
    let left = Journal::left_behind(place.path());
    assert_eq!(open(&left[0]), [reserved("second"), reserved("first")]);
    assert!(
        Journal::left_behind(place.path()).is_empty(),
        "one cleaner at a time"
    );
    for (id, _) in left[0].open_entries() {
        left[0].settle(id);
    }
    drop(left);
    assert!(Journal::left_behind(place.path()).is_empty());
}

#[test]
fn a_line_that_was_cut_off_was_never_acted_on() {
    let place = tempfile::tempdir().unwrap();
    let journal = Journal::new(Some(place.path()));
    journal.note(reserved("whole")).on_disk.unwrap();
    let path = fs::read_dir(place.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let lines = fs::read_to_string(&path).unwrap();
    drop(journal);
    for end in 0..lines.len() {
        abandoned(&place.path().join(end.to_string()), &lines[..end]);
        let left = Journal::left_behind(&place.path().join(end.to_string()));
        assert!(left.is_empty(), "{end}");
    }
    abandoned(place.path(), &format!("{lines}{lines}"));
    fs::remove_file(path).unwrap();
    assert_eq!(open(&Journal::left_behind(place.path())[0]).len(), 2);
}

#[test]
fn what_is_no_journal_of_ours_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let foreign = "{\"note\":{\"id\":1,\"leftover\":{\"kind\":\"a-later-one\"}}}\n";
    abandoned(place.path(), foreign);
    File::create(place.path().join("notes.txt")).unwrap();
    assert!(Journal::left_behind(place.path()).is_empty());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
    assert!(Journal::left_behind(&place.path().join("nowhere")).is_empty());
}

#[test]
fn an_entry_that_can_not_be_written_is_still_known() {
    let place = tempfile::tempdir().unwrap();
    let blocked = place.path().join("file");
    File::create(&blocked).unwrap();
    let journal = Journal::new(Some(&blocked));
    assert!(journal.note(reserved("ours")).on_disk.is_err());
    assert_eq!(open(&journal), [reserved("ours")]);
}
