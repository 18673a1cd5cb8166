//! Code that uses an API with a required reason has it declared in its bundle's privacy manifest.

use std::collections::BTreeSet;

use crate::bundle::Bundle;
use crate::diagnostic::Subject;
use crate::preflight::lists::Lists;
use crate::preflight::privacy;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, named, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "required-reasons",
    codes: &["itms-91053"],
    needs: &[Need::Device, Need::Code],
    sentence: "Code that uses an API with a required reason has it declared in its bundle's privacy manifest.",
    source: "Apple's message ITMS-91053",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.with_code().filter(|_| asked.is_embedded()) {
        let Some(code) = asked.package.code(bundle) else {
            continue;
        };
        let declared = declared(asked, bundle);
        for api in &Lists::get().required_reasons {
            let used = api
                .symbols
                .iter()
                .find(|one| code.imports(one) || code.names_selector(one));
            let also = Lists::get().shared_symbols.iter();
            let Some(used) = used else { continue };
            let is_shared = also.into_iter().any(|symbol| symbol == used);
            let is_declared = declared.contains(&api.category)
                || (is_shared && declared.contains("NSPrivacyAccessedAPICategoryDiskSpace"));
            if !is_declared {
                let title = format!(
                    "`{}` uses `{}` and declares no reason for it ({})",
                    bundle.name(),
                    used.trim_start_matches("_OBJC_CLASS_$")
                        .trim_start_matches('_'),
                    api.category
                );
                let finding =
                    warning("itms-91053", bundle, title).variable("category", &api.category);
                let finding = finding.about(Subject::PrivacyManifest {
                    bundle: named(bundle),
                    category: Some(api.category.clone()),
                });
                found.add(about_code(finding, bundle));
                break;
            }
        }
    }
}

/// What the manifests of a bundle and of the folders of resources in it declare.
fn declared(asked: &Asked<'_>, bundle: &Bundle) -> BTreeSet<String> {
    let inside = asked.package.inside(bundle).filter(|other| {
        other.privacy.is_some() && asked.program_of(other).path == asked.program_of(bundle).path
    });
    let inside = std::iter::once(bundle).chain(inside);
    let lists = inside.filter_map(|other| other.privacy.as_ref()?.as_ref().ok());
    lists.flat_map(privacy::categories).collect()
}
