//! Lists that go on: all of one, or as much as is read.

use serde::de::DeserializeOwned;

use crate::asc::wire::document::{Page, Resource};
use crate::asc::wire::error::Error;
use crate::asc::wire::transport::Client;
use crate::asc::wire::walk::Walk;

/// 200 is the most that App Store Connect puts on a page.
pub const FULL_PAGE: &str = "200";

/// A list, as far as it was read.
pub struct List<A> {
    /// Its resources.
    pub rows: Vec<Resource<A>>,
    /// Whether there are no more: else nobody may conclude that something is not there.
    pub is_whole: bool,
}

/// All resources of a list; one that does not end is an error, for nobody could say what it lacks.
pub async fn all<A: DeserializeOwned>(
    client: &Client,
    path: &str,
    query: &[(&str, &str)],
) -> Result<Vec<Resource<A>>, Error> {
    let (walk, list) = walked(client, path, query).await?;
    if list.is_whole {
        Ok(list.rows)
    } else {
        Err(walk.cut())
    }
}

/// The resources of a list, as far as it is read.
pub async fn most<A: DeserializeOwned>(
    client: &Client,
    path: &str,
    query: &[(&str, &str)],
) -> Result<List<A>, Error> {
    Ok(walked(client, path, query).await?.1)
}

async fn walked<'a, A: DeserializeOwned>(
    client: &'a Client,
    path: &'a str,
    query: &[(&str, &str)],
) -> Result<(Walk<'a>, List<A>), Error> {
    let (mut walk, mut page): (_, Page<A>) = Walk::begin(client, path, query).await?;
    let mut rows = Vec::new();
    loop {
        let next = page.next().map(str::to_owned);
        rows.append(&mut page.data);
        let Some(next) = next else {
            let is_whole = true;
            return Ok((walk, List { rows, is_whole }));
        };
        let Some(more) = walk.go_on(&next).await? else {
            let is_whole = false;
            return Ok((walk, List { rows, is_whole }));
        };
        page = more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::wire::record;
    use crate::asc::wire::test_server::{Reply, Server, ok};
    use crate::asc::wire::walk::{LARGEST_LIST, MOST_PAGES};
    use serde_json::json;

    #[derive(Debug, Default, serde::Deserialize)]
    struct Nothing {}

    /// Page number `number` of a list that goes on, with this much in it beside its resource.
    fn page(number: usize, more: &str) -> Reply {
        let next = format!("/v1/apps?cursor={number}");
        ok(&json!({"data": [{"id": "1"}], "links": {"next": next}, "meta": more}))
    }

    /// What both ways to read a list make of it: how much of it there is, whether that is all, and what is said to
    /// whoever needs all. The calls come last.
    async fn read(replies: impl Fn() -> Vec<Reply>) -> (usize, bool, Vec<String>, usize) {
        let server = Server::new(replies()).await;
        let client = server.client();
        let most = most::<Nothing>(&client, "/v1/apps", &[]).await.unwrap();
        let calls = server.heard().len();
        let mut said = Vec::new();
        let server = Server::new(replies()).await;
        let all = all::<Nothing>(&server.client(), "/v1/apps", &[]).await;
        said.extend(all.err().map(|error| error.to_string()));
        let server = Server::new(replies()).await;
        let records = record::list(&server.client(), "/v1/apps", &[]).await;
        said.extend(records.err().map(|error| error.to_string()));
        (most.rows.len(), most.is_whole, said, calls)
    }

    #[tokio::test]
    async fn a_list_that_is_read_to_its_end_is_whole() {
        let replies = || {
            let last = ok(&json!({"data": [{"id": "1"}], "links": {"next": null}}));
            (1..12).map(|at| page(at, "")).chain([last]).collect()
        };
        assert_eq!(read(replies).await, (12, true, Vec::new(), 12));
    }

    #[tokio::test]
    async fn a_list_that_is_cut_says_so_and_is_no_list_to_whoever_needs_all() {
        let endless = || (1..90).map(|at| page(at, "")).collect();
        let circle = || (1..90).map(|_| page(1, "")).collect();
        let large = || {
            let more = "x".repeat(LARGEST_LIST / 4 + 1);
            (1..9).map(|at| page(at, &more)).collect()
        };
        let cases: [(usize, &dyn Fn() -> Vec<Reply>); 3] =
            [(MOST_PAGES, &endless), (2, &circle), (4, &large)];
        for (pages, replies) in cases {
            let sentence = format!(
                "the list GET /v1/apps goes on after the {pages} pages that were read, so what it lacks is not known"
            );
            let said = vec![sentence.clone(), sentence];
            assert_eq!(read(replies).await, (pages, false, said, pages));
        }
    }
}
