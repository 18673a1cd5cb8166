//! The door: everything told is made plain and redacted before any reporter sees it.

use std::iter::Peekable;
use std::str::Chars;

use crate::diagnostic::{Code, Diagnostic, Finding, Location};
use crate::event::{App, Event, Fact, Package, RunEvent};
use crate::ids::{
    AppId, BuildId, BuildName, BuildNumber, BuildUploadId, BundleIdentifier, MarketingVersion,
};
use crate::secret::Vault;

/// Makes text plain and takes the secrets out.
pub struct Cleaner(Vault);

impl Cleaner {
    pub fn new(vault: Vault) -> Self {
        Self(vault)
    }

    /// Plain text without secrets; lines are kept.
    pub fn text(&self, text: &str) -> String {
        self.0.redact(&plain(text))
    }

    /// Plain text without secrets, in one line.
    pub fn line(&self, text: &str) -> String {
        self.text(text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Takes out what became a secret after the text was cleaned.
    pub fn redact(&self, text: &str) -> String {
        self.0.redact(text)
    }

    /// What happened, cleaned.
    pub fn event(&self, event: Event) -> Event {
        match event {
            Event::Run(RunEvent::Started { command, sandbox }) => Event::Run(RunEvent::Started {
                command,
                sandbox: sandbox.map(|name| self.line(&name)),
            }),
            Event::Fact(fact) => Event::Fact(self.fact(fact)),
            Event::Note(sentence) => Event::Note(self.line(&sentence)),
            Event::Found(finding) => Event::Found(Box::new(self.finding(*finding))),
            // Of a call only the count is told, so its path is never shown.
            Event::Run(RunEvent::Ended(_))
            | Event::Stage(_)
            | Event::Reached(_)
            | Event::Progress(_)
            | Event::ApiCall(_) => event,
        }
    }

    fn fact(&self, fact: Fact) -> Fact {
        match fact {
            Fact::Package(package) => Fact::Package(self.package(package)),
            Fact::App(app) => Fact::App(App {
                id: AppId::new(self.line(app.id.as_str())),
                name: self.line(&app.name),
            }),
            Fact::BuildUpload { id, testflight_url } => Fact::BuildUpload {
                id: BuildUploadId::new(self.line(id.as_str())),
                testflight_url: testflight_url.map(|url| self.line(&url)),
            },
            Fact::Build { id } => Fact::Build {
                id: BuildId::new(self.line(id.as_str())),
            },
            Fact::ProcessingState(state) => Fact::ProcessingState(self.line(&state)),
        }
    }

    fn package(&self, package: Package) -> Package {
        let build = &package.build;
        Package {
            file_name: self.line(&package.file_name),
            size: package.size,
            bundle_identifier: BundleIdentifier::new(self.line(package.bundle_identifier.as_str())),
            build: BuildName {
                marketing_version: MarketingVersion::new(
                    self.line(build.marketing_version.as_str()),
                ),
                build_number: BuildNumber::new(self.line(build.build_number.as_str())),
                platform: build.platform,
            },
            display_name: package.display_name.map(|name| self.line(&name)),
        }
    }

    fn finding(&self, finding: Finding) -> Finding {
        Finding {
            diagnostic: self.diagnostic(finding.diagnostic),
            location: finding.location.map(|location| Location {
                path: self.line(&location.path).replace('\\', "/"),
                line: location.line,
            }),
        }
    }

    fn diagnostic(&self, found: Diagnostic) -> Diagnostic {
        Diagnostic {
            code: Code::read(self.line(found.code.as_str())),
            codes: found.codes.iter().map(|code| self.line(code)).collect(),
            severity: found.severity,
            title: self.line(&found.title),
            message: self.text(&found.message),
            fix: found.fix.iter().map(|step| self.text(step)).collect(),
            variables: found
                .variables
                .iter()
                .map(|(name, value)| (self.line(name), self.text(value)))
                .collect(),
            // What it is about was for `locate`; no reporter shows it.
            subjects: Vec::new(),
            source: self.line(&found.source).into(),
            link: found.link.map(|link| self.line(&link)),
            page: found.page.map(|page| self.line(&page)),
            retry: found.retry,
        }
    }
}

/// The text without terminal sequences, control characters and invisible marks that change how the
/// rest is read. Every kind of line end becomes `\n`.
pub fn plain(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(char) = rest.next() {
        match char {
            '\u{1b}' => skip_sequence(&mut rest),
            '\u{9b}' => skip_parameters(&mut rest),
            '\r' => {
                rest.next_if_eq(&'\n');
                kept.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            '\t' => kept.push(' '),
            char if char.is_control() || is_invisible_mark(char) => {}
            char => kept.push(char),
        }
    }
    kept.trim_end().to_owned()
}

/// Marks that turn the direction of text, or hide in it. The joiners of emoji, Persian and Indic
/// scripts stay.
fn is_invisible_mark(char: char) -> bool {
    matches!(
        char,
        '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

fn skip_sequence(rest: &mut Peekable<Chars<'_>>) {
    match rest.peek() {
        Some('[') => {
            rest.next();
            skip_parameters(rest);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            // A string sequence ends with BEL or ESC \. One without an end hides no further lines.
            let ahead: Vec<char> = rest.clone().take_while(|char| *char != '\n').collect();
            let bell = ahead
                .iter()
                .position(|char| *char == '\u{7}')
                .map(|at| at + 1);
            let string_end = ahead
                .windows(2)
                .position(|pair| pair == ['\u{1b}', '\\'])
                .map(|at| at + 2);
            let end = [bell, string_end].into_iter().flatten().min().unwrap_or(1);
            for _ in 0..end {
                rest.next();
            }
        }
        Some('\u{20}'..='\u{7e}') => {
            rest.next();
        }
        Some(_) | None => {}
    }
}

fn skip_parameters(rest: &mut Peekable<Chars<'_>>) {
    while rest
        .next_if(|char| matches!(char, '\u{20}'..='\u{3f}'))
        .is_some()
    {}
    rest.next_if(|char| matches!(char, '\u{40}'..='\u{7e}'));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn colours_links_and_line_ends_become_plain_lines() {
        assert_eq!(plain("\u{1b}[31;1mred\u{1b}[0m"), "red");
        assert_eq!(
            plain("\u{1b}]8;;https://evil\u{7}link\u{1b}]8;;\u{1b}\\ after"),
            "link after"
        );
        assert_eq!(plain("\u{1b}]never closed\nnext"), "never closed\nnext");
        assert_eq!(
            plain("one\r\ntwo\rthree\u{2028}four\n\n"),
            "one\ntwo\nthree\nfour"
        );
        assert_eq!(plain("abc\u{202e}fdp.exe\u{7}"), "abcfdp.exe");
        assert_eq!(
            plain("می\u{200c}خواهم 👩\u{200d}👧"),
            "می\u{200c}خواهم 👩\u{200d}👧"
        );
    }

    proptest! {
        #[test]
        fn plain_text_holds_no_control_character_but_the_line_feed(text in ".*") {
            let text = plain(&text);
            prop_assert!(text.chars().all(|char| char == '\n' || !char.is_control()));
            prop_assert_eq!(plain(&text), text);
        }
    }
}
