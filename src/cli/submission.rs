//! From the options about the App Store to what is done for it.

use clap::Args;

use crate::cli::choices::{NotTaken, yes_or_no};
use crate::cli::distribution::whats_new;
use crate::cli::given::text;
use crate::cli::problems::Problems;
use crate::cli::{diagnostics, moment, values};
use crate::host::clock::Clock;
use crate::plan::{Release, Submission, defaults};
use crate::secret::typed;

/// What is done for the App Store once Apple has processed the build; nothing of it unasked.
#[derive(Debug, Args)]
#[command(next_help_heading = "App Store")]
pub struct StoreOptions {
    /// Submit the build to the App Store
    #[arg(long, value_name = values::BOOL, env = "JETWAY_SUBMIT_TO_APP_STORE")]
    pub submit_to_app_store: Option<String>,
    /// When the version comes out: MANUAL, AFTER_APPROVAL or SCHEDULED; left out, as it is set
    #[arg(long, value_name = "WHEN", env = "JETWAY_RELEASE_TYPE")]
    pub release_type: Option<String>,
    /// The soonest time of a SCHEDULED release: a whole hour with its zone, such as 2026-12-01T10:00:00+01:00
    #[arg(long, value_name = "TIME", env = "JETWAY_EARLIEST_RELEASE_DATE")]
    pub earliest_release_date: Option<String>,
    /// Whether the release reaches people over seven days; left out, as it is set
    #[arg(long, value_name = values::BOOL, env = "JETWAY_PHASED_RELEASE")]
    pub phased_release: Option<String>,
    /// The version's line with the year and the owner, such as 2026 Example Ltd
    #[arg(long, value_name = "TEXT", env = "JETWAY_COPYRIGHT")]
    pub copyright: Option<String>,
    /// What is new, for the App Store: a text, a file, or a folder with one `<locale>.txt` a language
    #[arg(long, value_name = "TEXT", env = "JETWAY_APP_STORE_WHATS_NEW")]
    pub app_store_whats_new: Option<String>,
    /// Take back a submission that is under way for another build
    #[arg(long, value_name = values::BOOL, env = "JETWAY_CANCEL_PREVIOUS_SUBMISSION")]
    pub cancel_previous_submission: Option<String>,
}

/// What is done for the App Store: what was typed, else what a receipt left to be done; `None` where nothing is.
pub fn read(
    typed: &StoreOptions,
    left: Option<Submission>,
    problems: &mut Problems,
) -> Option<Submission> {
    let wanted = problems.value(
        "--submit-to-app-store",
        typed.submit_to_app_store.as_deref(),
        left.is_some(),
        yes_or_no,
    );
    let left = left.unwrap_or_default();
    let unasked = left.clone();
    let is_timed = [&typed.release_type, &typed.earliest_release_date];
    let is_timed = is_timed
        .iter()
        .any(|given| text(given.as_deref()).is_some());
    let release = match is_timed {
        true => release(typed, problems),
        false => left.release,
    };
    let phased = problems.value(
        "--phased-release",
        typed.phased_release.as_deref(),
        left.phased,
        |text| yes_or_no(text).map(Some),
    );
    let notes = problems.value(
        "--app-store-whats-new",
        typed.app_store_whats_new.as_deref(),
        left.notes,
        |given| whats_new::read(given, defaults::TRIM_WHATS_NEW),
    );
    let cancels_previous = problems.value(
        "--cancel-previous-submission",
        typed.cancel_previous_submission.as_deref(),
        left.cancels_previous,
        yes_or_no,
    );
    let submission = Submission {
        release,
        phased,
        copyright: text(typed.copyright.as_deref())
            .map(str::to_owned)
            .or(left.copyright),
        notes,
        cancels_previous,
    };
    if !wanted && submission != unasked {
        let why = "options about the App Store are given, and nothing is submitted to it; set it, or leave them out";
        problems.add(diagnostics::option_invalid("--submit-to-app-store", why));
    }
    wanted.then_some(submission)
}

/// A date goes with a scheduled release, and with no other.
fn release(typed: &StoreOptions, problems: &mut Problems) -> Option<Release> {
    let date = text(typed.earliest_release_date.as_deref());
    let given = text(typed.release_type.as_deref());
    let kind = given.map(|word| word.to_ascii_uppercase().replace('-', "_"));
    let mut refuse = |option, why: &str| {
        problems.add(diagnostics::option_invalid(option, why));
        None
    };
    let scheduled = kind.as_deref() == Some("SCHEDULED");
    match (kind.as_deref(), date) {
        (None | Some("MANUAL" | "AFTER_APPROVAL"), Some(_)) => refuse(
            "--earliest-release-date",
            "it needs --release-type SCHEDULED beside it",
        ),
        (Some("MANUAL"), None) => Some(Release::Manual),
        (Some("AFTER_APPROVAL"), None) => Some(Release::AfterApproval),
        (None, None) => None,
        (Some(_), Some(date)) if scheduled => match in_the_future(date) {
            Ok(date) => Some(Release::Scheduled(date)),
            Err(NotTaken(why)) => refuse("--earliest-release-date", &why),
        },
        (Some(_), None) if scheduled => refuse(
            "--release-type",
            "SCHEDULED needs --earliest-release-date beside it",
        ),
        (Some(_), _) => {
            let word = typed::shown(given.unwrap_or_default());
            let why = format!("`{word}` is none of MANUAL, AFTER_APPROVAL, SCHEDULED");
            refuse("--release-type", &why)
        }
    }
}

fn in_the_future(date: &str) -> Result<String, NotTaken> {
    let hour = moment::hour(date)?;
    if hour.at <= Clock::system().now() {
        return Err(NotTaken(format!("`{date}` is over")));
    }
    Ok(hour.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release_of(kind: Option<&str>, date: Option<&str>) -> Result<Option<Release>, String> {
        let typed = StoreOptions {
            submit_to_app_store: None,
            release_type: kind.map(str::to_owned),
            earliest_release_date: date.map(str::to_owned),
            phased_release: None,
            copyright: None,
            app_store_whats_new: None,
            cancel_previous_submission: None,
        };
        let mut problems = Problems::default();
        let release = release(&typed, &mut problems);
        match problems.into_all().first() {
            None => Ok(release),
            Some(problem) => Err(problem.title.clone()),
        }
    }

    #[test]
    fn a_date_goes_with_a_scheduled_release_alone_and_is_not_over() {
        let later = Some("9000-12-01T10:00:00+01:00");
        assert_eq!(release_of(None, None), Ok(None));
        assert_eq!(release_of(Some("manual"), None), Ok(Some(Release::Manual)));
        assert_eq!(
            release_of(Some("after-approval"), None),
            Ok(Some(Release::AfterApproval))
        );
        let scheduled = Release::Scheduled("9000-12-01T10:00:00+01:00".to_owned());
        assert_eq!(release_of(Some("SCHEDULED"), later), Ok(Some(scheduled)));
        for (kind, date, why) in [
            (Some("SCHEDULED"), None, "needs --earliest-release-date"),
            (Some("MANUAL"), later, "needs --release-type SCHEDULED"),
            (None, later, "needs --release-type SCHEDULED"),
            (Some("SCHEDULED"), Some("2020-12-01T10:00:00Z"), "is over"),
            (
                Some("SCHEDULED"),
                Some("9000-12-01T10:30:00Z"),
                "no whole hour",
            ),
            (Some("SOON"), None, "is none of"),
        ] {
            let refused = release_of(kind, date).unwrap_err();
            assert!(refused.contains(why), "{refused}");
        }
    }
}
