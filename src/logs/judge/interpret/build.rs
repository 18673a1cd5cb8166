//! Errors of a build and of an export, which have a form of their own.

use crate::codes::{Folded, Message, diagnose_known, names_in_folded, recognise, recognise_folded};
use crate::diagnostic::{CASE, Diagnostic, Severity, Subject};
use crate::logs::diagnostics::{DEPENDENCY, DOES_NOT_COMPILE, STEP_FAILED, TEST_FAILED};
use crate::logs::dialect::Level;
use crate::logs::dialects::xcodebuild::{self, is_source};
use crate::logs::judge::interpret::Interpreter;
use crate::logs::judge::ns_error::{NsError, errors};
use crate::logs::judge::words::{shown, unwrapped};
use crate::logs::stream::paragraph::Paragraph;

/// The most errors of a compiler that are told.
const MOST_SOURCE_ERRORS: usize = 20;

/// Whether the catalogue has the words of an error.
fn is_known(error: &NsError) -> bool {
    let words = format!("{}. {}", error.description, error.advice);
    recognise(&words).iter().any(|entry| !entry.wrapper)
}

/// Domains whose numbers the system gives, whatever was done.
const SYSTEM: [&str; 3] = [
    "NSOSStatusErrorDomain",
    "NSPOSIXErrorDomain",
    "NSMachErrorDomain",
];

/// Whether the words before an `NSError` are known by themselves, so that it is only their reason.
fn is_told_before(text: &str) -> bool {
    let before = text.split("Error Domain=").next().unwrap_or_default();
    before.trim().len() >= TELLING && recognise(before).iter().any(|entry| !entry.wrapper)
}

/// The fewest letters before an `NSError` that may tell a fault.
const TELLING: usize = 24;

impl Interpreter {
    /// Takes an error of a build or an export; says whether it was one.
    pub(super) fn build_error(
        &mut self,
        text: &str,
        tool: Option<&'static str>,
        paragraph: &Paragraph,
    ) -> bool {
        let errors = errors(text);
        if errors.is_empty() || is_told_before(text) {
            return self.source_error(text, paragraph);
        }
        let said = paragraph.level == Some(Level::Error) || text.starts_with("Error Domain=");
        let tool = tool.unwrap_or(xcodebuild::DIALECT.name);
        if !said && !errors.iter().any(is_known) && paragraph.tool.is_none() {
            // It is told in passing, as in the assertions that Xcode prints.
            self.keep_for_last(text, Some(tool));
        } else {
            self.ns_errors(text, &errors, tool);
        }
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
            let wraps = index == 0 && errors.len() > 1;
            let is_told = || errors[1..].iter().any(is_known);
            if known.is_empty() && (error.description.is_empty() || wraps) || wraps && is_told() {
                self.keep_for_last(text, Some(tool));
                continue;
            }
            let mut codes = names_in_folded(&folded);
            codes.push(error.name.clone());
            // altool's numbers are negative; a positive one means something in its domain alone, and so do
            // those of the system.
            if let Some((domain, number)) = error.name.rsplit_once('/')
                && number.starts_with('-')
                && !SYSTEM.contains(&domain)
            {
                codes.push(number.to_owned());
            }
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
        if text.starts_with(xcodebuild::FAILED_COMMANDS) {
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
            if self.source_errors > MOST_SOURCE_ERRORS {
                self.collector.more += 1;
            } else {
                let words = unwrapped(text.lines().next().unwrap_or_default());
                let mut found = in_known_words(file, words)
                    .unwrap_or_else(|| at_source(file, words))
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

    /// A short text may begin inside of that list, as people copy the end of a log.
    pub fn list_without_head(&mut self, lines: &[&str]) {
        let Some(end) = lines.iter().position(|line| xcodebuild::is_count(line)) else {
            return;
        };
        let mut list: Vec<&str> = lines[..end]
            .iter()
            .rev()
            .map(|line| line.trim())
            .filter(|line| !line.is_empty())
            .take_while(|line| xcodebuild::is_command(line))
            .collect();
        list.push(xcodebuild::FAILED_COMMANDS);
        list.reverse();
        self.failed_commands(&list.join("\n"));
    }

    /// What xcodebuild lists at its end: the commands that failed. Their own errors may be missing, for
    /// formatters swallow them; then a command says at least which file or target it was about.
    fn failed_commands(&mut self, text: &str) -> bool {
        let commands = commands(text);
        let failed = commands.iter().find_map(|line| failed_command(line));
        // A script is known by its words.
        let is_script = |line: &String| line.starts_with("PhaseScriptExecution ");
        let step = || match commands.iter().any(is_script) {
            true => None,
            false => commands.iter().find_map(|line| failed_step(line)),
        };
        let Some(failed) = failed.or_else(step) else {
            return false;
        };
        if self.without_words.is_none() {
            self.without_words = Some(failed.said_by(xcodebuild::DIALECT.name));
        }
        true
    }
}

/// An error of a compiler in words that the catalogue has, such as a module that is not there.
fn in_known_words(file: &str, words: &str) -> Option<Diagnostic> {
    let folded = Folded::of(words);
    let known = recognise_folded(&folded);
    if dependency(file).is_some() || !known.iter().any(|entry| !entry.wrapper) {
        return None;
    }
    let message = Message {
        text: words,
        codes: Vec::new(),
        severity: Some(Severity::Error),
        source: xcodebuild::DIALECT.name,
    };
    let mut found = diagnose_known(&message, &folded, &known);
    // The place is what the compiler names; what else the fault may be about comes after it.
    found.subjects.insert(
        0,
        Subject::File {
            path: file.to_owned(),
        },
    );
    Some(found.variable("file", file))
}

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

/// The commands of the list, each as one line, for some tools break their lines.
fn commands(text: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let count = |line: &&str| xcodebuild::is_count(line);
    for line in text
        .lines()
        .skip(1)
        .map(str::trim)
        .filter(|line| !count(line))
    {
        match commands.last_mut() {
            Some(last) if !xcodebuild::is_command(line) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => commands.push(line.to_owned()),
        }
    }
    commands
}

/// A command that does something else than compile a file, and what it was about.
fn failed_step(line: &str) -> Option<Diagnostic> {
    let is_of = |step: &&xcodebuild::Step| {
        line.strip_prefix(step.begins)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    let step = xcodebuild::STEPS.iter().find(is_of)?;
    let product = product(line);
    let title = match &product {
        Some(product) => format!("the build failed in {}: `{product}`", step.does),
        None => format!("the build failed in {}", step.does),
    };
    let mut found = Diagnostic::error(STEP_FAILED, title).variable(CASE, step.case);
    if let Some(product) = product {
        found = found.variable("product", product);
    }
    if let Some((target, project)) = xcodebuild::target(line) {
        found = found
            .variable("target", target)
            .variable("project", project);
    }
    Some(found.message(shown(line)))
}

/// The name of what a command makes: the end of its first path.
fn product(line: &str) -> Option<String> {
    let path = &line[line.find(" /")? + 1..];
    let mut end = path.len();
    let mut before = b'/';
    for (at, byte) in path.bytes().enumerate() {
        if byte == b' ' && before != b'\\' {
            end = at;
            break;
        }
        before = byte;
    }
    let name = path[..end].rsplit('/').next()?.replace('\\', "");
    (!name.is_empty()).then_some(name)
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
