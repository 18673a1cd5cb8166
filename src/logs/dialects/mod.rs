//! How each tool speaks: one file for each, which is a table.
//!
//! A new tool is one file, and its two lines here:
//!
//! 1. Copy `codesign.rs`, the shortest, to `<tool>.rs`; give it the tool's name and leave out what it has not.
//! 2. Say in `hot` by which words a line is worth reading, in `prefixes` what is printed in front of it,
//!    in `signs` how it ends, in `known_by` and `faults` what is a fault of it. [`Dialect`] tells the rest.
//! 3. Name the file below and add it to [`LIST`]. Where two dialects fit a line, the first of the list wins.
//! 4. Put a log of your own making into `tests/fixtures/logs/<tool>/` and bless it (`logs::tests::golden`).
//!
//! What its messages mean is the catalogue's: one file in `codes/catalogue` for each fault.

pub mod altool;
pub mod app_store_connect;
pub mod azure;
pub mod bitrise;
pub mod codemagic;
pub mod codesign;
pub mod dotnet;
pub mod electron;
pub mod engines;
pub mod expo;
pub mod fastlane;
pub mod flutter;
pub mod github_actions;
pub mod gradle;
pub mod mail;
pub mod notary;
pub mod runners;
pub mod security;
pub mod shell;
pub mod tauri;
pub mod test_runners;
pub mod transporter;
pub mod wrappers;
pub mod xcode_cloud;
pub mod xcodebuild;

use crate::logs::dialect::Dialect;

/// Every dialect that is read: carriers, tools, and at last the marks that many have.
pub const LIST: &[&Dialect] = &[
    &runners::DIALECT,
    &github_actions::DIALECT,
    &azure::DIALECT,
    &bitrise::DIALECT,
    &xcode_cloud::DIALECT,
    &expo::DIALECT,
    &codemagic::DIALECT,
    &flutter::DIALECT,
    &fastlane::DIALECT,
    &gradle::DIALECT,
    &dotnet::DIALECT,
    &electron::DIALECT,
    &tauri::DIALECT,
    &engines::DIALECT,
    &xcodebuild::DIALECT,
    &security::DIALECT,
    &codesign::DIALECT,
    &transporter::DIALECT,
    &altool::DIALECT,
    &notary::DIALECT,
    &app_store_connect::DIALECT,
    &mail::DIALECT,
    &test_runners::DIALECT,
    &shell::DIALECT,
    &wrappers::DIALECT,
];

/// Every item of one table, of all dialects.
pub fn all<T: 'static>(
    table: impl Fn(&'static Dialect) -> &'static [T],
) -> impl Iterator<Item = (&'static Dialect, &'static T)> {
    LIST.iter()
        .flat_map(move |dialect| table(dialect).iter().map(move |item| (*dialect, item)))
}

/// The expressions of one table as one expression, for what only asks whether any fits.
pub fn any(table: impl Fn(&'static Dialect) -> &'static [&'static str]) -> String {
    let list: Vec<String> = all(table).map(|(_, one)| format!("(?:{one})")).collect();
    list.join("|")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::logs::expression::ascii;

    #[test]
    fn every_table_is_well_formed() {
        let mut names = BTreeSet::new();
        for dialect in LIST {
            assert!(
                names.insert(dialect.name),
                "{} is there twice",
                dialect.name
            );
            for word in dialect.hot {
                assert_eq!(*word, word.to_ascii_lowercase(), "{}", dialect.name);
                assert!(word.len() >= 2, "{}: {word} is everywhere", dialect.name);
            }
            for word in dialect.marks {
                assert_eq!(*word, word.to_ascii_lowercase(), "{}", dialect.name);
            }
            let groups = |pattern: &str| -> Vec<String> {
                let names = ascii(pattern);
                names.capture_names().flatten().map(str::to_owned).collect()
            };
            for prefix in dialect.prefixes {
                assert!(prefix.pattern.starts_with('^'), "{}", prefix.pattern);
                for group in groups(prefix.pattern) {
                    assert!(["level", "file", "line", "column", "rest"].contains(&group.as_str()));
                }
            }
            for pattern in dialect.introductions {
                assert!(groups(pattern).iter().all(|group| group == "level"));
            }
            let tables = [
                dialect.begins,
                dialect.heads,
                dialect.wrappings,
                dialect.suffixes,
                dialect.known_by,
                dialect.faults,
                dialect.strong_names,
                dialect.only_failed,
                dialect.harmless,
                dialect.shown,
                dialect.delivery_id,
            ];
            let signs = dialect.signs.iter().map(|(_, pattern)| pattern);
            let parts = dialect
                .shown_parts
                .iter()
                .flat_map(|part| [&part.begins, &part.ends]);
            let tables = tables.iter().copied().flatten();
            for pattern in tables.chain(signs).chain(parts) {
                assert!(groups(pattern).is_empty(), "{pattern} has a name in it");
            }
        }
    }
}
