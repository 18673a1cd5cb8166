//! Commit statuses: the line beside a commit that a branch rule can ask for.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::github::client::Client;
use crate::github::error::Error;
use crate::text::cut;

/// GitHub refuses more.
pub const LONGEST_DESCRIPTION: usize = 140;

/// How a status looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Yellow: it is not over.
    Pending,
    /// Green.
    Success,
    /// Red: the build is wrong.
    Failure,
    /// Red: it could not be found out.
    Error,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Error => "error",
        }
    }
}

/// A status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Its name among the commit's statuses; the newest of a name counts.
    pub context: String,
    /// How it looks.
    pub state: State,
    /// One sentence; cut at 140 characters.
    pub description: String,
    /// Where it leads.
    pub target_url: Option<String>,
}

#[derive(Deserialize)]
struct Posted {
    context: Option<String>,
    state: Option<String>,
    description: Option<String>,
}

/// Sets the status of a commit.
pub async fn set(client: &Client, sha: &str, status: &Status) -> Result<(), Error> {
    let mut body = json!({
        "context": status.context,
        "state": status.state.name(),
        "description": cut::letters(&status.description, LONGEST_DESCRIPTION),
    });
    if let Some(address) = &status.target_url {
        body["target_url"] = Value::from(address.as_str());
    }
    let path = format!("/statuses/{sha}");
    match client.post::<Value>(&path, &body).await {
        Ok(_) => Ok(()),
        Err(error) if error.is_unsure() => {
            if is_there(client, sha, &body).await? {
                return Ok(());
            }
            client.post::<Value>(&path, &body).await.map(drop)
        }
        Err(error) => Err(error),
    }
}

/// Whether the newest status of this name says the same; GitHub lists the newest first.
async fn is_there(client: &Client, sha: &str, body: &Value) -> Result<bool, Error> {
    let posted: Vec<Posted> = client
        .get(&format!("/commits/{sha}/statuses?per_page=100"))
        .await?;
    let text = |text: &Option<String>| text.as_deref().map_or(Value::Null, Value::from);
    Ok(posted
        .iter()
        .find(|posted| text(&posted.context) == body["context"])
        .is_some_and(|posted| {
            text(&posted.state) == body["state"] && text(&posted.description) == body["description"]
        }))
}
