//! The XML property list: Info.plist, entitlements, privacy manifests, export options.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};
use quick_xml::name::QName;

use crate::locate::readers::collection::Collection;
use crate::locate::readers::node::{DEPTH, Node};

/// A scalar whose end was not met yet.
struct Content {
    line: u32,
    name: String,
    text: String,
}

/// Counts lines up to a place; places only grow.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn line_at(&mut self, place: usize) -> Option<u32> {
        let passed = self.text.as_bytes().get(self.at..place)?;
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line += u32::try_from(breaks).ok()?;
        self.at = place;
        Some(self.line)
    }
}

/// The document's first value, or `None` where the text is no XML property list.
pub fn parse(text: &str) -> Option<Node> {
    let mut reader = Reader::from_str(text);
    let mut lines = Lines {
        text,
        at: 0,
        line: 1,
    };
    let mut builder = Builder::default();
    loop {
        let place = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let line = lines.line_at(place)?;
        match event {
            Event::Start(tag) => builder.begin(name_of(tag.name()), line)?,
            Event::End(tag) => builder.end(&name_of(tag.name()))?,
            Event::Empty(tag) => {
                let name = name_of(tag.name());
                builder.begin(name.clone(), line)?;
                builder.end(&name)?;
            }
            Event::Text(text) => builder.text(&text.xml10_content()),
            Event::CData(text) => builder.text(&text.xml10_content()),
            Event::GeneralRef(reference) => builder.text(&resolved(&reference)?),
            Event::Eof => return None,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        if builder.root.is_some() {
            return builder.root;
        }
    }
}

fn name_of(name: QName<'_>) -> String {
    name.into_inner().to_owned()
}

/// The characters of a reference; entities that a document makes up itself are not followed.
fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    if let Some(character) = reference.resolve_char_ref().ok()? {
        return Some(character.to_string());
    }
    let name = reference.clone().into_inner();
    resolve_predefined_entity(&name).map(str::to_owned)
}

#[derive(Default)]
struct Builder {
    root: Option<Node>,
    open: Vec<Collection>,
    content: Option<Content>,
}

impl Builder {
    fn begin(&mut self, name: String, line: u32) -> Option<()> {
        match name.as_str() {
            // A scalar holds no elements.
            _ if self.content.is_some() => return None,
            "dict" => self.open.push(Collection::map(line)),
            "array" => self.open.push(Collection::list(line)),
            "key" | "string" | "integer" | "real" | "date" | "data" | "true" | "false" => {
                let text = String::new();
                self.content = Some(Content { line, name, text });
            }
            _ => {}
        }
        (self.open.len() < DEPTH).then_some(())
    }

    fn text(&mut self, text: &str) {
        if let Some(content) = &mut self.content {
            content.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Option<()> {
        let node = match (name, self.content.take()) {
            ("dict" | "array", _) => self.open.pop()?.close(),
            ("key", Some(key)) => {
                self.open.last_mut()?.name(key.text, key.line);
                return Some(());
            }
            ("true" | "false", Some(content)) => Node::of_text(content.line, content.name),
            (_, Some(content)) => Node::of_text(content.line, content.text),
            (_, None) => return Some(()),
        };
        match self.open.last_mut() {
            Some(parent) => parent.add(node),
            None => self.root = Some(node),
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_and_values_know_their_lines() {
        let node = parse(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://x\">\n<plist version=\"1.0\">\n<dict>\n<!-- <key>no</key> -->\n<key>a</key>\n<string>x &amp; y</string>\n<key>b</key><array>\n<string>c</string></array>\n<key>d</key>\n<true/>\n</dict>\n</plist>\n",
        )
        .unwrap();
        assert_eq!(node.line, 4);
        let lines: Vec<_> = node
            .entries()
            .iter()
            .map(|e| (e.key.as_str(), e.line))
            .collect();
        assert_eq!(lines, [("a", 6), ("b", 8), ("d", 10)]);
        assert_eq!(node.text_of("a"), Some("x & y"));
        assert_eq!(node.get("b").unwrap().items()[0].line, 9);
        assert_eq!(node.text_of("d"), Some("true"));
    }

    #[test]
    fn entities_sections_and_subsets_are_read_as_xml_has_them() {
        let node = parse(
            "<!DOCTYPE plist [\n<!ENTITY x '>'>\n]>\n<plist><dict><key>a&#98;&#x63;</key>\n<string><![CDATA[<key>no</key>]]> &lt;&quot;</string>\n<key >d</key\n><string/></dict></plist>",
        )
        .unwrap();
        assert_eq!(node.text_of("abc"), Some("<key>no</key> <\""));
        assert_eq!(node.entry("abc").unwrap().line, 4);
        assert_eq!(node.entry("d").unwrap().line, 6);
        assert_eq!(node.text_of("d"), Some(""));
        let made_up = "<!DOCTYPE p [<!ENTITY x 'y'>]><plist><string>&x;</string></plist>";
        assert_eq!(parse(made_up), None);
    }

    #[test]
    fn a_truncated_or_endlessly_nested_list_is_not_read() {
        assert_eq!(parse("<plist><dict><key>a</key>"), None);
        assert_eq!(parse(&"<array>".repeat(100_000)), None);
        assert_eq!(parse("bplist00"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "(<dict>|<key>|</key>|<array>|</dict>|<string>|<|>|&|é|\n|[a-z]){0,60}") {
            parse(&text);
        }

        #[test]
        fn a_written_key_is_found_on_its_line(key in "[A-Za-z]{1,12}", above in 0u32..9) {
            let blank = "\n".repeat(above as usize);
            let node = parse(&format!("<plist><dict>{blank}<key>{key}</key><string>v</string></dict></plist>")).unwrap();
            prop_assert_eq!(node.entry(&key).unwrap().line, above + 1);
        }
    }
}
