//! The main executable is signed as one, and lets no unsigned code run.

use crate::bundle::{BundleKind, FileType};
use crate::preflight::rule::{Asked, Found, Need, Rule, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "executable-flags",
    codes: &["executable-flags"],
    needs: &[Need::Device, Need::Export, Need::Signature],
    sentence: "The main executable is signed as one, and lets no unsigned code run.",
    source: "Seen where re-signed packages were refused (ITMS-90034)",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .of_kind(BundleKind::App)
        .filter(|_| asked.is_embedded() && asked.is_signed_for_good())
    {
        let code = asked.package.code(bundle);
        let is_program = code.is_some_and(|code| {
            let mut slices = code.slices.iter();
            slices.all(|slice| slice.file_type == FileType::Executable)
        });
        let signature = asked.package.signature(bundle);
        let signature = signature.filter(|one| is_program && one.signer.is_some());
        let flags = signature.and_then(|one| one.directory()?.executable_flags);
        let what = match flags {
            Some(flags) if flags & 0x1 == 0 => "does not say that it is the main executable",
            Some(flags) if flags & 0x10 != 0 => "lets unsigned code run, as in development",
            Some(_) | None => continue,
        };
        let title = format!("the signature of `{}` {what}", bundle.path);
        found.add(warning("executable-flags", bundle, title));
    }
}
