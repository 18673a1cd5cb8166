//! What the App Store takes, and what keeps a build from it.

use crate::sandbox::scenario::course::{Course, GOOD};
use crate::sandbox::scenario::fault::{Fault, Harm, Known, When};
use crate::sandbox::scenario::script::{After, Held, PLAIN, Role, ScenarioInfo, Script};

const SUBMIT: &[&str] = &["--submit-to-app-store"];
const OLD: (&str, &str) = ("0.9.0", "READY_FOR_DISTRIBUTION");

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

/// The versions and the submission that are there.
const fn there(
    versions: &'static [(&'static str, &'static str)],
    submission: Option<&'static str>,
) -> After {
    After {
        versions,
        submission,
        ..PLAIN.after
    }
}

/// Whatever is put into a submission is refused.
const fn at_item(harm: Harm) -> Fault {
    Fault {
        at: &["add-item"],
        when: When::Always,
        harm,
    }
}

const fn first(at: &'static [&'static str], harm: Harm) -> Fault {
    Fault {
        at,
        when: When::Times(&[1]),
        harm,
    }
}

const NOT_CANCELLABLE: Harm = Harm::Say(
    409,
    "STATE_ERROR.INVALID_STATE",
    "Resource is not in cancellable state",
);

static COMPLIANCE_MISSING: Course = Course {
    beta: ("MISSING_EXPORT_COMPLIANCE", "MISSING_EXPORT_COMPLIANCE"),
    ..GOOD
};

pub(super) static ALL: &[Script] = &[
    Script {
        held: Held::LowerElsewhere,
        after: there(&[("99.0.0", "READY_FOR_DISTRIBUTION")], None),
        ..script(
            "version-in-store",
            "a higher version than any package's is in the App Store",
            "refused",
            &[],
        )
    },
    Script {
        held: Held::HigherElsewhere,
        ..script(
            "higher-number-elsewhere",
            "another version has a build whose number is higher",
            "processed",
            &[],
        )
    },
    Script {
        held: Held::MoreClaimed,
        ..script(
            "testers-build-claims-more",
            "the build that testers have claims push and HealthKit",
            "processed",
            &[],
        )
    },
    Script {
        course: &COMPLIANCE_MISSING,
        ..script(
            "submits-to-the-store",
            "a version is made, gets the build and its texts, and is submitted",
            "submitted",
            &[
                "--submit-to-app-store",
                "--release-type=SCHEDULED",
                "--earliest-release-date=2099-12-01T10:00:00+01:00",
                "--phased-release",
                "--copyright=2026 Example",
                "--app-store-whats-new=Everything is faster.",
                "--uses-non-exempt-encryption=false",
            ],
        )
    },
    Script {
        after: there(&[OLD, ("0.9.5", "PREPARE_FOR_SUBMISSION")], None),
        ..script(
            "version-open",
            "another version is open, and becomes this one",
            "submitted",
            SUBMIT,
        )
    },
    Script {
        after: After {
            version_shows_at: 3,
            ..PLAIN.after
        },
        ..script(
            "version-shows-late",
            "the version that was just made can't be found for a moment (409, then 404)",
            "submitted",
            &["--submit-to-app-store", "--app-store-whats-new=New"],
        )
    },
    Script {
        after: there(&[("1.0.0", "READY_FOR_DISTRIBUTION")], None),
        ..script(
            "version-released",
            "the marketing version was in the App Store already",
            "refused",
            SUBMIT,
        )
    },
    Script {
        after: there(&[OLD, ("0.9.5", "PENDING_DEVELOPER_RELEASE")], None),
        ..script(
            "version-pending",
            "another version is approved, and waits for its release",
            "refused",
            SUBMIT,
        )
    },
    Script {
        after: there(&[OLD, ("0.9.5", "PROCESSING_FOR_DISTRIBUTION")], None),
        ..script(
            "version-on-its-way",
            "another version was released a moment ago, and is not in the store yet",
            "refused",
            SUBMIT,
        )
    },
    Script {
        after: there(
            &[OLD, ("0.9.5", "WAITING_FOR_REVIEW")],
            Some("WAITING_FOR_REVIEW"),
        ),
        ..script(
            "other-version-in-review",
            "another version is with the reviewers",
            "refused",
            SUBMIT,
        )
    },
    Script {
        after: there(
            &[OLD, ("0.9.5", "WAITING_FOR_REVIEW")],
            Some("WAITING_FOR_REVIEW"),
        ),
        ..script(
            "other-version-taken-back",
            "another version is with the reviewers, and may be taken back",
            "submitted",
            &["--submit-to-app-store", "--cancel-previous-submission"],
        )
    },
    Script {
        after: there(&[OLD, ("0.9.5", "IN_REVIEW")], Some("IN_REVIEW")),
        faults: &[Fault {
            at: &["change-submission"],
            when: When::Always,
            harm: NOT_CANCELLABLE,
        }],
        ..script(
            "submission-not-cancellable",
            "another version is with the reviewers, and can't be taken back (409)",
            "withheld",
            &["--submit-to-app-store", "--cancel-previous-submission"],
        )
    },
    Script {
        after: there(
            &[OLD, ("0.9.5", "WAITING_FOR_REVIEW")],
            Some("WAITING_FOR_REVIEW"),
        ),
        faults: &[first(
            &["change-submission"],
            Harm::DoneSaying(
                409,
                "STATE_ERROR.INVALID_STATE",
                "Resource is not in cancellable state",
            ),
        )],
        ..script(
            "submission-cancelled-already",
            "the other version is being taken back already when it is asked for (409)",
            "submitted",
            &["--submit-to-app-store", "--cancel-previous-submission"],
        )
    },
    Script {
        after: there(&[OLD, ("0.9.5", "PREPARE_FOR_SUBMISSION")], None),
        faults: &[Fault {
            at: &["change-version"],
            when: When::Always,
            harm: Harm::Say(
                409,
                "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE",
                "The version number has been previously used.",
            ),
        }],
        ..script(
            "version-number-used",
            "the number of the version was used before, says Apple when the open one is renamed (409)",
            "withheld",
            SUBMIT,
        )
    },
    Script {
        faults: &[Fault {
            at: &["make-version"],
            when: When::Always,
            harm: Harm::Say(
                409,
                "ENTITY_ERROR.RELATIONSHIP.INVALID",
                "You cannot create a new version of the App in the current state.",
            ),
        }],
        ..script(
            "version-not-made",
            "no version can be made in the state that the app is in (409)",
            "withheld",
            SUBMIT,
        )
    },
    Script {
        faults: &[
            first(
                &["add-item"],
                Harm::Say(
                    409,
                    "ENTITY_ERROR.RELATIONSHIP.INVALID",
                    "Resource reviewSubmissions with id '5b0d3c58-0000-4000-8000-000000000000' cannot be found.",
                ),
            ),
            first(&["change-submission"], Harm::Refuse(Known::NotFound)),
        ],
        ..script(
            "submission-shows-late",
            "the submission that was just made can't be found for a moment (404)",
            "submitted",
            SUBMIT,
        )
    },
    Script {
        faults: &[first(
            &["make-phased"],
            Harm::DoneSaying(
                409,
                "ENTITY_ERROR.ATTRIBUTE.INVALID",
                "The phased release already has this value",
            ),
        )],
        ..script(
            "phased-already",
            "the phased release has this value already (409)",
            "submitted",
            &["--submit-to-app-store", "--phased-release"],
        )
    },
    Script {
        after: there(&[OLD, ("1.0.0", "REJECTED")], Some("UNRESOLVED_ISSUES")),
        ..script(
            "rejected-before",
            "the version was rejected, and its submission is carried on with",
            "submitted",
            SUBMIT,
        )
    },
    Script {
        after: After {
            versions: &[OLD],
            submission: Some("WAITING_FOR_REVIEW"),
            items_only: true,
            ..PLAIN.after
        },
        ..script(
            "items-in-review",
            "a submission without a version is with the reviewers, and does not matter",
            "submitted",
            SUBMIT,
        )
    },
    Script {
        after: After {
            versions: &[OLD],
            submission: Some("READY_FOR_REVIEW"),
            items_only: true,
            ..PLAIN.after
        },
        faults: &[first(
            &["list-submissions"],
            Harm::Answer(500, "UNEXPECTED_ERROR"),
        )],
        ..script(
            "submission-open",
            "a submission is open, and the version is put into it",
            "submitted",
            SUBMIT,
        )
    },
    Script {
        after: After {
            lacks: &["description", "supportUrl"],
            ..PLAIN.after
        },
        ..script(
            "metadata-missing",
            "the version lacks texts that the reviewers want (409 with associated errors)",
            "withheld",
            SUBMIT,
        )
    },
    Script {
        faults: &[at_item(Harm::Say(
            409,
            "STATE_ERROR.ENTITY_STATE_INVALID",
            "You must declare whether your app is a personal service.",
        ))],
        ..script(
            "declaration-missing",
            "a declaration is missing that can be made on the web page alone (409)",
            "withheld",
            SUBMIT,
        )
    },
    Script {
        after: After {
            unanswered: &[
                ("ageRatingDeclarations", "socialMedia"),
                ("apps", "contentRightsDeclaration"),
            ],
            ..PLAIN.after
        },
        ..script(
            "questions-unanswered",
            "questions about the app's age rating and its content have no answer (409 with associated errors)",
            "withheld",
            SUBMIT,
        )
    },
    Script {
        faults: &[at_item(Harm::Say(
            409,
            "STATE_ERROR.SCREENSHOT_REQUIRED.APP_IPHONE_67",
            "App screenshot missing (APP_IPHONE_67).",
        ))],
        ..script(
            "screenshots-missing",
            "the version has no screenshots of a size that is needed (409)",
            "withheld",
            SUBMIT,
        )
    },
    Script {
        faults: &[at_item(Harm::Say(
            409,
            "STATE_ERROR",
            "You must have published answers to your app's data usages.",
        ))],
        ..script(
            "privacy-unanswered",
            "the answers on the app's privacy were never published (409)",
            "withheld",
            SUBMIT,
        )
    },
    Script {
        after: there(&[OLD, ("1.5.0", "PREPARE_FOR_SUBMISSION")], None),
        faults: &[first(
            &["change-version"],
            Harm::Say(
                409,
                "ENTITY_ERROR.RELATIONSHIP.INVALID",
                "The specified pre-release build could not be added.",
            ),
        )],
        ..script(
            "build-not-added-at-first",
            "the version does not take the build for a moment (409)",
            "submitted",
            SUBMIT,
        )
    },
    Script {
        faults: &[Fault {
            at: &["change-submission"],
            when: When::Times(&[1, 2]),
            harm: Harm::Say(
                409,
                "STATE_ERROR.INVALID_STATE",
                "Version is not ready to be submitted yet.",
            ),
        }],
        ..script(
            "version-not-ready",
            "the version can't be submitted for a moment after it was put into the submission (409)",
            "submitted",
            SUBMIT,
        )
    },
    Script {
        after: there(&[], None),
        ..script(
            "first-version",
            "the app was never in the App Store, so nothing is new in it",
            "submitted",
            &["--submit-to-app-store", "--app-store-whats-new=New"],
        )
    },
    Script {
        after: After {
            verdict: "REJECTED",
            ..PLAIN.after
        },
        ..script(
            "review-rejects",
            "the reviewers reject the version, which only later looks find",
            "submitted",
            SUBMIT,
        )
    },
    Script {
        role: Role::Developer,
        ..script(
            "developer-key-submits",
            "the key uploads, but may not submit (403); that is found before the upload",
            "refused",
            SUBMIT,
        )
    },
    Script {
        faults: &[
            first(&["make-version"], Harm::LostAnswer),
            first(&["make-phased"], Harm::DoneBut(502)),
            first(&["make-submission"], Harm::LostAnswer),
            first(&["add-item"], Harm::DoneBut(504)),
            first(&["change-submission"], Harm::LostAnswer),
        ],
        ..script(
            "store-answers-lost",
            "all that is done for the store is done, but the answers get lost",
            "submitted",
            &["--submit-to-app-store", "--phased-release"],
        )
    },
];
