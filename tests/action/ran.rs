//! What running the action came to: steps, outputs, and the log as the runner reads it.

use std::collections::BTreeMap;
use std::fs;

use crate::runner::Job;

/// What a step did.
pub struct StepRan {
    pub id: String,
    pub code: Option<i32>,
    pub env: BTreeMap<String, String>,
    pub log: String,
    pub summary: String,
    pub outputs: BTreeMap<String, String>,
}

/// What the action did.
pub struct Ran {
    pub steps: Vec<StepRan>,
    pub outputs: BTreeMap<String, String>,
    pub succeeded: bool,
    pub job: Job,
}

/// An annotation, as the runner reads one.
#[derive(Debug)]
pub struct Annotation {
    pub level: String,
    pub title: String,
    pub message: String,
}

impl Ran {
    #[track_caller]
    pub fn step(&self, id: &str) -> &StepRan {
        self.steps
            .iter()
            .find(|step| step.id == id)
            .unwrap_or_else(|| panic!("the step {id} did not run\n{}", self.log()))
    }

    /// Everything that was printed.
    pub fn log(&self) -> String {
        self.steps
            .iter()
            .map(|step| format!("--- {} ended with {:?}\n{}", step.id, step.code, step.log))
            .collect()
    }

    /// The one annotation of an install step that failed.
    #[track_caller]
    pub fn refusal(&self) -> Annotation {
        assert!(!self.succeeded, "{}", self.log());
        assert!(
            self.steps.iter().all(|step| step.id != "ship"),
            "{}",
            self.log()
        );
        let mut found = annotations(&self.step("install").log);
        assert_eq!(found.len(), 1, "{}", self.log());
        let annotation = found.remove(0);
        assert_eq!(annotation.level, "error");
        assert!(!annotation.title.is_empty(), "{}", self.log());
        assert!(annotation.message.contains("Fix: "), "{}", self.log());
        assert_eq!(self.left_over(), Vec::<String>::new());
        annotation
    }

    /// What is still in the runner's temporary directory.
    pub fn left_over(&self) -> Vec<String> {
        fs::read_dir(self.job.path("temp"))
            .expect("a directory")
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect()
    }
}

/// The annotations that the runner makes of a log: lines that begin with `::`, and `##[` anywhere.
pub fn annotations(log: &str) -> Vec<Annotation> {
    let levels = ["error", "warning", "notice"];
    let mut found = Vec::new();
    for line in log.split(['\n', '\r']) {
        let (info, message) = match line
            .trim_start()
            .strip_prefix("::")
            .and_then(|rest| rest.split_once("::"))
        {
            Some(parts) => parts,
            None => match line
                .split_once("##[")
                .and_then(|(_, rest)| rest.split_once(']'))
            {
                Some(parts) => parts,
                None => continue,
            },
        };
        let (level, properties) = info.split_once(' ').unwrap_or((info, ""));
        if levels.contains(&level) {
            let title = properties
                .split(',')
                .find_map(|pair| pair.strip_prefix("title="));
            found.push(Annotation {
                level: level.to_owned(),
                title: unescape(title.unwrap_or_default()),
                message: unescape(message),
            });
        }
    }
    found
}

fn unescape(text: &str) -> String {
    [
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The runner's reader of a step's outputs; what it can't read fails the step, so it panics here.
pub fn outputs(text: &str) -> BTreeMap<String, String> {
    assert!(
        text.is_empty() || text.ends_with('\n'),
        "the last line has no end"
    );
    let mut found = BTreeMap::new();
    let mut lines = text.split('\n');
    while let Some(line) = lines.next() {
        let heredoc = line
            .find("<<")
            .filter(|at| line.find('=').is_none_or(|equals| *at < equals));
        if let Some(at) = heredoc {
            let (name, delimiter) = (&line[..at], &line[at + 2..]);
            let value: Vec<&str> = lines
                .by_ref()
                .take_while(|line| *line != delimiter)
                .collect();
            found.insert(name.to_owned(), value.join("\n"));
        } else if let Some((name, value)) = line.split_once('=') {
            found.insert(name.to_owned(), value.to_owned());
        } else {
            assert_eq!(line, "", "not an output");
        }
    }
    found
}
