//! The programs of an `.xcarchive` carry what the project asks for, so that the export finds it there.

use plist::Dictionary;

use crate::bundle::Form;
use crate::preflight::entitlements;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "archived-entitlements",
    codes: &["entitlement-lost"],
    needs: &[Need::Archive],
    sentence: "The programs of an `.xcarchive` carry what the project asks for, so that the export finds it there.",
    source: "An export signs with what the archive's programs claim; github.com/manaflow-ai/cmux/issues/6131",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let programs = asked.programs();
    for bundle in programs.filter(|_| asked.package.form == Form::Archive) {
        // Of code that can't be read nothing is known.
        let Some(code) = asked.package.code(bundle).filter(|one| !one.is_partly_read) else {
            continue;
        };
        let claims = code.signature().and_then(|one| one.claims());
        let mut have = claims.cloned().unwrap_or_else(Dictionary::new);
        let mut wanted = entitlements::of_project(asked, bundle);
        let noted = entitlements::archived(asked, bundle);
        let is_unsigned = claims.is_none();
        if is_unsigned {
            // Some exports sign with the note that Xcode leaves beside.
            have.extend(noted.iter().map(|key| ((*key).to_owned(), true.into())));
        } else {
            wanted.extend(noted);
        }
        wanted.sort_unstable();
        wanted.dedup();
        let lost = entitlements::lost(asked, &wanted, &have);
        let Some(first) = lost.first() else { continue };
        let names = entitlements::named(&lost);
        let name = bundle.name();
        let title = if is_unsigned {
            format!("`{name}` was archived without entitlements; an export would lose {names}")
        } else {
            format!("`{name}` was archived without {names}, which the project asks for")
        };
        let said = warning("entitlement-lost", bundle, title);
        found.add(about_entitlement(said, bundle, first));
    }
}
