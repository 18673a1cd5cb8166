//! One call of a tool: what it is given, how it is shown, and what came of it.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use crate::apple::error::Error;
use crate::apple::toolbox::{Tool, Toolbox};
use crate::host::process::{self, End, Program, Stream};
use crate::secret::Secret;

/// So much of each stream is kept from its beginning, and so much from its end.
const KEPT: usize = 64 * 1024;
/// What a person is shown of a tool's words.
const SHOWN: usize = 600;
/// The longest line that `security -i` reads, with its end
/// (<https://github.com/apple-oss-distributions/Security>, `SecurityTool/sharedTool/readline.c`).
const LONGEST_LINE: usize = 4_095;
/// The most words that it takes in a line.
const MOST_WORDS: usize = 32;

/// A call of a tool.
#[derive(Clone, Debug)]
#[must_use = "a call that is not made does nothing"]
pub struct Invocation {
    /// Whose file is started.
    program: Tool,
    /// Who answers.
    tool: Tool,
    arguments: Vec<String>,
    /// The words of one command for standard input.
    spoken: Vec<Word>,
    limit: Option<Duration>,
}

#[derive(Clone, Debug)]
enum Word {
    Plain(String),
    Secret(Secret),
}

/// What a tool answered.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// What it wrote to standard output: the beginning and the end where it is long.
    pub output: String,
    /// The same of standard error.
    pub errors: String,
}

impl Invocation {
    /// A call without arguments.
    pub fn new(tool: Tool) -> Self {
        Self {
            program: tool,
            tool,
            arguments: Vec::new(),
            spoken: Vec::new(),
            limit: None,
        }
    }

    /// A call of a tool that another one starts, by its name: it is the tool that is told of.
    pub fn through(program: Tool, tool: Tool) -> Self {
        let call = Self {
            program,
            ..Self::new(tool)
        };
        call.arg(tool.name())
    }

    /// A command for a tool that reads commands from standard input, so that no other process sees it.
    pub fn spoken(tool: Tool, flag: &str, command: &str) -> Self {
        Self::new(tool).arg(flag).say(command)
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Adds arguments.
    pub fn args<'a>(mut self, arguments: impl IntoIterator<Item = &'a str>) -> Self {
        self.arguments
            .extend(arguments.into_iter().map(str::to_owned));
        self
    }

    /// Adds a word to the command on standard input.
    pub fn say(mut self, word: impl Into<String>) -> Self {
        self.spoken.push(Word::Plain(word.into()));
        self
    }

    /// Adds a word to it that nobody may see.
    pub fn whisper(mut self, word: &Secret) -> Self {
        self.spoken.push(Word::Secret(word.clone()));
        self
    }

    /// Allows it no more time than this, and no more than any tool gets.
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The call as a person may see it.
    pub fn shown(&self) -> String {
        let mut shown = self.program.name().to_owned();
        for argument in &self.arguments {
            let _ = write!(shown, " {}", for_people(argument));
        }
        for (index, word) in self.spoken.iter().enumerate() {
            let before = if index == 0 { " <<< " } else { " " };
            let word = match word {
                Word::Plain(word) => for_people(word),
                Word::Secret(_) => "***".to_owned(),
            };
            let _ = write!(shown, "{before}{word}");
        }
        shown
    }

    /// Makes the call. Whatever is not the status 0 is an error.
    pub async fn run(&self, tools: &Toolbox) -> Result<Answer, Error> {
        match self.hear(tools).await? {
            (0, answer) => Ok(answer),
            (code, answer) => Err(Error::Failed {
                tool: self.tool,
                shown: self.shown(),
                code,
                said: said(tools, &answer),
            }),
        }
    }

    /// Makes the call of a tool whose status says little, and gives it with what the tool wrote.
    pub async fn hear(&self, tools: &Toolbox) -> Result<(i32, Answer), Error> {
        let (mut output, mut errors) = (Kept::default(), Kept::default());
        let code = self
            .follow(tools, &mut |stream, bytes| match stream {
                Stream::Output => output.keep(bytes),
                Stream::Errors => errors.keep(bytes),
            })
            .await?;
        let answer = Answer {
            output: output.text(),
            errors: errors.text(),
        };
        Ok((code, answer))
    }

    /// Makes the call, hands on what the tool writes as it comes, and gives its status.
    pub async fn follow(
        &self,
        tools: &Toolbox,
        heard: &mut (dyn FnMut(Stream, &[u8]) + Send),
    ) -> Result<i32, Error> {
        let input = self.line()?;
        let path = tools.file(self.program);
        let arguments: Vec<OsString> = self.arguments.iter().map(OsString::from).collect();
        let limit = self
            .limit
            .map_or(tools.limit(), |own| own.min(tools.limit()));
        let program = Program {
            path: &path,
            arguments: &arguments,
            environment: tools.environment(),
            input: input.as_bytes(),
            limit,
            minder: tools.minder(),
        };
        let tool = self.tool;
        match process::run(&program, heard).await {
            Ok(End::Exited(code)) => Ok(code),
            Ok(End::TimedOut) => Err(Error::TimedOut {
                tool,
                shown: self.shown(),
                limit,
            }),
            Ok(End::Killed(_)) => Err(Error::Killed {
                tool,
                shown: self.shown(),
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let tool = self.program;
                Err(Error::Missing { tool, path })
            }
            Err(source) => Err(Error::NotStarted { tool, source }),
        }
    }

    /// The command on standard input: a line with its end, without which `security` does not take it.
    fn line(&self) -> Result<zeroize::Zeroizing<String>, Error> {
        let mut line = zeroize::Zeroizing::new(String::new());
        if self.spoken.is_empty() {
            return Ok(line);
        }
        let refuse = |what, why| {
            Err(Error::Unspeakable {
                tool: self.tool,
                what,
                why,
            })
        };
        for word in &self.spoken {
            let (word, what) = match word {
                Word::Plain(word) => (word.as_str(), "an argument"),
                Word::Secret(word) => (word.expose(), "the password"),
            };
            if word.contains(['\n', '\0']) {
                return refuse(what, "it has a line end in it");
            }
            if !line.is_empty() {
                line.push(' ');
            }
            quote(word, &mut line);
        }
        line.push('\n');
        if line.len() > LONGEST_LINE || self.spoken.len() > MOST_WORDS {
            return refuse("the command", "it is too long");
        }
        Ok(line)
    }
}

/// A word as `security -i` reads it: blanks part words, quotes count at the beginning of a word, and
/// between them a backslash keeps the next character as it is.
fn quote(word: &str, line: &mut String) {
    if is_plain(word) {
        line.push_str(word);
        return;
    }
    line.push('"');
    for char in word.chars() {
        if matches!(char, '"' | '\\') {
            line.push('\\');
        }
        line.push(char);
    }
    line.push('"');
}

fn is_plain(word: &str) -> bool {
    let plain = |char: char| char.is_ascii_alphanumeric() || "/._:,=@%+-".contains(char);
    !word.is_empty() && word.chars().all(plain)
}

fn for_people(word: &str) -> String {
    let mut shown = String::new();
    quote(word, &mut shown);
    shown
}

/// What a tool said, in one line and without a secret: of its errors, else of its output, the end.
fn said(tools: &Toolbox, answer: &Answer) -> String {
    let words = match answer.errors.trim() {
        "" => answer.output.trim(),
        errors => errors,
    };
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = tools.vault().redact(&line.join(" "));
    match line.char_indices().rev().nth(SHOWN) {
        Some((from, _)) => format!("… {}", &line[from..]),
        None => line,
    }
}

/// The beginning and the end of what was written.
#[derive(Default)]
struct Kept {
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl Kept {
    fn keep(&mut self, bytes: &[u8]) {
        let (head, rest) = bytes.split_at(bytes.len().min(KEPT - self.head.len()));
        self.head.extend_from_slice(head);
        self.tail.extend_from_slice(rest);
        // Moved seldom, so that a long output costs little.
        if self.tail.len() > 2 * KEPT {
            self.tail.drain(..self.tail.len() - KEPT);
        }
    }

    fn text(&self) -> String {
        let whole = [
            &*self.head,
            &self.tail[self.tail.len().saturating_sub(KEPT)..],
        ]
        .concat();
        String::from_utf8_lossy(&whole).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> Invocation {
        let password = Secret::new("a \"quoted\\\" word");
        Invocation::spoken(Tool::Security, "-i", "unlock-keychain")
            .say("-p")
            .whisper(&password)
            .say("/a b/x.keychain-db")
    }

    #[test]
    fn a_secret_is_shown_as_stars_and_is_no_argument() {
        assert_eq!(
            call().shown(),
            "security -i <<< unlock-keychain -p *** \"/a b/x.keychain-db\""
        );
        assert_eq!(call().arguments, ["-i"]);
        assert!(!format!("{:?}", call()).contains("quoted"));
    }

    #[test]
    fn a_command_is_quoted_as_security_reads_it_and_has_its_line_end() {
        assert_eq!(
            *call().line().unwrap(),
            "unlock-keychain -p \"a \\\"quoted\\\\\\\" word\" \"/a b/x.keychain-db\"\n"
        );
        let empty = Invocation::spoken(Tool::Security, "-i", "import").whisper(&Secret::new(""));
        assert_eq!(*empty.line().unwrap(), "import \"\"\n");
        assert_eq!(*Invocation::new(Tool::Security).line().unwrap(), "");
    }

    #[test]
    fn what_does_not_fit_into_a_line_is_refused_and_not_cut() {
        let with = |word: &str| {
            let call = Invocation::spoken(Tool::Security, "-i", "import");
            call.whisper(&Secret::new(word)).line()
        };
        for word in ["two\nlines", "a\0nul", &"x".repeat(5_000)] {
            let error = with(word).unwrap_err();
            assert!(matches!(error, Error::Unspeakable { .. }), "{error}");
        }
        let many = (0..33).fold(Invocation::spoken(Tool::Security, "-i", "x"), |call, _| {
            call.say("y")
        });
        assert!(many.line().is_err());
    }

    #[test]
    fn of_a_long_output_the_beginning_and_the_end_are_kept() {
        let mut kept = Kept::default();
        kept.keep(b"begins");
        for _ in 0..100 {
            kept.keep(&[b'x'; 10_000]);
        }
        kept.keep(b"ends");
        let text = kept.text();
        assert!(text.starts_with("begins") && text.ends_with("ends"));
        assert_eq!(text.len(), 2 * KEPT);
    }
}
