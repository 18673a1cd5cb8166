//! Runs told to all reporters at once.

use crate::text::chain;

mod hostile;
pub mod judge;
mod pages;
pub mod runner;
pub mod samples;

use super::*;
use samples::Scene;

#[test]
fn a_report_path_that_cannot_be_written_is_told_at_once() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("file"), "").unwrap();
    let below_a_file = place.path().join("file/report.json");
    let scene = Scene::new(Mode::Log);
    let error = scene
        .refused_report(below_a_file)
        .pop()
        .expect("it must fail");
    let said = chain::joined(&error);
    assert!(said.contains("can't be made"), "{said}");
    assert!(said.contains("--report"), "{said}");
}

#[test]
fn a_reports_folder_is_made() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("no/such/report.json");
    let scene = Scene::new(Mode::Log);
    assert!(scene.refused_report(path.clone()).is_empty());
    assert!(path.is_file());
}

#[test]
fn a_reporter_that_fails_is_one_note_and_stops_nobody() {
    let place = tempfile::tempdir().unwrap();
    let mut scene = Scene::new(Mode::Actions);
    scene.settings.outputs = Some(place.path().join("gone/output"));
    scene.settings.summary = Some(place.path().join("gone/summary"));
    scene.settings.report = Some(place.path().join("report.json"));
    let (mut reporters, shown) = scene.open();
    for told in samples::rejected() {
        reporters.tell(told);
    }
    let failures = reporters.finish();
    assert_eq!(failures.len(), 2, "{failures:?}");
    let text = shown.text();
    assert_eq!(
        text.matches("::warning title=jetway::the step outputs could not be written")
            .count(),
        1
    );
    assert_eq!(
        text.matches("::warning title=jetway::the job summary could not be written")
            .count(),
        1
    );
    let report = std::fs::read_to_string(place.path().join("report.json")).unwrap();
    assert!(report.contains("\"outcome\": \"failed\""), "{report}");
}

/// A disk that is full by the end, or a folder that went: what was written before is not how the run ended.
#[test]
fn a_report_that_can_not_be_written_to_its_end_is_named_nowhere() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("gone");
    let outputs = place.path().join("outputs");
    let mut scene = Scene::new(Mode::Log);
    scene.settings.report = Some(folder.join("report.json"));
    scene.settings.receipt = Some(folder.join("receipt.json"));
    scene.settings.outputs = Some(outputs.clone());
    let (mut reporters, shown) = scene.open();
    let mut told = samples::passed();
    let last = told.pop().unwrap();
    for event in told {
        reporters.tell(event);
    }
    let before = runner::outputs(&std::fs::read_to_string(&outputs).unwrap()).unwrap();
    assert!(
        before
            .iter()
            .any(|(name, value)| name == "report" && !value.is_empty())
    );
    std::fs::remove_dir_all(&folder).unwrap();
    reporters.tell(last);
    let failures = reporters.finish();
    assert_eq!(failures.len(), 2, "{failures:?}");
    let text = shown.text();
    assert!(text.contains("the report could not be written"), "{text}");
    assert!(!text.contains("report: "), "{text}");
    assert_eq!(reporters.story().receipt, None);
    let text = std::fs::read_to_string(&outputs).unwrap();
    let after: std::collections::BTreeMap<_, _> =
        runner::outputs(&text).unwrap().into_iter().collect();
    assert_eq!(after["report"], "");
    assert_eq!(after["outcome"], "processed");
}

#[test]
fn a_closed_stream_stops_nothing() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
    }
    let place = tempfile::tempdir().unwrap();
    let mut scene = Scene::new(Mode::Actions);
    scene.settings.report = Some(place.path().join("report.json"));
    let (mut reporters, _) = Reporters::open_on(scene.settings, Box::new(Closed));
    for told in samples::passed() {
        reporters.tell(told);
    }
    assert_eq!(reporters.finish(), Vec::<String>::new());
    let report = std::fs::read_to_string(place.path().join("report.json")).unwrap();
    assert!(report.contains("\"outcome\": \"processed\""));
}

#[test]
fn a_run_that_is_dropped_without_a_word_is_reported_as_unfinished() {
    let place = tempfile::tempdir().unwrap();
    let mut scene = Scene::new(Mode::Actions);
    scene.settings.summary = Some(place.path().join("summary.md"));
    let (mut reporters, shown) = scene.open();
    for told in samples::rejected().into_iter().take(9) {
        reporters.tell(told);
    }
    drop(reporters);
    let text = shown.text();
    assert_eq!(
        text.matches("::group::").count(),
        text.matches("::endgroup::").count()
    );
    let summary = std::fs::read_to_string(place.path().join("summary.md")).unwrap();
    assert!(summary.contains("could not be finished"), "{summary}");
}

#[test]
fn a_panic_leaves_no_group_open() {
    let (mut reporters, shown) = Scene::new(Mode::Actions).open();
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
        for told in samples::rejected().into_iter().take(9) {
            reporters.tell(told);
        }
        std::panic::resume_unwind(Box::new("elsewhere"));
    }));
    assert!(result.is_err());
    let text = shown.text();
    assert!(text.contains("::group::"));
    assert_eq!(
        text.matches("::group::").count(),
        text.matches("::endgroup::").count()
    );
}
