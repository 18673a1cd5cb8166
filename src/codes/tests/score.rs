//! How well codes and variables are read from real messages, where those are at hand. The texts
//! stay outside of the project.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::codes::matcher::is_delivery_number;
use crate::codes::{Catalogue, Message, diagnose, names_in, recognise, variables};
use crate::diagnostic::Diagnostic;

#[derive(Deserialize)]
struct Sample {
    id: String,
    expect_codes: Vec<String>,
    variables: BTreeMap<String, serde_json::Value>,
    text: String,
}

fn shared(path: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests may be told where the samples are"
    )]
    let shared = std::env::var_os("JETWAY_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let text = std::fs::read_to_string(shared.join(path)).ok();
    if text.is_none() {
        eprintln!("skipped: {path} is not beside the project");
    }
    text
}

fn samples() -> Option<Vec<Sample>> {
    let file = shared("corpus/messages.jsonl")?;
    let sample = |line| serde_json::from_str(line).expect("a sample is JSON");
    Some(file.lines().map(sample).collect())
}

/// Cuts a text into messages as a reader would, roughly: where a code is introduced.
fn messages(text: &str) -> Vec<&str> {
    const MARKS: &[&str] = &[
        "ITMS-",
        "ITMS ",
        "Asset validation failed",
        "Validation failed (",
        "*** Error: ",
        "Operation Error\n",
        "error: Validation failed",
        "\n\n",
        "\n\"",
        "\\n\"",
    ];
    let numbered = text.contains("ITMS-") || text.contains("VALIDATION_ERROR.");
    let mut cuts: Vec<usize> = MARKS
        .iter()
        .flat_map(|mark| text.match_indices(mark))
        .filter(|(at, mark)| {
            if mark.starts_with("ITMS") {
                text[at + 5..].starts_with(|c: char| c.is_ascii_digit())
            } else {
                !numbered || !mark.contains('\n')
            }
        })
        .map(|(at, _)| at)
        .chain([0, text.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|ends| &text[ends[0]..ends[1]])
        .collect()
}

fn findings(text: &str) -> Vec<Diagnostic> {
    let mut head = BTreeMap::new();
    let mut found = Vec::new();
    let say = |text, codes| {
        diagnose(&Message {
            text,
            codes,
            severity: None,
            source: "sample",
        })
    };
    for text in messages(text) {
        let codes = names_in(text);
        if codes.is_empty() && recognise(text).is_empty() {
            let read = variables(text);
            for name in [
                "app",
                "version",
                "build_number",
                "app_id",
                "error_id",
                "previous_build_number",
                "pointer",
            ] {
                if let Some(value) = read.get(name) {
                    head.entry(name.to_owned()).or_insert_with(|| value.clone());
                }
            }
            continue;
        }
        found.push(say(text, codes));
    }
    if found.is_empty() {
        found.push(say(text, names_in(text)));
    }
    for one in &mut found {
        for (name, value) in &head {
            one.variables
                .entry(name.clone())
                .or_insert_with(|| value.clone());
        }
    }
    found
}

fn plain(value: &str) -> String {
    value
        .trim_matches(|c: char| "'\"`‘’“”[]() ".contains(c))
        .trim_start_matches("./")
        .to_lowercase()
}

fn bare(code: &str) -> &str {
    code.strip_prefix("ITMS-").unwrap_or(code)
}

#[derive(Default)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn is_at_least(&self, percent: usize) -> bool {
        self.right * 100 >= self.all * percent
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = self.right * 1000 / self.all.max(1);
        write!(f, "{}.{} % of {}", tenths / 10, tenths % 10, self.all)
    }
}

#[derive(Default)]
struct Score {
    codes: Share,
    variables: Share,
    unexpected: Vec<String>,
}

impl Score {
    fn add(&mut self, sample: &Sample) {
        let found = findings(&sample.text);
        let names: Vec<&str> = found
            .iter()
            .flat_map(|one| &one.codes)
            .map(|name| bare(name))
            .collect();
        let known = found
            .iter()
            .any(|one| Catalogue::get().find(one.code.as_str()).is_some());
        for code in &sample.expect_codes {
            let right = names.contains(&code.as_str()) || (is_invented(code, sample) && known);
            self.codes.count(right);
            if !right {
                eprintln!("missed      {} code {code}, found {names:?}", sample.id);
            }
        }
        for name in names.iter().filter(|name| is_delivery_number(name)) {
            if !sample.expect_codes.iter().any(|code| code.contains(name))
                && !sample.text.contains(name)
            {
                self.unexpected.push(format!("{} {name}", sample.id));
            }
        }
        for (name, value) in &sample.variables {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            let right = found
                .iter()
                .flat_map(|one| one.variables.values())
                .any(|read| plain(read) == plain(&value));
            self.variables.count(right);
            if !right {
                let read: Vec<_> = found
                    .iter()
                    .map(|one| format!("{} {:?}", one.code, one.variables))
                    .collect();
                eprintln!(
                    "missed      {} {name} = {value}, read {}",
                    sample.id,
                    read.join(" | ")
                );
            }
        }
    }
}

/// Whether the sample names its fault by a word of its own, because the text prints no code.
fn is_invented(code: &str, sample: &Sample) -> bool {
    code == "403-CONTRACTS" || (code.contains('_') && !sample.text.contains(code))
}

#[test]
fn real_messages_give_their_codes_and_variables() {
    let Some(samples) = samples() else {
        return;
    };
    let mut score = Score::default();
    samples.iter().for_each(|sample| score.add(sample));
    eprintln!("messages    {}", samples.len());
    eprintln!("codes       {}", score.codes);
    eprintln!("variables   {}", score.variables);
    eprintln!(
        "unexpected  {} {:?}",
        score.unexpected.len(),
        score.unexpected
    );
    assert!(score.codes.is_at_least(99) && score.variables.is_at_least(95));
    assert!(score.unexpected.len() * 50 <= samples.len());
}

#[derive(Deserialize)]
struct Known {
    code: String,
    messages: Vec<String>,
}

/// Values that are put in the places of a known wording.
const VALUES: &[(&str, &str)] = &[
    ("app", "Lantern.app"),
    ("app id", "6471234567"),
    ("archs", "x86_64, i386"),
    ("asset", "Lamp2"),
    ("binary", "Frameworks/Wick.framework/Wick"),
    ("build", "417"),
    ("bundle", "Lantern.app"),
    ("bundle id", "com.example.lantern"),
    ("bundle path", "Lantern.app/PlugIns/Share.appex"),
    ("category", "NSPrivacyAccessedAPICategoryDiskSpace"),
    ("date", "April 28, 2026"),
    ("device", "iPad"),
    ("entry", "Lamp2"),
    ("file", "Lamp.xib"),
    ("found", "UIInterfaceOrientationPortrait"),
    ("identifier", "com.example.lantern.helper"),
    ("key", "NSLampUsageDescription"),
    ("locale", "pt-BR"),
    ("max", "26.1"),
    ("name", "Wick"),
    ("names", "_setLamp:, _lampColor"),
    ("new", "2.0"),
    ("old", "1.9"),
    ("path", "Lantern.app/Frameworks/Wick.framework"),
    ("paths", "Lantern.app/Frameworks/Wick.framework"),
    ("previous", "3.4.5"),
    ("reason", "C617.1"),
    ("required", "iOS 26"),
    ("schemes", "9lamp"),
    ("sdk", "iOS 18.5"),
    ("size", "152x152"),
    ("team", "A1B2C3D4E5"),
    ("train", "3.4.5"),
    ("uuid", "01234567-89ab-4def-8123-456789abcdef"),
    ("uuids", "01234567-89AB-4DEF-8123-456789ABCDEF"),
    ("value", "3.4.6"),
    ("version", "3.4.5"),
    ("xcode", "Xcode 26"),
];

#[test]
fn known_wordings_give_their_codes_and_variables() {
    let Some(file) = shared("itms/codes.json") else {
        return;
    };
    let all: Vec<Known> = serde_json::from_str(&file).expect("the list is JSON");
    let (mut codes, mut values) = ((0, 0), (0, 0));
    for known in &all {
        for message in &known.messages {
            let mut text = message.clone();
            let mut placed = Vec::new();
            for (name, value) in VALUES {
                let place = format!("{{{name}}}");
                if text.contains(&place) {
                    text = text.replace(&place, value);
                    placed.push((*name, *value));
                }
            }
            let found = diagnose(&Message {
                text: &text,
                codes: names_in(&text),
                severity: None,
                source: "sample",
            });
            let right = found.codes.iter().any(|name| {
                bare(name) == known.code || name.to_lowercase().contains(&known.code.to_lowercase())
            });
            codes.0 += usize::from(right);
            codes.1 += 1;
            if !right {
                eprintln!(
                    "CODE {} read as {}: {}",
                    known.code,
                    found.code,
                    &text.chars().take(300).collect::<String>()
                );
            }
            for (name, value) in placed {
                let right = found
                    .variables
                    .values()
                    .any(|read| plain(read) == plain(value));
                values.0 += usize::from(right);
                values.1 += 1;
                if !right {
                    eprintln!(
                        "VAR {} {name} = {value}: {text}\n      {:?}",
                        known.code, found.variables
                    );
                }
            }
        }
    }
    eprintln!(
        "wordings    codes {} of {}, variables {} of {}",
        codes.0, codes.1, values.0, values.1
    );
    assert!(codes.0 * 100 >= codes.1 * 80 && values.0 * 100 >= values.1 * 95);
}

#[test]
fn messages_without_their_number_are_recognised() {
    let Some(samples) = samples() else {
        return;
    };
    let (mut right, mut all) = (0, 0);
    for sample in &samples {
        let [code] = sample.expect_codes.as_slice() else {
            continue;
        };
        if !is_delivery_number(code) || !sample.text.contains(code.as_str()) {
            continue;
        }
        let text = sample
            .text
            .replace(&format!("ITMS-{code}"), "")
            .replace(code.as_str(), "");
        let found: Vec<&str> = recognise(&text)
            .iter()
            .map(|entry| entry.code.as_str())
            .collect();
        all += 1;
        if found.iter().any(|name| name.contains(code.as_str())) {
            right += 1;
        }
        if found.len() != 1 || !found[0].contains(code.as_str()) {
            eprintln!(
                "missed      {} {code} as {found:?}: {}",
                sample.id,
                text.chars()
                    .take(330)
                    .collect::<String>()
                    .replace('\n', " ")
            );
        }
    }
    eprintln!("no number   {right} of {all}");
    assert!(right * 100 >= all * 95);
}
