//! Frameworks and extensions have every architecture of the program that loads them.

use crate::bundle::{Architecture, Binary, Bundle};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "same-architectures",
    codes: &["itms-90635"],
    needs: &[Need::Device, Need::Code],
    sentence: "Frameworks and extensions have every architecture of the program that loads them.",
    source: "Apple's message ITMS-90635",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.with_code().filter(|_| asked.is_embedded()) {
        let around = asked.host(bundle).map(|host| asked.program_of(host));
        let around = around.filter(|program| !is_stub(asked, program));
        let main =
            around.filter(|program| asked.package.family(program) == asked.package.family(bundle));
        let (Some(code), Some(main)) = (
            asked.package.code(bundle),
            main.and_then(|main| asked.package.code(main)),
        ) else {
            continue;
        };
        let own = all(code);
        let wanted = all(main);
        if let Some(missing) = wanted.iter().find(|one| !own.contains(one))
            && !own.is_empty()
        {
            let title = format!(
                "`{}` has no code for {}, which the app has",
                bundle.path,
                missing.name()
            );
            found.add(about_code(warning("itms-90635", bundle, title), bundle));
        }
    }
}

/// Whether the program is Apple's stub for watch apps of the old kind, which is for every watch there was.
fn is_stub(asked: &Asked<'_>, program: &Bundle) -> bool {
    asked
        .package
        .has(&format!("{}/_WatchKitStub/WK", program.path))
}

/// Intel is left out: it is told as that.
fn all(code: &Binary) -> Vec<Architecture> {
    let each = code.slices.iter().map(|slice| slice.architecture);
    each.filter(|one| !matches!(one, Architecture::X86With64 | Architecture::I386))
        .collect()
}
