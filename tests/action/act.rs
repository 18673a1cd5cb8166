//! Workflows as `act` runs them on this machine, without containers. A program that was not built from this source
//! reads `action.yml` and the workflows here: what it makes of an expression, an output or a condition is not ours.
//!
//! No action is fetched: those of others are folders that do what is needed of them, and jetway is this checkout,
//! released by the release workflow's script into the runner's tool cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::runner::write_program;
use crate::whole::manifest;

const VERSION: &str = "9.9.9";
const RUNNERS: [&str; 4] = [
    "ubuntu-24.04",
    "ubuntu-latest",
    "ubuntu-24.04-arm",
    "macos-26",
];
/// Each action that a workflow names, and the folder that is taken for it. The examples pin them, the README does not.
const ACTIONS: [(&str, &str); 5] = [
    ("OWNER/jetway@v1", "action"),
    (
        "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a",
        "upload-artifact",
    ),
    ("actions/upload-artifact@v7", "upload-artifact"),
    (
        "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c",
        "download-artifact",
    ),
    ("actions/download-artifact@v8", "download-artifact"),
];
/// Artifacts as files of this machine; the place is in the environment.
const UPLOAD: &str = r#"
name: Upload
inputs: { name: {}, path: {}, if-no-files-found: {}, retention-days: {} }
runs:
  using: composite
  steps:
    - shell: bash
      run: mkdir -p "$ARTIFACTS/${{ inputs.name }}" && cp ${{ inputs.path }} "$ARTIFACTS/${{ inputs.name }}/"
"#;
const DOWNLOAD: &str = r#"
name: Download
inputs: { name: {}, path: { default: "." } }
runs:
  using: composite
  steps:
    - shell: bash
      run: mkdir -p "${{ inputs.path }}" && cp "$ARTIFACTS/${{ inputs.name }}"/* "${{ inputs.path }}/"
"#;

/// A repository with one workflow, and what a runner finds around it.
pub struct Workflow {
    place: TempDir,
    event: &'static str,
    job: Option<&'static str>,
    more: Vec<String>,
    secrets: Vec<(&'static str, String)>,
}

impl Workflow {
    /// A repository of somebody who uses the action, with this workflow in it.
    pub fn of_a_user(text: &str) -> Self {
        let made = Self::new();
        made.file(
            "repository/.github/workflows/workflow.yml",
            text.replace("\r", ""),
        );
        for (name, action) in [("upload-artifact", UPLOAD), ("download-artifact", DOWNLOAD)] {
            made.file(&format!("{name}/action.yml"), action);
        }
        made
    }

    /// This repository, with its own workflow of that name.
    pub fn of_ours(name: &str) -> Self {
        let made = Self::new();
        copy(
            &made.path("action/.github"),
            &made.path("repository/.github"),
        );
        for file in ["action.yml", "Cargo.toml"] {
            fs::copy(
                made.path("action").join(file),
                made.path("repository").join(file),
            )
            .expect("a copy");
        }
        let workflows = made.path("repository/.github/workflows");
        let text = fs::read_to_string(workflows.join(name)).expect("the workflow");
        fs::remove_dir_all(&workflows).expect("others are not wanted");
        made.file("repository/.github/workflows/workflow.yml", text);
        made
    }

    fn new() -> Self {
        let made = Self {
            place: tempfile::tempdir().expect("a directory"),
            event: "push",
            job: None,
            more: Vec::new(),
            secrets: Vec::new(),
        };
        let source = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::create_dir_all(made.path("repository")).expect("a directory");
        copy(&source.join(".github"), &made.path("action/.github"));
        for file in ["action.yml", "Cargo.toml"] {
            fs::copy(source.join(file), made.path("action").join(file)).expect("a copy");
        }
        let program = fs::read(env!("CARGO_BIN_EXE_jetway")).expect("the program");
        made.file(
            "action/.github/action/release.env",
            manifest(VERSION, &program),
        );
        made.keep_in_tool_cache(&program);
        made
    }

    fn keep_in_tool_cache(&self, program: &[u8]) {
        let machine = match std::env::consts::ARCH {
            "aarch64" => "ARM64",
            _ => "X64",
        };
        let kept = format!("cache/act/tool_cache/jetway/{VERSION}/{machine}");
        self.file(&format!("{kept}/jetway"), program);
        self.file(&format!("{kept}.complete"), "");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, bytes).expect("a file");
    }

    pub fn job(mut self, name: &'static str) -> Self {
        self.job = Some(name);
        self
    }

    /// One of a matrix.
    pub fn matrix(mut self, one: &str) -> Self {
        self.more.extend(["--matrix".to_owned(), one.to_owned()]);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.more
            .extend(["--env".to_owned(), format!("{name}={value}")]);
        self
    }

    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.more
            .extend(["--var".to_owned(), format!("{name}={value}")]);
        self
    }

    /// A secret, which `act` takes from its environment.
    pub fn secret(mut self, name: &'static str, value: &str) -> Self {
        self.secrets.push((name, value.to_owned()));
        self
    }

    pub fn event(mut self, name: &'static str, payload: &Value) -> Self {
        self.event = name;
        self.file("event.json", payload.to_string());
        let path = self.path("event.json");
        self.more
            .extend(["--eventpath".to_owned(), path.display().to_string()]);
        self
    }

    /// A script that stands for the user's build: it leaves this package at `build/App.ipa`.
    pub fn builds(self, package: &[u8]) -> Self {
        self.file("App.ipa", package);
        let package = self.path("App.ipa");
        let script = format!(
            "#!/bin/sh\nmkdir -p build && cp '{}' build/App.ipa\n",
            package.display()
        );
        write_program(&self.path("repository/build.sh"), script.as_bytes());
        self
    }

    /// A script that stands for `xcodebuild archive`: it leaves the demo's archive where it is told to.
    pub fn archives(self, name: &str) -> Self {
        for (file, bytes) in jetway::sandbox::demo_app() {
            self.file(
                &format!("made.xcarchive/Products/Applications/Demo.app/{file}"),
                bytes,
            );
        }
        self.file("made.xcarchive/Info.plist", jetway::sandbox::DEMO_ARCHIVE);
        let made = self.path("made.xcarchive");
        let script = format!(
            "#!/bin/sh\nwhile [ \"$1\" != -archivePath ]; do shift; done\ncp -R '{}' \"$2\"\n",
            made.display()
        );
        self.script(name, &script)
    }

    /// A script of the user's, in the repository.
    pub fn script(self, name: &str, text: &str) -> Self {
        let path = self.path("repository").join(name);
        write_program(&path, text.as_bytes());
        self
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "where the program is that the tests need"
    )]
    pub fn run(self) -> Ran {
        self.commit();
        let act = std::env::var("JETWAY_ACT").expect("JETWAY_ACT names the program act");
        let mut command = Command::new(act);
        command
            .arg(self.event)
            .args(["--json", "--no-cache-server", "--action-offline-mode"])
            .args([
                "--workflows",
                ".github/workflows/workflow.yml",
                "--concurrent-jobs",
                "1",
            ])
            .current_dir(self.path("repository"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("HOME", self.path("home"))
            .stdin(Stdio::null());
        if let Some(job) = self.job {
            command.args(["--job", job]);
        }
        for runner in RUNNERS {
            command.args(["--platform", &format!("{runner}=-self-hosted")]);
        }
        for (name, directory) in ACTIONS {
            let directory = self.path(directory);
            command.args([
                "--local-repository",
                &format!("{name}={}", directory.display()),
            ]);
        }
        for (name, value) in &self.secrets {
            command.args(["--secret", name]).env(name, value);
        }
        let artifacts = format!("ARTIFACTS={}", self.path("artifacts").display());
        command.args(["--env", &artifacts]).args(&self.more);
        let ran = command.output().expect("act runs");
        Ran {
            succeeded: ran.status.success(),
            lines: String::from_utf8_lossy(&ran.stdout)
                .lines()
                .filter_map(|line| serde_json::from_str(line).ok())
                .collect(),
            trouble: String::from_utf8_lossy(&ran.stderr).into_owned(),
            temporary: left_over(&self.path("cache/act")),
        }
    }

    /// `act` asks git for the commit and the repository's name.
    fn commit(&self) {
        for arguments in [
            &["init", "--quiet", "--initial-branch", "main"][..],
            &["remote", "add", "origin", "https://github.com/example/app"],
            &["add", "--all"],
            &[
                "-c",
                "user.name=Example",
                "-c",
                "user.email=example@example.com",
                "commit",
                "--quiet",
                "--message",
                "All",
            ],
        ] {
            let ran = Command::new("git")
                .args(arguments)
                .current_dir(self.path("repository"))
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .status();
            assert!(ran.expect("git runs").success(), "git {arguments:?}");
        }
    }
}

/// What a run printed, and what it left.
pub struct Ran {
    pub succeeded: bool,
    lines: Vec<Value>,
    trouble: String,
    /// What jetway left in the runner's temporary directories.
    pub temporary: Vec<String>,
}

impl Ran {
    /// All of the log, a line each.
    pub fn log(&self) -> String {
        let lines = self.lines.iter().filter_map(|line| line["msg"].as_str());
        let mut log: String = lines.map(|line| format!("{}\n", line.trim_end())).collect();
        log.push_str(&self.trouble);
        log
    }

    #[track_caller]
    pub fn succeeds(self) -> Self {
        assert!(self.succeeded, "{}", self.log());
        assert_eq!(self.temporary, Vec::<String>::new());
        self
    }

    #[track_caller]
    pub fn fails(self) -> Self {
        assert!(!self.succeeded, "{}", self.log());
        assert_eq!(self.temporary, Vec::<String>::new());
        self
    }

    /// Title and message of the annotations of a level.
    pub fn annotations(&self, level: &str) -> Vec<String> {
        let lines = self.lines.iter();
        lines
            .filter(|line| line["command"] == level)
            .map(|line| {
                let title = line["kvPairs"]["title"].as_str().unwrap_or_default();
                format!("{title}: {}", line["arg"].as_str().unwrap_or_default())
            })
            .collect()
    }

    /// An output of the step of that id.
    pub fn output(&self, step: &str, name: &str) -> Option<&str> {
        self.lines
            .iter()
            .rfind(|line| {
                line["command"] == "set-output"
                    && line["name"] == name
                    && line["stepID"]
                        .as_array()
                        .is_some_and(|ids| ids == &[Value::from(step)])
            })
            .and_then(|line| line["arg"].as_str())
    }

    /// An output of the last step that has it, where the workflow gives its step no id.
    pub fn last_output(&self, name: &str) -> Option<&str> {
        self.lines
            .iter()
            .rfind(|line| line["command"] == "set-output" && line["name"] == name)
            .and_then(|line| line["arg"].as_str())
    }

    pub fn summaries(&self) -> String {
        let summaries = self
            .lines
            .iter()
            .filter(|line| line["command"] == "summary");
        summaries
            .filter_map(|line| line["content"].as_str())
            .collect()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory");
    for entry in fs::read_dir(from).expect("a directory") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// What is called as the directories that the action's first step makes.
fn left_over(cache: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(cache) else {
        return Vec::new();
    };
    entries
        .filter_map(Result::ok)
        .filter_map(|entry| fs::read_dir(entry.path().join("tmp")).ok())
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("jetway."))
        .collect()
}
