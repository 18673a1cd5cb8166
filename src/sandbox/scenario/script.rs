//! All that a scenario decides, as data.

use crate::sandbox::scenario::course::{Course, GOOD};
use crate::sandbox::scenario::fault::Fault;

/// A scenario, as it is listed.
#[derive(Clone, Copy, Debug)]
pub struct ScenarioInfo {
    /// The name to ask for it by.
    pub name: &'static str,
    /// What happens, in one line.
    pub what: &'static str,
    /// How a ship run of the demo IPA is expected to end: the word for the outcome in reports.
    pub ends: &'static str,
    /// The options that the ship run needs beside those of every run, to come to what the scenario is about.
    pub asks: &'static [&'static str],
}

/// All that a scenario decides.
pub(in super::super) struct Script {
    pub(in super::super) info: ScenarioInfo,
    /// Which app records the key can see.
    pub(in super::super) apps: Apps,
    /// What the key may do.
    pub(in super::super) role: Role,
    /// What Apple already has of the version that the client comes with.
    pub(in super::super) held: Held,
    /// Whether another run reserves the same build a moment before the client does.
    pub(in super::super) rival: bool,
    /// How files are cut into parts.
    pub(in super::super) cutting: Cutting,
    /// What becomes of a committed upload.
    pub(in super::super) course: &'static Course,
    /// Requests that come to harm.
    pub(in super::super) faults: &'static [Fault],
    /// Seconds by which Apple's clock is off.
    pub(in super::super) clock: i64,
    /// How often a token is taken before it is refused.
    pub(in super::super) token_uses: Option<u32>,
    /// Whether answers hold fields, words and nulls that nobody has seen yet.
    pub(in super::super) strange: bool,
    /// How many reads a committed file stays `UPLOAD_COMPLETE`.
    pub(in super::super) settling: u32,
    /// Seconds that a part's address is good for.
    pub(in super::super) part_lifetime: i64,
    /// Whether addresses that have run out are signed anew when the file is read.
    pub(in super::super) signs_anew: bool,
    /// What the account holds for what comes after the upload.
    pub(in super::super) after: After,
}

/// What the account holds for what comes after the upload.
#[derive(Clone, Copy)]
pub(in super::super) struct After {
    /// Fields of the test information and the review contact that are empty.
    pub(in super::super) blank: &'static [&'static str],
    /// The look at a build's notes at which Apple has made the first language of them.
    pub(in super::super) localized_at: u32,
    /// Whether an older build of the same version is in beta review.
    pub(in super::super) other_in_review: bool,
    /// The App Store versions that are there, as version string and `appVersionState`.
    pub(in super::super) versions: &'static [(&'static str, &'static str)],
    /// The review submission that the last of them is in, by its state.
    pub(in super::super) submission: Option<&'static str>,
    /// Whether that submission has other things in it, and no version.
    pub(in super::super) items_only: bool,
    /// So many looks after a version was made it can be found.
    pub(in super::super) version_shows_at: u32,
    /// The fields of the version's languages that are empty.
    pub(in super::super) lacks: &'static [&'static str],
    /// What is asked about the app and was not answered, as type of resource and field.
    pub(in super::super) unanswered: &'static [(&'static str, &'static str)],
    /// How the review ends: `APPROVED` or `REJECTED`.
    pub(in super::super) verdict: &'static str,
    /// So many days the first certificate and profile are good for.
    pub(in super::super) expires_in: i64,
}

/// What the key may do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Role {
    /// Everything.
    Admin,
    /// All but listing users.
    AppManager,
    /// Uploads, but lists neither users nor certificates.
    Developer,
    /// Looks on; may not reserve uploads either.
    Onlooker,
}

/// Which app records the key can see.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Apps {
    /// Some, and one for each bundle id asked for.
    AsAsked,
    /// Some, but never the one asked for.
    Others,
    /// None.
    Nothing,
    /// As asked, among so many of a similar bundle id that the list has several pages.
    Crowd,
    /// As `Crowd`, and the address of the next page is on another host.
    CrowdElsewhere,
}

/// What Apple already has of the version that the client comes with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Held {
    /// Nothing but what this sandbox was sent.
    Nothing,
    /// A build of a lower version with a higher number.
    HigherElsewhere,
    /// A build of a lower version with a lower number.
    LowerElsewhere,
    /// The same, and its signature claims push and HealthKit.
    MoreClaimed,
    /// Builds of other bytes with this number and the next three.
    OtherBuild,
    /// The same, but the lists do not show them; only reserving tells.
    OtherBuildUnlisted,
    /// An open reservation for a file of another size.
    OtherReservation,
    /// An open reservation for the demo IPA, with a right part and a damaged one.
    DemoInterrupted,
    /// The demo IPA, accepted and processed.
    DemoAccepted,
}

/// How files are cut into parts.
#[derive(Clone, Copy)]
pub(in super::super) enum Cutting {
    /// Parts of this many bytes, the last one the rest.
    Even(u64),
    /// Parts of very different sizes, from one byte up.
    Odd,
}

pub(in super::super) const PLAIN: Script = Script {
    info: ScenarioInfo {
        name: "succeeds",
        what: "Apple takes the upload, makes a build of it and processes it",
        ends: "processed",
        asks: &[],
    },
    apps: Apps::AsAsked,
    held: Held::Nothing,
    rival: false,
    cutting: Cutting::Even(5 * 1024 * 1024),
    course: &GOOD,
    role: Role::AppManager,
    faults: &[],
    clock: 0,
    token_uses: None,
    strange: false,
    settling: 0,
    part_lifetime: 604_800,
    signs_anew: false,
    after: After {
        blank: &[],
        localized_at: 1,
        other_in_review: false,
        versions: &[("0.9.0", "READY_FOR_DISTRIBUTION")],
        submission: None,
        items_only: false,
        version_shows_at: 0,
        lacks: &[],
        unanswered: &[],
        verdict: "APPROVED",
        expires_in: 300,
    },
};

pub(in super::super) const fn info(
    name: &'static str,
    what: &'static str,
    ends: &'static str,
) -> ScenarioInfo {
    ScenarioInfo {
        name,
        what,
        ends,
        asks: &[],
    }
}
