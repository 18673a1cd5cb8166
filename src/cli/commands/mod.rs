//! One file a command: what can be typed for it, and what it does. A command is its file and its row here.

mod annotate;
mod cancel;
mod cleanup;
pub mod completions;
mod distribute;
mod doctor;
mod explain;
mod export;
mod finish;
mod next_build_number;
mod on_path;
mod preflight;
mod release;
mod sandbox;
mod ship;
mod status;
mod submit;
mod upload;
mod verify;
mod wait;
mod webhook;

use std::process::ExitCode;

use clap::Subcommand;

use crate::cli::command::{Caller, Command};

macro_rules! commands {
    ($($(#[$said:meta])* $name:ident: $typed:ty,)*) => {
        /// What to do.
        #[derive(Debug, Subcommand)]
        pub enum Task {
            $($(#[$said])* $name(Box<$typed>),)*
        }

        impl Task {
            /// Does it.
            pub fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
                match self {
                    $(Self::$name(command) => command.run(caller),)*
                }
            }
        }
    };
}

// In the order of the help, which says these sentences.
commands! {
    /// Upload an .ipa or .pkg to App Store Connect, wait for Apple, and say what became of it
    Ship: ship::Ship,
    /// Look into an .ipa, .pkg or .xcarchive for what Apple would refuse; nothing is sent
    Preflight: preflight::Preflight,
    /// Upload an .ipa or .pkg and leave the rest to `finish`: the same as `ship --wait none`
    Upload: upload::Upload,
    /// Carry on with an upload where its receipt says that it stopped, on any machine
    Finish: finish::Finish,
    /// Give a build to testers: what `finish` does for them, and no more
    Distribute: distribute::Distribute,
    /// Submit a build to the App Store: what `finish --submit-to-app-store` does for it, and no more
    Submit: submit::Submit,
    /// Wait until a build can be tested outside of the team, or a version is approved or live
    Wait: wait::Wait,
    /// Tell how far a build, its reviews and its version in the App Store are
    Status: status::Status,
    /// Release an approved version, or pause, resume or complete its phased release
    Release: release::Release,
    /// Take the submission of a version back
    Cancel: cancel::Cancel,
    /// Print the next free build number
    NextBuildNumber: next_build_number::NextBuildNumber,
    /// Undo what runs left that were killed, by the journals that they left
    Cleanup: cleanup::Cleanup,
    /// Sign and export an .xcarchive with Xcode, and leave the Mac as it was
    Export: export::Export,
    /// Look the machine, the certificates and the profiles over before a build; nothing is changed
    Doctor: doctor::Doctor,
    /// Check that the API key is set up, and, with a package, that it would go through
    Verify: verify::Verify,
    /// Have Apple call an address when something happens: create, list, ping or verify-signature
    Webhook: webhook::Webhook,
    /// Say what a code or message of Apple's means and how to mend it; works offline
    Explain: explain::Explain,
    /// Turn the log of any tool into annotations, a summary and a report
    Annotate: annotate::Annotate,
    /// Serve an App Store Connect of our own on this machine, for trying things out
    Sandbox: sandbox::Sandbox,
    /// Put the program on the path of a workflow's later steps
    #[command(hide = true)]
    Setup: on_path::OnPath,
    /// Print the completions of a shell, or the manual page
    #[command(hide = true)]
    Completions: completions::Completions,
}
