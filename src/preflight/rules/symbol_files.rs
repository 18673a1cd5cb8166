//! The symbol files beside the app are those of its code.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::bundle::Form;
use crate::preflight::rule::{Asked, Found, Need, Rule, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "symbol-files",
    codes: &["itms-90381"],
    needs: &[Need::Ipa],
    sentence: "Where some files in `Symbols` are those of the code, all are.",
    source: "Apple's message ITMS-90381",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let package = asked.package;
    let is_whole = package.binaries.iter().all(|one| !one.is_partly_read);
    if package.form != Form::Ipa || !is_whole {
        return;
    }
    let slices = package.binaries.iter().flat_map(|one| &one.slices);
    let own: BTreeSet<String> = slices
        .filter_map(|slice| slice.uuid.map(|uuid| plain(&uuid)))
        .collect();
    let (known, strange): (Vec<&str>, Vec<&str>) = package
        .below("Symbols/")
        .filter_map(|member| member.path.strip_prefix("Symbols/"))
        .filter(|name| name.ends_with(".symbols"))
        .partition(|name| own.contains(&uuid_of(name)));
    // Where none fits, the folder was made by another tool, whose names say nothing.
    if let (Some(_), Some(first)) = (known.first(), strange.first()) {
        let title = format!("the symbols in `{first}` are those of no code in the package");
        let finding = warning("itms-90381", package.app(), title);
        found.add(finding.variable("file", *first));
    }
}

fn plain(uuid: &[u8; 16]) -> String {
    uuid.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

/// The name of a symbol file without hyphens and ending.
fn uuid_of(name: &str) -> String {
    let stem = name.trim_end_matches(".symbols");
    stem.replace('-', "").to_ascii_uppercase()
}
