//! The command line: a scrubbed environment, a directory of its own, and what the run left behind.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A call of the program, not made yet.
#[must_use = "a call that is not made tests nothing"]
pub struct Cli {
    command: Command,
    directory: TempDir,
}

/// What a call did.
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    /// The report, `Null` where none was written.
    pub report: Value,
    pub summary: String,
    pub outputs: String,
}

impl Cli {
    pub fn new() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let mut command = Command::new(env!("CARGO_BIN_EXE_jetway"));
        command
            .env_clear()
            .env("NO_PROXY", "127.0.0.1,localhost")
            .env("TMPDIR", directory.path())
            .current_dir(directory.path())
            .stdin(Stdio::null());
        Self { command, directory }
    }

    pub fn arg(mut self, argument: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub fn args<const N: usize>(mut self, arguments: [&str; N]) -> Self {
        self.command.args(arguments);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// The call as `nohup` makes it: a terminal that goes is nothing to it.
    #[cfg(target_os = "linux")]
    pub fn under_nohup(self) -> Self {
        let mut command = Command::new("/bin/sh");
        command
            .env_clear()
            .envs(
                self.command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .current_dir(self.directory.path())
            .stdin(Stdio::null())
            .args(["-c", "trap '' HUP; exec \"$@\"", "sh"])
            .arg(self.command.get_program())
            .args(self.command.get_args());
        Self {
            command,
            directory: self.directory,
        }
    }

    /// `ship`, with a report and short pauses.
    pub fn ship(self) -> Self {
        self.args(["ship", "--report", "report.json", "--poll-interval", "5ms"])
    }

    /// The sandbox inside the same process.
    pub fn scenario(self, name: &str) -> Self {
        self.args(["--sandbox", "--scenario", name])
    }

    /// As a step of a workflow runs it.
    pub fn in_a_workflow(self) -> Self {
        let root = self.directory.path().to_owned();
        self.env("GITHUB_ACTIONS", "true")
            .env("CI", "true")
            .env("GITHUB_WORKSPACE", &root)
            .env("GITHUB_STEP_SUMMARY", root.join("summary.md"))
            .env("GITHUB_OUTPUT", root.join("outputs.txt"))
    }

    /// Writes a file into the call's directory.
    pub fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.directory.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        fs::write(path, bytes).expect("a file");
        self
    }

    /// Puts a link of this name into the call's directory.
    #[cfg(unix)]
    pub fn link(self, name: &str, target: &str) -> Self {
        std::os::unix::fs::symlink(target, self.directory.path().join(name)).expect("a link");
        self
    }

    /// Where a file of this name is in the call's directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Starts the program and hands it over, for tests that send signals.
    pub fn start(mut self) -> (Child, TempDir) {
        let child = self
            .command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        (child, self.directory)
    }

    pub fn run(self) -> Ran {
        let (child, directory) = self.start();
        Ran::of(child, &directory)
    }

    #[track_caller]
    pub fn succeeds(self) -> Ran {
        self.fails(0)
    }

    /// Runs, and expects this exit code.
    #[track_caller]
    pub fn fails(self, code: i32) -> Ran {
        let ran = self.run();
        assert_eq!(ran.code, Some(code), "{}", ran.everything());
        ran
    }
}

impl Ran {
    pub fn of(child: Child, directory: &TempDir) -> Self {
        let output = child.wait_with_output().expect("the program ends");
        let read = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap_or_default();
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            report: serde_json::from_str(&read("report.json")).unwrap_or(Value::Null),
            summary: read("summary.md"),
            outputs: read("outputs.txt"),
        }
    }

    pub fn everything(&self) -> String {
        format!(
            "--- stdout\n{}\n--- stderr\n{}\n--- report\n{:#}",
            self.stdout, self.stderr, self.report
        )
    }

    pub fn outcome(&self) -> &str {
        self.report["outcome"].as_str().unwrap_or("no report")
    }

    /// The codes of the findings, in the report's order.
    pub fn codes(&self) -> Vec<&str> {
        self.report["findings"]
            .as_array()
            .map(|findings| findings.iter().filter_map(|f| f["code"].as_str()).collect())
            .unwrap_or_default()
    }

    /// The finding with this code.
    #[track_caller]
    pub fn finding(&self, code: &str) -> &Value {
        self.report["findings"]
            .as_array()
            .and_then(|findings| findings.iter().find(|f| f["code"] == code))
            .unwrap_or_else(|| panic!("no finding {code}\n{}", self.everything()))
    }
}
