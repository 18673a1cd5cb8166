//! A purpose string says why the app needs each kind of personal data that its code asks for.

use crate::bundle::{Bundle, BundleKind};
use crate::diagnostic::Severity;
use crate::preflight::lists::Lists;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, about_key, finding};

/// The rule.
pub const RULE: Rule = Rule {
    name: "purpose-strings",
    codes: &["itms-90683"],
    needs: &[Need::Device, Need::Code],
    sentence: "A purpose string says why the app needs each kind of personal data that its code asks for.",
    source: "Apple's message ITMS-90683",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let mut told: Vec<(&str, &str)> = Vec::new();
    for bundle in asked.with_code().filter(|_| asked.is_embedded()) {
        let Some(code) = asked.package.code(bundle) else {
            continue;
        };
        let program = asked.program_of(bundle);
        for purpose in &Lists::get().purposes {
            let used = purpose
                .symbols
                .iter()
                .find(|one| code.imports(one) || code.names_selector(one) || code.loads(one));
            let Some(used) = used else { continue };
            let has = |one: &Bundle| purpose.keys.iter().any(|key| one.get(key).is_some());
            let key = purpose.keys[0].as_str();
            let is_said = has(program) || has(asked.package.app());
            if is_said || told.contains(&(program.path.as_str(), key)) {
                continue;
            }
            told.push((&program.path, key));
            let severity = if purpose.is_certain && bundle.kind != BundleKind::Extension {
                Severity::Error
            } else {
                Severity::Warning
            };
            let title = format!(
                "`{}` uses `{}` and the app does not say why (`{key}`)",
                bundle.name(),
                used.trim_start_matches("_OBJC_CLASS_$_")
                    .trim_start_matches('_')
            );
            let said = finding(severity, "itms-90683", program, title).variable("symbol", used);
            found.add(about_code(about_key(said, program, key), bundle));
        }
    }
}
