//! `jetway explain`: what a code means and how to mend it, offline.

mod asked;
#[cfg(test)]
mod tests;

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use crate::cli::choices;
use crate::cli::command::{Caller, Command};
use crate::cli::commands::explain::asked::{Answer, answer, parts};
use crate::cli::given::{STANDARD_INPUT, text};
use crate::codes::{self, Catalogue, Entry, Told};
use crate::diagnostic::Diagnostic;
use crate::event::{Ending, Why};
use crate::plan::defaults;
use crate::report::people::plain;
use crate::secret::{Vault, typed};
use crate::text::lines as plain_lines;

/// A mail or log that is longer is for `annotate`.
const LONGEST_MESSAGE: u64 = 1 << 20;
const NO_CODE: &str = "name a code, such as ITMS-90683; --list prints all of them";

/// How the pages are printed.
#[derive(Clone, Copy)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// What `--format` takes.
const FORMATS: [(&str, Format); 3] = [
    ("text", Format::Text),
    ("markdown", Format::Markdown),
    ("json", Format::Json),
];

const EXAMPLES: &str = "\
Examples:
  jetway explain ITMS-90683
  jetway explain -19232
  jetway explain 'Missing purpose string in Info.plist'
  pbpaste | jetway explain -";

/// `jetway explain`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Explain {
    /// Codes such as ITMS-90683, 90683 or -19232, a pasted message in quotes, or - to read one
    #[arg(
        value_name = "CODE",
        allow_negative_numbers = true,
        env = "JETWAY_CODES"
    )]
    pub codes: Vec<String>,
    /// List every code that is known
    #[arg(long)]
    pub list: bool,
    /// How to print: text, markdown or json
    #[arg(long, value_name = "FORMAT", env = "JETWAY_FORMAT")]
    pub format: Option<String>,
}

impl Command for Explain {
    fn run(mut self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        self.codes.retain(|code| !code.trim().is_empty());
        explain(&self, caller.known)
    }
}

fn explain(typed: &Explain, known: &Vault) -> anyhow::Result<ExitCode> {
    let format = text(typed.format.as_deref()).unwrap_or(defaults::FORMAT);
    let format = match choices::read(&FORMATS, format) {
        Ok(format) => format,
        Err(why) => return Ok(wrong(known, &format!("--format: {why}"))),
    };
    if typed.list {
        print(&codes::explain_list())?;
        return Ok(ExitCode::SUCCESS);
    }
    if typed.codes.is_empty() {
        return Ok(wrong(known, NO_CODE));
    }
    let mut pages = Vec::new();
    let mut unknown = Vec::new();
    let texts = match texts_of(&typed.codes, known)? {
        Some(texts) => texts,
        None => return Ok(wrong(known, NO_CODE)),
    };
    for text in texts {
        match answer(&text) {
            Answer::Pages(found) => {
                let one_number = Catalogue::get().find_all(text.trim()).len() > 1;
                if let (true, Format::Text) = (one_number, format) {
                    let name = typed::shown(text.trim());
                    let twice = "is used for more than one fault; read which words you have.";
                    pages.push(format!("`{name}` {twice}\n"));
                }
                for (entry, message) in found {
                    let page = page(entry, message.as_ref(), format);
                    if !pages.contains(&page) {
                        pages.push(page);
                    }
                }
            }
            Answer::Near(near) => match format {
                Format::Text => pages.push(hits(&text, &near)),
                Format::Json => {
                    let near = near.into_iter().map(Told::by_words);
                    pages.extend(near.map(codes::explain_json));
                }
                Format::Markdown => {
                    pages.extend(near.iter().map(|entry| page(entry, None, format)));
                }
            },
            Answer::Nothing(why) => unknown.push(why),
        }
    }
    let is_list = matches!(format, Format::Json);
    if is_list || !pages.is_empty() {
        print(&joined(&pages, format))?;
    }
    for sentence in &unknown {
        plain::talk(known, sentence);
    }
    Ok(match unknown.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(Ending::at_once(Why::Refused).exit_code()),
    })
}

/// What is asked in the arguments; `None` where one says nothing.
fn texts_of(asked: &[String], known: &Vault) -> anyhow::Result<Option<Vec<String>>> {
    let mut texts = Vec::new();
    for asked in asked {
        let text = text_of(asked).context("standard input can't be read")?;
        let text = known.redact(&plain_lines(&text));
        if text.trim().is_empty() {
            return Ok(None);
        }
        texts.extend(parts(&text));
    }
    Ok(Some(texts))
}

fn print(pages: &str) -> anyhow::Result<()> {
    plain::data(pages).context("the explanation could not be written")
}

fn wrong(known: &Vault, why: &str) -> ExitCode {
    plain::talk(known, &format!("jetway explain: {why}"));
    ExitCode::from(Ending::at_once(Why::Usage).exit_code())
}

/// The argument, or what standard input holds.
fn text_of(asked: &str) -> std::io::Result<String> {
    if asked != STANDARD_INPUT {
        return Ok(asked.to_owned());
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LONGEST_MESSAGE)
        .read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn page(entry: &Entry, message: Option<&Diagnostic>, format: Format) -> String {
    let told = match message {
        Some(found) => Told::message(entry, found),
        None => Told::entry(entry),
    };
    match format {
        Format::Json => codes::explain_json(told),
        Format::Markdown => whole(&codes::explain_markdown(told)),
        Format::Text => whole(&codes::explain_text(told)),
    }
}

/// Lines that may be printed, the last one ended.
fn whole(text: &str) -> String {
    format!("{}\n", plain::harmless(&Vault::default(), text).trim_end())
}

/// One line for each entry that has the words.
fn hits(text: &str, near: &[&Entry]) -> String {
    let mut page = format!("`{}` is in:\n", typed::shown(text));
    for entry in near {
        let name = entry.names().into_iter().next().unwrap_or_default();
        page.push_str(&format!("  {name}  {}\n", codes::title(entry)));
    }
    page.push_str("`jetway explain NAME` tells how to fix it.\n");
    page
}

fn joined(pages: &[String], format: Format) -> String {
    match format {
        Format::Json => format!("[{}]\n", pages.join(",\n")),
        Format::Markdown => pages.join("\n"),
        Format::Text => pages.join("\n----\n\n"),
    }
}
