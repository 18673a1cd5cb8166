//! The runner's readers of workflow commands and file commands, written again from their described
//! behaviour, as the judge of what we write. Tests only.

use std::collections::BTreeMap;

use proptest::prelude::*;

const NAMES: &[&str] = &[
    "add-mask",
    "add-matcher",
    "add-path",
    "debug",
    "echo",
    "endgroup",
    "error",
    "group",
    "internal-set-repo-path",
    "notice",
    "remove-matcher",
    "save-state",
    "set-env",
    "set-output",
    "stop-commands",
    "warning",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    pub name: String,
    pub properties: BTreeMap<String, String>,
    pub data: String,
}

/// What the runner does with one line: a command, or nothing.
pub fn parse(line: &str) -> Option<Parsed> {
    second_form(line).or_else(|| first_form(line))
}

fn second_form(line: &str) -> Option<Parsed> {
    let (info, data) = seen(line)
        .trim_start()
        .to_owned()
        .strip_prefix("::")?
        .split_once("::")
        .map(|(i, d)| (i.to_owned(), d.to_owned()))?;
    let escapes = [
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ];
    parsed(
        &info,
        ',',
        &escapes,
        unescape(&data, &[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]),
    )
}

fn first_form(line: &str) -> Option<Parsed> {
    let line = seen(line);
    let (info, data) = line.split_once("##[")?.1.split_once(']')?;
    let escapes = [
        ("%3B", ";"),
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%5D", "]"),
        ("%25", "%"),
    ];
    parsed(info, ';', &escapes, unescape(data, &escapes))
}

fn parsed(info: &str, mark: char, escapes: &[(&str, &str)], data: String) -> Option<Parsed> {
    let (name, list) = info.split_once(' ').unwrap_or((info, ""));
    let name = NAMES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(name))?;
    let properties = list
        .trim()
        .split(mark)
        .filter_map(|pair| pair.split_once('='))
        .filter(|(key, value)| !key.is_empty() && !value.is_empty())
        .map(|(key, value)| (key.to_owned(), unescape(value, escapes)))
        .collect();
    Some(Parsed {
        name: (*name).to_owned(),
        properties,
        data,
    })
}

/// A comparison by the rules of a language looks through characters that count for nothing; only
/// those in front of or inside a mark matter here.
fn seen(line: &str) -> String {
    let begin = line.trim_start_matches(|char: char| char.is_whitespace() || is_ignored(char));
    let folded: String = begin.chars().filter(|char| !is_ignored(*char)).collect();
    if folded.starts_with("::") || folded.contains("##[") {
        folded_kept(begin)
    } else {
        line.to_owned()
    }
}

/// Removes what is ignored inside of marks, and nowhere else, so that data stays comparable.
fn folded_kept(line: &str) -> String {
    let mut kept = String::new();
    let mut pending = String::new();
    for char in line.chars() {
        if is_ignored(char) && kept.ends_with([':', '#']) {
            pending.push(char);
            continue;
        }
        if !pending.is_empty() && !(matches!(char, ':' | '#' | '[')) {
            kept.push_str(&pending);
        }
        pending.clear();
        kept.push(char);
    }
    kept + &pending
}

fn is_ignored(char: char) -> bool {
    matches!(
        char,
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{fe0f}' | '\u{2060}'
    )
}

fn unescape(text: &str, escapes: &[(&str, &str)]) -> String {
    escapes
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// What the runner reads from `GITHUB_OUTPUT`; an error fails the step.
pub fn outputs(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let line = line.strip_suffix('\n').unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        let heredoc = line
            .find("<<")
            .filter(|at| line.find('=').is_none_or(|equals| *at < equals));
        if let Some(at) = heredoc {
            let (name, delimiter) = (&line[..at], &line[at + 2..]);
            if name.is_empty() || delimiter.is_empty() {
                return Err(format!("invalid line {line:?}"));
            }
            let mut value: Vec<&str> = Vec::new();
            loop {
                let next = lines.next().ok_or("no delimiter")?;
                let bare = next.strip_suffix('\n').unwrap_or(next);
                if bare == delimiter {
                    break;
                }
                if bare.len() == next.len() {
                    return Err("no line end after the value".to_owned());
                }
                value.push(bare);
            }
            found.push((name.to_owned(), value.join("\n")));
        } else if let Some((name, value)) = line.split_once('=') {
            found.push((name.to_owned(), value.to_owned()));
        } else {
            return Err(format!("invalid line {line:?}"));
        }
    }
    Ok(found)
}

#[expect(clippy::too_many_lines, reason = "a list of pieces")]
/// Text made of the pieces that commands, Markdown and terminals are made of.
pub fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "::error::x",
            "\n::set-output name=a::b",
            "\r::endgroup::",
            "##[error]x",
            "##[group]",
            "\n ::stop-commands::x",
            "::",
            ":",
            "##[",
            "#",
            "##",
            "[",
            "]",
            "error",
            "group",
            "add-mask",
            "set-output name=a",
            "stop-commands",
            "\r",
            "\n",
            "\r\n",
            " ",
            "\t",
            "%0A",
            "%0D",
            "%25",
            "%3A",
            "%",
            ",",
            "=",
            ";",
            "\u{1b}[31m",
            "\u{1b}]8;;",
            "\u{1b}",
            "\u{7}",
            "\u{200b}",
            "\u{200d}",
            "\u{feff}",
            "\u{85}",
            "\u{2028}",
            "\u{202e}",
            "|",
            "`",
            "```",
            "<script>",
            "</details>",
            "<!--",
            "-->",
            "@octocat",
            "#123",
            "GH-1",
            "https://evil.example/x",
            "![x](y)",
            "<<",
            "jetway_",
            "EOF",
            "é",
            "𝄞",
            "\0",
        ])
        .prop_map(str::to_owned),
        "[ -~]{0,6}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

#[test]
fn the_judge_knows_both_forms() {
    assert_eq!(
        parse("  ::ERROR file=a,line=1::x%0Ay").unwrap().data,
        "x\ny"
    );
    assert_eq!(parse("text ##[warning]x").unwrap().name, "warning");
    assert_eq!(parse("\u{200b}:\u{200d}:error::x").unwrap().name, "error");
    assert_eq!(parse("text ::error::x"), None);
    assert_eq!(parse("\u{1b}[31m::error::x"), None);
    assert_eq!(
        outputs("a=b\n\nc<<E\n1\n2\nE\n").unwrap(),
        [("a".into(), "b".into()), ("c".into(), "1\n2".into())]
    );
    assert!(outputs("c<<E\n1\n").is_err());
}
