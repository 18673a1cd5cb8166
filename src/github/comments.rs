//! One comment that stays: found again by its author and its marker, and written anew in place.

use std::fmt;

use serde::Deserialize;
use serde_json::json;

use crate::github::client::Client;
use crate::github::error::Error;

/// Who writes with a workflow's own token.
const WORKFLOW_BOT: &str = "github-actions[bot]";

/// The line that a comment of ours ends with. It can't be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    bundle: String,
    slot: &'static str,
}

impl Marker {
    /// For one app, and one slot among its comments. What is no plain character is encoded, so that
    /// the marker can't be left.
    pub fn new(bundle: &str, slot: &'static str) -> Self {
        let bundle = bundle
            .bytes()
            .map(|byte| match byte {
                b'.' | b'_' | b'-' => char::from(byte).to_string(),
                byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect::<String>()
            // Two hyphens would end an HTML comment.
            .replace("--", "-%2D");
        Self { bundle, slot }
    }

    /// Whether the comment is this one's. That of a run that ended before its app was known is
    /// taken over, so that it does not stay for ever.
    pub(super) fn ends(&self, body: &str) -> bool {
        let last = body.trim_end().lines().next_back().map(str::trim);
        let nameless = Self {
            bundle: String::new(),
            slot: self.slot,
        };
        last.is_some_and(|last| last == self.to_string() || last == nameless.to_string())
    }
}

impl Marker {
    /// Whether the comment is of the same kind: what this marker names is the beginning of what it names.
    pub(super) fn begins_last_line(&self, body: &str) -> bool {
        let last = body.trim_end().lines().next_back().map(str::trim);
        last.is_some_and(|last| {
            let begin = format!("<!-- jetway:v1:{}", self.bundle);
            last.starts_with(&begin) && last.ends_with(&format!(":{} -->", self.slot))
        })
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<!-- jetway:v1:{}:{} -->", self.bundle, self.slot)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Comment {
    id: Option<u64>,
    body: Option<String>,
    user: Option<User>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct User {
    login: Option<String>,
}

impl User {
    pub(super) fn is(&self, login: &str) -> bool {
        let own = self.login.as_deref();
        own.is_some_and(|own| own.eq_ignore_ascii_case(login))
    }
}

/// The comment on one pull request.
#[derive(Debug)]
pub struct Sticky {
    pull_request: u64,
    author: Option<String>,
    known: Option<Known>,
}

#[derive(Debug)]
struct Known {
    id: u64,
    marker: Marker,
    body: String,
}

impl Sticky {
    /// The comment on this pull request, wherever it is.
    pub fn new(pull_request: u64) -> Self {
        Self {
            pull_request,
            author: None,
            known: None,
        }
    }

    /// The pull request's number.
    pub fn number(&self) -> u64 {
        self.pull_request
    }

    /// Makes the comment say this, which ends with the marker. A comment that says it already is
    /// left alone; where there are several of ours, the oldest stays.
    pub async fn put(&mut self, client: &Client, marker: &Marker, body: &str) -> Result<(), Error> {
        if let Some(known) = self.known.take_if(|known| known.marker == *marker) {
            match rewrite(client, &known, body).await {
                Ok(()) => {
                    self.remember(known.id, marker, body);
                    return Ok(());
                }
                // Somebody deleted it.
                Err(error) if error.is_not_found() => {}
                Err(error) => {
                    self.known = Some(known);
                    return Err(error);
                }
            }
        }
        if self.settle(client, marker, body).await? {
            return Ok(());
        }
        match self.create(client, body).await {
            Ok(()) => {}
            Err(error) if error.is_unsure() => {
                if self.settle(client, marker, body).await? {
                    return Ok(());
                }
                self.create(client, body).await?;
            }
            Err(error) => return Err(error),
        }
        // Two runs may have listed before either created.
        self.settle(client, marker, body).await.map(drop)
    }

    /// Writes the oldest of our comments anew and deletes the others. Gives back whether there was
    /// any.
    async fn settle(
        &mut self,
        client: &Client,
        marker: &Marker,
        body: &str,
    ) -> Result<bool, Error> {
        let author = self.author(client).await?;
        let mut ours = self.list(client, &author, marker).await?;
        ours.sort_by_key(|known| known.id);
        let mut ours = ours.into_iter();
        let Some(oldest) = ours.next() else {
            return Ok(false);
        };
        rewrite(client, &oldest, body).await?;
        self.remember(oldest.id, marker, body);
        for other in ours {
            let deleted = client
                .delete(&format!("/issues/comments/{}", other.id))
                .await;
            match deleted {
                Ok(()) => {}
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    async fn list(
        &self,
        client: &Client,
        author: &str,
        marker: &Marker,
    ) -> Result<Vec<Known>, Error> {
        let path = format!("/issues/{}/comments", self.pull_request);
        let comments: Vec<Comment> = client.list(&path).await?;
        let ours = comments.into_iter().filter_map(|comment| {
            let body = comment.body?;
            let is_ours = comment.user?.login?.eq_ignore_ascii_case(author) && marker.ends(&body);
            is_ours.then_some(())?;
            Some(Known {
                id: comment.id?,
                marker: marker.clone(),
                body,
            })
        });
        Ok(ours.collect())
    }

    async fn create(&mut self, client: &Client, body: &str) -> Result<(), Error> {
        let path = format!("/issues/{}/comments", self.pull_request);
        let created: Comment = client.post(&path, &json!({ "body": body })).await?;
        // An app's token can't ask who it is, but its comments say it.
        if let Some(login) = created.user.and_then(|user| user.login) {
            self.author = Some(login);
        }
        Ok(())
    }

    async fn author(&mut self, client: &Client) -> Result<String, Error> {
        if let Some(author) = &self.author {
            return Ok(author.clone());
        }
        let author = author(client).await?;
        self.author = Some(author.clone());
        Ok(author)
    }

    fn remember(&mut self, id: u64, marker: &Marker, body: &str) {
        self.known = Some(Known {
            id,
            marker: marker.clone(),
            body: body.to_owned(),
        });
    }
}

/// Who writes with this token. An app's token may not ask; it is taken for the workflow's own.
pub(super) async fn author(client: &Client) -> Result<String, Error> {
    let asked: Result<User, Error> = client.get_global("/user").await;
    match asked {
        Ok(User { login: Some(login) }) => Ok(login),
        Ok(User { login: None })
        | Err(Error::Refused {
            status: 403 | 404, ..
        }) => Ok(WORKFLOW_BOT.to_owned()),
        Err(error) => Err(error),
    }
}

async fn rewrite(client: &Client, known: &Known, body: &str) -> Result<(), Error> {
    if same(&known.body, body) {
        return Ok(());
    }
    let path = format!("/issues/comments/{}", known.id);
    client.patch(&path, &json!({ "body": body })).await
}

/// GitHub may give line ends back as it likes.
pub(super) fn same(old: &str, new: &str) -> bool {
    old.trim_end().lines().eq(new.trim_end().lines())
}
