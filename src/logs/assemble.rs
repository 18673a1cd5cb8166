//! Puts lines together again: messages over several lines, JSON objects, property lists.

use crate::logs::dialect::Level;
use crate::logs::judge::interpret::Interpreter;
use crate::logs::stream::buffer::{Document, Kind, document_start};
use crate::logs::stream::clean::plain;
use crate::logs::stream::document;
use crate::logs::stream::lines::{Line, Taker};
use crate::logs::stream::paragraph::{Paragraph, is_rule};
use crate::logs::stream::prefix::{Stripped, strip};
use crate::logs::stream::shown::Shown;
use crate::logs::stream::trigger;

/// What is open, and who takes what is complete.
#[derive(Debug, Default)]
pub struct Assembler {
    paragraph: Option<Paragraph>,
    document: Option<Document>,
    shown: Shown,
    /// The last line was an error's level with nothing behind it.
    bare_error: bool,
    pub interpreter: Interpreter,
}

impl Taker for Assembler {
    fn wants_all(&self) -> bool {
        self.paragraph.is_some()
            || self.document.is_some()
            || self.shown.is_open()
            || self.bare_error
            || self.interpreter.in_mail()
    }

    fn first_hit(&self, bytes: &[u8]) -> Option<usize> {
        match self.interpreter.patience.is_left() {
            true => trigger::first_hit(bytes),
            false => trigger::first_decisive(bytes),
        }
    }

    fn comes_to_the_end(&mut self) {
        self.interpreter.patience.renew();
    }

    fn take(&mut self, line: Line<'_>) {
        let text = plain(line.bytes);
        if line.begins {
            for text in text.split('\n') {
                self.line(text);
            }
        } else {
            self.piece(&text);
        }
        if !line.ends {
            return;
        }
        if self.document.as_ref().is_some_and(Document::is_complete) {
            self.close_document();
        }
    }
}

impl Assembler {
    /// Closes whatever is open.
    pub fn finish(mut self) -> Interpreter {
        if let Some(document) = self.document.take() {
            self.replay(&document.lines);
        }
        self.close_paragraph();
        self.interpreter
    }

    fn line(&mut self, text: &str) {
        if self.document.is_some() {
            self.document_line(text);
        } else {
            self.text_line(text, true);
        }
    }

    /// A piece of a line that is too long.
    fn piece(&mut self, text: &str) {
        if let Some(document) = &mut self.document {
            document.push_piece(text);
            if document.is_too_long() {
                self.abandon();
            }
            return;
        }
        match &mut self.paragraph {
            Some(paragraph) => paragraph.push_piece(text),
            None if trigger::is_hot(text.as_bytes()) => {
                let line = Stripped {
                    body: text,
                    ..Stripped::default()
                };
                self.paragraph = Some(Paragraph::begin(&line, false));
            }
            None => {}
        }
    }

    fn text_line(&mut self, text: &str, documents: bool) {
        let mut line = strip(text);
        if std::mem::take(&mut self.bare_error) && !line.is_blank() && line.level.is_none() {
            line.level = Some(Level::Error);
            line.fresh = true;
        }
        let command = self.interpreter.passes(text, line.body);
        let shown = !self.interpreter.in_mail() && self.shown.takes(text, line.body);
        if shown || command {
            self.close_paragraph();
            return;
        }
        let is_patient = self.interpreter.patience.is_left();
        if documents
            && is_patient
            && let Some(begin) = document_start(&line, text)
        {
            self.begin_document(&line, text, begin);
            return;
        }
        // What was said before the line is judged before the line decides.
        if let Some(paragraph) = &mut self.paragraph {
            if paragraph.continues(&line) {
                paragraph.push(line.body);
                self.interpreter.marker(&line);
                return;
            }
            self.close_paragraph();
        }
        self.interpreter.marker(&line);
        if line.is_blank() {
            self.interpreter.blank_line();
            // A level with nothing behind it: the words come in the next lines.
            self.bare_error = line.level == Some(Level::Error);
            return;
        }
        let says =
            line.level == Some(Level::Error) && (line.tool.is_some() || line.before.is_empty());
        let hot = says || self.interpreter.in_mail() || trigger::is_hot(text.as_bytes());
        if is_patient && !is_rule(line.body) && hot {
            let mail = self.interpreter.in_mail() || text.trim_start().starts_with('>');
            self.paragraph = Some(Paragraph::begin(&line, mail));
        }
    }

    fn begin_document(&mut self, line: &Stripped<'_>, text: &str, begin: (Kind, usize)) {
        let (kind, at) = begin;
        let before = line.body.get(..at).unwrap_or_default();
        if !before.trim().is_empty() {
            let mut head = *line;
            head.body = before;
            self.close_paragraph();
            self.interpreter.marker(&head);
            self.paragraph = Some(Paragraph::begin(&head, false));
        }
        let rest = line.body.get(at..).unwrap_or_default();
        self.document = Some(Document::begin(kind, text, rest));
    }

    fn document_line(&mut self, text: &str) {
        let Some(document) = &mut self.document else {
            return;
        };
        if document.is_complete() {
            self.close_document();
            self.line(text);
            return;
        }
        let body = match text.trim_start().bytes().next() {
            Some(b'"' | b'{' | b'}' | b'[' | b']' | b'<') if !text.starts_with("[") => text,
            _ => strip(text).body,
        };
        if document.is_broken_by(body) {
            self.abandon();
            self.text_line(text, true);
            return;
        }
        document.push_line(text, body);
        if document.is_too_long() {
            self.abandon();
        }
    }

    fn close_document(&mut self) {
        let Some(open) = self.document.take() else {
            return;
        };
        let read = match open.kind {
            Kind::Json => document::from_json(&open.text),
            Kind::Plist => document::from_plist(&open.text),
        };
        match read {
            Some(read) => {
                self.close_paragraph();
                self.interpreter.document(read);
            }
            None => self.replay(&open.lines),
        }
    }

    /// What began like a document is text after all.
    fn abandon(&mut self) {
        if let Some(document) = self.document.take() {
            self.replay(&document.lines);
        }
    }

    fn replay(&mut self, lines: &str) {
        for line in lines.split('\n') {
            self.text_line(line, false);
        }
    }

    fn close_paragraph(&mut self) {
        if let Some(paragraph) = self.paragraph.take() {
            self.interpreter.paragraph(&paragraph);
        }
    }
}
