//! What a log says around a message: the tools that are at work, the commands that were run, the lines
//! before it. The cases of the catalogue ask for it.

use std::collections::{BTreeSet, VecDeque};
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::bytes::Regex;

use crate::logs::dialects;
use crate::logs::expression::ascii;
use crate::text::cut::head;

/// The most commands that are remembered. A script that is printed has some ten.
const COMMANDS: usize = 12;

/// The most lines that are remembered.
const LINES: usize = 6;

/// The most bytes of one of them.
const LONGEST: usize = 600;

/// What is known so far.
#[derive(Debug, Default)]
pub struct Around {
    tools: BTreeSet<&'static str>,
    commands: VecDeque<String>,
    lines: VecDeque<String>,
}

/// The words by which tools are known, and whose they are.
struct Marks {
    /// What is before a number, or all of it.
    words: AhoCorasick,
    /// What comes behind the number, and whose it is.
    owners: Vec<(Option<&'static str>, &'static str)>,
}

fn marks() -> &'static Marks {
    static BUILT: OnceLock<Marks> = OnceLock::new();
    BUILT.get_or_init(|| {
        let all = || dialects::all(|dialect| dialect.marks);
        Marks {
            words: AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(all().map(|(_, word)| halves(word).0))
                .expect("a few words build an automaton, a test says so"),
            owners: all()
                .map(|(dialect, word)| (halves(word).1, dialect.name))
                .collect(),
        }
    })
}

impl Around {
    /// Takes a line as it is, and what is left of it without prefixes; says whether it is a command.
    pub fn line(&mut self, line: &str, body: &str) -> bool {
        let Marks { words, owners } = marks();
        for found in words.find_overlapping_iter(line) {
            let (behind, tool) = owners[found.pattern().as_usize()];
            if behind.is_none_or(|behind| goes_on(&line[found.end()..], behind)) {
                self.tools.insert(tool);
            }
        }
        let is_command = is_command(body);
        if is_command {
            remember(&mut self.commands, body, COMMANDS);
        }
        is_command
    }

    /// Takes a line that is said.
    pub fn said(&mut self, body: &str) {
        remember(&mut self.lines, body, LINES);
    }

    /// One thing a line: `tool NAME`, `$ COMMAND`, `> LINE`, and `uploaded` where a package was uploaded. Behind
    /// it, `export` is added to what an export says.
    pub fn told(&self, uploaded: bool) -> String {
        let mut told = String::new();
        let mut add = |mark: &str, text: &str| {
            told.push_str(mark);
            told.push_str(text);
            told.push('\n');
        };
        for tool in &self.tools {
            add("tool ", tool);
        }
        for command in &self.commands {
            add("$ ", command);
        }
        for line in &self.lines {
            add("> ", line);
        }
        if uploaded {
            add("", "uploaded");
        }
        told
    }
}

/// What a mark has before its number and behind it, where it has one.
fn halves(word: &'static str) -> (&'static str, Option<&'static str>) {
    match word.find("/#/") {
        Some(at) => (&word[..=at], Some(&word[at + 2..])),
        None => (word, None),
    }
}

/// Whether a number comes, and then these words as the end of a name.
fn goes_on(rest: &str, behind: &str) -> bool {
    let bare = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let tail = bare.strip_prefix(behind);
    bare.len() < rest.len()
        && tail.is_some_and(|tail| !tail.starts_with(|c: char| c.is_alphanumeric()))
}

fn remember(list: &mut VecDeque<String>, text: &str, most: usize) {
    let text = head(text.trim(), LONGEST);
    if list.back().is_some_and(|last| last == text) {
        return;
    }
    if list.len() == most {
        list.pop_front();
    }
    list.push_back(text.to_owned());
}

/// Whether the line is a command of a tool that signs, builds or uploads, and no sentence about one.
fn is_command(body: &str) -> bool {
    if body.contains(" timed out after ") {
        return false;
    }
    static RULE: OnceLock<Regex> = OnceLock::new();
    RULE.get_or_init(|| {
        ascii(concat!(
            r"^\s*(?:\++ |\$ |Run |> |if !? ?)?(?:sudo |env |xcrun |bundle exec |npx |time |[A-Z_]+=\S+ |/\S*/)*",
            r"(?:(?:altool|codesign|productbuild|pkgbuild|xcodebuild|notarytool|electron-builder|iTMSTransporter) -",
            r"|security (?:[a-z]+-[a-z-]+|import|cms) |xcodebuild (?:archive|build|test|clean)\b|openssl \w+ -",
            r"|flutter build |dotnet (?:publish|build|restore)\b|fastlane (?:ios|mac|\w+$)|eas (?:build|submit)\b",
            r"|(?:cargo )?tauri (?:ios )?build|xcode-project \w|app-store-connect \w|notarytool \w|set -o pipefail)",
        ))
    })
    .is_match(body.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_known_in_every_spelling_and_sentences_are_none() {
        for command in [
            "$ bundle exec fastlane beta",
            "+ sudo security default-keychain -s a.keychain",
            "Run xcrun altool --upload-app -f Buoy.app",
            "/usr/bin/xcodebuild -exportArchive -exportPath out",
            "  codesign --force --sign X Buoy.app",
        ] {
            assert!(is_command(command), "{command}");
        }
        for line in [
            "security: SecKeychainUnlock: no",
            "Run the job again",
            "codesign failed with exit code 1",
            "fastlane finished with errors",
            "xcodebuild: error: no",
            "xcodebuild -showBuildSettings timed out after 4 retries",
        ] {
            assert!(!is_command(line), "{line}");
        }
    }

    #[test]
    fn a_mark_with_a_number_in_it_takes_any_number() {
        let tools = |line: &str| {
            let mut around = Around::default();
            around.line(line, line);
            around.told(false)
        };
        assert_eq!(tools("cd /home/agent/_work/12/s/app"), "tool azure\n");
        assert_eq!(tools("/Users/runner/work/1/s"), "tool azure\n");
        assert_eq!(tools("/Users/runner/work/app/src"), "");
        assert_eq!(tools("/Users/runner/work/1/src"), "");
    }

    #[test]
    fn a_mark_inside_another_hides_neither() {
        let mut around = Around::default();
        around.line("[RUN_FASTLANE] x", "x");
        assert_eq!(around.told(false), "tool expo\ntool fastlane\n");
    }

    #[test]
    fn only_the_last_lines_are_remembered() {
        let mut around = Around::default();
        for number in 0..100 {
            around.said(&format!("line {number}"));
        }
        let told = around.told(true);
        assert!(
            told.contains("> line 99\n") && !told.contains("line 93\n"),
            "{told}"
        );
        assert!(told.ends_with("uploaded\n"));
    }
}
