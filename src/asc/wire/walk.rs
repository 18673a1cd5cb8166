//! The way through a list, page by page: on the same server only, and not for ever.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use crate::asc::wire::error::Error;
use crate::asc::wire::transport::Client;

/// A list of more pages is left where it is; with 200 on a page that is 10,000 resources.
pub const MOST_PAGES: usize = 50;
/// All pages of a list, in bytes.
pub const LARGEST_LIST: usize = 32 << 20;

/// So often a list that is not there is asked for again.
const FLICKERS: u32 = 2;

/// A walk through a list.
pub struct Walk<'a> {
    client: &'a Client,
    path: &'a str,
    /// Where it was already: a server may link in circles.
    asked: BTreeSet<String>,
    bytes: usize,
}

impl<'a> Walk<'a> {
    /// Begins with the first page. Of things that exist Apple now and then says that they do not, so a list that is not
    /// there is asked for again before that is believed.
    pub async fn begin<T: DeserializeOwned>(
        client: &'a Client,
        path: &'a str,
        query: &[(&str, &str)],
    ) -> Result<(Self, T), Error> {
        let mut tries = 0;
        let (page, bytes) = loop {
            match client.get_page(path, query).await {
                Err(error) if error.status() == Some(404) && tries < FLICKERS => {
                    client.rest(tries).await;
                    tries += 1;
                }
                result => break result?,
            }
        };
        let walk = Self {
            client,
            path,
            asked: BTreeSet::new(),
            bytes,
        };
        Ok((walk, page))
    }

    /// The page at this address; `None` where the list is not followed there, for it is long enough, or leads in
    /// circles.
    pub async fn go_on<T: DeserializeOwned>(&mut self, next: &str) -> Result<Option<T>, Error> {
        let is_long = self.asked.len() + 1 >= MOST_PAGES || self.bytes > LARGEST_LIST;
        if is_long || !self.asked.insert(next.to_owned()) {
            return Ok(None);
        }
        let (page, bytes) = self.client.get_next(self.path, next).await?;
        self.bytes += bytes;
        Ok(Some(page))
    }

    /// The error of whoever needs the whole list.
    pub fn cut(&self) -> Error {
        Error::Endless {
            path: self.path.to_owned(),
            pages: self.asked.len() + 1,
        }
    }
}
