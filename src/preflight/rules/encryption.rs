//! Code for iPhone and iPad has an encryption record that says: not encrypted.

use crate::bundle::Architecture;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "encryption",
    codes: &["itms-90125"],
    needs: &[Need::Device, Need::Export, Need::Code],
    sentence: "Code for iPhone and iPad has an encryption record that says: not encrypted.",
    source: "Apple's message ITMS-90125",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .with_code()
        .filter(|_| asked.is_embedded() && asked.is_signed_for_good())
    {
        let Some(code) = asked.package.code(bundle) else {
            continue;
        };
        let wrong = code.slices.iter().find(|slice| {
            let is_device = matches!(
                slice.architecture,
                Architecture::Arm64 | Architecture::Arm64e
            );
            let is_phone = slice.build.is_some_and(|build| build.platform == 2);
            match slice.encryption {
                Some(id) => id != 0,
                None => is_device && is_phone,
            }
        });
        if let Some(slice) = wrong {
            let what = if slice.encryption.is_some() {
                "is encrypted already"
            } else {
                "has no encryption record"
            };
            let title = format!("the code of `{}` {what}", bundle.path);
            found.add(about_code(error("itms-90125", bundle, title), bundle));
        }
    }
}
