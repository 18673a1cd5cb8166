//! As much of YAML as projects and workflows use, with lines: maps and lists by indentation, plain
//! and quoted scalars, block scalars, and collections in one line. What it does not understand it
//! leaves out, so that a missing key is the worst that can happen.

use crate::locate::readers::node::{DEPTH, Entry, Node, Value};
use crate::locate::readers::yaml_flow;

#[derive(Clone, Copy)]
struct Row<'a> {
    line: u32,
    indent: usize,
    /// Without the white space around it; the comment is still there.
    text: &'a str,
}

struct Reader<'a> {
    rows: Vec<Row<'a>>,
    at: usize,
}

/// The first document, or `None` where it is empty or indented by tabs.
pub fn parse(text: &str) -> Option<Node> {
    let mut rows = Vec::new();
    for (line, raw) in (1..).zip(text.lines()) {
        let content = raw.trim_start_matches(' ');
        let text = content.trim();
        if text == "---" && rows.iter().all(|row: &Row<'_>| row.is_blank()) {
            continue;
        }
        if raw.starts_with("---") || raw.starts_with("...") {
            break;
        }
        rows.push(Row {
            line,
            indent: raw.len() - content.len(),
            text,
        });
    }
    let mut reader = Reader { rows, at: 0 };
    let first = reader.content()?;
    reader.block(first.indent, DEPTH)
}

impl Row<'_> {
    fn is_blank(&self) -> bool {
        self.text.is_empty() || self.text.starts_with('#')
    }

    fn is_item(&self) -> bool {
        self.text == "-" || self.text.starts_with("- ")
    }
}

impl<'a> Reader<'a> {
    /// The next row that holds something.
    fn content(&mut self) -> Option<Row<'a>> {
        while self.rows.get(self.at)?.is_blank() {
            self.at += 1;
        }
        self.rows.get(self.at).copied()
    }

    /// The value that begins in the next row, at this indentation.
    fn block(&mut self, indent: usize, depth: usize) -> Option<Node> {
        let depth = depth.checked_sub(1)?;
        let row = self.content()?;
        let line = row.line;
        let value = if row.is_item() {
            Value::List(self.list(indent, depth)?)
        } else if yaml_flow::split_key(row.text).is_some() {
            Value::Map(self.map(indent, depth)?)
        } else {
            self.at += 1;
            let node = yaml_flow::scalar(row.text, line);
            self.skip_deeper(indent);
            return Some(node);
        };
        Some(Node { line, value })
    }

    fn list(&mut self, indent: usize, depth: usize) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        while let Some(row) = self.content() {
            if row.indent > indent {
                self.at += 1;
                continue;
            }
            if row.indent < indent || !row.is_item() {
                break;
            }
            let rest = row.text[1..].trim_start();
            if rest.is_empty() || rest.starts_with('#') {
                self.at += 1;
                items.push(self.nested(row, indent, depth)?);
            } else if rest.starts_with("- ") || yaml_flow::split_key(rest).is_some() {
                let inner = indent + (row.text.len() - rest.len());
                self.rows[self.at] = Row {
                    indent: inner,
                    text: rest,
                    ..row
                };
                items.push(self.block(inner, depth)?);
            } else {
                self.at += 1;
                items.push(self.value(rest, row.line, indent));
            }
        }
        Some(items)
    }

    fn map(&mut self, indent: usize, depth: usize) -> Option<Vec<Entry>> {
        let mut entries = Vec::new();
        while let Some(row) = self.content() {
            if row.indent > indent {
                self.at += 1;
                continue;
            }
            if row.indent < indent || row.is_item() {
                break;
            }
            self.at += 1;
            let Some((key, rest)) = yaml_flow::split_key(row.text) else {
                continue;
            };
            let rest = yaml_flow::without_comment(yaml_flow::without_marks(rest));
            let node = if rest.is_empty() {
                self.nested(row, indent, depth)?
            } else {
                self.value(rest, row.line, indent)
            };
            entries.push(Entry {
                key,
                line: row.line,
                node,
            });
        }
        Some(entries)
    }

    /// What stands below a key or a dash that has nothing beside it.
    fn nested(&mut self, above: Row<'_>, indent: usize, depth: usize) -> Option<Node> {
        match self.content() {
            Some(row) if row.indent > indent => self.block(row.indent, depth),
            // A list may stand at the indentation of its key.
            Some(row) if row.indent == indent && row.is_item() && !above.is_item() => {
                self.block(indent, depth)
            }
            _ => Some(Node::of_text(above.line, "")),
        }
    }

    /// What stands beside a key or a dash.
    fn value(&mut self, rest: &str, line: u32, indent: usize) -> Node {
        if rest.starts_with(['|', '>']) {
            return self.block_scalar(line, indent);
        }
        let node = yaml_flow::scalar(rest, line);
        self.skip_deeper(indent);
        node
    }

    /// The rows of a block scalar as they stand; the node's line is that of the first of them.
    fn block_scalar(&mut self, line: u32, indent: usize) -> Node {
        let mut text = String::new();
        while let Some(row) = self.rows.get(self.at) {
            if !row.text.is_empty() && row.indent <= indent {
                break;
            }
            text.push_str(row.text);
            text.push('\n');
            self.at += 1;
        }
        Node::of_text(line.saturating_add(1), text)
    }

    /// The further rows of a scalar that goes over several.
    fn skip_deeper(&mut self, indent: usize) {
        while self.content().is_some_and(|row| row.indent > indent) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_and_values_know_their_lines() {
        let node = parse(
            "# c\n---\non: [push]\njobs:\n  ship: # the job\n    steps:\n    - uses: a/b@v1 # x\n      with:\n        'key-id': \"1: #2\"\n    - name: x\n      run: |\n        # not a comment\n        foo: bar\n\n    - run: make\n  other: {a: 1, b: [c, d]}\n",
        )
        .unwrap();
        let steps = node.at(&["jobs", "ship", "steps"]).unwrap();
        assert_eq!(steps.line, 6);
        let items = steps.node.items();
        assert_eq!(items.len(), 3);
        assert_eq!(items[0].text_of("uses"), Some("a/b@v1"));
        let input = items[0].at(&["with", "key-id"]).unwrap();
        assert_eq!((input.line, input.node.text()), (9, Some("1: #2")));
        let run = items[1].get("run").unwrap();
        assert_eq!(
            (run.line, run.text()),
            (12, Some("# not a comment\nfoo: bar\n\n"))
        );
        assert_eq!(items[2].entry("run").unwrap().line, 15);
        assert_eq!(
            node.at(&["jobs", "other", "b"]).unwrap().node.items().len(),
            2
        );
    }

    #[test]
    fn only_the_first_document_is_read() {
        let node = parse("a: 1\n---\nb: 2\n").unwrap();
        assert!(node.entry("a").is_some() && node.entry("b").is_none());
    }

    #[test]
    fn deep_nesting_ends() {
        assert_eq!(parse(&"- ".repeat(50_000)).map(|node| node.line), None);
        parse(&format!("a: {}", "[".repeat(100_000)));
        let stairs: String = (0..500).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
        assert_eq!(parse(&stairs), None);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "(- |: |a|\"|'|\\{|\\}|\\[|\\]|,|#| |\n|\\||&x |é|---){0,60}") {
            parse(&text);
        }

        #[test]
        fn a_written_key_is_found_on_its_line(key in "[a-z]{1,9}", indent in 1usize..8, above in 0u32..9) {
            let blank = "# nothing\n".repeat(above as usize);
            let text = format!("top:\n{blank}{}{key}: value\nend: 1\n", " ".repeat(indent));
            let node = parse(&text).unwrap();
            let entry = node.at(&["top", &key]).unwrap();
            prop_assert_eq!((entry.line, entry.node.text()), (above + 2, Some("value")));
        }
    }
}
