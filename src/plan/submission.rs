//! What a build is submitted to the App Store with.

use crate::plan::distribution::Notes;

/// What is done for the store once Apple has processed the build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// When the version comes out; `None` leaves it as it is.
    pub release: Option<Release>,
    /// Whether it reaches people over seven days; `None` leaves it as it is.
    pub phased: Option<bool>,
    /// The line with the year and the owner; `None` leaves it as it is.
    pub copyright: Option<String>,
    /// What is new, in each language.
    pub notes: Vec<Notes>,
    /// Whether a submission that is under way may be taken back for this one.
    pub cancels_previous: bool,
}

/// When a version comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Release {
    /// When somebody says so.
    Manual,
    /// As soon as Apple has approved it.
    AfterApproval,
    /// Not before this time, as ISO 8601 with a zone, a whole hour.
    Scheduled(String),
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
