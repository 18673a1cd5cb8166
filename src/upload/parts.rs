//! Which bytes go where: the list of parts, checked before a byte is sent.

use std::sync::Arc;

use reqwest::Url;
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use thiserror::Error;

use crate::http::address::{Danger, check, is_loopback};
use crate::secret::Secret;
use crate::text::{self, cut};
use crate::upload::stored::Stored;

/// Headers of one connection, or of how a message is framed.
const TRANSPORTS: [&str; 11] = [
    "connection",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "trailers",
    "transfer-encoding",
    "upgrade",
];
/// Headers that make another request of a PUT.
const OVERRIDES: [&str; 5] = [
    "range",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-url",
];
/// Headers by which somebody signs in.
const CREDENTIALS: [&str; 5] = [
    "authorization",
    "cookie",
    "proxy-authenticate",
    "proxy-authorization",
    "set-cookie",
];

/// One PUT that the storage waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Apple's number of the part, for messages; it need not follow the offsets.
    pub number: u32,
    /// The HTTP method, nearly always `PUT`.
    pub method: String,
    /// Where it goes. Whoever has this URL may write the part, so it is a secret.
    pub url: Secret,
    /// The part's first byte in the file.
    pub offset: u64,
    /// How many bytes it has.
    pub length: u64,
    /// Exactly the headers that the storage wants.
    pub headers: Vec<(String, String)>,
    /// What the storage says it already holds of this part: the MD5 of its bytes.
    pub entity_tag: Option<String>,
}

/// Why a list of parts can't be sent.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlanError {
    /// The list is empty and the file is not.
    #[error("App Store Connect gave no parts for a file of {file_size} bytes")]
    NoParts {
        /// The file's size in bytes.
        file_size: u64,
    },
    /// A part of no bytes.
    #[error("part {number} has no bytes")]
    Empty {
        /// The part's number.
        number: u32,
    },
    /// The end of a part does not fit into 64 bits.
    #[error("part {number} ends beyond any file")]
    Overflow {
        /// The part's number.
        number: u32,
    },
    /// Two parts cover the same byte.
    #[error(
        "part {number} begins at byte {offset}, but the bytes up to {covered} are already covered"
    )]
    Overlap {
        /// The number of the part that begins too early.
        number: u32,
        /// Where it begins.
        offset: u64,
        /// Where the parts before it end.
        covered: u64,
    },
    /// No part covers these bytes.
    #[error("no part covers the bytes from {from} to {to}")]
    Gap {
        /// The first byte that no part covers.
        from: u64,
        /// The first byte that is covered again, or the file's size.
        to: u64,
    },
    /// The parts cover more bytes than the file has.
    #[error("the parts cover {covered} bytes, but the file has {file_size}")]
    TooLong {
        /// Where the last part ends.
        covered: u64,
        /// The file's size in bytes.
        file_size: u64,
    },
    /// The URL is missing.
    #[error("part {number} has no URL")]
    NoUrl {
        /// The part's number.
        number: u32,
    },
    /// The URL is not one that a part can be sent to.
    #[error("part {number} has a URL that {fault}")]
    Url {
        /// The part's number.
        number: u32,
        /// What is wrong with it, without the URL itself.
        fault: &'static str,
    },
    /// The method is not the one by which a part is sent.
    #[error("part {number} wants another method than PUT")]
    Method {
        /// The part's number.
        number: u32,
    },
    /// A header that HTTP does not allow, or that contradicts the part.
    #[error("part {number} wants the header `{name}`, which {fault}")]
    Header {
        /// The part's number.
        number: u32,
        /// The header's name, without control characters.
        name: String,
        /// What is wrong with it.
        fault: &'static str,
    },
}

/// Parts that cover a file exactly, each byte once.
#[derive(Clone, Debug)]
pub struct PartPlan {
    requests: Arc<[PartRequest]>,
    file_size: u64,
    stored: Stored,
}

/// A part whose method, URL and headers were read and found good.
#[derive(Clone)]
pub(super) struct PartRequest {
    pub(super) number: u32,
    pub(super) url: Url,
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) headers: HeaderMap,
    pub(super) entity_tag: Option<String>,
}

impl PartRequest {
    /// Whether the storage may send the part on to this address: https, and plain http only from this
    /// machine to this machine.
    pub(super) fn may_go_to(&self, to: &Url) -> bool {
        check(to).is_ok() && (!is_loopback(to) || is_loopback(&self.url))
    }

    /// The same part for another address, without what was meant for the first one alone.
    pub(super) fn sent_on(&self, to: Url) -> Self {
        let mut headers = self.headers.clone();
        let content = |name: &HeaderName| name.as_str().starts_with("content-");
        let others: Vec<HeaderName> = headers
            .keys()
            .filter(|name| !content(name))
            .cloned()
            .collect();
        for name in others {
            headers.remove(name);
        }
        Self {
            url: to,
            headers,
            ..self.clone()
        }
    }
}

impl std::fmt::Debug for PartRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PartRequest")
            .field("number", &self.number)
            .field("offset", &self.offset)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl PartPlan {
    /// Checks that the parts, in whatever order they come, cover a file of `file_size` bytes exactly
    /// and that each can be sent: http or https, plain http only to this machine.
    pub fn new(mut parts: Vec<Part>, file_size: u64) -> Result<Self, PlanError> {
        parts.sort_by_key(|part| part.offset);
        tile(&parts, file_size)?;
        let requests = parts.iter().map(request).collect::<Result<Arc<[_]>, _>>()?;
        Ok(Self {
            requests,
            file_size,
            stored: Stored::default(),
        })
    }

    /// The same plan, where these parts were stored before, by other addresses.
    #[must_use]
    pub fn after(self, stored: Stored) -> Self {
        Self { stored, ..self }
    }

    /// What was stored of it so far.
    pub fn stored(&self) -> &Stored {
        &self.stored
    }

    /// The same plan, where no part goes to this machine: an API that is elsewhere has no business here.
    pub fn elsewhere(self) -> Result<Self, PlanError> {
        match self.requests.iter().find(|part| is_loopback(&part.url)) {
            None => Ok(self),
            Some(part) => Err(PlanError::Url {
                number: part.number,
                fault: "points to this very machine",
            }),
        }
    }

    /// The size in bytes of the file that the parts cover.
    pub fn file_size(&self) -> u64 {
        self.file_size
    }

    /// How many parts there are.
    pub fn count(&self) -> usize {
        self.requests.len()
    }

    /// The parts in the order of their bytes.
    pub(super) fn requests(&self) -> &[PartRequest] {
        &self.requests
    }

    /// Whether every part goes to this machine, which no proxy could reach.
    pub(super) fn stays_here(&self) -> bool {
        self.requests.iter().all(|part| is_loopback(&part.url))
    }

    /// Whether any part goes over TLS.
    pub(super) fn is_encrypted(&self) -> bool {
        self.requests
            .iter()
            .any(|part| part.url.scheme() == "https")
    }
}

fn tile(parts: &[Part], file_size: u64) -> Result<(), PlanError> {
    let mut covered = 0;
    for &Part {
        number,
        offset,
        length,
        ..
    } in parts
    {
        if length == 0 {
            return Err(PlanError::Empty { number });
        }
        let Some(end) = offset.checked_add(length) else {
            return Err(PlanError::Overflow { number });
        };
        if offset < covered {
            return Err(PlanError::Overlap {
                number,
                offset,
                covered,
            });
        }
        if offset > covered {
            return Err(PlanError::Gap {
                from: covered,
                to: offset,
            });
        }
        covered = end;
    }
    if parts.is_empty() && file_size > 0 {
        return Err(PlanError::NoParts { file_size });
    }
    if covered < file_size {
        return Err(PlanError::Gap {
            from: covered,
            to: file_size,
        });
    }
    if covered > file_size {
        return Err(PlanError::TooLong { covered, file_size });
    }
    Ok(())
}

fn request(part: &Part) -> Result<PartRequest, PlanError> {
    let number = part.number;
    // Any other method could do harm to whatever is at that address.
    if !part.method.trim().eq_ignore_ascii_case("PUT") {
        return Err(PlanError::Method { number });
    }
    Ok(PartRequest {
        number,
        url: url(part)?,
        offset: part.offset,
        length: part.length,
        headers: headers(part)?,
        entity_tag: part.entity_tag.clone(),
    })
}

fn url(part: &Part) -> Result<Url, PlanError> {
    let number = part.number;
    let text = part.url.expose().trim();
    if text.is_empty() {
        return Err(PlanError::NoUrl { number });
    }
    let wrong = |fault| PlanError::Url { number, fault };
    let url = Url::parse(text).map_err(|_| wrong("can't be read"))?;
    check(&url).map_err(|danger| {
        wrong(match danger {
            Danger::OtherScheme => "is neither http nor https",
            Danger::PlainHttp => "is plain http, so anybody on the way could read the part",
            Danger::NoHost => "names no host",
            Danger::Login => "carries a user name or password",
        })
    })?;
    Ok(url)
}

fn headers(part: &Part) -> Result<HeaderMap, PlanError> {
    let mut headers = HeaderMap::with_capacity(part.headers.len());
    for (name, value) in &part.headers {
        let wrong = |fault| PlanError::Header {
            number: part.number,
            name: cut::letters(&text::line(name), 60),
            fault,
        };
        let key = HeaderName::from_bytes(name.trim().as_bytes())
            .map_err(|_| wrong("is not a header name"))?;
        let value =
            HeaderValue::from_str(value.trim()).map_err(|_| wrong("has a value HTTP forbids"))?;
        if key == CONTENT_LENGTH {
            // The transport sets it from the body; a second one could only disagree.
            if value != part.length.to_string().as_str() {
                return Err(wrong("is not the part's length"));
            }
        } else if TRANSPORTS.contains(&key.as_str()) {
            return Err(wrong("belongs to the transport"));
        } else if CREDENTIALS.contains(&key.as_str()) {
            return Err(wrong(
                "is for whoever signs in, and is never sent to storage",
            ));
        } else if OVERRIDES.contains(&key.as_str()) {
            return Err(wrong("makes another request of it"));
        } else {
            headers.append(key, value);
        }
    }
    Ok(headers)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(number: u32, offset: u64, length: u64) -> Part {
        Part {
            number,
            method: "PUT".into(),
            url: Secret::new("https://storage.example/bucket?signature=abcdefgh"),
            offset,
            length,
            headers: vec![("Content-Type".into(), "application/octet-stream".into())],
            entity_tag: None,
        }
    }

    fn says(parts: Vec<Part>, file_size: u64) -> String {
        PartPlan::new(parts, file_size).unwrap_err().to_string()
    }

    #[test]
    fn parts_in_any_order_cover_the_file() {
        let plan = PartPlan::new(vec![part(2, 5, 3), part(3, 8, 1), part(1, 0, 5)], 9).unwrap();
        let numbers: Vec<u32> = plan.requests().iter().map(|part| part.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
        assert_eq!((plan.file_size(), plan.count()), (9, 3));
    }

    #[test]
    fn an_empty_file_has_no_parts() {
        assert_eq!(PartPlan::new(vec![], 0).unwrap().count(), 0);
    }

    #[test]
    fn each_fault_of_the_tiling_has_its_own_sentence() {
        assert_eq!(
            says(vec![], 7),
            "App Store Connect gave no parts for a file of 7 bytes"
        );
        assert_eq!(says(vec![part(1, 0, 0)], 7), "part 1 has no bytes");
        assert_eq!(
            says(vec![part(1, 0, 3), part(2, 3, u64::MAX)], 7),
            "part 2 ends beyond any file"
        );
        assert_eq!(
            says(vec![part(1, 0, 5), part(2, 4, 3)], 7),
            "part 2 begins at byte 4, but the bytes up to 5 are already covered"
        );
        assert_eq!(
            says(vec![part(1, 0, 3), part(2, 4, 3)], 7),
            "no part covers the bytes from 3 to 4"
        );
        assert_eq!(
            says(vec![part(1, 0, 3)], 7),
            "no part covers the bytes from 3 to 7"
        );
        assert_eq!(
            says(vec![part(1, 0, 9)], 7),
            "the parts cover 9 bytes, but the file has 7"
        );
    }

    #[test]
    fn a_url_that_no_part_may_go_to_is_refused_without_being_shown() {
        let cases = [
            ("", "part 1 has no URL"),
            ("::", "part 1 has a URL that can't be read"),
            (
                "ftp://storage.example/hush",
                "part 1 has a URL that is neither http nor https",
            ),
            (
                "http://storage.example/hush",
                "part 1 has a URL that is plain http, so anybody on the way could read the part",
            ),
            (
                "https://me:hush@storage.example/",
                "part 1 has a URL that carries a user name or password",
            ),
        ];
        for (url, sentence) in cases {
            let mut part = part(1, 0, 1);
            part.url = Secret::new(url);
            assert_eq!(says(vec![part], 1), sentence);
        }
    }

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for (url, good) in [
            ("http://127.0.0.1:8080/", true),
            ("http://[::1]:8080/", true),
            ("http://localhost/", true),
            ("http://127.0.0.1.example/", false),
            ("http://10.0.0.1/", false),
        ] {
            let mut part = part(1, 0, 1);
            part.url = Secret::new(url);
            assert_eq!(PartPlan::new(vec![part], 1).is_ok(), good, "{url}");
        }
    }

    #[test]
    fn headers_that_would_harm_are_refused() {
        for (name, value, good) in [
            ("authorization", "Bearer x", false),
            ("Host", "elsewhere.example", false),
            ("Cookie", "a=b", false),
            ("Proxy-Authorization", "Basic x", false),
            ("Expect", "100-continue", false),
            ("Upgrade", "h2c", false),
            ("TE", "trailers", false),
            ("Trailer", "x", false),
            ("Keep-Alive", "timeout=5", false),
            ("Proxy-Connection", "keep-alive", false),
            ("Transfer-Encoding", "chunked", false),
            ("Content-Length", "2", false),
            ("Content-Length", "1", true),
            ("a b", "x", false),
            ("x-amz-acl", "a\r\nb: c", false),
            ("x-amz-acl", "private", true),
        ] {
            let mut part = part(1, 0, 1);
            part.headers = vec![(name.into(), value.into())];
            assert_eq!(
                PartPlan::new(vec![part], 1).is_ok(),
                good,
                "{name}: {value}"
            );
        }
    }

    #[test]
    fn a_part_is_put_and_nothing_else_is_done_to_any_address() {
        for (method, good) in [
            ("PUT", true),
            (" put ", true),
            ("GET", false),
            ("POST", false),
            ("DELETE", false),
            ("CONNECT", false),
            ("FOO", false),
            ("", false),
        ] {
            let mut part = part(1, 0, 1);
            part.method = method.into();
            assert_eq!(PartPlan::new(vec![part], 1).is_ok(), good, "{method}");
        }
    }

    #[test]
    fn an_api_elsewhere_sends_no_part_to_this_machine() {
        for url in [
            "http://127.0.0.1:8080/",
            "https://localhost/",
            "http://[::1]/",
        ] {
            let mut part = part(1, 0, 1);
            part.url = Secret::new(url);
            let plan = PartPlan::new(vec![part], 1).unwrap();
            assert!(plan.elsewhere().is_err(), "{url}");
        }
        assert!(
            PartPlan::new(vec![part(1, 0, 1)], 1)
                .unwrap()
                .elsewhere()
                .is_ok()
        );
    }

    #[test]
    fn a_plan_never_shows_its_urls() {
        let plan = PartPlan::new(vec![part(1, 0, 1)], 1).unwrap();
        assert!(!format!("{plan:?}").contains("signature"));
    }

    proptest! {
        #[test]
        fn any_cut_of_a_file_is_a_plan_in_any_order(
            lengths in prop::collection::vec(1_u64..1_000_000, 0..40),
            seed in any::<u64>(),
        ) {
            let mut offset = 0;
            let mut parts = Vec::new();
            for (index, length) in lengths.iter().enumerate() {
                parts.push(part(u32::try_from(index).unwrap(), offset, *length));
                offset += length;
            }
            parts.sort_by_key(|part| (u64::from(part.number) ^ 5).wrapping_mul(seed | 1));
            prop_assert_eq!(PartPlan::new(parts, offset).unwrap().count(), lengths.len());
        }

        #[test]
        fn whatever_the_parts_say_the_plan_never_panics(
            spans in prop::collection::vec((any::<u64>(), any::<u64>(), ".*", ".*", ".*"), 0..6),
            file_size in any::<u64>(),
        ) {
            let parts = spans.into_iter().map(|(offset, length, url, name, value)| Part {
                url: Secret::new(url),
                headers: vec![(name, value)],
                ..part(1, offset, length)
            });
            let _ = PartPlan::new(parts.collect(), file_size);
        }
    }
}
