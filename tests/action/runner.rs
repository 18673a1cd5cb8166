//! Runs `action.yml` as GitHub's runner does: a job's directories, one file of each kind per step,
//! environments from expressions, conditions, and outputs that count after a failure too.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::definition::{Action, Step};
use crate::expression::{self, Context};
use crate::ran::{Ran, StepRan, outputs};

/// What the scripts may call; cargo is not among it.
const TOOLS: &str =
    "bash curl uname mktemp sha256sum shasum rm chmod cp mv mkdir dirname tr head touch";
/// Where systems keep them.
const PLACES: [&str; 4] = ["/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"];
pub const TOKEN: &str = "ghs_0123456789abcdefghijklmnopqrstuvwxyz";

/// A job with one step: ours.
pub struct Job {
    root: TempDir,
    inputs: BTreeMap<String, String>,
    env: BTreeMap<String, String>,
}

impl Job {
    pub fn new() -> Self {
        // Machines of one's own have names like this, and no script may split them.
        let root = tempfile::Builder::new()
            .prefix("a job's $HOME ")
            .tempdir()
            .expect("a directory");
        let job = Self {
            root,
            inputs: BTreeMap::new(),
            env: BTreeMap::new(),
        };
        for directory in [
            "workspace",
            "temp",
            "cache",
            "tools",
            "files",
            "action/.github/action",
        ] {
            fs::create_dir_all(job.path(directory)).expect("a directory");
        }
        let source = Path::new(env!("CARGO_MANIFEST_DIR"));
        for file in ["install.sh", "cleanup.sh", "release.env"] {
            let file = format!(".github/action/{file}");
            fs::copy(source.join(&file), job.path("action").join(&file))
                .expect("a file of the action");
        }
        for tool in TOOLS.split(' ') {
            let found = PLACES
                .iter()
                .map(|place| Path::new(place).join(tool))
                .find(|path| path.exists());
            if let Some(found) = found {
                symlink(found, job.path("tools").join(tool)).expect("a link");
            }
        }
        // Pauses between tries are for the real world.
        job.tool("sleep", "#!/bin/sh\nexit 0\n")
    }

    /// A path within the job's directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub fn input(mut self, name: &str, value: impl Into<String>) -> Self {
        self.inputs.insert(name.to_owned(), value.into());
        self
    }

    /// A variable of the job, as an earlier step or the caller sets one.
    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.env.insert(name.to_owned(), value.into());
        self
    }

    /// Puts a script in the place of a tool.
    pub fn tool(self, name: &str, script: &str) -> Self {
        let path = self.path("tools").join(name);
        // A link that is here is replaced, not followed.
        let _ = fs::remove_file(&path);
        write_program(&path, script.as_bytes());
        self
    }

    pub fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path("workspace").join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        fs::write(path, bytes).expect("a file");
        self
    }

    /// Writes the manifest, as the release workflow does.
    pub fn released(self, manifest: &str) -> Self {
        let path = self.path("action/.github/action/release.env");
        fs::write(path, manifest).expect("the manifest");
        self
    }

    pub fn run(self) -> Ran {
        self.run_and(|_| ())
    }

    /// Runs the action; `cancel` gets the step `ship` while it runs, and what it does is the end
    /// of the job.
    pub fn run_and(self, cancel: impl FnOnce(&Child)) -> Ran {
        let action = Action::read();
        let mut context = self.context(&action);
        let mut steps = Vec::new();
        let mut succeeding = true;
        let mut cancel = Some(cancel);
        for step in &action.steps {
            if !expression::holds(step.condition.as_deref(), succeeding) {
                continue;
            }
            let (mut child, env, files) = self.start(step, &context);
            if step.id == "ship"
                && let Some(cancel) = cancel.take()
            {
                cancel(&child);
            }
            let code = child.wait().expect("the step ends").code();
            let ran = self.finish(step, code, env, &files);
            succeeding &= code == Some(0);
            for (name, value) in &ran.outputs {
                context.insert(format!("steps.{}.outputs.{name}", step.id), value.clone());
            }
            steps.push(ran);
        }
        let outputs = action
            .outputs
            .iter()
            .map(|output| {
                (
                    output.name.clone(),
                    expression::fill(&output.value, &context),
                )
            })
            .collect();
        Ran {
            steps,
            outputs,
            succeeded: succeeding,
            job: self,
        }
    }

    /// The inputs, given or by default. A name that the action does not have is a mistake.
    fn context(&self, action: &Action) -> Context {
        let mut context = Context::from([("github.token".to_owned(), TOKEN.to_owned())]);
        for name in self.inputs.keys() {
            assert!(
                action.inputs.iter().any(|input| input.name == *name),
                "no input {name}"
            );
        }
        for input in &action.inputs {
            let value = match self.inputs.get(&input.name) {
                Some(given) => given.clone(),
                None => expression::fill(input.default.as_deref().unwrap_or_default(), &context),
            };
            context.insert(format!("inputs.{}", input.name), value);
        }
        context
    }

    fn start(&self, step: &Step, context: &Context) -> (Child, BTreeMap<String, String>, PathBuf) {
        assert_eq!(step.shell, "bash");
        assert!(!step.script.contains("${{"), "an expression in a script");
        let files = self.path("files").join(&step.id);
        fs::create_dir_all(&files).expect("a directory");
        for name in ["output", "env", "path", "state", "summary"] {
            File::create(files.join(name)).expect("a file");
        }
        let script = files.join("script.sh");
        fs::write(&script, &step.script).expect("a script");
        let mut env = self.env.clone();
        env.extend(
            step.env
                .iter()
                .map(|(name, value)| (name.clone(), expression::fill(value, context))),
        );
        env.extend(self.surroundings(&files));
        let directory = self
            .path("workspace")
            .join(expression::fill(&step.working_directory, context));
        let child = Command::new(self.path("tools/bash"))
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail"])
            .arg(&script)
            .env_clear()
            .envs(&env)
            .current_dir(directory)
            .stdin(Stdio::null())
            .stdout(File::create(files.join("stdout")).expect("a file"))
            .stderr(File::create(files.join("stderr")).expect("a file"))
            .spawn()
            .expect("bash starts");
        (child, env, files)
    }

    /// What the runner itself sets; it wins over the step's own. The caller's job may fake the rest.
    fn surroundings(&self, files: &Path) -> BTreeMap<String, String> {
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let system = if cfg!(target_os = "macos") {
            "macOS"
        } else {
            "Linux"
        };
        let machine = if cfg!(target_arch = "aarch64") {
            "ARM64"
        } else {
            "X64"
        };
        let mut set: BTreeMap<String, String> = [
            ("GITHUB_ACTIONS", "true".to_owned()),
            ("GITHUB_ACTION_PATH", text(self.path("action"))),
            ("GITHUB_WORKSPACE", text(self.path("workspace"))),
            ("GITHUB_OUTPUT", text(files.join("output"))),
            ("GITHUB_ENV", text(files.join("env"))),
            ("GITHUB_PATH", text(files.join("path"))),
            ("GITHUB_STATE", text(files.join("state"))),
            ("GITHUB_STEP_SUMMARY", text(files.join("summary"))),
            ("RUNNER_TEMP", text(self.path("temp"))),
            ("RUNNER_TOOL_CACHE", text(self.path("cache"))),
            ("HOME", text(self.root.path().to_owned())),
            ("PATH", text(self.path("tools"))),
            ("NO_PROXY", "127.0.0.1,localhost".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        for (name, value) in [
            ("RUNNER_OS", system),
            ("RUNNER_ARCH", machine),
            ("RUNNER_ENVIRONMENT", "github-hosted"),
        ] {
            let value = self.env.get(name).map_or(value, String::as_str);
            set.insert(name.to_owned(), value.to_owned());
        }
        set
    }

    fn finish(
        &self,
        step: &Step,
        code: Option<i32>,
        env: BTreeMap<String, String>,
        files: &Path,
    ) -> StepRan {
        let read = |name: &str| fs::read_to_string(files.join(name)).expect("a text");
        for name in ["env", "path", "state"] {
            assert_eq!(read(name), "", "no step writes GITHUB_{name}");
        }
        StepRan {
            id: step.id.clone(),
            code,
            env,
            log: read("stdout") + &read("stderr"),
            summary: read("summary"),
            outputs: outputs(&read("output")),
        }
    }
}

/// Writes a file that can be run.
pub fn write_program(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("a program");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("its mode");
}
