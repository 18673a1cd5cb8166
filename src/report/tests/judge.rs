//! What GitHub would make of Markdown, told by a parser of the real thing. Bare addresses, mentions,
//! references and emoji names, which GitHub adds to CommonMark, are looked for in the text that is left.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use regex::Regex;

/// The tags that we write ourselves.
const OURS: &[&str] = &[
    "<br>",
    "<b>",
    "</b>",
    "<code>",
    "</code>",
    "<details>",
    "</details>",
    "<span>",
    "</span>",
    "<sub>",
    "</sub>",
    "<summary>",
    "</summary>",
    "<!-- marker -->",
];

/// What a page consists of.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// How often each kind of block and of emphasis is opened.
    pub shape: BTreeMap<String, usize>,
    /// Where its links lead.
    pub links: Vec<String>,
    /// Everything that must not be there.
    pub faults: Vec<String>,
}

/// Reads a page as GitHub does.
pub fn page(markdown: &str) -> Page {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let mut page = Page::default();
    // Text outside of links and code; a line feed stands where it is broken by something else.
    let mut bare = String::new();
    let mut linked = 0;
    let mut coded = 0;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                linked += 1;
                page.links.push(dest_url.into_string());
                bare.push('\n');
            }
            Event::End(TagEnd::Link) => linked -= 1,
            Event::Start(tag @ Tag::CodeBlock(_)) => {
                coded += 1;
                *page.shape.entry(name(&tag)).or_default() += 1;
            }
            Event::End(TagEnd::CodeBlock) => coded -= 1,
            Event::Start(Tag::Image { dest_url, .. }) => {
                page.faults.push(format!("picture {dest_url}"));
            }
            Event::Start(tag) => {
                // Blocks of HTML are judged by their tags, and paragraphs hold nothing back.
                if !matches!(tag, Tag::HtmlBlock | Tag::Paragraph) {
                    *page.shape.entry(name(&tag)).or_default() += 1;
                }
                bare.push('\n');
            }
            Event::End(_) | Event::SoftBreak | Event::HardBreak | Event::Code(_) => bare.push('\n'),
            Event::Text(text) if linked == 0 && coded == 0 => bare.push_str(&text),
            Event::Text(_) => {}
            Event::Html(html) | Event::InlineHtml(html) => {
                for piece in pieces(&html) {
                    match piece {
                        "<code>" => coded += 1,
                        "</code>" => coded -= 1,
                        tag if OURS.contains(&tag) => {}
                        text if !text.contains(['<', '>']) => bare.push_str(&decoded(text)),
                        tag => page.faults.push(format!("tag {tag}")),
                    }
                    bare.push('\n');
                }
            }
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {
                page.faults.push(format!("{event:?}"));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                page.faults.push(format!("formula {text}"));
            }
        }
    }
    if coded != 0 {
        page.faults.push("code that does not end".to_owned());
    }
    page.faults.extend(meant(&bare));
    page
}

fn name(tag: &Tag<'_>) -> String {
    match tag {
        Tag::Heading { level, .. } => format!("{level}"),
        other => format!("{other:?}")
            .split(['(', ' '])
            .next()
            .unwrap_or_default()
            .to_owned(),
    }
}

/// Tags and the text between them.
fn pieces(html: &str) -> Vec<&str> {
    static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new("<[^>]*>?").expect("it is valid"));
    let mut found = Vec::new();
    let mut from = 0;
    for tag in TAG.find_iter(html) {
        found.push(&html[from..tag.start()]);
        found.push(tag.as_str());
        from = tag.end();
    }
    found.push(&html[from..]);
    found.retain(|piece| !piece.trim().is_empty());
    found
}

fn decoded(text: &str) -> String {
    [
        ("&#8203;", "\u{200b}"),
        ("&#124;", "|"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// What GitHub would make a link, a mention, a reference or a picture of.
fn meant(bare: &str) -> Vec<String> {
    static MEANT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)[a-z]://|www\.|@[a-z0-9]|#[0-9]|gh-[0-9]|:[a-z0-9_+-]+:")
            .expect("it is valid")
    });
    MEANT
        .find_iter(bare)
        .map(|found| format!("`{}` in {bare:?}", found.as_str()))
        .collect()
}

#[test]
fn the_judge_sees_what_github_would_make_of_text() {
    for (markdown, fault) in [
        ("a ![x](y) b", "picture y"),
        ("<script>x</script>", "tag <script>"),
        ("a <img src=x> b", "tag <img src=x>"),
        ("a <!-- b", ""),
        ("hello @octocat", "`@o`"),
        ("hello &#64;octocat", "`@o`"),
        ("a\\@octocat", "`@o`"),
        ("<details>@octocat</details>", "`@o`"),
        ("see #12", "`#1`"),
        ("see gh-12", "`gh-1`"),
        ("https://evil.example", "`s://`"),
        ("www.evil.example", "`www.`"),
        ("a :tada: b", "`:tada:`"),
        ("- [x] done", "TaskListMarker"),
        ("a\n\n---\n", "Rule"),
        ("<code>a", "code that does not end"),
    ] {
        let faults = page(markdown).faults.join("; ");
        assert!(faults.contains(fault), "{markdown}: {faults}");
    }
    assert_eq!(page("[a](https://b)").links, ["https://b"]);
    assert_eq!(page("[a]\n\n[a]: https://b").links, ["https://b"]);
    assert_eq!(
        page("`@octocat` <code>&#64;octocat</code>").faults,
        Vec::<String>::new()
    );
    let shape = page("# a\n\n| a |\n| - |\n| b |\n\n> **c**\n\n- d").shape;
    let opened: Vec<&str> = shape.keys().map(String::as_str).collect();
    assert_eq!(
        opened,
        [
            "BlockQuote",
            "Item",
            "List",
            "Strong",
            "Table",
            "TableCell",
            "TableHead",
            "TableRow",
            "h1"
        ]
    );
}
