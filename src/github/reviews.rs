//! Review comments with a suggested change, on lines that the pull request itself changes: GitHub takes no
//! others (<https://docs.github.com/rest/pulls/comments>). Each is found again by its author and its marker,
//! so that it is written once.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::github::client::Client;
use crate::github::comments::{self, Marker, User};
use crate::github::error::Error;

/// A pull request's author wants no more of them.
pub const MOST: usize = 5;

/// A change that the author of a pull request may take over with one click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The file, from the repository's root.
    pub path: String,
    /// The first line that it replaces, counted from 1.
    pub line: u32,
    /// The lines that it replaces, as they must be in the pull request.
    pub old: Vec<String>,
    /// The comment, with the suggestion in it and the marker as its last line.
    pub body: String,
    /// What it is found again by.
    pub marker: Marker,
}

impl Suggestion {
    fn last_line(&self) -> u32 {
        let more = u32::try_from(self.old.len()).unwrap_or(u32::MAX);
        self.line.saturating_add(more.saturating_sub(1))
    }
}

#[derive(Debug, Default, Deserialize)]
struct ChangedFile {
    filename: Option<String>,
    /// Absent where the file is too large or no text.
    patch: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Comment {
    id: Option<u64>,
    body: Option<String>,
    user: Option<User>,
    path: Option<String>,
    /// Absent where the line is no part of the changes any more.
    line: Option<u32>,
    in_reply_to_id: Option<u64>,
}

/// Writes those suggestions that stand on changed lines of the pull request, at its head `sha`, and takes
/// back those of ours that are wanted no more, unless somebody answered.
pub async fn put(
    client: &Client,
    number: u64,
    sha: &str,
    (kind, suggestions): (&Marker, &[Suggestion]),
) -> Result<(), Error> {
    let comments: Vec<Comment> = client.list(&format!("/pulls/{number}/comments")).await?;
    let has_ours = comments.iter().any(|comment| is_of(comment, kind));
    if suggestions.is_empty() && !has_ours {
        return Ok(());
    }
    let author = comments::author(client).await?;
    let ours: Vec<&Comment> = comments
        .iter()
        .filter(|comment| {
            is_of(comment, kind) && comment.user.as_ref().is_some_and(|user| user.is(&author))
        })
        .collect();
    let wanted = on_changed_lines(client, number, suggestions).await?;
    for old in &ours {
        let stays = wanted.iter().any(|suggestion| is_at(old, suggestion));
        let is_answered = comments
            .iter()
            .any(|other| other.in_reply_to_id.is_some() && other.in_reply_to_id == old.id);
        if let (false, false, Some(id)) = (stays, is_answered, old.id) {
            gone_is_fine(client.delete(&format!("/pulls/comments/{id}")).await)?;
        }
    }
    for suggestion in wanted {
        match ours.iter().find(|old| is_at(old, suggestion)) {
            Some(old) => rewrite(client, old, suggestion).await?,
            None => create(client, number, sha, suggestion).await?,
        }
    }
    Ok(())
}

fn is_of(comment: &Comment, kind: &Marker) -> bool {
    comment
        .body
        .as_deref()
        .is_some_and(|body| kind.begins_last_line(body))
}

/// Whether the comment is this very suggestion, where it still stands.
fn is_at(comment: &Comment, suggestion: &Suggestion) -> bool {
    comment.path.as_deref() == Some(&suggestion.path)
        && comment.line == Some(suggestion.last_line())
        && comment
            .body
            .as_deref()
            .is_some_and(|body| suggestion.marker.ends(body))
}

async fn on_changed_lines<'a>(
    client: &Client,
    number: u64,
    suggestions: &'a [Suggestion],
) -> Result<Vec<&'a Suggestion>, Error> {
    if suggestions.is_empty() {
        return Ok(Vec::new());
    }
    let files: Vec<ChangedFile> = client.list(&format!("/pulls/{number}/files")).await?;
    let stands = |suggestion: &&Suggestion| {
        let file = files
            .iter()
            .find(|file| file.filename.as_deref() == Some(&suggestion.path));
        let patch = file
            .and_then(|file| file.patch.as_deref())
            .unwrap_or_default();
        let shown = shown_lines(patch);
        (suggestion.line..)
            .zip(&suggestion.old)
            .all(|(line, text)| shown.get(&line) == Some(&text.as_str()))
    };
    Ok(suggestions.iter().filter(stands).take(MOST).collect())
}

/// The lines that a patch shows of the new file, by their numbers.
fn shown_lines(patch: &str) -> BTreeMap<u32, &str> {
    let mut lines = BTreeMap::new();
    let mut next = None;
    for line in patch.lines() {
        if let Some(hunk) = line.strip_prefix("@@ -") {
            next = new_begin(hunk);
        } else if let Some(number) = next.filter(|_| !line.starts_with(['-', '\\'])) {
            lines.insert(number, line.get(1..).unwrap_or_default());
            next = number.checked_add(1);
        }
    }
    lines
}

/// `4,6 +4,8 @@ …` begins at line 4 of the new file.
fn new_begin(hunk: &str) -> Option<u32> {
    let new = hunk.split_once('+')?.1;
    let end = new.find([',', ' '])?;
    new[..end].parse().ok()
}

async fn create(
    client: &Client,
    number: u64,
    sha: &str,
    suggestion: &Suggestion,
) -> Result<(), Error> {
    let mut body = json!({
        "body": suggestion.body,
        "commit_id": sha,
        "path": suggestion.path,
        "side": "RIGHT",
        "line": suggestion.last_line(),
    });
    if suggestion.old.len() > 1 {
        body["start_line"] = suggestion.line.into();
        body["start_side"] = "RIGHT".into();
    }
    let created: Result<Comment, Error> = client
        .post(&format!("/pulls/{number}/comments"), &body)
        .await;
    match created {
        Ok(_) => Ok(()),
        // The pull request has moved on, and so have its lines.
        Err(Error::Refused { status: 422, .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn rewrite(client: &Client, old: &Comment, suggestion: &Suggestion) -> Result<(), Error> {
    let is_same = old
        .body
        .as_deref()
        .is_some_and(|body| comments::same(body, &suggestion.body));
    match old.id {
        Some(id) if !is_same => {
            let path = format!("/pulls/comments/{id}");
            gone_is_fine(
                client
                    .patch(&path, &json!({ "body": suggestion.body }))
                    .await,
            )
        }
        Some(_) | None => Ok(()),
    }
}

fn gone_is_fine(result: Result<(), Error>) -> Result<(), Error> {
    match result {
        Err(error) if error.is_not_found() => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_patch_shows_the_lines_it_adds_and_those_around_them() {
        let patch = "@@ -1,4 +1,5 @@\n <?xml?>\n-old\n+new\n+more\n <dict>\n@@ -20,2 +21,2 @@ func\n x\n\\ No newline at end of file";
        let shown = shown_lines(patch);
        let expected = [
            (1, "<?xml?>"),
            (2, "new"),
            (3, "more"),
            (4, "<dict>"),
            (21, "x"),
        ];
        assert_eq!(shown, BTreeMap::from(expected));
    }

    #[test]
    fn a_suggestion_ends_at_its_last_line() {
        let suggestion = Suggestion {
            path: "a".to_owned(),
            line: 4,
            old: vec!["x".to_owned(), "y".to_owned()],
            body: String::new(),
            marker: Marker::new("a", "suggestion"),
        };
        assert_eq!(suggestion.last_line(), 5);
    }

    proptest! {
        #[test]
        fn any_text_is_a_patch(patch in "(@@ -[0-9]{1,12},1 \\+[0-9]{0,12}[, ]1? @@|[-+ \\\\é].{0,5}|\n){0,30}") {
            shown_lines(&patch);
        }
    }
}
