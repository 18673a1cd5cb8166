//! Why a tool did not do what it was called for.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::apple::toolbox::Tool;
use crate::secret::typed;

/// A tool did not do what it was called for. What is shown of it has no secret in it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such tool.
    #[error("there is no {}", typed::path(path))]
    Missing {
        /// Which one.
        tool: Tool,
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The system did not start it.
    #[error("{tool} could not be started")]
    NotStarted {
        /// Which one.
        tool: Tool,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Its time was over.
    #[error("`{shown}` did not end within {} seconds", limit.as_secs())]
    TimedOut {
        /// Which one.
        tool: Tool,
        /// The call, without secrets.
        shown: String,
        /// Its time.
        limit: Duration,
    },
    /// It ended with a status that says no.
    #[error("`{shown}` ended with {code}{}", saying(said))]
    Failed {
        /// Which one.
        tool: Tool,
        /// The call, without secrets.
        shown: String,
        /// The status.
        code: i32,
        /// What it said, without secrets.
        said: String,
    },
    /// A signal ended it.
    #[error("`{shown}` was ended by a signal")]
    Killed {
        /// Which one.
        tool: Tool,
        /// The call, without secrets.
        shown: String,
    },
    /// It takes commands line by line, and this one does not fit into a line.
    #[error("{what} can't be handed to {tool}: {why}")]
    Unspeakable {
        /// Which one.
        tool: Tool,
        /// What does not fit.
        what: &'static str,
        /// Why it does not.
        why: &'static str,
    },
    /// Its answer makes no sense.
    #[error("`{shown}` gave an answer that makes no sense: {said}")]
    Strange {
        /// Which one.
        tool: Tool,
        /// The call, without secrets.
        shown: String,
        /// The answer, without secrets.
        said: String,
    },
}

/// What is said where only the command line tools are chosen, or no Xcode.
const SIGNS_OF_NO_XCODE: &[&str] = &["requires Xcode", "xcode-select", "unable to find utility"];

/// What `security` ends with where it would have to ask a person (`errSecInteractionNotAllowed`, -25308), and
/// what it says then.
const NOBODY_THERE: (i32, &str) = (36, "interaction is not allowed");

impl Error {
    /// Whether `security` wanted to ask a person by a window, and the session has none.
    pub fn is_a_window_for_nobody(&self) -> bool {
        match self {
            Self::Failed {
                tool: Tool::Security,
                code,
                said,
                ..
            } => *code == NOBODY_THERE.0 || said.to_lowercase().contains(NOBODY_THERE.1),
            Self::Failed { .. }
            | Self::Missing { .. }
            | Self::NotStarted { .. }
            | Self::TimedOut { .. }
            | Self::Killed { .. }
            | Self::Unspeakable { .. }
            | Self::Strange { .. } => false,
        }
    }

    /// Whether the tool says that no whole Xcode is chosen, which passes by itself never.
    pub fn is_no_xcode(&self) -> bool {
        let said = match self {
            Self::Failed { said, .. } => said,
            Self::Missing { .. }
            | Self::NotStarted { .. }
            | Self::TimedOut { .. }
            | Self::Killed { .. }
            | Self::Unspeakable { .. }
            | Self::Strange { .. } => return false,
        };
        SIGNS_OF_NO_XCODE.iter().any(|sign| said.contains(sign))
    }

    /// The status that the tool ended with, where it ended by itself.
    pub fn code(&self) -> Option<i32> {
        match self {
            Self::Failed { code, .. } => Some(*code),
            Self::Missing { .. }
            | Self::NotStarted { .. }
            | Self::TimedOut { .. }
            | Self::Killed { .. }
            | Self::Unspeakable { .. }
            | Self::Strange { .. } => None,
        }
    }
}

fn saying(said: &str) -> String {
    match said {
        "" => String::new(),
        said => format!(": {said}"),
    }
}
