//! Check runs: a page of their own beside the commit, with annotations on files. Made completed in
//! one call: one that is left in progress by a killed run would stay so for ever.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::github::client::Client;
use crate::github::error::Error;
use crate::text::cut;

/// GitHub takes no more annotations in one request.
const ANNOTATIONS_OF_A_REQUEST: usize = 50;
/// More than anyone reads.
const ANNOTATIONS: usize = 200;
const LONGEST_TITLE: usize = 255;
const LONGEST_SUMMARY: usize = 60_000;
/// GitHub takes 64 KB.
const LONGEST_MESSAGE: usize = 15_000;

/// How a check run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// Green.
    Success,
    /// Red.
    Failure,
    /// Grey: nothing was decided.
    Neutral,
    /// Grey: it was stopped.
    Cancelled,
    /// Red: its time was over.
    TimedOut,
}

impl Conclusion {
    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Neutral => "neutral",
            Self::Cancelled => "cancelled",
            Self::TimedOut => "timed_out",
        }
    }
}

/// How much an annotation matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// An error.
    Failure,
    /// A warning.
    Warning,
    /// Good to know.
    Notice,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// A note on a line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// From the repository's root.
    pub path: String,
    /// Counted from 1.
    pub line: u32,
    /// How much it matters.
    pub level: Level,
    /// One line.
    pub title: String,
    /// Plain text.
    pub message: String,
}

/// A check run that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRun {
    /// Its name among the commit's checks.
    pub name: String,
    /// How it ended.
    pub conclusion: Conclusion,
    /// One line.
    pub title: String,
    /// Markdown.
    pub summary: String,
    /// The run's page.
    pub details_url: Option<String>,
    /// Worst first.
    pub annotations: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Created {
    id: Option<u64>,
}

/// Makes the check run, and adds the annotations that one request does not take.
pub async fn create(client: &Client, sha: &str, run: &CheckRun) -> Result<(), Error> {
    let annotations: Vec<Value> = run
        .annotations
        .iter()
        .take(ANNOTATIONS)
        .map(annotation)
        .collect();
    let mut requests = annotations.chunks(ANNOTATIONS_OF_A_REQUEST);
    let output = |annotations: &[Value]| {
        json!({
            "title": cut::letters(&run.title, LONGEST_TITLE),
            "summary": cut::letters(&run.summary, LONGEST_SUMMARY),
            "annotations": annotations,
        })
    };
    let mut body = json!({
        "name": run.name,
        "head_sha": sha,
        "status": "completed",
        "conclusion": run.conclusion.name(),
        "output": output(requests.next().unwrap_or_default()),
    });
    if let Some(address) = &run.details_url {
        body["details_url"] = Value::from(address.as_str());
    }
    let created: Created = client.post("/check-runs", &body).await?;
    let Some(id) = created.id else {
        return Ok(());
    };
    for more in requests {
        let body = json!({ "output": output(more) });
        client.patch(&format!("/check-runs/{id}"), &body).await?;
    }
    Ok(())
}

fn annotation(annotation: &Annotation) -> Value {
    json!({
        "path": annotation.path,
        "start_line": annotation.line,
        "end_line": annotation.line,
        "annotation_level": annotation.level.name(),
        "title": cut::letters(&annotation.title, LONGEST_TITLE),
        "message": cut::letters(&annotation.message, LONGEST_MESSAGE),
    })
}
