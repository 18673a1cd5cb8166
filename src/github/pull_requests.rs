//! Which pull request a commit belongs to.

use serde::Deserialize;

use crate::github::client::Client;
use crate::github::error::Error;

/// A pull request, as far as we need it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Found {
    number: Option<u64>,
    state: Option<String>,
    merged_at: Option<String>,
    merge_commit_sha: Option<String>,
    head: Option<Head>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Head {
    sha: Option<String>,
}

/// Which one is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// This one.
    One(u64),
    /// There is none.
    None,
    /// Several, and nothing tells which.
    Several(Vec<u64>),
}

/// Looks up the pull request of a commit or branch; `sha` is the commit that was built.
pub async fn find(client: &Client, commitish: &str, sha: Option<&str>) -> Result<Choice, Error> {
    let name = percent_encoding::utf8_percent_encode(commitish, percent_encoding::NON_ALPHANUMERIC);
    let found: Result<Vec<Found>, Error> = client.list(&format!("/commits/{name}/pulls")).await;
    match found {
        Ok(found) => Ok(choose(sha.unwrap_or(commitish), &found)),
        // GitHub's word for a commit that it does not know.
        Err(Error::Refused { status: 422, .. }) => Ok(Choice::None),
        Err(error) => Err(error),
    }
}

/// The open one whose head was built; else the merged one that made the commit; else the only one.
fn choose(sha: &str, found: &[Found]) -> Choice {
    let is =
        |commit: Option<&String>| commit.is_some_and(|commit| commit.eq_ignore_ascii_case(sha));
    let numbers = |keep: &dyn Fn(&Found) -> bool| -> Vec<u64> {
        found
            .iter()
            .filter(|one| keep(one))
            .filter_map(|one| one.number)
            .collect()
    };
    let heads = numbers(&|one| {
        one.state.as_deref() == Some("open")
            && is(one.head.as_ref().and_then(|head| head.sha.as_ref()))
    });
    let merged = numbers(&|one| one.merged_at.is_some() && is(one.merge_commit_sha.as_ref()));
    let all = numbers(&|_| true);
    for candidates in [heads, merged, all] {
        match candidates.as_slice() {
            [] => {}
            [only] => return Choice::One(*only),
            _ => return Choice::Several(candidates),
        }
    }
    Choice::None
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn chosen(found: &Value) -> Choice {
        let found: Vec<Found> = serde_json::from_value(found.clone()).unwrap();
        choose("abc", &found)
    }

    fn open(number: u64, head: &str) -> Value {
        json!({"number": number, "state": "open", "head": {"sha": head}})
    }

    fn merged(number: u64, commit: &str) -> Value {
        json!({"number": number, "state": "closed", "merged_at": "2026-01-01T00:00:00Z",
               "merge_commit_sha": commit, "head": {"sha": "old"}})
    }

    #[test]
    fn the_open_one_with_the_head_comes_first_then_the_merged_one_then_the_only_one() {
        let found = json!([merged(1, "abc"), open(2, "abc"), open(3, "other")]);
        assert_eq!(chosen(&found), Choice::One(2));
        let found = json!([merged(1, "abc"), open(3, "other")]);
        assert_eq!(chosen(&found), Choice::One(1));
        assert_eq!(chosen(&json!([open(3, "other")])), Choice::One(3));
        assert_eq!(chosen(&json!([])), Choice::None);
    }

    #[test]
    fn among_several_none_is_guessed() {
        let found = json!([open(3, "other"), open(4, "another")]);
        assert_eq!(chosen(&found), Choice::Several(vec![3, 4]));
        let found = json!([open(3, "abc"), open(4, "abc")]);
        assert_eq!(chosen(&found), Choice::Several(vec![3, 4]));
    }

    #[test]
    fn fields_that_are_missing_are_borne() {
        assert_eq!(
            chosen(&json!([{"head": null}, {"number": null}])),
            Choice::None
        );
    }
}
