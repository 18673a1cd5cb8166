//! How well codes and variables are read from real messages, where those are at hand. The texts
//! stay outside of the project.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::itms::matcher::is_delivery_number;
use crate::itms::{Catalogue, Message, diagnose, names_in, recognise, variables};

#[derive(Deserialize)]
struct Sample {
    id: String,
    expect_codes: Vec<String>,
    variables: BTreeMap<String, serde_json::Value>,
    text: String,
}

fn samples() -> Option<Vec<Sample>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests may be told where the samples are"
    )]
    let shared = std::env::var_os("JETWAY_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let file = std::fs::read_to_string(shared.join("corpus/messages.jsonl")).ok()?;
    Some(
        file.lines()
            .map(|line| serde_json::from_str(line).expect("a sample is JSON"))
            .collect(),
    )
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
                "request_id",
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

#[test]
fn real_messages_give_their_codes_and_variables() {
    let Some(samples) = samples() else {
        eprintln!("skipped: no samples of real messages beside the project");
        return;
    };
    let mut codes = (0, 0);
    let mut values = (0, 0);
    let mut unexpected = Vec::new();
    let mut missed = Vec::new();
    for sample in &samples {
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
            let invented = code.contains('_') && !sample.text.contains(code.as_str())
                || code == "403-CONTRACTS";
            let right = names.contains(&code.as_str()) || (invented && known);
            codes.0 += usize::from(right);
            codes.1 += 1;
            if !right {
                missed.push(format!("{} code {code}, found {names:?}", sample.id));
            }
        }
        for name in names.iter().filter(|name| is_delivery_number(name)) {
            if !sample.expect_codes.iter().any(|code| code.contains(name))
                && !sample.text.contains(name)
            {
                unexpected.push(format!("{} {name}", sample.id));
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
            values.0 += usize::from(right);
            values.1 += 1;
            if !right {
                let read: Vec<_> = found
                    .iter()
                    .map(|one| format!("{} {:?}", one.code, one.variables))
                    .collect();
                missed.push(format!(
                    "{} {name} = {value}, read {}",
                    sample.id,
                    read.join(" | ")
                ));
            }
        }
    }
    let share = |(right, all): (u32, u32)| f64::from(right) * 100.0 / f64::from(all.max(1));
    let count = |(right, all): (usize, usize)| (right as u32, all as u32);
    eprintln!("messages    {}", samples.len());
    eprintln!("codes       {:5.1} % of {}", share(count(codes)), codes.1);
    eprintln!("variables   {:5.1} % of {}", share(count(values)), values.1);
    eprintln!("unexpected  {} {unexpected:?}", unexpected.len());
    for line in &missed {
        eprintln!("missed      {line}");
    }
    assert!(
        share(count(codes)) >= 96.0
            && share(count(values)) >= 95.0
            && unexpected.len() * 50 <= samples.len()
    );
}

#[test]
#[ignore = "shows every finding, to be read by a person"]
fn show_what_is_read() {
    for sample in samples().unwrap_or_default() {
        eprintln!("== {} {:?}", sample.id, sample.expect_codes);
        for one in findings(&sample.text) {
            eprintln!(
                "   {} {:?} {:?}\n      {:?}",
                one.code,
                one.codes,
                one.variables,
                one.fix.first()
            );
        }
    }
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
#[ignore = "a measure for the writers of rules"]
fn known_wordings_give_their_codes_and_variables() {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests may be told where the samples are"
    )]
    let Some(shared) = std::env::var_os("JETWAY_SHARED") else {
        return;
    };
    let Ok(file) = std::fs::read_to_string(PathBuf::from(shared).join("itms/codes.json")) else {
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
    eprintln!("known wordings: codes {codes:?}, variables {values:?}");
}

#[test]
#[ignore = "a measure for the writers of rules"]
fn whole_outputs_give_their_codes() {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests may be told where the samples are"
    )]
    let Some(shared) = std::env::var_os("JETWAY_SHARED") else {
        return;
    };
    let Ok(folder) = std::fs::read_dir(PathBuf::from(shared).join("corpus/tool-output")) else {
        return;
    };
    for file in folder.flatten() {
        let text =
            String::from_utf8_lossy(&std::fs::read(file.path()).unwrap_or_default()).into_owned();
        let expected = text
            .lines()
            .find_map(|line| line.strip_prefix("# expect:"))
            .unwrap_or_default()
            .to_owned();
        let body: String = text
            .lines()
            .filter(|line| !line.starts_with("# "))
            .map(|line| format!("{line}\n"))
            .collect();
        let mut names: Vec<String> = Vec::new();
        for line in messages(&body).into_iter().chain(body.lines()) {
            let mut codes = names_in(line);
            codes.extend(
                recognise(line)
                    .iter()
                    .map(|entry| format!("={}", entry.code)),
            );
            for code in codes {
                if !names.contains(&code) {
                    names.push(code);
                }
            }
        }
        eprintln!(
            "FILE {} expects {expected}: {}",
            file.file_name().to_string_lossy(),
            names.join(" ")
        );
    }
}

#[test]
#[ignore = "a measure for the writers of rules"]
fn how_long_it_takes() {
    use std::time::Instant;
    let timed = |name: &str, work: &dyn Fn()| {
        let start = Instant::now();
        work();
        eprintln!("TIME {name}: {:?}", start.elapsed());
    };
    timed("catalogue", &|| drop(Catalogue::get()));
    timed("wordings", &|| drop(recognise("x")));
    timed("rules", &|| drop(variables("x")));
    timed("names", &|| drop(names_in("x")));
    let samples = samples().unwrap_or_default();
    for round in ["first", "second"] {
        timed(round, &|| {
            samples
                .iter()
                .for_each(|sample| drop(findings(&sample.text)))
        });
    }
    timed("recognise", &|| {
        samples
            .iter()
            .for_each(|sample| drop(recognise(&sample.text)))
    });
    timed("variables", &|| {
        samples
            .iter()
            .for_each(|sample| drop(variables(&sample.text)))
    });
    eprintln!(
        "TIME bytes {}",
        samples
            .iter()
            .map(|sample| sample.text.len())
            .sum::<usize>()
    );
}

#[test]
#[ignore = "a measure for the writers of rules"]
fn messages_without_their_number_are_recognised() {
    let (mut right, mut all) = (0, 0);
    for sample in samples().unwrap_or_default() {
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
                "BARE {} {code} as {found:?}: {}",
                sample.id,
                text.chars()
                    .take(330)
                    .collect::<String>()
                    .replace('\n', " ")
            );
        }
    }
    eprintln!("BARE {right} of {all}");
}
