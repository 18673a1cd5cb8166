//! What holds where nothing was typed: each once, with its unit and its reason. The help texts are made
//! from these; `just readme` carries them into `action.yml` and the README.

use std::time::Duration;

use crate::plan::{Pace, PreflightLevel, Until};
use crate::preflight::Channel;
use crate::signing::options::Method;

/// Apple's API for App Store Connect. It has one address for the whole world.
pub const ASC_URL: &str = "https://api.appstoreconnect.apple.com/";

/// How long the whole run may take: longer than all of Apple's patience and a slow line together, and within
/// the six hours after which GitHub ends a job without a word.
pub const TIMEOUT: Duration = Duration::from_secs(5 * 60 * 60);

/// How long a connection may be silent before it is dropped and tried again. A slow line moves something
/// within it, and a dead one is noticed soon.
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// Parts on their way at a time: enough to fill a line whose answers come 200 ms late (`just bench`), and
/// each takes memory.
pub const CONCURRENCY: usize = 6;

/// What is waited for: whether the build can be tested is what people want to know.
pub const WAIT: Until = Until::Processed;

/// What becomes of errors that are found before the upload: Apple would refuse the build too, later.
pub const PREFLIGHT: PreflightLevel = PreflightLevel::Error;

/// Where a build goes: every build can go to the store later, and what the store alone refuses is a beta of Xcode.
pub const CHANNEL: Channel = Channel::TestFlight;

/// Whether warnings count as errors.
pub const STRICT: bool = false;

/// How long after the last byte the build may take to appear. It takes Apple minutes; Codemagic's
/// limit is the same.
pub const APPEAR_TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// How long Apple may take to process the build from then on. Half an hour is much, and hours
/// happen; Codemagic's limit is the same.
pub const PROCESSING_TIMEOUT: Duration = Duration::from_secs(2 * 60 * 60);

/// How often Apple is asked: often at first, because most builds that fail do so within seconds, then
/// at this pace, which stays far from Apple's limit on calls.
pub const POLL_INTERVAL: Pace = Pace::Easing(Duration::from_secs(30));

/// How often the sandbox is asked: its work moves on when it is asked, so pauses would only be slow.
pub const REHEARSAL_POLL_INTERVAL: Pace = Pace::Exact(Duration::from_millis(200));

/// How long the sandbox may take for anything: it does what it does at once, or never.
pub const REHEARSAL_PATIENCE: Duration = Duration::from_secs(12);

/// How long a connection to the sandbox may be silent.
pub const REHEARSAL_IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// How the sandbox behaves: as Apple does on a good day.
pub const SCENARIO: &str = "succeeds";

/// Where `jetway sandbox` listens: this machine alone, on whatever port is free.
pub const LISTEN: &str = "127.0.0.1:0";

/// Whether the pull request gets a comment. Whoever gives a token wants one.
pub const PR_COMMENT: bool = true;

/// Whether changes are suggested beside the comment: only lines that the pull request changes get one.
pub const PR_SUGGESTIONS: bool = true;

/// Whether the commit gets a status. Whoever gives a token wants one.
pub const COMMIT_STATUS: bool = true;

/// Whether a check run is made: it needs one more permission, and says what the comment says.
pub const CHECK_RUN: bool = false;

/// Whether a run that would be skipped rehearses: nobody takes a rehearsal for an upload unasked.
pub const REHEARSE: bool = false;

/// Whether the sandbox takes Apple's place.
pub const SANDBOX: bool = false;

/// What a run without a key does: it is skipped where GitHub gives no secrets, and fails elsewhere, for
/// there somebody forgot the key.
pub const ON_MISSING_SECRETS: &str = "auto";

/// How `jetway explain` prints: for a person at a terminal.
pub const FORMAT: &str = "text";

/// What an archive is exported for: what is shipped goes to App Store Connect.
pub const EXPORT_METHOD: Method = Method::AppStoreConnect;

/// Whether Xcode signs in the cloud. It leaves certificates behind at Apple and wants an Admin's key, so
/// nobody gets it unasked.
pub const CLOUD_SIGNING: bool = false;

/// Whether Apple's own tool uploads: the API tells more, and runs anywhere.
pub const ALTOOL: bool = false;

/// Where what is exported stays, below the working directory.
pub const OUTPUT: &str = "jetway-export";

/// How long one call of a tool may take. An export of a large app takes minutes, and one that waits for a
/// window nobody sees takes for ever.
pub const TOOL_TIMEOUT: Duration = Duration::from_secs(30 * 60);

/// What a webhook is called.
pub const WEBHOOK_NAME: &str = "jetway";

/// Whether texts that are too long are cut: a note without its end is worse than a word before the upload.
pub const TRIM_WHATS_NEW: bool = false;
