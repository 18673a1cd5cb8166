//! YAML with lines: workflows and manifests. The parser is a full one; here its events become the tree,
//! aliases and merge keys stand for what they name, at the lines where that is written.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, Span};

use crate::locate::readers::collection::Collection;
use crate::locate::readers::node::{DEPTH, Entry, Node};

/// So many nodes may a document have, those that aliases repeat among them: a few lines of aliases can
/// stand for billions.
const MOST_NODES: usize = 200_000;

/// The first document, or `None` where it is empty, is no YAML, nests too deep or is too large.
pub fn parse(text: &str) -> Option<Node> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        builder.take(event, span)?;
    }
    builder.root
}

#[derive(Default)]
struct Builder {
    root: Option<Node>,
    /// What is not closed yet, each with the number of its anchor.
    open: Vec<(Collection, usize)>,
    /// What each anchor names, with its number of nodes.
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
}

impl Builder {
    /// Takes the next event; `None` ends the reading.
    fn take(&mut self, event: Event<'_>, span: Span) -> Option<()> {
        let line = u32::try_from(span.start.line()).ok()?;
        match event {
            Event::Scalar(text, _, anchor, _) => self.add(Node::of_text(line, text), anchor),
            Event::SequenceStart(anchor, _) => self.open(Collection::list(line), anchor),
            Event::MappingStart(anchor, _) => self.open(Collection::map(line), anchor),
            Event::SequenceEnd | Event::MappingEnd => {
                let (closed, anchor) = self.open.pop()?;
                self.add(closed.close(), anchor)
            }
            Event::Alias(anchor) => {
                let (node, nodes) = self.anchors.get(&anchor).cloned()?;
                self.count(nodes)?;
                self.place(node)
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Some(()),
        }
    }

    fn open(&mut self, collection: Collection, anchor: usize) -> Option<()> {
        self.open.push((collection, anchor));
        (self.open.len() < DEPTH).then_some(())
    }

    /// A node that is written here.
    fn add(&mut self, node: Node, anchor: usize) -> Option<()> {
        self.count(1)?;
        if anchor > 0 {
            let nodes = size(&node);
            self.anchors.insert(anchor, (node.clone(), nodes));
            self.count(nodes)?;
        }
        self.place(node)
    }

    fn place(&mut self, node: Node) -> Option<()> {
        match self.open.last_mut() {
            Some((parent, _)) => add_to(parent, node),
            None => self.root = Some(node),
        }
        Some(())
    }

    fn count(&mut self, nodes: usize) -> Option<()> {
        self.nodes += nodes;
        (self.nodes <= MOST_NODES).then_some(())
    }
}

/// Takes a key, a value, or what a merge key names.
fn add_to(parent: &mut Collection, node: Node) {
    if parent.wants_key() {
        parent.name(node.text().unwrap_or_default().to_owned(), node.line);
    } else if parent.key() == Some("<<") {
        parent.put_before(merged(&node));
    } else {
        parent.add(node);
    }
}

/// The entries that a merge brings: of several maps the first one wins.
fn merged(node: &Node) -> Vec<Entry> {
    let maps = node.items().iter().rev().chain([node]);
    maps.flat_map(|map| map.entries().iter().cloned()).collect()
}

fn size(node: &Node) -> usize {
    let mut nodes = 1;
    node.walk(&mut |_, _| nodes += 1);
    nodes
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
            (12, Some("# not a comment\nfoo: bar\n"))
        );
        assert_eq!(items[2].entry("run").unwrap().line, 15);
        assert_eq!(
            node.at(&["jobs", "other", "b"]).unwrap().node.items().len(),
            2
        );
    }

    #[test]
    fn what_an_alias_or_a_merge_names_is_at_its_own_line() {
        let node = parse(
            "base: &base\n  version: 1.0\n  number: 7\nother: &other {name: x}\nours:\n  <<: *base\n  number: 8\nboth:\n  <<: [*other, *base]\nsame: *base\n",
        )
        .unwrap();
        let at = |path: &[&str]| {
            let entry = node.at(path).unwrap();
            (entry.line, entry.node.text().unwrap().to_owned())
        };
        assert_eq!(at(&["ours", "version"]), (2, "1.0".to_owned()));
        assert_eq!(at(&["ours", "number"]), (7, "8".to_owned()));
        assert_eq!(at(&["both", "name"]), (4, "x".to_owned()));
        assert_eq!(at(&["both", "number"]), (3, "7".to_owned()));
        assert_eq!(at(&["same", "version"]), (2, "1.0".to_owned()));
    }

    #[test]
    fn collections_in_brackets_may_go_over_lines() {
        let node = parse("with: {path: x,\n  wait: none, 'a b': [1,\n 2]}\n").unwrap();
        let with = node.get("with").unwrap();
        assert_eq!(with.entry("path").unwrap().line, 1);
        assert_eq!(with.entry("wait").unwrap().line, 2);
        assert_eq!(with.get("a b").unwrap().items()[1], Node::of_text(3, "2"));
    }

    #[test]
    fn a_few_lines_of_aliases_do_not_fill_the_memory() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..30 {
            let many = vec![format!("*a{}", level - 1); 9].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{many}]\n"));
        }
        assert_eq!(parse(&text), None);
    }

    #[test]
    fn what_is_no_yaml_has_no_lines() {
        for text in ["a: [1", "a: 'x", "a:\n\tb: 1", "a: *nobody", ""] {
            assert_eq!(parse(text), None, "{text}");
        }
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
