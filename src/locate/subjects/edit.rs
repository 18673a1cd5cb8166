//! The lines that would mend a finding at its place, where they can be known: a key that is missing in an
//! XML property list, and a version or build number that must be higher.

use std::collections::BTreeMap;

use crate::codes;
use crate::diagnostic::{Edit, Location, Subject};
use crate::locate::files::Files;
use crate::locate::place::Place;
use crate::locate::readers::xml_plist;

/// Lines that are shown below a change.
const BELOW: usize = 2;
/// When the answer on encryption is no.
const ONLY_EXEMPT: &str =
    "Right where the app has only exempt encryption, such as HTTPS; otherwise true.";
/// Longer lines are no project's that a person wrote.
const LONGEST: usize = 300;

/// The change at this place, for a finding about this subject with these variables.
pub fn of(
    files: &Files,
    place: &Place,
    subject: &Subject,
    variables: &BTreeMap<String, String>,
) -> Option<Edit> {
    match (place, subject) {
        (Place::ToAdd(at), Subject::InfoPlistKey { key, .. }) => {
            let text = files.text(&at.path)?;
            let is_list = at.path.ends_with(".plist") && xml_plist::parse(&text).is_some();
            let lines = lines_of(key).filter(|_| is_list)?;
            let file = File::of(&text, at)?;
            file.added(&lines)
        }
        (Place::Stated(at), Subject::MarketingVersion) => {
            let next = variables.get("next_version")?;
            let text = files.text(&at.path)?;
            File::of(&text, at)?.number_raised(next, Which::First)
        }
        (Place::Stated(at), Subject::BuildNumber) => {
            let next = variables.get("next_build_number")?;
            let text = files.text(&at.path)?;
            File::of(&text, at)?.number_raised(next, Which::Last)
        }
        (Place::ToAdd(_) | Place::Stated(_), _) => None,
    }
}

/// The lines to add for a key, where they can be known: a draft that a person must write out, or an answer with
/// the condition under which it is right above it.
fn lines_of(key: &str) -> Option<Vec<String>> {
    let (above, value) = match key {
        "ITSAppUsesNonExemptEncryption" => (Some(ONLY_EXEMPT), "<false/>".to_owned()),
        key => (None, format!("<string>{}</string>", codes::draft(key)?)),
    };
    let above = above.map(|condition| format!("<!-- {condition} -->"));
    let lines = above
        .into_iter()
        .chain([format!("<key>{key}</key>"), value]);
    Some(lines.collect())
}

/// Flutter's `1.2.0+42` holds both numbers.
#[derive(Clone, Copy, PartialEq)]
enum Which {
    First,
    Last,
}

/// A file's lines from the place on.
struct File<'a> {
    line: u32,
    lines: Vec<&'a str>,
}

impl<'a> File<'a> {
    fn of(text: &'a str, at: &Location) -> Option<Self> {
        let line = at.line?;
        // A change by lines would mix their ends.
        if text.contains('\r') {
            return None;
        }
        let above = usize::try_from(line).ok()?.checked_sub(1)?;
        let lines: Vec<&str> = text.lines().skip(above).take(2 + BELOW).collect();
        let is_fit = |line: &&str| line.len() <= LONGEST;
        (!lines.is_empty() && lines.iter().all(is_fit)).then_some(Self { line, lines })
    }

    /// The lines below the `<dict>`.
    fn added(&self, lines: &[String]) -> Option<Edit> {
        let [first, below @ ..] = self.lines.as_slice() else {
            return None;
        };
        if !first.trim_end().ends_with("<dict>") {
            return None;
        }
        let own = indentation(first);
        let inner = below
            .first()
            .filter(|line| line.trim_start().starts_with("<key>"));
        let inner = match inner {
            Some(line) => indentation(line).to_owned(),
            None => format!("{own}\t"),
        };
        let added = lines.iter().map(|line| format!("{inner}{line}"));
        Some(Edit {
            line: self.line,
            old: vec![(*first).to_owned()],
            new: std::iter::once((*first).to_owned()).chain(added).collect(),
            below: below
                .iter()
                .take(BELOW)
                .map(|line| (*line).to_owned())
                .collect(),
        })
    }

    /// The number in the line, or in the one below where a property list has it there.
    fn number_raised(&self, next: &str, which: Which) -> Option<Edit> {
        let first = *self.lines.first()?;
        let is_key = first.trim_start().starts_with("<key>") && !first.contains("</string>");
        let offset = usize::from(is_key);
        let old = *self.lines.get(offset)?;
        let new = with_number(old, next, which)?;
        Some(Edit {
            line: self.line + u32::from(is_key),
            old: vec![old.to_owned()],
            new: vec![new],
            below: self
                .lines
                .iter()
                .skip(offset + 1)
                .take(BELOW)
                .map(|line| (*line).to_owned())
                .collect(),
        })
    }
}

fn indentation(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// The line with its number, the only one or that of two with a `+` between them, replaced by a higher one.
fn with_number(line: &str, next: &str, which: Which) -> Option<String> {
    let value_at = line.find([':', '=', '>']).map_or(0, |at| at + 1);
    let mut numbers = Vec::new();
    let mut from = value_at;
    while let Some(begin) = line[from..].find(|char: char| char.is_ascii_digit()) {
        let begin = from + begin;
        let length = line[begin..].find(|char: char| !char.is_ascii_digit() && char != '.');
        let end = length.map_or(line.len(), |length| begin + length);
        numbers.push(begin..end);
        from = end;
    }
    let place = match numbers.as_slice() {
        [only] => only.clone(),
        [first, last] if line.get(first.end..last.start) == Some("+") => match which {
            Which::First => first.clone(),
            Which::Last => last.clone(),
        },
        _ => return None,
    };
    let is_higher = parts(next)? > parts(&line[place.clone()])?;
    is_higher.then(|| format!("{}{next}{}", &line[..place.start], &line[place.end..]))
}

fn parts(number: &str) -> Option<Vec<u64>> {
    number.split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, line: u32) -> Option<File<'_>> {
        let place = Location {
            path: "Info.plist".to_owned(),
            line: Some(line),
            column: None,
        };
        File::of(text, &place)
    }

    #[test]
    fn a_missing_key_is_added_below_the_dict_as_its_neighbours_are_indented() {
        let text = "<plist>\n<dict>\n  <key>a</key>\n  <true/>\n</dict>\n";
        let edit = at(text, 2)
            .unwrap()
            .added(&lines_of("NSCameraUsageDescription").unwrap())
            .unwrap();
        assert_eq!(edit.line, 2);
        assert_eq!(edit.old, ["<dict>"]);
        assert_eq!(
            edit.new,
            [
                "<dict>",
                "  <key>NSCameraUsageDescription</key>",
                "  <string>TODO: say what the app uses the camera for, for example to scan the code on a ticket</string>"
            ]
        );
        assert_eq!(edit.below, ["  <key>a</key>", "  <true/>"]);
        let empty = at("<dict>\n</dict>\n", 1)
            .unwrap()
            .added(&["<key>A</key>".to_owned()])
            .unwrap();
        assert_eq!(empty.new[1], "\t<key>A</key>");
        let crowded = at("<dict><key>a</key>\n", 1).unwrap();
        assert_eq!(crowded.added(&["<key>A</key>".to_owned()]), None);
        assert!(at("<dict>\r\n</dict>\r\n", 1).is_none());
    }

    #[test]
    fn what_a_person_must_decide_is_said_in_the_lines() {
        assert_eq!(lines_of("CFBundleIconName"), None);
        let encryption = lines_of("ITSAppUsesNonExemptEncryption").unwrap();
        assert!(
            encryption[0].contains("only exempt encryption"),
            "{encryption:?}"
        );
        assert_eq!(encryption[2], "<false/>");
    }

    #[test]
    fn a_number_is_raised_where_it_is_the_only_one_or_flutters() {
        let raised = |line: &str, next: &str, which| with_number(line, next, which);
        assert_eq!(
            raised("\t\tCURRENT_PROJECT_VERSION = 42;", "43", Which::Last).as_deref(),
            Some("\t\tCURRENT_PROJECT_VERSION = 43;")
        );
        assert_eq!(
            raised("version: 1.2.0+42", "1.2.1", Which::First).as_deref(),
            Some("version: 1.2.1+42")
        );
        assert_eq!(
            raised("version: 1.2.0+42", "43", Which::Last).as_deref(),
            Some("version: 1.2.0+43")
        );
        assert_eq!(
            raised("\t<string>1.9</string>", "1.10", Which::First).as_deref(),
            Some("\t<string>1.10</string>")
        );
        assert_eq!(raised("VERSION = 44;", "43", Which::Last), None);
        assert_eq!(raised("VERSION = $(OTHER);", "43", Which::Last), None);
        assert_eq!(raised("a: 1 # was 2", "3", Which::Last), None);
    }

    #[test]
    fn the_number_of_a_property_list_stands_below_its_key() {
        let text = "<key>CFBundleVersion</key>\n<string>42</string>\n</dict>\n";
        let edit = at(text, 1)
            .unwrap()
            .number_raised("43", Which::Last)
            .unwrap();
        assert_eq!(
            (edit.line, edit.new.as_slice()),
            (2, &["<string>43</string>".to_owned()][..])
        );
    }
}
