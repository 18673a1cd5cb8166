//! No code refers to functions or frameworks that Apple keeps for itself.

use crate::preflight::lists::Lists;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "private-api",
    codes: &["itms-90338"],
    needs: &[Need::Device, Need::Code],
    sentence: "No code refers to functions or frameworks that Apple keeps for itself.",
    source: "Apple's message ITMS-90338",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for binary in asked.binaries().filter(|_| asked.is_embedded()) {
        let symbol = Lists::get()
            .private_symbols
            .iter()
            .find(|symbol| binary.imports(symbol));
        let mut dylibs = binary.slices.iter().flat_map(|slice| &slice.dylibs);
        let private = dylibs.find(|one| one.name.starts_with("/System/Library/PrivateFrameworks/"));
        let what = symbol
            .map(String::as_str)
            .or(private.map(|one| one.name.as_str()));
        if let (Some(what), Some(owner)) = (what, asked.package.owner(&binary.path)) {
            let title = format!(
                "`{}` refers to `{what}`, which Apple keeps for itself",
                binary.path
            );
            found.add(about_code(
                warning("itms-90338", owner, title).variable("value", what),
                owner,
            ));
        }
    }
}
