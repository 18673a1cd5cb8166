//! The page of all codes is the catalogue.

use std::path::Path;

use crate::codes::explain::codes_page;
use crate::codes::{Catalogue, explain_json, explain_list, explain_text};

#[test]
fn the_page_of_codes_is_made_from_the_catalogue() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes.md");
    let page = codes_page();
    #[expect(
        clippy::disallowed_methods,
        reason = "`just codes` sets it to write the page"
    )]
    let bless = std::env::var_os("JETWAY_BLESS").is_some();
    if bless {
        std::fs::create_dir_all(file.parent().expect("docs is a folder"))
            .expect("docs can be made");
        std::fs::write(&file, &page).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page,
        "docs/codes.md is not what the catalogue says; run `just codes`"
    );
}

#[test]
fn every_entry_is_explained() {
    for entry in Catalogue::get().entries() {
        let text = explain_text(entry);
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
            serde_json::from_str(&explain_json(entry)).expect("it is JSON");
        assert_eq!(json["code"], entry.code);
    }
    assert_eq!(
        explain_list().lines().count(),
        Catalogue::get().entries().len()
    );
}
