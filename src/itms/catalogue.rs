//! All entries, and how one is found by any of its names.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::itms::entry::Entry;

/// The files of the catalogue, embedded.
const FILES: &[(&str, &str)] = &[("seed.toml", include_str!("catalogue/seed.toml"))];

/// A file of the catalogue that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the catalogue's {file} does not parse")]
pub struct Error {
    file: &'static str,
    #[source]
    source: Box<toml::de::Error>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entry: Vec<Entry>,
}

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
        let mut entries = Vec::new();
        for &(file, text) in FILES {
            let read: File = toml::from_str(text).map_err(|source| Error {
                file,
                source: Box::new(source),
            })?;
            entries.extend(read.entry);
        }
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

    /// Every entry that goes by the name: Apple uses some numbers for two faults.
    pub fn find_all(&self, name: &str) -> Vec<&Entry> {
        let mut key = normalised(name);
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

    /// Up to `count` names that are close to one that is not known, the closest first.
    pub fn nearest(&self, name: &str, count: usize) -> Vec<&str> {
        let wanted = normalised(name);
        let patience = if wanted.len() <= 6 {
            2
        } else {
            wanted.len() / 3
        };
        let mut close: Vec<(usize, &str)> = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let best = self
                .by_name
                .iter()
                .filter(|(_, indexes)| indexes.contains(&index))
                .map(|(key, _)| distance(&wanted, key))
                .min();
            if let Some(best) = best.filter(|&best| best <= patience) {
                close.push((best, entry.code.as_str()));
            }
        }
        close.sort_unstable();
        close
            .into_iter()
            .take(count)
            .map(|(_, code)| code)
            .collect()
    }
}

/// One spelling for a name: lower case, a delivery number alone, altool's numbers with their minus.
fn normalised(name: &str) -> String {
    let name = name
        .trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '"' | '\'' | ':')
        })
        .to_ascii_lowercase();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(number) = name
        .strip_prefix("itms-")
        .or_else(|| name.strip_prefix("itms"))
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

/// How many letters to change, add or drop to turn one name into the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(80).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().take(80).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}
