//! Puts lines together again: messages over several lines, JSON objects, property lists.

use crate::apple::clean::plain;
use crate::apple::document;
use crate::apple::interpret::Interpreter;
use crate::apple::lines::{Line, Taker};
use crate::apple::paragraph::{Paragraph, is_rule};
use crate::apple::prefix::{Stripped, strip};
use crate::apple::trigger;

/// The most bytes of one document. altool's longest has some 100 kB.
const LONGEST_DOCUMENT: usize = 4 * 1024 * 1024;

/// What is open, and who takes what is complete.
#[derive(Debug, Default)]
pub(super) struct Assembler {
    paragraph: Option<Paragraph>,
    document: Option<Document>,
    pub interpreter: Interpreter,
}

/// A document that has begun.
#[derive(Debug)]
struct Document {
    kind: Kind,
    /// The lines as they came, to be read as text if this is no document after all.
    lines: String,
    /// The lines without prefixes.
    text: String,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Json,
    Plist,
}

impl Taker for Assembler {
    fn wants_all(&self) -> bool {
        self.paragraph.is_some() || self.document.is_some() || self.interpreter.in_mail()
    }

    fn first_hit(&self, bytes: &[u8]) -> Option<usize> {
        trigger::first_hit(bytes)
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
        let line = strip(text);
        if documents && let Some(begin) = document_start(&line, text) {
            self.begin_document(&line, text, begin);
            return;
        }
        self.interpreter.marker(&line);
        if let Some(paragraph) = &mut self.paragraph {
            if paragraph.continues(&line) {
                paragraph.push(line.body);
                return;
            }
            self.close_paragraph();
        }
        if line.is_blank() {
            self.interpreter.blank_line();
            // A level with nothing behind it: the words come in the next lines.
            return;
        }
        if !is_rule(line.body) && (self.interpreter.in_mail() || trigger::is_hot(text.as_bytes())) {
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
            self.interpreter.marker(&head);
            self.close_paragraph();
            self.paragraph = Some(Paragraph::begin(&head, false));
        }
        let mut document = Document {
            kind,
            lines: text.to_owned(),
            text: String::new(),
            depth: 0,
            in_string: false,
            escaped: false,
        };
        document.push_piece_text(line.body.get(at..).unwrap_or_default());
        self.document = Some(document);
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
        if document.kind == Kind::Json && !document.in_string && !looks_like_json(body) {
            self.abandon();
            self.text_line(text, true);
            return;
        }
        document.lines.push('\n');
        document.lines.push_str(text);
        document.text.push('\n');
        document.push_piece_text(body);
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
            Some(value) => {
                self.close_paragraph();
                self.interpreter.document(&value);
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

impl Document {
    fn push_piece(&mut self, piece: &str) {
        self.lines.push_str(piece);
        self.push_piece_text(piece);
    }

    /// Adds text and follows its brackets.
    fn push_piece_text(&mut self, piece: &str) {
        self.text.push_str(piece);
        if self.kind == Kind::Plist {
            return;
        }
        for byte in piece.bytes() {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    fn is_complete(&self) -> bool {
        match self.kind {
            Kind::Json => self.depth == 0,
            Kind::Plist => {
                // Only the end can be new; looking at all of it each time would be slow.
                let from = crate::apple::clean::head(
                    &self.text,
                    self.text.len().saturating_sub(80 * 1024),
                )
                .len();
                self.text[from..].contains("</plist>")
            }
        }
    }

    fn is_too_long(&self) -> bool {
        self.lines.len() > LONGEST_DOCUMENT
    }
}

/// Where a document begins in the line.
fn document_start(line: &Stripped<'_>, text: &str) -> Option<(Kind, usize)> {
    let body = line.body;
    if let Some(at) = body.find("<?xml").or_else(|| body.find("<plist")) {
        return Some((Kind::Plist, at));
    }
    let trimmed = body.trim();
    if trimmed == "{" {
        return Some((Kind::Json, body.len() - body.trim_start().len()));
    }
    let at = ["{\"", "{ \""]
        .iter()
        .filter_map(|start| body.find(start))
        .min()?;
    // A name and a colon must follow, and not an equals sign as in old property lists.
    let name = body[at..].split('"').nth(1)?;
    let after = body[at..].split('"').nth(2)?;
    let fits = !name.is_empty() && after.trim_start().starts_with(':');
    (fits && !text.is_empty()).then_some((Kind::Json, at))
}

/// Whether a line may be one of a pretty JSON object.
fn looks_like_json(body: &str) -> bool {
    let body = body.trim();
    match body.bytes().next() {
        None => true,
        Some(b'"') => !body.contains("\" = "),
        Some(b'{' | b'}' | b'[' | b']') => !body.starts_with("[altool") && !body.contains(" = "),
        Some(b't') => body.starts_with("true"),
        Some(b'f') => body.starts_with("false"),
        Some(b'n') => body.starts_with("null"),
        Some(first) => first.is_ascii_digit() && !body.contains(": ") || first == b'-',
    }
}
