//! Errors of a build and of an export, which have a form of their own.

use crate::codes::{Message, diagnose_known, names_in, recognise};
use crate::diagnostic::{Diagnostic, Severity, Subject};
use crate::logs::diagnostics::DOES_NOT_COMPILE;
use crate::logs::dialect::Level;
use crate::logs::dialects::xcodebuild::{self, is_source};
use crate::logs::judge::interpret::Interpreter;
use crate::logs::judge::ns_error::{NsError, errors};
use crate::logs::judge::words::shown;
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
            let known = recognise(&all);
            if known.is_empty() && (error.description.is_empty() || errors.len() > 1 && index == 0)
            {
                self.keep_for_last(text, Some(tool));
                continue;
            }
            let mut codes = names_in(&all);
            codes.push(error.name.clone());
            let message = Message {
                text: &all,
                codes,
                severity: Some(Severity::Error),
                source: tool,
            };
            let mut found = diagnose_known(&message, &known);
            found.message = shown(&all);
            self.add(found);
        }
    }

    /// An error of a compiler is told as one, with its place.
    fn source_error(&mut self, text: &str, paragraph: &Paragraph) -> bool {
        let (Some(file), line) = (paragraph.file.as_deref(), paragraph.line.as_deref()) else {
            return false;
        };
        if !is_source(file, line) {
            return false;
        }
        if paragraph.level == Some(Level::Error) {
            self.source_errors += 1;
            if self.source_errors <= MOST_SOURCE_ERRORS {
                let words = text.lines().next().unwrap_or_default();
                let name = file.rsplit('/').next().unwrap_or(file);
                self.add(
                    Diagnostic::error(DOES_NOT_COMPILE, format!("{name} does not compile"))
                        .message(shown(words))
                        .variable("file", file)
                        .variable("source_line", line.unwrap_or_default())
                        .about(Subject::File {
                            path: file.to_owned(),
                        })
                        .said_by(xcodebuild::DIALECT.name),
                );
            }
        }
        true
    }
}
