//! What Apple makes of the upload, or of what it already has.

use crate::sandbox::scenario::course::{Course, Detail, GOOD, NEVER, REFUSED};
use crate::sandbox::scenario::details::{
    EXTENSION_DIFFERS, ICON_NAME_MISSING, NOBODY_KNOWS, ONLY_SAYING, PRIVATE_API, PURPOSE_MISSING,
    SYMBOLS_MISSING, TRAIN_CLOSED,
};
use crate::sandbox::scenario::script::{Cutting, Held, PLAIN, ScenarioInfo, Script, info};

const fn refused(errors: &'static [Detail]) -> Course {
    Course { errors, ..REFUSED }
}

const fn script(info: ScenarioInfo, course: &'static Course) -> Script {
    Script {
        info,
        course,
        ..PLAIN
    }
}

const fn held(info: ScenarioInfo, held: Held) -> Script {
    Script {
        info,
        held,
        ..PLAIN
    }
}

static REJECTS_90683: Course = refused(&[PURPOSE_MISSING]);
static REJECTS_SEVERAL: Course = Course {
    warnings: &[EXTENSION_DIFFERS, SYMBOLS_MISSING],
    infos: &[ONLY_SAYING],
    ..refused(&[PURPOSE_MISSING, ICON_NAME_MISSING, NOBODY_KNOWS])
};
static CLOSED: Course = refused(&TRAIN_CLOSED);
static NO_REASON: Course = refused(&[]);
static WARNS: Course = Course {
    warnings: &[EXTENSION_DIFFERS, SYMBOLS_MISSING],
    infos: &[ONLY_SAYING],
    ..GOOD
};
static INVALID: Course = Course {
    build: "INVALID",
    beta_at: NEVER,
    errors: &[PRIVATE_API],
    ..GOOD
};
static PROCESSING_FAILS: Course = Course {
    build: "FAILED",
    beta_at: NEVER,
    ..GOOD
};
static PROCESSING_STAYS: Course = Course {
    processed_at: NEVER,
    beta_at: NEVER,
    ..GOOD
};
static BETA_STAYS: Course = Course {
    beta_at: NEVER,
    ..GOOD
};
static NOTHING_APPEARS: Course = Course {
    build_at: NEVER,
    over_at: NEVER,
    processed_at: NEVER,
    beta_at: NEVER,
    ..GOOD
};
static COMPLETE_WITHOUT_BUILD: Course = Course {
    build_at: NEVER,
    processed_at: NEVER,
    beta_at: NEVER,
    ..GOOD
};
static LINKED_LATE: Course = Course {
    build_at: 1,
    over_at: 9,
    processed_at: 11,
    beta_at: 12,
    ..GOOD
};
static COMPLIANCE_MISSING: Course = Course {
    beta: ("MISSING_EXPORT_COMPLIANCE", "MISSING_EXPORT_COMPLIANCE"),
    ..GOOD
};
static BETA_BREAKS: Course = Course {
    beta: ("PROCESSING_EXCEPTION", "PROCESSING_EXCEPTION"),
    ..GOOD
};

pub(super) static ALL: &[Script] = &[
    PLAIN,
    script(
        info(
            "rejects-itms-90683",
            "Apple refuses the upload: a purpose string is missing",
            "failed",
        ),
        &REJECTS_90683,
    ),
    script(
        info(
            "rejects-several",
            "Apple refuses the upload for three reasons, one of them unknown, and adds warnings and infos",
            "failed",
        ),
        &REJECTS_SEVERAL,
    ),
    script(
        info(
            "version-train-closed",
            "Apple refuses the upload: the marketing version is closed (three codes at once)",
            "failed",
        ),
        &CLOSED,
    ),
    script(
        info(
            "upload-fails-without-reason",
            "the upload ends FAILED with no errors in it",
            "failed",
        ),
        &NO_REASON,
    ),
    script(
        info(
            "warns",
            "Apple takes the upload, with two warnings and an info",
            "processed",
        ),
        &WARNS,
    ),
    script(
        info(
            "invalid-build",
            "the build is made, and found INVALID; the reason is on the upload",
            "invalid",
        ),
        &INVALID,
    ),
    script(
        info(
            "fails-processing",
            "the build is made, and its processing FAILED without a reason",
            "failed",
        ),
        &PROCESSING_FAILS,
    ),
    script(
        info(
            "stays-processing",
            "the build appears and stays PROCESSING for ever",
            "still-processing",
        ),
        &PROCESSING_STAYS,
    ),
    script(
        info(
            "beta-stays-processing",
            "the build is VALID, but TestFlight never finishes with it",
            "still-processing",
        ),
        &BETA_STAYS,
    ),
    script(
        info(
            "never-appears",
            "the upload stays PROCESSING for ever and no build appears",
            "still-processing",
        ),
        &NOTHING_APPEARS,
    ),
    script(
        info(
            "complete-without-build",
            "the upload ends COMPLETE, but no build ever appears",
            "never-appeared",
        ),
        &COMPLETE_WITHOUT_BUILD,
    ),
    script(
        info(
            "build-linked-late",
            "the build is in the list of builds long before the upload names it",
            "processed",
        ),
        &LINKED_LATE,
    ),
    script(
        info(
            "beta-missing-compliance",
            "the build is VALID and waits for the answer about encryption",
            "processed",
        ),
        &COMPLIANCE_MISSING,
    ),
    script(
        info(
            "beta-processing-exception",
            "the build is VALID, but TestFlight fails on it",
            "failed",
        ),
        &BETA_BREAKS,
    ),
    held(
        info(
            "duplicate-build",
            "builds of other bytes hold this build number and the next three",
            "refused",
        ),
        Held::OtherBuild,
    ),
    held(
        info(
            "duplicate-unlisted",
            "the build number is taken, but no list shows it; reserving is refused",
            "refused",
        ),
        Held::OtherBuildUnlisted,
    ),
    held(
        info(
            "stale-reservation",
            "an open reservation of the same version waits for a file of another size",
            "processed",
        ),
        Held::OtherReservation,
    ),
    Script {
        // Small parts, so that some are there, one is damaged and some are missing.
        cutting: Cutting::Even(1024 * 1024),
        ..held(
            info(
                "interrupted-upload",
                "half of the demo IPA is there from a run that was killed, one part damaged",
                "processed",
            ),
            Held::DemoInterrupted,
        )
    },
    held(
        info(
            "already-accepted",
            "the demo IPA was uploaded and processed before; nothing need be sent",
            "processed",
        ),
        Held::DemoAccepted,
    ),
];
