//! The stream that a person reads. Text goes in by lines that can't become commands; a command is
//! a type of its own. Secrets are masked before anything else is written.

use std::collections::HashSet;
use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::report::actions::commands::{Command, neutral};
use crate::report::mode::Mode;
use crate::secret::{Secret, Vault};

const CLEAR_LINE: &str = "\r\u{1b}[2K";

/// The stream. A stream that is closed swallows what is written.
pub struct Sink {
    out: Box<dyn Write + Send>,
    mode: Mode,
    vault: Vault,
    masked: usize,
    /// Whether what becomes secret from now on is the sandbox's own, which is good for nothing.
    is_rehearsal: bool,
    has_live_line: bool,
    group_is_open: bool,
    closed: bool,
}

impl Sink {
    pub fn new(mode: Mode, vault: Vault, out: Box<dyn Write + Send>) -> Self {
        Self {
            out,
            mode,
            vault,
            masked: 0,
            is_rehearsal: false,
            has_live_line: false,
            group_is_open: false,
            closed: false,
        }
    }

    /// From now on nothing new is worth a mask: the sandbox's keys and tokens are good for nothing else.
    pub fn rehearses(&mut self) {
        self.is_rehearsal = true;
    }

    /// Where a person reads along.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Writes lines of text. Whatever they hold, none of them is a command.
    pub fn text(&mut self, text: &str) {
        let text = neutral(&self.vault.redact(text));
        self.write(&format!("{text}\n"));
    }

    /// Shows a line that the next output replaces; only a terminal has such a line.
    pub fn live(&mut self, line: &str) {
        match self.mode {
            Mode::Terminal { .. } => {
                let line = neutral(&self.vault.redact(line)).replace('\n', " ");
                self.write(&line);
                self.has_live_line = true;
            }
            Mode::Log | Mode::Actions => {}
        }
    }

    /// Takes the live line away.
    pub fn clear(&mut self) {
        if self.has_live_line {
            self.write("");
        }
    }

    /// Writes a command, in a step only; elsewhere it would be noise.
    pub fn command(&mut self, command: Command) {
        match self.mode {
            Mode::Actions => {
                let command = Command {
                    name: command.name,
                    properties: command
                        .properties
                        .into_iter()
                        .map(|(name, value)| (name, neutral(&self.vault.redact(&value))))
                        .collect(),
                    data: neutral(&self.vault.redact(&command.data)),
                };
                self.write(&format!("{command}\n"));
            }
            Mode::Terminal { .. } | Mode::Log => {}
        }
    }

    /// Opens a group, after closing the one before: groups do not nest.
    pub fn open_group(&mut self, title: &str) {
        self.close_group();
        self.command(Command::new("group", title));
        self.group_is_open = true;
    }

    /// Closes the group, where one is open.
    pub fn close_group(&mut self) {
        if std::mem::take(&mut self.group_is_open) {
            self.command(Command::new("endgroup", ""));
        }
    }

    /// Whether a group is open.
    pub fn has_group(&self) -> bool {
        self.group_is_open
    }

    fn write(&mut self, text: &str) {
        let mut whole = String::new();
        if std::mem::take(&mut self.has_live_line) {
            whole.push_str(CLEAR_LINE);
        }
        whole.push_str(&self.new_masks());
        whole.push_str(text);
        if self.closed {
            return;
        }
        let written = self.out.write_all(whole.as_bytes());
        // A reader that went away is no reason to stop.
        self.closed = written.and_then(|()| self.out.flush()).is_err();
    }

    /// Commands that mask the secrets met since the last call, no more of them than needed: each shows as a
    /// line. A secret of several lines is masked by its long lines, which the vault holds as well: the
    /// runner would take the whole apart and hide its short last line all over the log. What a mask hides
    /// in base64 and in addresses it knows itself, and a token is known by the whole and by its signature.
    fn new_masks(&mut self) -> String {
        match self.mode {
            Mode::Actions => {
                let pieces = self.vault.since(self.masked);
                self.masked += pieces.len();
                if self.is_rehearsal {
                    return String::new();
                }
                let pieces: Vec<&str> = pieces.iter().map(Secret::expose).collect();
                let implied: HashSet<String> =
                    pieces.iter().flat_map(|piece| implied(piece)).collect();
                pieces
                    .iter()
                    .filter(|piece| {
                        !piece.trim().contains(['\n', '\r']) && !implied.contains(**piece)
                    })
                    .map(|piece| format!("{}\n", Command::new("add-mask", *piece)))
                    .collect()
            }
            Mode::Terminal { .. } | Mode::Log => String::new(),
        }
    }
}

/// The forms of a secret that need no mask of their own beside the one of the secret.
fn implied(piece: &str) -> Vec<String> {
    let mut forms = vec![
        STANDARD.encode(piece),
        URL_SAFE_NO_PAD.encode(piece),
        utf8_percent_encode(piece, NON_ALPHANUMERIC).to_string(),
        piece.replace('"', "\\\""),
        piece.replace('"', "\\\"").replace('/', "\\/"),
        piece.replace('\\', "\\\\").replace('"', "\\\""),
    ];
    forms.retain(|form| form != piece);
    if let [head, claims, _signature] = piece.split('.').collect::<Vec<_>>().as_slice() {
        forms.extend([head, claims].map(|part| (*part).to_owned()));
    }
    forms
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.clear();
        self.close_group();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::samples::Shown;

    #[test]
    fn secrets_are_masked_before_anything_else_and_only_in_a_step() {
        let vault = Vault::default();
        vault.keep(&Secret::new(
            "-----BEGIN X-----\nMIGTAgEAMBMGByqGSM49\nAQ==\n-----END X-----",
        ));
        let shown = Shown::default();
        let mut sink = Sink::new(Mode::Actions, vault.clone(), Box::new(shown.clone()));
        sink.text("hello MIGTAgEAMBMGByqGSM49");
        vault.keep(&Secret::new("second%secret"));
        sink.open_group("second%secret");
        let text = shown.text();
        assert!(text.starts_with("::add-mask::"), "{text}");
        assert!(text.contains("\nhello ***\n"), "{text}");
        assert!(text.contains("::add-mask::second%25secret\n"), "{text}");
        assert!(text.ends_with("::group::***\n"), "{text}");
        for line in text.lines() {
            assert!(!line.contains("%0A"), "{line}");
            assert_ne!(line, "::add-mask::AQ==");
            assert_ne!(line, "::add-mask::-----BEGIN X-----");
        }

        let elsewhere = Shown::default();
        let mut sink = Sink::new(Mode::Log, vault, Box::new(elsewhere.clone()));
        sink.text("hello");
        assert_eq!(elsewhere.text(), "hello\n");
    }

    #[test]
    fn a_token_is_masked_by_the_whole_and_its_signature_and_the_sandboxs_not_at_all() {
        let vault = Vault::default();
        let shown = Shown::default();
        let mut sink = Sink::new(Mode::Actions, vault.clone(), Box::new(shown.clone()));
        vault.keep(&Secret::new("headhead.claimsclaims.signature"));
        sink.text("one");
        let text = shown.text();
        assert_eq!(
            text,
            "::add-mask::headhead.claimsclaims.signature\n::add-mask::signature\none\n"
        );
        sink.rehearses();
        vault.keep(&Secret::new("good-for-nothing"));
        sink.text("good-for-nothing");
        assert_eq!(shown.text(), format!("{text}***\n"));
    }

    #[test]
    fn a_live_line_is_cleared_before_the_next_output() {
        let shown = Shown::default();
        let mode = Mode::Terminal { width: 80 };
        let mut sink = Sink::new(mode, Vault::default(), Box::new(shown.clone()));
        sink.live("10 %");
        sink.live("20 %");
        sink.text("done");
        assert_eq!(shown.text(), "10 %\r\u{1b}[2K20 %\r\u{1b}[2Kdone\n");
    }
}
