//! What stands in one line of YAML: keys, scalars, and collections in brackets.

use crate::locate::readers::node::{DEPTH, Entry, Node, Value};

/// The key at the beginning of a row, and what stands beside it.
pub fn split_key(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let end = text[1..].find(quote)? + 1;
        let rest = text[end + 1..].trim_start().strip_prefix(':')?;
        return (rest.is_empty() || rest.starts_with(' '))
            .then(|| (text[1..end].to_owned(), rest.trim_start()));
    }
    if text.starts_with(['{', '[', '#', '|', '>', '*', '&', '!', '%', '@', '`']) {
        return None;
    }
    let plain = without_comment(text);
    let end = plain
        .find(": ")
        .or_else(|| plain.strip_suffix(':').map(str::len))?;
    Some((
        plain[..end].trim_end().to_owned(),
        text[end + 1..].trim_start(),
    ))
}

/// The text before ` #`, where that is not inside quotes.
pub fn without_comment(text: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if character == '#' && before.is_whitespace() => return text[..at].trim_end(),
            // A quote opens at the beginning of a value only; `don't` opens none.
            None if matches!(character, '"' | '\'') && " ,[{:".contains(before) => {
                quote = Some(character);
            }
            None => {}
        }
        before = character;
    }
    text.trim_end()
}

/// The value without an anchor or a tag before it.
pub fn without_marks(mut text: &str) -> &str {
    while text.starts_with(['&', '!']) {
        text = text
            .split_once(' ')
            .map_or("", |(_, rest)| rest.trim_start());
    }
    text
}

/// A value in one line.
pub fn scalar(text: &str, line: u32) -> Node {
    let text = without_comment(without_marks(text));
    if text.starts_with(['{', '[']) {
        let mut rest = text;
        if let Some(node) = flow(&mut rest, line, DEPTH)
            && rest.trim().is_empty()
        {
            return node;
        }
    }
    Node::of_text(line, unquoted(text))
}

fn unquoted(text: &str) -> String {
    for quote in ['"', '\''] {
        if let Some(inner) = text
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote))
        {
            return match quote {
                '"' => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
                _ => inner.replace("''", "'"),
            };
        }
    }
    text.to_owned()
}

fn flow(rest: &mut &str, line: u32, depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    *rest = rest.trim_start();
    let value = if let Some(inside) = rest.strip_prefix('[') {
        *rest = inside;
        let mut items = Vec::new();
        while !closes(rest, ']')? {
            items.push(flow(rest, line, depth)?);
        }
        Value::List(items)
    } else if let Some(inside) = rest.strip_prefix('{') {
        *rest = inside;
        let mut entries = Vec::new();
        while !closes(rest, '}')? {
            let key = word(rest, &[':', ',', '}'])?;
            *rest = rest.strip_prefix(':')?;
            let node = flow(rest, line, depth)?;
            entries.push(Entry { key, line, node });
        }
        Value::Map(entries)
    } else {
        Value::Text(word(rest, &[',', ']', '}'])?)
    };
    Some(Node { line, value })
}

/// Takes a comma, or the closing bracket and then says so. `None` at the end of the text.
fn closes(rest: &mut &str, bracket: char) -> Option<bool> {
    *rest = rest.trim_start();
    *rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    if rest.is_empty() {
        return None;
    }
    match rest.strip_prefix(bracket) {
        Some(after) => {
            *rest = after;
            Some(true)
        }
        None => Some(false),
    }
}

fn word(rest: &mut &str, ends: &[char]) -> Option<String> {
    *rest = rest.trim_start();
    let start = *rest;
    let end = match start.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => start[1..].find(quote)? + 2,
        None => start.find(ends)?,
    };
    *rest = start[end..].trim_start();
    let text = start[..end].trim();
    // An empty word makes no progress, so it ends the reading.
    (!text.is_empty()).then(|| unquoted(text))
}
