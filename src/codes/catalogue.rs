//! All entries, and how one is found by any of its names.

use std::collections::HashMap;
use std::io::Read as _;
use std::sync::OnceLock;

use flate2::read::ZlibDecoder;

use crate::codes::entry::Entry;

/// The entries as `build.rs` packed them: a JSON list, compressed.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.json.z"));

/// A catalogue that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the catalogue does not parse")]
pub struct Error(#[from] serde_json::Error);

/// Everything that is known of the codes that Apple and its tools print.
#[derive(Debug)]
pub struct Catalogue {
    entries: Vec<Entry>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Catalogue {
    /// The catalogue, read on the first call.
    pub fn get() -> &'static Self {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE
            .get_or_init(|| Self::read().expect("the embedded catalogue parses, a test says so"))
    }

    fn read() -> Result<Self, Error> {
        let mut text = Vec::new();
        ZlibDecoder::new(PACKED)
            .read_to_end(&mut text)
            .map_err(serde_json::Error::io)?;
        let entries: Vec<Entry> = serde_json::from_slice(&text)?;
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let names = entry.names();
            for name in names
                .iter()
                .map(String::as_str)
                .chain([entry.code.as_str()])
            {
                let list = by_name.entry(normalised(name)).or_default();
                if !list.contains(&index) {
                    list.push(index);
                }
            }
        }
        Ok(Self { entries, by_name })
    }

    /// Every entry, in the order of the files.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a name in any spelling: `ITMS-90683`, `90683`, `-19232`, `altool-19232`,
    /// `STATE_ERROR.VALIDATION_ERROR.90255`. A dotted code of App Store Connect's that is not known
    /// is found by its longest known beginning.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.find_all(name).first().copied()
    }

    /// Every entry that goes by the name: Apple uses some numbers for two faults. Of a dotted code the last piece may be
    /// the name, for `CONTENT_NOT_UPLOADED` comes behind more than one beginning.
    pub fn find_all(&self, name: &str) -> Vec<&Entry> {
        let mut key = normalised(name);
        if let Some((_, last)) = key.rsplit_once('.')
            && last.contains('_')
            && !self.by_name.contains_key(&key)
            && self.by_name.contains_key(last)
        {
            key = last.to_owned();
        }
        loop {
            if let Some(found) = self.by_name.get(&key) {
                let named = |index: &&usize| self.entries[**index].code == key;
                let (own, other): (Vec<&usize>, Vec<&usize>) = found.iter().partition(named);
                return own
                    .into_iter()
                    .chain(other)
                    .map(|&index| &self.entries[index])
                    .collect();
            }
            match key.rsplit_once('.') {
                Some((shorter, _)) => key.truncate(shorter.len()),
                None => return Vec::new(),
            }
        }
    }

    /// Up to `count` codes whose names begin like one that is not known or are close to it, the closest
    /// first.
    pub fn nearest(&self, name: &str, count: usize) -> Vec<&str> {
        const TELLING: usize = 3;
        let wanted = normalised(name);
        let wanted = wanted.trim_start_matches("itms-");
        let patience = if wanted.len() <= 6 {
            2
        } else {
            wanted.len() / 3
        };
        let mut close: Vec<(usize, &str)> = Vec::new();
        for (key, indexes) in &self.by_name {
            let begins = wanted.len() >= TELLING && key.starts_with(wanted);
            let apart = if begins { 0 } else { distance(wanted, key) };
            if apart <= patience {
                let codes = indexes
                    .iter()
                    .map(|&index| self.entries[index].code.as_str());
                close.extend(codes.map(|code| (apart, code)));
            }
        }
        close.sort_unstable();
        let mut codes: Vec<&str> = Vec::new();
        for (_, code) in close {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes.truncate(count);
        codes
    }
}

/// One spelling for a name: lower case, a delivery number alone, altool's numbers with their minus.
fn normalised(name: &str) -> String {
    let name = name
        .trim_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | ')' | '[' | ']' | '"' | '\'' | '`' | ':' | '#' | ',' | ';' | '.'
                )
        })
        .to_ascii_lowercase();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(number) = name
        .strip_prefix("itms")
        .map(|rest| rest.trim_start_matches(['-', '_', ' ']))
        && digits(number)
    {
        return number.to_owned();
    }
    if let Some(number) = name.strip_prefix("altool")
        && number.strip_prefix('-').is_some_and(digits)
    {
        return number.to_owned();
    }
    if let Some((_, number)) = name.rsplit_once('.')
        && number.len() == 5
        && digits(number)
    {
        return number.to_owned();
    }
    name
}

/// How far two names are apart: 1 for two letters that changed places, which is the commonest slip,
/// 2 for a letter changed, added or dropped.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().take(80).collect();
    let other: Vec<char> = other.chars().take(80).collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).map(|j| 2 * j).collect()];
    for i in 1..=one.len() {
        let mut row = vec![2 * i];
        for j in 1..=other.len() {
            let changed = rows[i - 1][j - 1] + if one[i - 1] == other[j - 1] { 0 } else { 2 };
            let mut best = changed.min(rows[i - 1][j] + 2).min(row[j - 1] + 2);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}
