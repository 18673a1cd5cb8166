//! Where the tools are, and what they see of the machine.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::host::process::Minder;
use crate::secret::Vault;

/// Where the system keeps its programs. A foreign `rsync` or `codesign` further down the user's own path
/// is not found before Apple's: `xcodebuild` starts the first `rsync` of `PATH`.
const SYSTEM_PATH: &str = "/usr/bin:/bin:/usr/sbin:/sbin";

/// What a tool may see of the environment beside its path: who runs it, where its files are, how it
/// speaks, and which Xcode is meant. All else stays with us.
pub const SEEN: &[&str] = &[
    "HOME",
    "USER",
    "LOGNAME",
    "TMPDIR",
    "LANG",
    "DEVELOPER_DIR",
    "__CF_USER_TEXT_ENCODING",
];

/// A tool of Apple's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Keychains.
    Security,
    /// Archives and exports.
    Xcodebuild,
    /// Starts a tool of the chosen Xcode.
    Xcrun,
    /// Uploads; it has no place in the system's own directory.
    Altool,
}

impl Tool {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Xcodebuild => "xcodebuild",
            Self::Xcrun => "xcrun",
            Self::Altool => "altool",
        }
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where the tools are, and what they are given.
#[derive(Clone)]
pub struct Toolbox {
    directory: PathBuf,
    environment: Vec<(String, String)>,
    limit: Duration,
    vault: Vault,
    minder: Option<(PathBuf, PathBuf)>,
}

/// What a tool is given may be secret.
impl fmt::Debug for Toolbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Toolbox({})", self.directory.display())
    }
}

impl Toolbox {
    /// The tools in this directory, which is the system's `/usr/bin` unless another one stands in for it.
    /// Of the environment they see only what is in [`SEEN`].
    pub fn new(
        directory: PathBuf,
        environment: impl Fn(&str) -> Option<String>,
        limit: Duration,
        vault: Vault,
    ) -> Self {
        let path = match environment("PATH") {
            Some(users) => format!("{SYSTEM_PATH}:{users}"),
            None => SYSTEM_PATH.to_owned(),
        };
        let seen = SEEN
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), environment(name)?)));
        Self {
            directory,
            environment: [("PATH".to_owned(), path)]
                .into_iter()
                .chain(seen)
                .collect(),
            limit,
            vault,
            minder: None,
        }
    }

    /// The same tools, none of which outlives this process: its own program, at this path, minds each, and
    /// locks a file beside the journals meanwhile.
    #[must_use]
    pub fn minded_by(mut self, program: Option<PathBuf>, journals: Option<PathBuf>) -> Self {
        self.minder = program.zip(journals);
        self
    }

    /// Tools that are nowhere.
    #[cfg(test)]
    pub fn of_nobody() -> Self {
        let limit = Duration::from_secs(10);
        Self::new("/nowhere".into(), |_| None, limit, Vault::default())
    }

    /// The same tools, each call within another time.
    #[must_use]
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// The same tools with another variable in their environment.
    #[must_use]
    pub fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same environment with the tools of this directory.
    #[must_use]
    pub fn in_directory(mut self, directory: &Path) -> Self {
        directory.clone_into(&mut self.directory);
        self
    }

    /// The file of a tool.
    pub fn file(&self, tool: Tool) -> PathBuf {
        self.directory.join(tool.name())
    }

    /// Whether the directory has this tool.
    pub fn has(&self, tool: Tool) -> bool {
        self.file(tool).is_file()
    }

    /// The directory of the tools.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The environment of every tool.
    pub(super) fn environment(&self) -> &[(String, String)] {
        &self.environment
    }

    /// Who minds each tool.
    pub(super) fn minder(&self) -> Option<Minder<'_>> {
        let (program, locks) = self.minder.as_ref()?;
        Some(Minder { program, locks })
    }

    /// How long one call may take.
    pub fn limit(&self) -> Duration {
        self.limit
    }

    /// What must not be shown.
    pub(super) fn vault(&self) -> &Vault {
        &self.vault
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_path_comes_first_and_no_secret_is_in_a_tools_environment() {
        let everything = |name: &str| match name {
            "PATH" => Some("/opt/homebrew/bin:/usr/bin".to_owned()),
            name => Some(format!("the {name}")),
        };
        let limit = Duration::from_secs(1);
        let tools = Toolbox::new("/usr/bin".into(), everything, limit, Vault::default());
        let names: Vec<&str> = tools
            .environment()
            .iter()
            .map(|(name, _)| &**name)
            .collect();
        assert_eq!(names[0], "PATH");
        assert_eq!(&names[1..], SEEN);
        let path = &tools.environment()[0].1;
        assert_eq!(
            path,
            "/usr/bin:/bin:/usr/sbin:/sbin:/opt/homebrew/bin:/usr/bin"
        );
        assert!(names.iter().all(|name| !name.starts_with("JETWAY_")));
        assert_eq!(tools.file(Tool::Security), Path::new("/usr/bin/security"));
    }
}
