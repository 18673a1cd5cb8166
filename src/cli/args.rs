//! What can be typed. Nothing is decided here: every value stays text until `inputs` reads it, so
//! that an empty variable counts as not given and every problem is told in one go. What holds where
//! nothing was typed is added by [`help`].

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Arg, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::cli::help;

/// What a yes-or-no option takes.
const BOOL: &str = "BOOL";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "jetway",
    version,
    about,
    max_term_width = 100,
    after_help = help::EXIT_CODES
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Task,
    /// How much is said.
    #[command(flatten)]
    pub volume: Volume,
}

/// How much is said.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Volume {
    /// Say more: each call to App Store Connect
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Say less: findings and the outcome alone
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

impl Arguments {
    /// Reads the command line. What is no use of it is an error, and so is asking for help.
    pub fn read(arguments: impl Iterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut command = Self::whole();
        let matches = command.try_get_matches_from_mut(arguments)?;
        Self::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
    }
}

impl Arguments {
    /// All that can be typed, with what holds where nothing was.
    pub fn whole() -> clap::Command {
        Self::command().mut_subcommands(|task| {
            task.mut_args(|argument| help::with_default(bare_switch(argument)))
        })
    }
}

/// A yes-or-no option says yes where it stands alone, and takes its value by `=` only, so that no
/// path behind it is read as one.
fn bare_switch(argument: Arg) -> Arg {
    // A value that is shown with the help may be a key in the wrong place.
    let argument = argument.hide_env_values(true);
    let takes = argument.get_value_names().unwrap_or_default();
    if !takes.iter().any(|name| name == BOOL) {
        return argument;
    }
    argument
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value("true")
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Upload an .ipa or .pkg to App Store Connect, wait for Apple, and say what became of it
    Ship(Box<Ship>),
    /// Look into an .ipa, .pkg or .xcarchive for what Apple would refuse; nothing is sent
    Preflight(Preflight),
    /// Upload an .ipa or .pkg and leave the rest to `finish`: the same as `ship --wait none`
    Upload(Box<Ship>),
    /// Carry on with an upload where its receipt says that it stopped, on any machine
    Finish(Box<Finish>),
    /// Give a build to testers: what `finish` does for them, and no more
    Distribute(Box<Finish>),
    /// Submit a build to the App Store: what `finish --submit-to-app-store` does for it, and no more
    Submit(Box<Finish>),
    /// Wait until a build can be tested outside of the team, or a version is approved or live
    Wait(Box<Wait>),
    /// Tell how far a build, its reviews and its version in the App Store are
    Status(Box<Target>),
    /// Release an approved version, or pause, resume or complete its phased release
    Release(Box<Release>),
    /// Take the submission of a version back
    Cancel(Box<Target>),
    /// Print the next free build number
    NextBuildNumber(Box<Target>),
    /// Undo what runs left that were killed, by the journals that they left
    Cleanup(Cleanup),
    /// Sign and export an .xcarchive with Xcode, and leave the Mac as it was
    Export(Box<Export>),
    /// Look the machine, the certificates and the profiles over before a build; nothing is changed
    Doctor(Box<Doctor>),
    /// Check that the API key is set up, and, with a package, that it would go through
    Verify(Verify),
    /// Have Apple call an address when something happens: create, list, ping or verify-signature
    Webhook(Box<Webhook>),
    /// Say what a code or message of Apple's means and how to mend it; works offline
    Explain(Explain),
    /// Turn the log of any tool into annotations, a summary and a report
    Annotate(Annotate),
    /// Serve an App Store Connect of our own on this machine, for trying things out
    Sandbox(Sandbox),
    /// Put the program on the path of a workflow's later steps
    #[command(hide = true)]
    Setup,
    /// Print the completions of a shell, or the manual page
    #[command(hide = true)]
    Completions(Completions),
}

/// `jetway completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// bash, zsh, fish or man
    #[arg(value_name = "SHELL")]
    pub shell: String,
}

/// The heading of what concerns the package on its way.
const UPLOAD: &str = "Upload";

/// `jetway ship`
#[derive(Debug, Args)]
#[command(after_help = help::SHIP)]
pub struct Ship {
    /// The .ipa or .pkg to upload, an .xcarchive to export first, or a pattern that one file matches; with --sandbox a demo app is made when it is left out
    #[arg(value_name = "PATH", env = "JETWAY_PATH", value_parser = path())]
    pub path: Option<PathBuf>,
    /// Check key, app, build number and package, and send nothing
    #[arg(long, value_name = BOOL, env = "JETWAY_DRY_RUN")]
    pub dry_run: Option<String>,
    #[command(flatten)]
    pub account: Account,
    /// What to do about what Apple would refuse, before the upload: off, warn or error
    #[arg(long, value_name = "LEVEL", env = "JETWAY_PREFLIGHT", help_heading = UPLOAD)]
    pub preflight: Option<String>,
    /// Send nothing unless the package has this SHA-256
    #[arg(long, value_name = "HASH", env = "JETWAY_EXPECTED_SHA256")]
    pub expected_sha256: Option<String>,
    #[command(flatten)]
    pub waiting: Waiting,
    /// How many parts travel at a time
    #[arg(long, value_name = "N", env = "JETWAY_CONCURRENCY", help_heading = UPLOAD)]
    pub concurrency: Option<String>,
    /// Write a receipt to this file, by which `jetway finish` carries on from any machine
    #[arg(long, value_name = "FILE", env = "JETWAY_RECEIPT", value_parser = path(), help_heading = UPLOAD)]
    pub receipt: Option<PathBuf>,
    #[command(flatten)]
    pub archive: Archive,
    #[command(flatten)]
    pub altool: Altool,
    #[command(flatten)]
    pub distribution: Distribution,
    #[command(flatten)]
    pub store: Store,
    #[command(flatten)]
    pub reporting: Reporting,
    #[command(flatten)]
    pub pull_request: PullRequest,
    #[command(flatten)]
    pub missing_secrets: MissingSecrets,
    #[command(flatten)]
    pub rehearsal: Rehearsal,
}

/// `jetway preflight`
#[derive(Debug, Args)]
#[command(
    after_help = "Limits: 400,000 files; of property lists 2 MiB each and 400,000 values in all; \
profiles of 8 MiB; 24 MiB of signature and 4 MiB of load commands in each piece of code. Hashes of single files \
are compared in packages of up to 96 MiB unpacked. What is beyond is not looked at."
)]
pub struct Preflight {
    /// The .ipa, .pkg or .xcarchive to look into
    #[arg(value_name = "PATH", env = "JETWAY_PATH", value_parser = path())]
    pub path: Option<PathBuf>,
    /// Where the build goes: testflight or app-store
    #[arg(long, value_name = "WHERE", env = "JETWAY_CHANNEL")]
    pub channel: Option<String>,
    /// Leave out findings of these codes; jetway.toml can do it with a reason
    #[arg(
        long,
        value_name = "CODE",
        env = "JETWAY_IGNORE",
        value_delimiter = ','
    )]
    pub ignore: Vec<String>,
    /// Count warnings as errors
    #[arg(long, value_name = BOOL, env = "JETWAY_STRICT")]
    pub strict: Option<String>,
    /// Fail unless the package has this SHA-256
    #[arg(long, value_name = "HASH", env = "JETWAY_EXPECTED_SHA256")]
    pub expected_sha256: Option<String>,
    /// How to print: text, table, json or sarif
    #[arg(long, value_name = "FORMAT", env = "JETWAY_FORMAT")]
    pub format: Option<String>,
    #[command(flatten)]
    pub account: Account,
    #[command(flatten)]
    pub reporting: Reporting,
    #[command(flatten)]
    pub rehearsal: Rehearsal,
}

/// `jetway finish`
#[derive(Debug, Args)]
pub struct Finish {
    /// The receipt that `ship --receipt` wrote
    #[arg(value_name = "RECEIPT", env = "JETWAY_RECEIPT", value_parser = path())]
    pub receipt: Option<PathBuf>,
    /// The build in App Store Connect, in place of a receipt
    #[arg(long, value_name = "ID", env = "JETWAY_BUILD_ID")]
    pub build_id: Option<String>,
    /// The upload in App Store Connect, as a webhook names it
    #[arg(long, value_name = "ID", env = "JETWAY_BUILD_UPLOAD_ID")]
    pub build_upload_id: Option<String>,
    #[command(flatten)]
    pub named: Named,
    #[command(flatten)]
    pub account: Account,
    #[command(flatten)]
    pub waiting: Waiting,
    #[command(flatten)]
    pub distribution: Distribution,
    #[command(flatten)]
    pub store: Store,
    #[command(flatten)]
    pub reporting: Reporting,
    #[command(flatten)]
    pub pull_request: PullRequest,
}

/// A build or version by its names, in place of a receipt.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which build, in place of a receipt")]
pub struct Named {
    /// The app's bundle identifier
    #[arg(long, value_name = "ID", env = "JETWAY_BUNDLE_ID")]
    pub bundle_id: Option<String>,
    /// The version that people see; left out, the newest
    #[arg(long, value_name = "VERSION", env = "JETWAY_MARKETING_VERSION")]
    pub marketing_version: Option<String>,
    /// The build number; left out, the newest
    #[arg(long, value_name = "NUMBER", env = "JETWAY_BUILD_NUMBER")]
    pub build_number: Option<String>,
    /// The platform: ios, tvos, macos or visionos
    #[arg(long, value_name = "PLATFORM", env = "JETWAY_PLATFORM")]
    pub platform: Option<String>,
}

/// A build or version that is at Apple, and where the answer is told.
#[derive(Debug, Args)]
pub struct Target {
    /// The receipt that `ship --receipt` wrote, or the options that name the app
    #[arg(value_name = "RECEIPT", env = "JETWAY_RECEIPT", value_parser = path())]
    pub receipt: Option<PathBuf>,
    #[command(flatten)]
    pub named: Named,
    #[command(flatten)]
    pub account: Account,
    #[command(flatten)]
    pub waiting: Waiting,
    #[command(flatten)]
    pub reporting: Reporting,
    #[command(flatten)]
    pub pull_request: PullRequest,
    #[command(flatten)]
    pub rehearsal: Rehearsal,
}

/// `jetway wait`
#[derive(Debug, Args)]
pub struct Wait {
    /// What to wait for: in-testing, approved or live; a rejection ends it
    #[arg(long, value_name = "STATE", env = "JETWAY_UNTIL")]
    pub until: Option<String>,
    #[command(flatten)]
    pub target: Target,
}

/// `jetway release`
#[derive(Debug, Args)]
pub struct Release {
    /// Instead of releasing: pause, resume or complete the phased release
    #[arg(long, value_name = "WHAT", env = "JETWAY_PHASED")]
    pub phased: Option<String>,
    #[command(flatten)]
    pub target: Target,
}

/// `jetway cleanup`
#[derive(Debug, Args)]
pub struct Cleanup {
    #[command(flatten)]
    pub account: Account,
    #[command(flatten)]
    pub reporting: Reporting,
}

/// `jetway export`
#[derive(Debug, Args)]
pub struct Export {
    /// The .xcarchive to export
    #[arg(value_name = "ARCHIVE", env = "JETWAY_PATH", value_parser = path())]
    pub path: Option<PathBuf>,
    #[command(flatten)]
    pub archive: Archive,
    #[command(flatten)]
    pub account: Account,
    #[command(flatten)]
    pub reporting: Reporting,
}

/// `jetway doctor`
#[derive(Debug, Args)]
pub struct Doctor {
    /// The .xcarchive or .xcodeproj whose bundles need profiles
    #[arg(value_name = "PATH", env = "JETWAY_PATH", value_parser = path())]
    pub path: Option<PathBuf>,
    /// Ask nobody outside of this machine
    #[arg(long, value_name = BOOL, env = "JETWAY_OFFLINE")]
    pub offline: Option<String>,
    /// How to print: text or json
    #[arg(long, value_name = "FORMAT", env = "JETWAY_FORMAT")]
    pub format: Option<String>,
    #[command(flatten)]
    pub archive: Archive,
    #[command(flatten)]
    pub account: Account,
    #[command(flatten)]
    pub reporting: Reporting,
}

/// What an archive is signed and exported with. Certificates and their passwords come by JETWAY_CERTIFICATE
/// and JETWAY_CERTIFICATE_PASSWORD.
#[derive(Debug, Args)]
#[command(next_help_heading = "Signing and exporting an archive, on a Mac")]
pub struct Archive {
    /// The .p12 file to sign with; several, one a line. Its base64 comes by the variable alone
    #[arg(
        long,
        value_name = "FILE",
        env = "JETWAY_CERTIFICATE",
        hide_env_values = true
    )]
    pub certificate: Option<String>,
    /// The provisioning profiles, as paths or base64, one a line
    #[arg(
        long,
        value_name = "FILE",
        env = "JETWAY_PROVISIONING_PROFILE",
        hide_env_values = true
    )]
    pub provisioning_profile: Option<String>,
    /// Who signs: manual, with these, or cloud, where Xcode does with the API key
    #[arg(long, value_name = "HOW", env = "JETWAY_SIGNING")]
    pub signing: Option<String>,
    /// What an archive is exported for: app-store-connect, release-testing, debugging, enterprise or developer-id
    #[arg(long, value_name = "METHOD", env = "JETWAY_EXPORT_METHOD")]
    pub export_method: Option<String>,
    /// An ExportOptions.plist of your own; its keys stand over ours
    #[arg(long, value_name = "FILE", env = "JETWAY_EXPORT_OPTIONS", value_parser = path())]
    pub export_options: Option<PathBuf>,
    /// The directory that keeps what is exported
    #[arg(long, value_name = "DIR", env = "JETWAY_OUTPUT", value_parser = path())]
    pub output: Option<PathBuf>,
    /// The Xcode to use, such as /Applications/Xcode_26.4.app
    #[arg(long, value_name = "DIR", env = "JETWAY_DEVELOPER_DIR", value_parser = path())]
    pub developer_dir: Option<PathBuf>,
    /// How long one of Apple's tools may take
    #[arg(long, value_name = "TIME", env = "JETWAY_TOOL_TIMEOUT")]
    pub tool_timeout: Option<String>,
    /// Stand-ins for Apple's tools, in tests and rehearsals
    #[arg(long, value_name = "DIR", env = "JETWAY_TOOLS_DIR", value_parser = path(), hide = true)]
    pub tools_dir: Option<PathBuf>,
}

/// Apple's own tool in place of the API, on a Mac. The password comes by JETWAY_APP_SPECIFIC_PASSWORD alone.
#[derive(Debug, Args)]
#[command(next_help_heading = "Upload by altool (legacy, on a Mac)")]
pub struct Altool {
    /// How the package travels: rest, by the API, or altool, by Apple's own tool
    #[arg(long, value_name = "ENGINE", env = "JETWAY_UPLOAD_ENGINE")]
    pub upload_engine: Option<String>,
    /// The Apple Account that uploads by altool where there is no API key
    #[arg(long, value_name = "EMAIL", env = "JETWAY_APPLE_ID")]
    pub apple_id: Option<String>,
    /// The app's number in the App Store, where nobody can be asked for it
    #[arg(long, value_name = "NUMBER", env = "JETWAY_APP_ID")]
    pub app_id: Option<String>,
    /// The public id of the provider, where the Apple Account has several
    #[arg(long, value_name = "UUID", env = "JETWAY_PROVIDER_PUBLIC_ID")]
    pub provider_public_id: Option<String>,
}

/// `jetway verify`
#[derive(Debug, Args)]
#[command(after_help = help::VERIFY)]
pub struct Verify {
    /// A package to check too: its app, its build number, and the file itself
    #[arg(value_name = "PATH", env = "JETWAY_PATH", value_parser = path())]
    pub path: Option<PathBuf>,
    /// What the key is wanted for, between commas: upload, testflight, appstore, certificates
    #[arg(long = "for", value_name = "WHAT", env = "JETWAY_FOR")]
    pub purposes: Option<String>,
    /// Tell the certificates, profiles and builds too, and fail where one ends within this time, such as 30d
    #[arg(long, value_name = "TIME", env = "JETWAY_EXPIRING")]
    pub expiring: Option<String>,
    /// How to print: text or json
    #[arg(long, value_name = "FORMAT", env = "JETWAY_FORMAT")]
    pub format: Option<String>,
    #[command(flatten)]
    pub account: Account,
    #[command(flatten)]
    pub reporting: Reporting,
    #[command(flatten)]
    pub rehearsal: Rehearsal,
}

/// `jetway webhook`. The secret comes by JETWAY_WEBHOOK_SECRET alone.
#[derive(Debug, Args)]
#[command(after_help = help::WEBHOOK)]
pub struct Webhook {
    /// What to do: create, list, ping or verify-signature
    #[arg(value_name = "ACTION")]
    pub action: String,
    /// With verify-signature: the body as it came; - reads standard input
    #[arg(value_name = "BODY", value_parser = path())]
    pub body: Option<PathBuf>,
    /// The app's bundle identifier
    #[arg(long, value_name = "ID", env = "JETWAY_BUNDLE_ID")]
    pub bundle_id: Option<String>,
    /// With create: the https address that Apple calls
    #[arg(long, value_name = "URL", env = "JETWAY_WEBHOOK_URL")]
    pub url: Option<String>,
    /// With create: its name
    #[arg(long, value_name = "NAME", env = "JETWAY_WEBHOOK_NAME")]
    pub name: Option<String>,
    /// With create: what for, of build-upload, beta, version, crash, screenshot
    #[arg(long, value_name = "EVENTS", env = "JETWAY_WEBHOOK_EVENTS")]
    pub events: Option<String>,
    /// With ping: which one, where there are several
    #[arg(long, value_name = "ID", env = "JETWAY_WEBHOOK_ID")]
    pub webhook_id: Option<String>,
    /// With verify-signature: what the header x-apple-signature holds
    #[arg(long, value_name = "SIGNATURE", env = "JETWAY_WEBHOOK_SIGNATURE")]
    pub signature: Option<String>,
    #[command(flatten)]
    pub account: Account,
    #[command(flatten)]
    pub reporting: Reporting,
    #[command(flatten)]
    pub rehearsal: Rehearsal,
}

/// `jetway explain`
#[derive(Debug, Args)]
#[command(after_help = help::EXPLAIN)]
pub struct Explain {
    /// Codes such as ITMS-90683, 90683 or -19232, a pasted message in quotes, or - to read one
    #[arg(
        value_name = "CODE",
        allow_negative_numbers = true,
        env = "JETWAY_CODES",
        value_delimiter = '\n'
    )]
    pub codes: Vec<String>,
    /// List every code that is known
    #[arg(long)]
    pub list: bool,
    /// How to print: text, markdown or json
    #[arg(long, value_name = "FORMAT", env = "JETWAY_FORMAT")]
    pub format: Option<String>,
}

/// `jetway annotate`
#[derive(Debug, Args)]
#[command(after_help = help::ANNOTATE)]
pub struct Annotate {
    /// The log of altool, xcodebuild, fastlane, Transporter or another tool, or a mail; - reads standard input
    #[arg(value_name = "LOG", env = "JETWAY_LOG", value_parser = path())]
    pub log: Option<PathBuf>,
    #[command(flatten)]
    pub reporting: Reporting,
    #[command(flatten)]
    pub pull_request: PullRequest,
}

/// `jetway sandbox`
#[derive(Debug, Args)]
pub struct Sandbox {
    /// The loopback address to listen on; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", env = "JETWAY_LISTEN")]
    pub listen: Option<String>,
    /// How it behaves; `list` prints the names
    #[arg(long, value_name = "NAME", env = "JETWAY_SCENARIO")]
    pub scenario: Option<String>,
}

/// Whose App Store Connect, and the key to it. The key's text comes by JETWAY_API_KEY alone.
#[derive(Debug, Args)]
#[command(next_help_heading = "App Store Connect")]
pub struct Account {
    /// The id of the App Store Connect API key
    #[arg(long, value_name = "ID", env = "JETWAY_API_KEY_ID")]
    pub api_key_id: Option<String>,
    /// The issuer id of the team; left out for an individual key
    #[arg(long, value_name = "ID", env = "JETWAY_API_ISSUER_ID")]
    pub api_issuer_id: Option<String>,
    /// The .p8 file, where the key is not in JETWAY_API_KEY
    #[arg(long, value_name = "FILE", env = "JETWAY_API_KEY_PATH", value_parser = path())]
    pub api_key_path: Option<PathBuf>,
    /// The address of App Store Connect's API
    #[arg(long, value_name = "URL", env = "JETWAY_ASC_URL")]
    pub asc_url: Option<String>,
    /// A connection on which nothing moves for this long is dropped and tried again
    #[arg(long, value_name = "TIME", env = "JETWAY_IDLE_TIMEOUT")]
    pub idle_timeout: Option<String>,
}

/// How long we stay.
#[derive(Debug, Args)]
#[command(next_help_heading = "Waiting for Apple")]
pub struct Waiting {
    /// What to wait for: none, accepted or processed
    #[arg(long, value_name = "WHAT", env = "JETWAY_WAIT")]
    pub wait: Option<String>,
    /// How long the build may take to appear after the upload
    #[arg(long, value_name = "TIME", env = "JETWAY_APPEAR_TIMEOUT")]
    pub appear_timeout: Option<String>,
    /// How long Apple may take to process the build once it has appeared
    #[arg(long, value_name = "TIME", env = "JETWAY_PROCESSING_TIMEOUT")]
    pub processing_timeout: Option<String>,
    /// How often to ask; obeyed as it is
    #[arg(long, value_name = "TIME", env = "JETWAY_POLL_INTERVAL")]
    pub poll_interval: Option<String>,
}

/// What is done for testers once Apple has processed the build; nothing of it unasked.
#[derive(Debug, Args)]
#[command(next_help_heading = "TestFlight")]
pub struct Distribution {
    /// TestFlight groups that get the build, by name or id, between commas
    #[arg(long, value_name = "GROUPS", env = "JETWAY_GROUPS")]
    pub groups: Option<String>,
    /// What to test: a text, a file, or a folder with one `<locale>.txt` a language
    #[arg(long, value_name = "TEXT", env = "JETWAY_WHATS_NEW")]
    pub whats_new: Option<String>,
    /// What to test: the titles of the commits since the last tag, by git
    #[arg(long, value_name = BOOL, env = "JETWAY_WHATS_NEW_FROM_GIT")]
    pub whats_new_from_git: Option<String>,
    /// Cut texts at the 4,000 characters that App Store Connect takes, instead of refusing them
    #[arg(long, value_name = BOOL, env = "JETWAY_TRIM_WHATS_NEW")]
    pub trim_whats_new: Option<String>,
    /// The answer to Apple's question on encryption, where Info.plist gives none
    #[arg(long, value_name = BOOL, env = "JETWAY_USES_NON_EXEMPT_ENCRYPTION")]
    pub uses_non_exempt_encryption: Option<String>,
    /// Whether TestFlight tells testers of the build; left out, it does as it is set to
    #[arg(long, value_name = BOOL, env = "JETWAY_NOTIFY_TESTERS")]
    pub notify_testers: Option<String>,
    /// Submit the build to the beta review, which outside testers need
    #[arg(long, value_name = BOOL, env = "JETWAY_SUBMIT_BETA_REVIEW")]
    pub submit_beta_review: Option<String>,
    /// Take another build of the version out of the beta review by ending its testing
    #[arg(long, value_name = BOOL, env = "JETWAY_REPLACE_BUILD_IN_REVIEW")]
    pub replace_build_in_review: Option<String>,
    /// End the testing of older builds once this one is given out; there is no way back
    #[arg(long, value_name = BOOL, env = "JETWAY_EXPIRE_PREVIOUS")]
    pub expire_previous: Option<String>,
}

/// What is done for the App Store once Apple has processed the build; nothing of it unasked.
#[derive(Debug, Args)]
#[command(next_help_heading = "App Store")]
pub struct Store {
    /// Submit the build to the App Store
    #[arg(long, value_name = BOOL, env = "JETWAY_SUBMIT_TO_APP_STORE")]
    pub submit_to_app_store: Option<String>,
    /// When the version comes out: MANUAL, AFTER_APPROVAL or SCHEDULED; left out, as it is set
    #[arg(long, value_name = "WHEN", env = "JETWAY_RELEASE_TYPE")]
    pub release_type: Option<String>,
    /// The soonest time of a SCHEDULED release: a whole hour with its zone, such as 2026-12-01T10:00:00+01:00
    #[arg(long, value_name = "TIME", env = "JETWAY_EARLIEST_RELEASE_DATE")]
    pub earliest_release_date: Option<String>,
    /// Whether the release reaches people over seven days; left out, as it is set
    #[arg(long, value_name = BOOL, env = "JETWAY_PHASED_RELEASE")]
    pub phased_release: Option<String>,
    /// The version's line with the year and the owner, such as 2026 Example Ltd
    #[arg(long, value_name = "TEXT", env = "JETWAY_COPYRIGHT")]
    pub copyright: Option<String>,
    /// What is new, for the App Store: a text, a file, or a folder with one `<locale>.txt` a language
    #[arg(long, value_name = "TEXT", env = "JETWAY_APP_STORE_WHATS_NEW")]
    pub app_store_whats_new: Option<String>,
    /// Take back a submission that is under way for another build
    #[arg(long, value_name = BOOL, env = "JETWAY_CANCEL_PREVIOUS_SUBMISSION")]
    pub cancel_previous_submission: Option<String>,
}

/// Where the run is told.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Reporting {
    /// A deadline for the whole run; 0 for none
    #[arg(long, value_name = "TIME", env = "JETWAY_TIMEOUT")]
    pub timeout: Option<String>,
    /// Write the report to this file, as JSON
    #[arg(long, value_name = "FILE", env = "JETWAY_REPORT", value_parser = path())]
    pub report: Option<PathBuf>,
}

/// What GitHub is told. The token comes by JETWAY_GITHUB_TOKEN alone.
#[derive(Debug, Args)]
#[command(next_help_heading = "GitHub (where JETWAY_GITHUB_TOKEN is set)")]
pub struct PullRequest {
    /// Keep one comment on the pull request
    #[arg(long, value_name = BOOL, env = "JETWAY_PR_COMMENT")]
    pub pr_comment: Option<String>,
    /// Suggest changes that are taken over with one click, on lines that the pull request changes
    #[arg(long, value_name = BOOL, env = "JETWAY_PR_SUGGESTIONS")]
    pub pr_suggestions: Option<String>,
    /// Set a commit status
    #[arg(long, value_name = BOOL, env = "JETWAY_COMMIT_STATUS")]
    pub commit_status: Option<String>,
    /// Make a check run with annotations at the end
    #[arg(long, value_name = BOOL, env = "JETWAY_CHECK_RUN")]
    pub check_run: Option<String>,
}

/// What happens where there is no key.
#[derive(Debug, Args)]
#[command(next_help_heading = "Without a key, without Apple")]
pub struct MissingSecrets {
    /// Without a key: fail, skip, or auto, which skips where GitHub gives no secrets
    #[arg(long, value_name = "WHAT", env = "JETWAY_ON_MISSING_SECRETS")]
    pub on_missing_secrets: Option<String>,
    /// Rehearse against the sandbox where the run would be skipped
    #[arg(long, value_name = BOOL, env = "JETWAY_REHEARSE")]
    pub rehearse: Option<String>,
}

/// The sandbox in place of Apple.
#[derive(Debug, Args)]
#[command(next_help_heading = "Without a key, without Apple")]
pub struct Rehearsal {
    /// Rehearse against the sandbox: no key, no network, no Apple
    #[arg(long, value_name = BOOL, env = "JETWAY_SANDBOX")]
    pub sandbox: Option<String>,
    /// How the sandbox behaves; `jetway sandbox --scenario list` prints the names
    #[arg(long, value_name = "NAME", env = "JETWAY_SCENARIO")]
    pub scenario: Option<String>,
}

/// The options of the commands that the action has inputs for, without their dashes.
pub fn inputs() -> Vec<String> {
    let command = Arguments::command();
    let tasks = command.get_subcommands();
    let options = tasks.flat_map(clap::Command::get_arguments);
    let names = options.filter_map(Arg::get_long).map(str::to_owned);
    // These are given by the environment alone.
    let secrets = ["api-key", "app-specific-password", "github-token"].map(str::to_owned);
    names.chain(secrets).collect()
}

/// A path that may be blank, as a variable is that a workflow maps without a value.
fn path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}
