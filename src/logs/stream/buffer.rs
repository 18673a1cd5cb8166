//! A document inside a log, while its end has not come.

use crate::logs::stream::prefix::Stripped;
use crate::text::cut::head;

/// The most bytes of one document. altool's longest has some 100 kB.
const LONGEST_DOCUMENT: usize = 4 * 1024 * 1024;

/// A document that has begun.
#[derive(Debug)]
pub struct Document {
    pub kind: Kind,
    /// The lines as they came, to be read as text if this is no document after all.
    pub lines: String,
    /// The lines without prefixes.
    pub text: String,
    depth: usize,
    in_string: bool,
    escaped: bool,
    ended: bool,
}

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A JSON object.
    Json,
    /// A property list in XML.
    Plist,
}

impl Document {
    /// Begins with a line, of which `rest` belongs to the document.
    pub fn begin(kind: Kind, line: &str, rest: &str) -> Self {
        let mut document = Self {
            kind,
            lines: line.to_owned(),
            text: String::new(),
            depth: 0,
            in_string: false,
            escaped: false,
            ended: false,
        };
        document.follow(rest);
        document
    }

    /// Adds a line, and what is left of it without prefixes.
    pub fn push_line(&mut self, line: &str, body: &str) {
        self.lines.push('\n');
        self.lines.push_str(line);
        self.text.push('\n');
        self.follow(body);
    }

    /// Adds a piece of the same line.
    pub fn push_piece(&mut self, piece: &str) {
        self.lines.push_str(piece);
        self.follow(piece);
    }

    /// Adds text and follows its brackets.
    fn follow(&mut self, piece: &str) {
        const END: &str = "</plist>";
        let from = head(&self.text, self.text.len().saturating_sub(END.len())).len();
        self.text.push_str(piece);
        if self.kind == Kind::Plist {
            self.ended = self.ended || self.text[from..].contains(END);
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

    /// Whether its last bracket or tag has come.
    pub fn is_complete(&self) -> bool {
        match self.kind {
            Kind::Json => self.depth == 0,
            Kind::Plist => self.ended,
        }
    }

    /// Whether the next line, without prefixes, can't be a part of it.
    pub fn is_broken_by(&self, body: &str) -> bool {
        self.kind == Kind::Json && !self.in_string && !looks_like_json(body)
    }

    /// Whether it is longer than any that is worth reading.
    pub fn is_too_long(&self) -> bool {
        self.lines.len() > LONGEST_DOCUMENT
    }
}

/// Where a document begins in the line.
pub fn document_start(line: &Stripped<'_>, text: &str) -> Option<(Kind, usize)> {
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
