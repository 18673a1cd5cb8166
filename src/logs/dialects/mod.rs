//! How each tool speaks: one file for each, which is a table.
//!
//! A new tool is one file and one line in [`LIST`]:
//!
//! 1. Copy `codesign.rs`, the shortest, to `<tool>.rs`; give it the tool's name and leave out what it has not.
//! 2. Say in `hot` by which words a line is worth reading, in `prefixes` what is printed in front of it,
//!    in `signs` how it ends, in `known_by` and `faults` what is a fault of it. [`Dialect`] tells the rest.
//! 3. Add a line to `LIST`. Where two dialects fit a line, the first of the list wins.
//! 4. Put a log of your own making into `tests/fixtures/logs/<tool>/` and bless it (`logs::tests::golden`).
//!
//! What its messages mean is the catalogue's: one file in `codes/catalogue` for each fault.

pub mod altool;
pub mod api;
pub mod app_store_connect;
pub mod codesign;
pub mod fastlane;
pub mod github_actions;
pub mod mail;
pub mod security;
pub mod transporter;
pub mod wrappers;
pub mod xcodebuild;

use crate::logs::dialect::Dialect;

/// Every dialect that is read: carriers, tools, and at last the marks that many have.
pub const LIST: &[&Dialect] = &[
    &github_actions::DIALECT,
    &fastlane::DIALECT,
    &xcodebuild::DIALECT,
    &security::DIALECT,
    &codesign::DIALECT,
    &transporter::DIALECT,
    &altool::DIALECT,
    &app_store_connect::DIALECT,
    &mail::DIALECT,
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
