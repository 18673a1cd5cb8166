//! What testers get, and what keeps it from them.

use crate::sandbox::scenario::course::{Course, GOOD};
use crate::sandbox::scenario::fault::{Fault, Harm, Known, When};
use crate::sandbox::scenario::script::{After, PLAIN, Role, ScenarioInfo, Script};

const fn script(
    name: &'static str,
    what: &'static str,
    ends: &'static str,
    asks: &'static [&'static str],
) -> Script {
    Script {
        info: ScenarioInfo {
            name,
            what,
            ends,
            asks,
        },
        ..PLAIN
    }
}

const fn first(at: &'static [&'static str], harm: Harm) -> Fault {
    Fault {
        at,
        when: When::Times(&[1]),
        harm,
    }
}

const fn always(at: &'static [&'static str], harm: Harm) -> Fault {
    Fault {
        at,
        when: When::Always,
        harm,
    }
}

const REVIEW: &[&str] = &["--submit-beta-review"];
const SUBMIT: &[&str] = &["submit-beta-review"];
const NOTES: &[&str] = &["--whats-new", "Everything is faster."];

static COMPLIANCE_LATE: Course = Course {
    beta: ("MISSING_EXPORT_COMPLIANCE", "MISSING_EXPORT_COMPLIANCE"),
    answer_counts_after: 4,
    ..GOOD
};
static COMPLIANCE_LOOKED_AT: Course = Course {
    answered: ("IN_EXPORT_COMPLIANCE_REVIEW", "IN_EXPORT_COMPLIANCE_REVIEW"),
    ..COMPLIANCE_LATE
};
static FAILS_ONCE_ANSWERED: Course = Course {
    answered: ("PROCESSING_EXCEPTION", "PROCESSING_EXCEPTION"),
    ..COMPLIANCE_LATE
};
static COMPLIANCE_MISSING: Course = Course {
    beta: ("MISSING_EXPORT_COMPLIANCE", "MISSING_EXPORT_COMPLIANCE"),
    ..GOOD
};
static TEAM_ALONE: Course = Course {
    audience: "INTERNAL_ONLY",
    ..GOOD
};

pub(super) static ALL: &[Script] = &[
    script(
        "gives-to-testers",
        "the build is given to groups with notes, and submitted to the beta review",
        "submitted",
        &[
            "--groups=Everyone,QA,Friends",
            "--whats-new=Everything is faster.",
            "--submit-beta-review",
            "--notify-testers=false",
        ],
    ),
    Script {
        after: After {
            localized_at: 2,
            ..PLAIN.after
        },
        ..script(
            "notes-late",
            "Apple makes the first language of the notes just when the client adds it (409)",
            "processed",
            NOTES,
        )
    },
    script(
        "notes-refused-characters",
        "App Store Connect refuses emoji in the notes (409)",
        "processed",
        &["--whats-new", "Faster 🎉 than <ever>"],
    ),
    Script {
        after: After {
            localized_at: 9,
            ..PLAIN.after
        },
        faults: &[always(
            &["add-notes", "change-notes"],
            Harm::Say(
                409,
                "ENTITY_ERROR.ATTRIBUTE.INVALID",
                "The language specified is not listed for localization",
            ),
        )],
        ..script(
            "notes-language-unknown",
            "App Store Connect does not have the language of the notes (409)",
            "processed",
            NOTES,
        )
    },
    Script {
        course: &COMPLIANCE_MISSING,
        ..script(
            "compliance-missing",
            "testers were to get the build, and nobody answers the question on encryption",
            "withheld",
            &["--groups=QA,Friends", "--submit-beta-review"],
        )
    },
    Script {
        course: &COMPLIANCE_LATE,
        ..script(
            "compliance-late",
            "the answer on encryption counts only a while after it was given",
            "distributed",
            &["--groups=QA,Friends", "--uses-non-exempt-encryption=false"],
        )
    },
    Script {
        course: &COMPLIANCE_LOOKED_AT,
        ..script(
            "compliance-looked-at",
            "Apple looks at the answer on encryption, and no tester gets the build before it has",
            "distributed",
            &["--groups=QA,Friends", "--uses-non-exempt-encryption=false"],
        )
    },
    Script {
        course: &FAILS_ONCE_ANSWERED,
        ..script(
            "fails-once-answered",
            "TestFlight fails on the build after the question on encryption was answered",
            "failed",
            &["--groups=QA", "--uses-non-exempt-encryption=false"],
        )
    },
    script(
        "compliance-answered",
        "the question on encryption is answered already, and otherwise",
        "processed",
        &["--uses-non-exempt-encryption=true"],
    ),
    script(
        "group-misspelt",
        "no group of testers has the name that was asked for",
        "refused",
        &["--groups=QA,Freinds"],
    ),
    Script {
        after: After {
            blank: &["description", "contactPhone"],
            ..PLAIN.after
        },
        ..script(
            "test-information-missing",
            "the beta description and the reviewers' phone number are missing",
            "refused",
            REVIEW,
        )
    },
    Script {
        course: &TEAM_ALONE,
        ..script(
            "internal-only",
            "the build is for the team alone, and outside testers were to get it too",
            "distributed",
            &["--groups=QA,Friends"],
        )
    },
    Script {
        course: &TEAM_ALONE,
        ..script(
            "internal-only-review",
            "the build is for the team alone, and was to be submitted to the beta review",
            "withheld",
            REVIEW,
        )
    },
    script(
        "review-not-asked-for",
        "outside testers are given a build that nobody submits to the beta review",
        "distributed",
        &["--groups=Friends"],
    ),
    Script {
        faults: &[Fault {
            at: &["add-groups"],
            when: When::Times(&[1, 2]),
            harm: Harm::Say(
                422,
                "ENTITY_UNPROCESSABLE",
                "The build is not in a valid processing state for this operation.",
            ),
        }],
        ..script(
            "groups-too-early",
            "TestFlight takes no groups for a moment after the build is valid (422)",
            "distributed",
            &["--groups=QA"],
        )
    },
    Script {
        faults: &[first(
            &["add-groups"],
            Harm::Say(
                422,
                "ENTITY_UNPROCESSABLE",
                "The build is not in state for internal testing.",
            ),
        )],
        ..script(
            "team-too-early",
            "the team's testers can't be given the build for a moment after it is valid (422)",
            "distributed",
            &["--groups=QA"],
        )
    },
    Script {
        faults: &[always(
            &["add-groups"],
            Harm::Say(
                422,
                "ENTITY_UNPROCESSABLE",
                "Build is not in an externally assignable state.",
            ),
        )],
        ..script(
            "build-not-assignable",
            "the build can't be given to outside testers in its state (422)",
            "withheld",
            &["--groups=Friends"],
        )
    },
    Script {
        faults: &[always(
            &["add-groups"],
            Harm::Say(
                422,
                "ENTITY_UNPROCESSABLE",
                "Cannot add internal group to a build.",
            ),
        )],
        ..script(
            "group-has-every-build",
            "a group turns out to have every build by itself only when it is given one (422)",
            "distributed",
            &["--groups=QA"],
        )
    },
    Script {
        faults: &[first(
            &["add-groups"],
            Harm::DoneSaying(
                409,
                "ENTITY_ERROR.RELATIONSHIP.INVALID",
                "The build was already added to this group.",
            ),
        )],
        ..script(
            "group-has-it-already",
            "App Store Connect says that a group has the build already (409)",
            "distributed",
            &["--groups=QA"],
        )
    },
    Script {
        faults: &[first(&["read-beta-detail"], Harm::Refuse(Known::NotFound))],
        ..script(
            "beta-detail-late",
            "the beta states are not there right after the build is valid (404)",
            "distributed",
            &["--groups=QA"],
        )
    },
    Script {
        role: Role::Developer,
        ..script(
            "developer-key-distributes",
            "the key uploads, but may not give builds to testers (403)",
            "refused",
            &["--groups=QA"],
        )
    },
    Script {
        after: After {
            other_in_review: true,
            ..PLAIN.after
        },
        ..script(
            "another-build-in-review",
            "an older build of the version is in beta review (422)",
            "withheld",
            REVIEW,
        )
    },
    Script {
        after: After {
            other_in_review: true,
            ..PLAIN.after
        },
        ..script(
            "another-build-replaced",
            "an older build is in beta review, and may be taken out of it",
            "submitted",
            &["--submit-beta-review", "--replace-build-in-review"],
        )
    },
    Script {
        faults: &[first(
            SUBMIT,
            Harm::DoneSaying(
                422,
                "ENTITY_UNPROCESSABLE.INVALID_QC_STATE",
                "The build is in review or in testing already.",
            ),
        )],
        ..script(
            "already-in-review",
            "App Store Connect says that the build is in beta review already (422)",
            "submitted",
            REVIEW,
        )
    },
    Script {
        faults: &[first(
            SUBMIT,
            Harm::DoneSaying(
                409,
                "STATE_ERROR.INVALID_STATE",
                "The build was already submitted to the beta review.",
            ),
        )],
        ..script(
            "already-submitted",
            "App Store Connect says that the build was submitted to the beta review already (409)",
            "submitted",
            REVIEW,
        )
    },
    Script {
        faults: &[always(
            SUBMIT,
            Harm::Say(
                422,
                "ENTITY_UNPROCESSABLE.SUBMISSION_LIMIT_REACHED",
                "Submission limit has been reached.",
            ),
        )],
        ..script(
            "submission-limit",
            "too many builds were submitted to the beta review (422)",
            "withheld",
            REVIEW,
        )
    },
    Script {
        faults: &[always(
            SUBMIT,
            Harm::Say(
                422,
                "ENTITY_UNPROCESSABLE.BUILD_SDK_NOT_ALLOWED_FOR_EXTERNAL_TESTING",
                "The build was made with a beta version of Xcode.",
            ),
        )],
        ..script(
            "beta-sdk",
            "the beta review takes no build of a beta Xcode (422)",
            "withheld",
            REVIEW,
        )
    },
    Script {
        faults: &[always(
            SUBMIT,
            Harm::Say(
                422,
                "ENTITY_UNPROCESSABLE.BETA_CONTRACT_MISSING",
                "Beta contract is missing for the app.",
            ),
        )],
        ..script(
            "beta-contract-missing",
            "the beta review misses a contract that only Apple's support can mend (422)",
            "withheld",
            REVIEW,
        )
    },
    Script {
        faults: &[always(
            SUBMIT,
            Harm::Say(
                422,
                "ENTITY_UNPROCESSABLE",
                "Beta App Description is missing. - Beta App Description is required to submit a build for external \
                 testing.",
            ),
        )],
        ..script(
            "beta-description-missed",
            "Apple misses the beta description all the same (422)",
            "withheld",
            REVIEW,
        )
    },
    Script {
        faults: &[always(SUBMIT, Harm::Refuse(Known::Unexpected))],
        ..script(
            "beta-review-500",
            "every submission to the beta review ends in an error of Apple's own (500)",
            "unfinished",
            REVIEW,
        )
    },
    Script {
        faults: &[
            first(&["add-notes"], Harm::LostAnswer),
            first(&["add-groups"], Harm::DoneBut(502)),
            first(SUBMIT, Harm::LostAnswer),
        ],
        after: After {
            localized_at: 9,
            ..PLAIN.after
        },
        ..script(
            "testers-answers-lost",
            "the notes, the groups and the submission are taken, but their answers get lost",
            "submitted",
            &[
                "--groups=QA,Friends",
                "--whats-new=Everything is faster.",
                "--submit-beta-review",
            ],
        )
    },
];
