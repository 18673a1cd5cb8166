//! A place in a text that is being read, with its line.

/// Reads a text byte by byte and counts lines. Every byte it stops at is ASCII or a whole character's
/// first, as long as callers stop at ASCII only.
#[derive(Clone)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            text: text.strip_prefix('\u{feff}').unwrap_or(text),
            at: 0,
            line: 1,
        }
    }

    /// The line of the next byte, counted from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The next byte, which stays.
    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Where the next byte is.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Takes the next byte.
    pub fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        if byte == b'\n' {
            self.line = self.line.saturating_add(1);
        }
        Some(byte)
    }

    /// Whether the rest begins like this.
    pub fn sees(&self, ascii: &str) -> bool {
        self.text.as_bytes()[self.at..].starts_with(ascii.as_bytes())
    }

    /// Takes this text if it comes next.
    pub fn take(&mut self, ascii: &str) -> bool {
        let seen = self.sees(ascii);
        if seen {
            for _ in 0..ascii.len() {
                self.bump();
            }
        }
        seen
    }

    /// Takes bytes as long as they fit.
    pub fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(&fits) {
            self.bump();
        }
        self.since(start)
    }

    /// Takes all up to this text and the text itself; gives what stood before. `None`, at the end, where
    /// it never comes.
    pub fn take_through(&mut self, ascii: &str) -> Option<&'a str> {
        let start = self.at;
        while self.at < self.text.len() {
            if self.sees(ascii) {
                let before = self.since(start);
                self.take(ascii);
                return Some(before);
            }
            self.bump();
        }
        None
    }

    /// Takes white space.
    pub fn skip_space(&mut self) {
        self.take_while(|byte| byte.is_ascii_whitespace());
    }

    /// The text from an earlier position to here.
    pub fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }
}
