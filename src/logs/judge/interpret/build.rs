//! Errors of a build and of an export, which have a form of their own.

use crate::codes::{Folded, Message, diagnose_known, names_in_folded, recognise_folded};
use crate::diagnostic::{Diagnostic, Severity, Subject};
use crate::logs::diagnostics::{DEPENDENCY, DOES_NOT_COMPILE, TEST_FAILED};
use crate::logs::dialect::Level;
use crate::logs::dialects::xcodebuild::{self, is_source};
use crate::logs::judge::interpret::Interpreter;
use crate::logs::judge::ns_error::{NsError, errors};
use crate::logs::judge::words::{shown, unwrapped};
use crate::logs::stream::paragraph::Paragraph;

/// The most errors of a compiler that are told.
const MOST_SOURCE_ERRORS: usize = 20;

impl Interpreter {
    /// Takes an error of a build or an export; says whether it was one.
    pub(super) fn build_error(
        &mut self,
        text: &str,
        tool: Option<&'static str>,
        paragraph: &Paragraph,
    ) -> bool {
        let errors = errors(text);
        if errors.is_empty() {
            return self.source_error(text, paragraph);
        }
        self.ns_errors(text, &errors, tool.unwrap_or(xcodebuild::DIALECT.name));
        true
    }

    /// The errors that an export prints; one that only wraps others is left out where it says
    /// nothing that is known.
    fn ns_errors(&mut self, text: &str, errors: &[NsError], tool: &'static str) {
        for (index, error) in errors.iter().enumerate() {
            let all = format!(
                "{}. {}",
                error.description.trim_end_matches('.'),
                error.advice
            );
            let folded = Folded::of(&all);
            let known = recognise_folded(&folded);
            if known.is_empty() && (error.description.is_empty() || errors.len() > 1 && index == 0)
            {
                self.keep_for_last(text, Some(tool));
                continue;
            }
            let mut codes = names_in_folded(&folded);
            codes.push(error.name.clone());
            // altool's numbers are negative; a positive one means something in its domain alone.
            let number = error.name.rsplit('/').next();
            codes.extend(
                number
                    .filter(|number| number.starts_with('-'))
                    .map(str::to_owned),
            );
            let message = Message {
                text: &all,
                codes,
                severity: Some(Severity::Error),
                source: tool,
            };
            let mut found = diagnose_known(&message, &folded, &known);
            found.message = shown(&all);
            self.add(found);
        }
    }

    /// An error of a compiler or of a test is told as one, with its place.
    fn source_error(&mut self, text: &str, paragraph: &Paragraph) -> bool {
        if text.starts_with(FAILED_COMMANDS) {
            return self.failed_commands(text);
        }
        let (Some(file), line) = (paragraph.file.as_deref(), paragraph.line.as_deref()) else {
            return false;
        };
        if !is_source(file, line) {
            return false;
        }
        if paragraph.level == Some(Level::Error) {
            self.source_errors += 1;
            if self.source_errors <= MOST_SOURCE_ERRORS {
                let words = unwrapped(text.lines().next().unwrap_or_default());
                let mut found = at_source(file, words)
                    .message(shown(words))
                    .variable("source_line", line.unwrap_or_default())
                    .said_by(paragraph.tool.unwrap_or(xcodebuild::DIALECT.name));
                if let Some(column) = &paragraph.column {
                    found = found.variable("source_column", column);
                }
                self.add(found);
            }
        }
        true
    }

    /// What xcodebuild lists at its end: the commands that failed. Their own errors may be missing, for
    /// formatters swallow them; then a command says at least which file or target it was about.
    fn failed_commands(&mut self, text: &str) -> bool {
        let Some(failed) = text
            .lines()
            .skip(1)
            .find_map(|line| failed_command(line.trim()))
        else {
            return false;
        };
        if self.without_words.is_none() {
            self.without_words = Some(failed.said_by(xcodebuild::DIALECT.name));
        }
        true
    }
}

/// The head of the list of commands that failed.
const FAILED_COMMANDS: &str = "The following build commands failed";

/// A fault at a place of source: of a test, of the project's own code, or of somebody else's.
fn at_source(file: &str, words: &str) -> Diagnostic {
    let name = file.rsplit('/').next().unwrap_or(file);
    let found = if let Some(test) = test(words) {
        Diagnostic::error(TEST_FAILED, format!("the test {test} failed")).variable("test", test)
    } else if let Some(owner) = dependency(file) {
        Diagnostic::error(
            DEPENDENCY,
            format!("{owner}, which the app depends on, does not compile: {name}"),
        )
        .variable("target", owner)
    } else {
        Diagnostic::error(DOES_NOT_COMPILE, format!("{name} does not compile"))
    };
    found.variable("file", file).about(Subject::File {
        path: file.to_owned(),
    })
}

/// The test whose assertion XCTest reports: `-[AppTests.SeaTests testWave] : …`.
fn test(words: &str) -> Option<&str> {
    let name = words.strip_prefix("-[")?.split(']').next()?;
    Some(name).filter(|name| !name.is_empty())
}

/// Whose code it is, where the path leads into what was fetched: a pod, a package, a module of npm or pub.
fn dependency(file: &str) -> Option<&str> {
    const FETCHED: [&str; 5] = [
        "/Pods/",
        "/SourcePackages/checkouts/",
        "/node_modules/",
        "/.pub-cache/hosted/",
        "/Carthage/Checkouts/",
    ];
    FETCHED.iter().find_map(|folder| {
        let rest = &file[file.find(folder)? + folder.len()..];
        let shared = ["pub.dev/", "Headers/Private/", "Headers/Public/"];
        let rest = shared
            .iter()
            .find_map(|part| rest.strip_prefix(part))
            .unwrap_or(rest);
        let mut parts = rest.split('/');
        let first = parts.next()?;
        let scoped = first.starts_with('@');
        let length = if scoped {
            first.len() + 1 + parts.next()?.len()
        } else {
            first.len()
        };
        rest.get(..length)
            .filter(|_| rest.len() > length)
            .map(|owner| owner.trim_end_matches('/'))
    })
}

/// What the command of a list says that it was about.
fn failed_command(line: &str) -> Option<Diagnostic> {
    let kind = line.split(' ').next()?;
    if !kind.starts_with("Compile") && !kind.starts_with("Swift") {
        return None;
    }
    let file = line
        .split(' ')
        .find(|word| is_source(word, Some("")))
        .map(|path| path.replace('\\', ""));
    let target = xcodebuild::target(line);
    let mut found = match (&file, &target) {
        (Some(file), _) => at_source(file, ""),
        (None, Some((target, project))) if project == "Pods" => Diagnostic::error(
            DEPENDENCY,
            format!("{target}, which the app depends on, does not compile"),
        )
        .variable("target", target),
        (None, Some((target, _))) => {
            Diagnostic::error(DOES_NOT_COMPILE, format!("{target} does not compile"))
        }
        (None, None) => return None,
    };
    if let Some((target, project)) = target {
        found.variables.entry("target".to_owned()).or_insert(target);
        found.variables.insert("project".to_owned(), project);
    }
    Some(found.message(shown(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_of_fetched_code_is_named_and_own_code_has_none() {
        for (file, owner) in [
            ("/src/ios/Pods/Lantern/Sources/A.cpp", Some("Lantern")),
            (
                "/dd/SourcePackages/checkouts/lamp-ios/Sources/B.swift",
                Some("lamp-ios"),
            ),
            ("/app/node_modules/@pier/lamp/ios/C.mm", Some("@pier/lamp")),
            (
                "/u/.pub-cache/hosted/pub.dev/lamp-1.2.0/ios/D.m",
                Some("lamp-1.2.0"),
            ),
            ("/src/ios/Pods/Headers/Private/Lamp/lamp.h", Some("Lamp")),
            ("/src/App/Sea.swift", None),
        ] {
            assert_eq!(dependency(file), owner, "{file}");
        }
    }
}
