//! Texts for testers and for the store: a text as it is typed, a file, or a folder with one file a language.
//! The files of other tools are read as they are: Codemagic's `release_notes.json` and
//! `release_notes_<locale>.txt`, and fastlane's `<locale>/release_notes.txt`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli::choices::NotTaken;
use crate::cli::files::read_at_most;
use crate::plan::Notes;
use crate::secret::typed;
use crate::text::cut;

/// What App Store Connect takes, in UTF-16 units: the strictest count that was seen.
pub const LONGEST: usize = 4_000;
/// Far more than any note.
const LARGEST_FILE: u64 = 1024 * 1024;

/// Reads the texts; longer ones are cut where that was asked for, and are a problem else.
pub fn read(given: &str, trims: bool) -> Result<Vec<Notes>, NotTaken> {
    let path = Path::new(given);
    let mut notes = if path.is_dir() {
        of_folder(path)?
    } else if path.is_file() {
        of_file(path)?
    } else if looks_like_a_path(given) {
        return Err(NotTaken(format!(
            "there is no file or folder `{}`",
            typed::shown(given)
        )));
    } else {
        vec![of(None, given.to_owned())]
    };
    notes.retain(|note| !note.text.trim().is_empty());
    if notes.is_empty() {
        return Err(NotTaken(format!(
            "there is no text in `{}`",
            typed::shown(given)
        )));
    }
    for note in &mut notes {
        fit(note, trims)?;
    }
    notes.sort_by(|one, other| one.locale.cmp(&other.locale));
    match notes
        .windows(2)
        .find(|pair| pair[0].locale == pair[1].locale)
    {
        None => Ok(notes),
        Some(pair) => Err(NotTaken(format!(
            "there are two texts for {}",
            shown(pair[0].locale.as_deref())
        ))),
    }
}

/// A text of one word that ends like a file is no text: better to ask than to send a name to testers.
fn looks_like_a_path(given: &str) -> bool {
    let ending = Path::new(given)
        .extension()
        .and_then(|ending| ending.to_str());
    !given.contains(char::is_whitespace)
        && (matches!(ending, Some("txt" | "md" | "json")) || given.contains('/'))
}

fn of(locale: Option<&str>, text: String) -> Notes {
    Notes {
        locale: locale.map(str::to_owned),
        text,
    }
}

fn text_of(path: &Path) -> Result<String, NotTaken> {
    let unreadable = |why: String| NotTaken(format!("{} can't be read: {why}", typed::path(path)));
    let bytes = read_at_most(path, LARGEST_FILE).map_err(|error| unreadable(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8".to_owned()))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn of_file(path: &Path) -> Result<Vec<Notes>, NotTaken> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    if name.to_ascii_lowercase().ends_with(".json") {
        return of_json(path, &text_of(path)?);
    }
    Ok(vec![of(locale_of(name), text_of(path)?)])
}

/// `de-DE.txt` and `release_notes_de-DE.txt` are of a language, other names of the first one.
fn locale_of(name: &str) -> Option<&str> {
    let stem = name.strip_suffix(".txt")?;
    let locale = stem.strip_prefix("release_notes_").unwrap_or(stem);
    is_locale(locale).then_some(locale)
}

/// Such as `en`, `en-US` or `zh-Hans`.
fn is_locale(text: &str) -> bool {
    let (language, region) = text.split_once('-').unwrap_or((text, "XX"));
    let is_word = |word: &str, lengths: &[usize]| {
        lengths.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    is_word(language, &[2]) && is_word(region, &[2, 4])
}

fn of_folder(folder: &Path) -> Result<Vec<Notes>, NotTaken> {
    let unreadable = |error: std::io::Error| NotTaken(format!("{}: {error}", typed::path(folder)));
    let mut notes = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let inside = path.join("release_notes.txt");
        if is_locale(name) && inside.is_file() {
            notes.push(of(Some(name), text_of(&inside)?));
        } else if name == "release_notes.json" {
            notes.extend(of_json(&path, &text_of(&path)?)?);
        } else if matches!(name, "release_notes.txt" | "default.txt") || locale_of(name).is_some() {
            notes.push(of(locale_of(name), text_of(&path)?));
        }
    }
    if notes.is_empty() {
        let why = "there is no file such as `en-US.txt`, `release_notes_en-US.txt` or `release_notes.json`";
        return Err(NotTaken(format!("{why} in `{}`", typed::path(folder))));
    }
    Ok(notes)
}

/// `[{"language": "en-US", "text": "…"}]`; what else is in there is for the store.
fn of_json(path: &Path, text: &str) -> Result<Vec<Notes>, NotTaken> {
    let wrong = |why: &str| NotTaken(format!("{}: {why}", typed::path(path)));
    let value: Value = serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
    let rows = value
        .as_array()
        .ok_or_else(|| wrong("it is no list of languages with their texts"))?;
    rows.iter()
        .map(|row| {
            let text = |name: &str| row.get(name).and_then(Value::as_str);
            let language = text("language").ok_or_else(|| wrong("a text has no `language`"))?;
            Ok(of(
                Some(language),
                text("text").unwrap_or_default().to_owned(),
            ))
        })
        .collect()
}

fn fit(note: &mut Notes, trims: bool) -> Result<(), NotTaken> {
    note.text = note.text.trim().to_owned();
    let length = note.text.encode_utf16().count();
    if length <= LONGEST {
        return Ok(());
    }
    if !trims {
        return Err(NotTaken(format!(
            "the text for {} has {length} characters, and App Store Connect takes {LONGEST}; shorten it, or give \
             --trim-whats-new",
            shown(note.locale.as_deref())
        )));
    }
    note.text = cut::utf16_units(&note.text, LONGEST);
    Ok(())
}

fn shown(locale: Option<&str>) -> &str {
    locale.unwrap_or("the app's first language")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn shown_of(folder: &tempfile::TempDir, name: &str) -> Result<Vec<String>, String> {
        let path = folder.path().join(name);
        let notes = read(path.to_str().unwrap(), false).map_err(|error| error.to_string())?;
        let line = |note: Notes| format!("{}={}", note.locale.unwrap_or_default(), note.text);
        Ok(notes.into_iter().map(line).collect())
    }

    #[test]
    fn a_text_a_file_and_a_folder_of_languages_are_read() {
        let place = folder(&[
            ("notes/en-US.txt", "\u{feff}New things \n"),
            ("notes/zh-Hans.txt", "新"),
            ("notes/readme.md", "not a note"),
            ("CHANGES.md", "All of it"),
            ("release_notes_de-DE.txt", "Neues"),
        ]);
        let of = |name| shown_of(&place, name).unwrap();
        assert_eq!(of("notes"), ["en-US=New things", "zh-Hans=新"]);
        assert_eq!(of("CHANGES.md"), ["=All of it"]);
        assert_eq!(of("release_notes_de-DE.txt"), ["de-DE=Neues"]);
        let typed = read("Fixes a crash", false).unwrap();
        assert_eq!(
            (typed[0].locale.as_deref(), typed[0].text.as_str()),
            (None, "Fixes a crash")
        );
    }

    #[test]
    fn the_release_notes_of_codemagic_and_fastlane_are_read_unchanged() {
        let codemagic = folder(&[
            (
                "release_notes.json",
                r#"[{"language": "en-GB", "text": "A", "keywords": "x", "promotional_text": "y"},
                    {"language": "it", "text": "B"}]"#,
            ),
            ("release_notes_fr-FR.txt", "C"),
            ("project.yml", ""),
        ]);
        assert_eq!(
            shown_of(&codemagic, "").unwrap(),
            ["en-GB=A", "fr-FR=C", "it=B"]
        );
        assert_eq!(
            shown_of(&codemagic, "release_notes.json").unwrap(),
            ["en-GB=A", "it=B"]
        );
        let fastlane = folder(&[("de-DE/release_notes.txt", "D"), ("de-DE/name.txt", "N")]);
        assert_eq!(shown_of(&fastlane, "").unwrap(), ["de-DE=D"]);
    }

    #[test]
    fn what_is_no_text_is_said_and_not_sent() {
        let place = folder(&[
            ("empty/en-US.txt", " \n"),
            ("none/a.md", "x"),
            ("twice/it.txt", "x"),
            ("twice/release_notes_it.txt", "y"),
            ("wrong.json", "{}"),
        ]);
        let why = |name| shown_of(&place, name).unwrap_err();
        assert!(why("empty").contains("no text"));
        assert!(why("none").contains("no file such as"));
        assert!(why("twice").contains("two texts for it"));
        assert!(why("wrong.json").contains("no list"));
        assert!(why("notes/absent.txt").contains("there is no file"));
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_only_where_that_is_asked_for() {
        let long = "ä 🎉".repeat(1_100);
        let refused = read(&long, false).unwrap_err().to_string();
        assert!(refused.contains("4400 characters"), "{refused}");
        let cut = read(&long, true).unwrap();
        let units = cut[0].text.encode_utf16().count();
        assert!((3_990..=LONGEST).contains(&units), "{units}");
        assert!(cut[0].text.ends_with('…'));
    }
}
