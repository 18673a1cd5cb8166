//! Entries by words, for who knows no code: those whose title, names or subjects have them.

use crate::codes::catalogue::Catalogue;
use crate::codes::entry::Entry;
use crate::diagnostic::Severity;

/// Words that tell nothing.
const EMPTY: [&str; 32] = [
    "the", "an", "a", "is", "are", "was", "be", "of", "in", "on", "to", "for", "and", "or", "not",
    "no", "your", "you", "my", "this", "that", "it", "its", "has", "have", "with", "error",
    "failed", "apple", "app", "why", "how",
];

/// Up to `count` entries that have the words of a text, those with most of them, in the best places, first.
/// A short text has to be there whole; of a longer one half of the words.
pub fn search(text: &str, count: usize) -> Vec<&'static Entry> {
    let words = words(text);
    if words.is_empty() {
        return Vec::new();
    }
    let needed = match words.len() {
        few @ 1..=3 => few,
        many => many.div_ceil(2),
    };
    let mut found: Vec<(usize, &'static Entry)> = Catalogue::get()
        .entries()
        .iter()
        .filter_map(|entry| {
            let points: Vec<usize> = words.iter().map(|word| points(entry, word)).collect();
            let hits = points.iter().filter(|points| **points > 0).count();
            let phrase = entry.title.to_lowercase().contains(&text.to_lowercase());
            let bonus = if phrase { 20 } else { 0 };
            (hits >= needed).then(|| (points.iter().sum::<usize>() + bonus, entry))
        })
        .collect();
    found.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    let entries = found.into_iter().map(|(_, entry)| entry);
    entries.take(count).collect()
}

/// The entries about a key, an entitlement or a build setting, by its name as it stands in a file, in any case.
/// Those that ask for it alone come first, and faults before notices.
pub fn about(name: &str) -> Vec<&'static Entry> {
    let place = |entry: &Entry| {
        let mut first = entry.subjects.iter().take(2);
        first.position(|subject| {
            let own = subject.split_once(':').map(|(_, own)| own);
            own.is_some_and(|own| own.eq_ignore_ascii_case(name))
        })
    };
    let entries = Catalogue::get().entries().iter();
    if is_purpose(name) {
        return entries.filter(|entry| entry.code == "itms-90683").collect();
    }
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let is_notice = entry.severity == Severity::Notice;
            Some(((place(entry)?, is_notice, entry.subjects.len()), entry))
        })
        .collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// Whether it is the key of a purpose string, in any case.
fn is_purpose(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    (name.starts_with("ns") || name.starts_with("nfc")) && name.ends_with("usagedescription")
}

/// The name of a key, an entitlement or a value as the catalogue spells it, in backticks, in a subject or in the
/// lines to paste; `None` where it has none of this name.
pub fn spelled(name: &str) -> Option<&'static str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "~._-".contains(c);
    let of_entry = |entry: &'static Entry| {
        let snippet = entry.snippet.iter().map(|snippet| &snippet.after);
        let texts = entry
            .fix
            .iter()
            .chain(&entry.subjects)
            .chain([&entry.example]);
        let mut words =
            (texts.chain(snippet)).flat_map(move |text| text.split(move |c| !is_part(c)));
        words.find(|word| word.trim_end_matches('.').eq_ignore_ascii_case(name))
    };
    let found = Catalogue::get().entries().iter().find_map(of_entry);
    found.map(|word| word.trim_end_matches('.'))
}

/// The entries whose text has a word as it is written.
pub fn naming(word: &str) -> Vec<&'static Entry> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "~._-".contains(c);
    let has = |text: &str| text.split(|c| !is_part(c)).any(|own| own == word);
    let entries = Catalogue::get().entries().iter();
    let names = |entry: &&Entry| {
        let snippet = entry.snippet.iter().map(|snippet| &snippet.after);
        let mut texts = entry.fix.iter().chain([&entry.meaning]).chain(snippet);
        texts.any(|text| has(text))
    };
    entries.filter(names).collect()
}

/// How well a word fits an entry: by its title, its names, what it is about, what it means, how to fix it.
fn points(entry: &Entry, word: &str) -> usize {
    let has = |text: &str| begins_a_word(&text.to_lowercase(), word);
    if has(&entry.title) {
        8
    } else if has(&entry.code) || entry.also.iter().any(|name| has(name)) {
        5
    } else if entry.subjects.iter().any(|subject| has(subject)) {
        4
    } else if has(&entry.meaning) || has(&entry.example) {
        2
    } else {
        usize::from(entry.fix.iter().any(|step| has(step)))
    }
}

fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|before| !before.is_ascii_alphanumeric())
    })
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let each = text
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase);
    for word in each {
        let tells = word.len() > 2 && !EMPTY.contains(&word.as_str());
        if tells && !words.contains(&word) && words.len() < 24 {
            words.push(word);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&str> {
        let found = search(text, 5);
        found.iter().map(|entry| entry.code.as_str()).collect()
    }

    #[test]
    fn words_find_the_entries_whose_titles_have_them() {
        assert!(codes("privacy manifest").contains(&"itms-91056"));
        assert!(codes("bitcode").contains(&"itms-90482"));
        assert!(codes("Invalid Swift Support").contains(&"itms-90426"));
        assert_eq!(codes("lighthouse keeper on leave"), [""; 0]);
        assert_eq!(codes("the"), [""; 0]);
    }

    #[test]
    fn a_key_of_a_property_list_leads_to_what_is_about_it() {
        let code = |name| about(name).first().map(|entry| entry.code.as_str());
        assert_eq!(code("NSCameraUsageDescription"), Some("itms-90683"));
        assert_eq!(code("CFBundleIconName"), Some("itms-90713"));
        assert_eq!(code("cfbundleiconname"), Some("itms-90713"));
        assert_eq!(
            code("ITSAppUsesNonExemptEncryption"),
            Some("asc-missing-export-compliance")
        );
        assert_eq!(code("UIFlyingFish"), None);
        assert_eq!(spelled("uilaunchscreen"), Some("UILaunchScreen"));
        assert_eq!(spelled("uiflyingfish"), None);
    }
}
