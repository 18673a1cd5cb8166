//! Lists that go on: `links.next` is followed on the same server only, and not for ever.

use serde::de::DeserializeOwned;

use crate::asc::wire::document::{Page, Resource};
use crate::asc::wire::error::Error;
use crate::asc::wire::transport::Client;

/// 200 is the most that App Store Connect puts on a page.
pub const FULL_PAGE: &str = "200";

/// A server that links in circles is left after so many pages.
const MOST_PAGES: usize = 10;

/// So often a list that is not there is asked for again.
const FLICKERS: u32 = 2;

/// All resources of a list, as far as ten pages go.
pub async fn all<A: DeserializeOwned>(
    client: &Client,
    path: &str,
    query: &[(&str, &str)],
) -> Result<Vec<Resource<A>>, Error> {
    let mut page: Page<A> = first(client, path, query).await?;
    let mut found = Vec::new();
    for _ in 1..MOST_PAGES {
        let next = page.next().map(str::to_owned);
        found.append(&mut page.data);
        match next {
            Some(next) => page = client.get_next(path, &next).await?,
            None => return Ok(found),
        }
    }
    found.append(&mut page.data);
    Ok(found)
}

/// The first page. Of apps that exist Apple now and then says that they do not, so a list that is not
/// there is asked for again before that is believed.
async fn first<A: DeserializeOwned>(
    client: &Client,
    path: &str,
    query: &[(&str, &str)],
) -> Result<Page<A>, Error> {
    for tries in 0..FLICKERS {
        match client.get(path, query).await {
            Err(error) if error.status() == Some(404) => {
                client.rest(tries).await;
            }
            result => return result,
        }
    }
    client.get(path, query).await
}
