//! One file of a package, from its bytes to what is known of it.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest::{SHA256, digest};
use plist::{Dictionary, Value};

use crate::bundle::asset_catalogue::Catalogue;
use crate::bundle::icns;
use crate::bundle::image::{self, Binary, Looked};
use crate::bundle::picture::Picture;
use crate::bundle::questions::Questions;
use crate::bundle::role::Role;
use crate::bundle::seal::Seal;
use crate::bundle::stream::Stream;
use crate::profiles::{self, Profile};
use crate::property_list;

/// The largest property list that is read, in bytes; real ones stay below 200 KB.
const LARGEST_LIST: u64 = 2 << 20;
/// The largest seal that is read, in bytes; an app of 20,000 files has 6 MB.
const LARGEST_SEAL: u64 = 32 << 20;
/// The largest profile that is read, in bytes.
const LARGEST_PROFILE: u64 = 8 << 20;
/// The largest asset catalogue that is read, in bytes; those of games can be far larger.
const LARGEST_CATALOGUE: u64 = 24 << 20;
/// Most values of all lists together: an app of 300 frameworks has some 20,000.
const MOST_VALUES: u64 = 400_000;

/// What a file turned out to be.
#[derive(Debug)]
pub(super) enum Content {
    /// A property list, with the SHA-256 of the file.
    List(Result<Dictionary, property_list::Error>, [u8; 32]),
    /// A profile.
    Profile(Box<Result<Profile, profiles::Error>>),
    /// A seal, with the SHA-256 of the file.
    Seal(Seal, [u8; 32]),
    /// Code.
    Binary(Binary),
    /// A picture.
    Picture(Picture),
    /// The images of an `.icns`; none where it is no such file.
    Icons(Vec<[u8; 4]>),
    /// An asset catalogue.
    Catalogue(Catalogue),
}

/// What all files of a package may cost together.
#[derive(Debug)]
pub(super) struct Budget {
    values: AtomicU64,
    seals: AtomicU64,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            values: AtomicU64::new(MOST_VALUES),
            seals: AtomicU64::new(LARGEST_SEAL),
        }
    }

    fn spend(from: &AtomicU64, amount: u64) -> bool {
        let spent = from.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            left.checked_sub(amount)
        });
        spent.is_ok()
    }
}

/// Reads the file in its role. `None` where it is nothing that anyone asks for, or more than is read.
pub(super) fn read(
    role: Role,
    bytes: &mut dyn Read,
    questions: &Questions,
    budget: &Budget,
) -> io::Result<Option<Content>> {
    Ok(match role {
        Role::Info | Role::Privacy | Role::List => {
            list(bytes, budget)?.map(|(list, hash)| Content::List(list, hash))
        }
        Role::Profile => whole(bytes, LARGEST_PROFILE)?
            .map(|bytes| Content::Profile(Box::new(Profile::read(&bytes)))),
        Role::Seal => whole(bytes, LARGEST_SEAL)?.and_then(|bytes| {
            let fits = Budget::spend(&budget.seals, bytes.len() as u64);
            let hash = sha256(&bytes);
            fits.then(|| Seal::read(&bytes))
                .flatten()
                .map(|seal| Content::Seal(seal, hash))
        }),
        Role::Picture => {
            let mut head = Vec::new();
            bytes.take(64).read_to_end(&mut head)?;
            Picture::read(&head).map(Content::Picture)
        }
        Role::Icons => Some(Content::Icons(icns::kinds(bytes)?)),
        Role::Catalogue => whole(bytes, LARGEST_CATALOGUE)?
            .and_then(|bytes| Catalogue::read(&bytes))
            .map(Content::Catalogue),
        Role::Sniffed => match image::read(&mut Stream::new(bytes), questions)? {
            Looked::Code(binary) => Some(Content::Binary(binary)),
            Looked::Other => None,
        },
        Role::Unread => None,
    })
}

type List = (Result<Dictionary, property_list::Error>, [u8; 32]);

fn list(bytes: &mut dyn Read, budget: &Budget) -> io::Result<Option<List>> {
    let Some(bytes) = whole(bytes, LARGEST_LIST)? else {
        return Ok(None);
    };
    if budget.values.load(Ordering::Relaxed) == 0 {
        return Ok(None);
    }
    let list = property_list::parse(&bytes);
    let values = list.as_ref().map_or(0, of_dictionary);
    if !Budget::spend(&budget.values, values) {
        budget.values.store(0, Ordering::Relaxed);
        return Ok(None);
    }
    Ok(Some((list, sha256(&bytes))))
}

fn of_dictionary(list: &Dictionary) -> u64 {
    list.values().map(count).sum()
}

fn count(value: &Value) -> u64 {
    match value {
        Value::Array(values) => 1 + values.iter().map(count).sum::<u64>(),
        Value::Dictionary(list) => 1 + of_dictionary(list),
        _ => 1,
    }
}

/// All bytes, unless there are more than `most`.
fn whole(bytes: &mut dyn Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut all = Vec::new();
    bytes.take(most + 1).read_to_end(&mut all)?;
    Ok((all.len() as u64 <= most).then_some(all))
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let hash = digest(&SHA256, bytes);
    hash.as_ref().try_into().expect("SHA-256 has 32 bytes")
}
