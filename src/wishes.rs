//! What somebody wants done with a build once Apple has it. It travels: from the options into the plan, and in a
//! receipt to whatever machine carries on. There is no secret in it.

use serde::{Deserialize, Serialize};

/// A longer text is not repeated in a command.
const LONGEST_NOTE: usize = 80;

/// What is done with the build once Apple has processed it; nothing of it unasked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// For testers.
    pub distribution: Distribution,
    /// For the App Store, where anything is.
    pub submission: Option<Submission>,
}

/// What is done for testers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Distribution {
    /// Names or ids of the groups that get the build.
    pub groups: Vec<String>,
    /// What to test, in each language.
    #[serde(rename = "whats_new")]
    pub notes: Vec<Notes>,
    /// The answer to the question on encryption.
    #[serde(rename = "uses_non_exempt_encryption")]
    pub encryption: Option<bool>,
    /// Whether testers are told of the build by themselves.
    #[serde(rename = "notify_testers")]
    pub notifies: Option<bool>,
    /// Whether the build is submitted to the beta review.
    #[serde(rename = "submit_beta_review")]
    pub beta_review: bool,
    /// Whether another build of the version may be taken out of the beta review for it.
    #[serde(rename = "replace_build_in_review")]
    pub replaces_in_review: bool,
    /// Whether the testing of older builds ends.
    #[serde(rename = "expire_previous")]
    pub expires_previous: bool,
}

/// A text in a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notes {
    /// Such as `de-DE`; `None` is the app's first language.
    pub locale: Option<String>,
    /// The text.
    pub text: String,
}

/// What is done for the App Store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Submission {
    /// When the version comes out; `None` leaves it as it is.
    pub release: Option<Release>,
    /// Whether it reaches people over seven days; `None` leaves it as it is.
    #[serde(rename = "phased_release")]
    pub phased: Option<bool>,
    /// The line with the year and the owner; `None` leaves it as it is.
    pub copyright: Option<String>,
    /// What is new, in each language.
    #[serde(rename = "whats_new")]
    pub notes: Vec<Notes>,
    /// Whether a submission that is under way may be taken back for this one.
    #[serde(rename = "cancel_previous_submission")]
    pub cancels_previous: bool,
}

/// When a version comes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Release {
    /// When somebody says so.
    Manual,
    /// As soon as Apple has approved it.
    AfterApproval,
    /// Not before this time, as ISO 8601 with a zone, a whole hour.
    Scheduled(String),
}

impl Wishes {
    /// Whether there are none.
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// As options and their values, in the order of the help.
    pub fn options(&self) -> Vec<(&'static str, String)> {
        let mut options = self.distribution.options();
        options.extend(self.submission.iter().flat_map(Submission::options));
        options
    }

    /// Every text in it.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let testers = &mut self.distribution;
        let store = self.submission.iter_mut().flat_map(|wish| {
            let notes = wish.notes.iter_mut().flat_map(Notes::texts);
            notes.chain(wish.copyright.iter_mut())
        });
        let notes = testers.notes.iter_mut().flat_map(Notes::texts);
        testers.groups.iter_mut().chain(notes).chain(store)
    }
}

impl Distribution {
    /// Whether nothing is to be done.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn options(&self) -> Vec<(&'static str, String)> {
        let groups = (!self.groups.is_empty()).then(|| self.groups.join(","));
        given([
            ("groups", groups),
            ("whats-new", Notes::option(&self.notes)),
            (
                "uses-non-exempt-encryption",
                self.encryption.map(|answer| answer.to_string()),
            ),
            (
                "notify-testers",
                self.notifies.map(|tells| tells.to_string()),
            ),
            ("submit-beta-review", yes(self.beta_review)),
            ("replace-build-in-review", yes(self.replaces_in_review)),
            ("expire-previous", yes(self.expires_previous)),
        ])
    }
}

impl Submission {
    fn options(&self) -> Vec<(&'static str, String)> {
        let release = self.release.as_ref();
        let date = release.and_then(|release| match release {
            Release::Scheduled(date) => Some(date.clone()),
            Release::Manual | Release::AfterApproval => None,
        });
        given([
            ("submit-to-app-store", yes(true)),
            (
                "release-type",
                release.map(|release| release.api_name().to_owned()),
            ),
            ("earliest-release-date", date),
            (
                "phased-release",
                self.phased.map(|phased| phased.to_string()),
            ),
            ("copyright", self.copyright.clone()),
            ("app-store-whats-new", Notes::option(&self.notes)),
            ("cancel-previous-submission", yes(self.cancels_previous)),
        ])
    }
}

fn yes(wish: bool) -> Option<String> {
    wish.then(|| "true".to_owned())
}

/// Those with a value.
fn given<const N: usize>(
    options: [(&'static str, Option<String>); N],
) -> Vec<(&'static str, String)> {
    let given = options
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    given.collect()
}

impl Notes {
    /// A short text as it is; for a longer one, or one in several languages, where it comes from is not known any
    /// more.
    fn option(notes: &[Self]) -> Option<String> {
        match notes {
            [] => None,
            [Self { locale: None, text }]
                if text.chars().count() <= LONGEST_NOTE && !text.contains('\n') =>
            {
                Some(text.clone())
            }
            _ => Some("THE SAME AS BEFORE".to_owned()),
        }
    }

    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        self.locale.iter_mut().chain([&mut self.text])
    }
}

impl Release {
    /// Apple's word.
    pub fn api_name(&self) -> &'static str {
        match self {
            Self::Manual => "MANUAL",
            Self::AfterApproval => "AFTER_APPROVAL",
            Self::Scheduled(_) => "SCHEDULED",
        }
    }
}
