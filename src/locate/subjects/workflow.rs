//! The workflow that runs: inputs and permissions of the step that uses jetway, and the choice of Xcode.

use crate::locate::files::Files;
use crate::locate::place::{Place, agreed, only};
use crate::locate::readers::node::{Entry, Node};
use crate::locate::readers::yaml;

/// Inputs with the other name that they go by, the one that Apple-Actions/upload-testflight-build has.
const ALIASES: [(&str, &str); 3] = [
    ("path", "app-path"),
    ("api-issuer-id", "issuer-id"),
    ("api-key", "api-private-key"),
];

/// A workflow that was read.
pub struct Workflow<'a> {
    path: &'a str,
    root: Node,
}

/// A job and one of its steps.
#[derive(Clone, Copy)]
struct Step<'a> {
    job: &'a Entry,
    node: &'a Node,
}

impl<'a> Workflow<'a> {
    /// Reads a workflow; `None` where it is not in the repository.
    pub fn read(files: &Files, path: &'a str) -> Option<Self> {
        let root = yaml::parse(&files.text(path)?)?;
        Some(Self { path, root })
    }

    /// The line of an input, or that of the step to which it is to be added.
    pub fn input(&self, name: &str) -> Option<Place> {
        let steps: Vec<Step<'_>> = self.ours().collect();
        let stated = only(steps.iter().filter_map(|step| self.input_of(step, name)));
        if let Some(line) = stated {
            return Some(Place::stated(self.path, line));
        }
        let step = only(steps.into_iter())?;
        if self.input_of(&step, name).is_some() {
            return None;
        }
        let line = match step.node.entry("uses") {
            Some(uses) => uses.line,
            None => command(step.node)?,
        };
        Some(Place::to_add(self.path, line))
    }

    /// The line of a permission; of the `permissions:` without it; of the job that has none.
    pub fn permission(&self, scope: &str) -> Option<Place> {
        agreed(self.ours().map(|step| {
            let own = step.job.node.entry("permissions");
            let Some(permissions) = own.or_else(|| self.root.entry("permissions")) else {
                return Some(Place::to_add(self.path, step.job.line));
            };
            Some(match permissions.node.entry(scope) {
                Some(entry) => Place::stated(self.path, entry.line),
                None => Place::to_add(self.path, permissions.line),
            })
        }))
    }

    /// The line that chooses Xcode, or else the runner with its own Xcode.
    pub fn xcode(&self) -> Option<Place> {
        let in_ours = |step: &Step<'_>| self.ours().any(|ours| ours.job.line == step.job.line);
        let mut lines: Vec<(bool, u32)> = self
            .steps()
            .filter_map(|step| Some((in_ours(&step), xcode_of(step.node)?)))
            .collect();
        for job in self.jobs() {
            let line = developer_dir(&job.node);
            let ours = self.ours().any(|step| step.job.line == job.line);
            lines.extend(line.map(|line| (ours, line)));
        }
        lines.extend(developer_dir(&self.root).map(|line| (false, line)));
        if lines.iter().any(|(ours, _)| *ours) {
            lines.retain(|(ours, _)| *ours);
        }
        if !lines.is_empty() {
            let line = only(lines.into_iter())?.1;
            return Some(Place::stated(self.path, line));
        }
        agreed(self.ours().map(|step| {
            let runner = step.job.node.entry("runs-on")?;
            Some(Place::to_add(self.path, runner.line))
        }))
    }

    fn jobs(&self) -> impl Iterator<Item = &Entry> {
        self.root
            .get("jobs")
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
    }

    fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        self.jobs().flat_map(|job| {
            let steps = job.node.get("steps").map(Node::items).unwrap_or_default();
            steps.iter().map(move |node| Step { job, node })
        })
    }

    /// The steps that use jetway.
    fn ours(&self) -> impl Iterator<Item = Step<'_>> {
        self.steps().filter(|step| match step.node.text_of("uses") {
            Some(uses) => uses
                .split('@')
                .next()
                .is_some_and(|action| action.ends_with("/jetway")),
            None => command(step.node).is_some(),
        })
    }

    fn input_of(&self, step: &Step<'_>, name: &str) -> Option<u32> {
        let alias = ALIASES.iter().find(|(input, _)| *input == name);
        for name in std::iter::once(name).chain(alias.map(|(_, alias)| *alias)) {
            if let Some(entry) = step.node.at(&["with", name]) {
                return Some(entry.line);
            }
        }
        let variable = format!("JETWAY_{}", name.to_uppercase().replace('-', "_"));
        if let Some(entry) = step.node.at(&["env", &variable]) {
            return Some(entry.line);
        }
        command(step.node)?;
        let option = format!("--{name}");
        line_with(step.node, |line| {
            line.split([' ', '=']).any(|word| word == option)
        })
    }
}

/// The line of a script in which jetway is called.
fn command(step: &Node) -> Option<u32> {
    line_with(step, |line| {
        let mut words = line
            .split_ascii_whitespace()
            .skip_while(|word| word.contains('='));
        let program = words.next().unwrap_or_default();
        program.rsplit('/').next() == Some("jetway")
    })
}

/// The only line of a step's script that fits.
fn line_with(step: &Node, fits: impl Fn(&str) -> bool) -> Option<u32> {
    let run = step.get("run")?;
    only(
        (run.line..)
            .zip(run.text()?.lines())
            .filter(|(_, line)| fits(line))
            .map(|(number, _)| number),
    )
}

fn xcode_of(step: &Node) -> Option<u32> {
    if step
        .text_of("uses")
        .is_some_and(|uses| uses.contains("/setup-xcode@"))
    {
        let version = step
            .at(&["with", "xcode-version"])
            .or_else(|| step.entry("uses"));
        return version.map(|entry| entry.line);
    }
    developer_dir(step).or_else(|| {
        line_with(step, |line| {
            line.contains("xcode-select") && (line.contains(" -s") || line.contains("--switch"))
                || line.trim_start().starts_with("xcodes select")
                || line.contains("DEVELOPER_DIR=")
        })
    })
}

fn developer_dir(of: &Node) -> Option<u32> {
    of.at(&["env", "DEVELOPER_DIR"]).map(|entry| entry.line)
}
