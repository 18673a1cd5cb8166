//! What becomes of a committed upload, counted in polls: time does not pass by itself here, so that
//! nothing has to wait.

/// A poll that never comes.
pub(in super::super) const NEVER: u32 = u32::MAX;

/// `{code, description}` of an upload's state.
pub(in super::super) struct Detail {
    pub(in super::super) code: &'static str,
    pub(in super::super) description: &'static str,
}

/// The way of an upload after its commit. Polls are counted from 1.
pub(in super::super) struct Course {
    /// The poll from which the build is in the list of builds.
    pub(in super::super) build_at: u32,
    /// The poll from which the upload is over, and links the build if there is one.
    pub(in super::super) over_at: u32,
    /// The poll from which the build is processed.
    pub(in super::super) processed_at: u32,
    /// The poll from which TestFlight has the build.
    pub(in super::super) beta_at: u32,
    /// The upload's state when it is over.
    pub(in super::super) upload: &'static str,
    /// The build's `processingState` when it is processed.
    pub(in super::super) build: &'static str,
    /// `internalBuildState` and `externalBuildState` in the end.
    pub(in super::super) beta: (&'static str, &'static str),
    /// The words for "still at it" of the upload, the build and TestFlight.
    pub(in super::super) meanwhile: (&'static str, &'static str, &'static str),
    pub(in super::super) errors: &'static [Detail],
    pub(in super::super) warnings: &'static [Detail],
    pub(in super::super) infos: &'static [Detail],
    /// So many polls after it was given, the answer on encryption counts.
    pub(in super::super) answer_counts_after: u32,
    /// The beta states once it counts.
    pub(in super::super) answered: (&'static str, &'static str),
    /// `buildAudienceType`.
    pub(in super::super) audience: &'static str,
    /// How the beta review ends: `APPROVED` or `REJECTED`.
    pub(in super::super) verdict: &'static str,
}

pub(super) const GOOD: Course = Course {
    build_at: 2,
    over_at: 3,
    processed_at: 5,
    beta_at: 7,
    upload: "COMPLETE",
    build: "VALID",
    beta: ("READY_FOR_BETA_TESTING", "READY_FOR_BETA_SUBMISSION"),
    meanwhile: ("PROCESSING", "PROCESSING", "PROCESSING"),
    errors: &[],
    warnings: &[],
    infos: &[],
    answer_counts_after: 0,
    answered: ("READY_FOR_BETA_TESTING", "READY_FOR_BETA_SUBMISSION"),
    audience: "APP_STORE_ELIGIBLE",
    verdict: "APPROVED",
};

/// Apple refuses the upload; no build is made.
pub(super) const REFUSED: Course = Course {
    build_at: NEVER,
    processed_at: NEVER,
    beta_at: NEVER,
    upload: "FAILED",
    ..GOOD
};

/// A build that is there when the client comes.
pub(in super::super) static FOREIGN: Course = Course {
    build_at: 0,
    over_at: 0,
    processed_at: 0,
    beta_at: 0,
    ..GOOD
};
