//! The pages of all codes are made from the catalogue.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::codes::docs::{index_page, page};
use crate::codes::{Catalogue, Told, explain_json, explain_list, explain_text};

/// GitHub renders no larger file.
const LARGEST: usize = 512_000;

/// The pages, by the names of their files.
fn pages() -> BTreeMap<String, String> {
    let entries = Catalogue::get().entries().iter();
    entries
        .map(|entry| (format!("{}.md", entry.code), page(entry)))
        .chain([("README.md".to_owned(), index_page())])
        .collect()
}

fn written(folder: &Path) -> BTreeMap<String, String> {
    let Ok(files) = fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    files
        .map(|file| {
            let file = file.expect("docs can be read");
            let text = fs::read_to_string(file.path()).expect("a page is text");
            (file.file_name().to_string_lossy().into_owned(), text)
        })
        .collect()
}

#[test]
fn the_pages_of_codes_are_made_from_the_catalogue() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes");
    let pages = pages();
    #[expect(
        clippy::disallowed_methods,
        reason = "`just codes` sets it to write the pages"
    )]
    let bless = std::env::var_os("JETWAY_BLESS").is_some();
    if bless {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("docs can be made");
        for (name, page) in &pages {
            fs::write(folder.join(name), page).expect("a page can be written");
        }
    }
    let written = written(&folder);
    let wrong: Vec<&String> = pages
        .keys()
        .chain(written.keys())
        .filter(|name| pages.get(*name) != written.get(*name))
        .collect();
    assert!(
        wrong.is_empty(),
        "docs/codes is not what the catalogue says ({wrong:?}); run `just codes`"
    );
}

#[test]
fn every_page_is_one_that_github_renders() {
    for (name, page) in pages() {
        assert!(page.len() < LARGEST, "{name}: {} bytes", page.len());
        assert!(page.starts_with("# "), "{name}");
    }
}

#[test]
fn an_entry_reads_well_in_a_change() {
    const WIDEST: usize = 120;
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/codes/catalogue");
    let mut wide = Vec::new();
    for entry in Catalogue::get().entries() {
        let path = catalogue.join(format!("{}/{}.toml", entry.family, entry.code));
        let text = fs::read_to_string(path).expect("the catalogue is part of the source");
        let prose = text.split("\n[snippet]").next().unwrap_or_default();
        // A link or a long value can't be parted.
        let is_wide = |line: &&str| line.chars().count() > WIDEST && line.trim().contains(' ');
        wide.extend(
            prose
                .lines()
                .filter(is_wide)
                .map(|line| format!("{}: {line}", entry.code)),
        );
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

#[test]
fn a_sentence_is_apples_only_where_apple_says_it() {
    for entry in Catalogue::get().entries() {
        let is_apples = explain_text(Told::entry(entry)).contains("\nApple says\n");
        let of_apple = ["itms", "app-store-connect", "mail"].contains(&entry.family.as_str());
        assert_eq!(is_apples, of_apple && !entry.made_up, "{}", entry.code);
    }
}

#[test]
fn every_entry_is_explained() {
    for entry in Catalogue::get().entries() {
        let text = explain_text(Told::entry(entry));
        assert!(
            text.contains(&entry.title) || entry.title.contains('{'),
            "{}",
            entry.code
        );
        assert!(
            !text.contains("|the "),
            "{} shows a place unfilled",
            entry.code
        );
        let json: serde_json::Value =
            serde_json::from_str(&explain_json(Told::entry(entry))).expect("it is JSON");
        assert_eq!(json["code"], entry.code);
    }
    assert_eq!(
        explain_list().lines().count(),
        Catalogue::get().entries().len()
    );
}
