//! Adds to a finding what the catalogue says of its code. The facts of our own findings are in the
//! rooms that find them; what to do about them, and where to read more, is in the catalogue alone.

use std::collections::BTreeMap;

use crate::codes::catalogue::Catalogue;
use crate::codes::entry::Entry;
use crate::codes::paste;
use crate::codes::template::fill;
use crate::diagnostic::{CASE, Diagnostic};

/// Adds what the entry of the finding's code says and the finding does not: the steps and the link,
/// those of its case where it is of one, whether to try again, and our own page, where `pages` names
/// the folder of them.
pub fn complete(found: &mut Diagnostic, pages: Option<&str>) {
    let Some(entry) = Catalogue::get().find(found.code.as_str()) else {
        return;
    };
    let case = found
        .variables
        .get(CASE)
        .and_then(|name| entry.cases.get(name));
    if found.fix.is_empty() {
        found.fix = match case {
            Some(case) => filled(&case.fix, &found.variables),
            None => steps(entry, &found.variables),
        };
    }
    if found.link.is_none() {
        let links = case.and_then(|case| case.links.as_ref());
        found.link = links.unwrap_or(&entry.links).first().cloned();
    }
    found.paste = found.paste.take().or_else(|| paste::of(entry, found, &[]));
    found.retry = found.retry.or(Some(entry.retry));
    found.page = pages.map(|folder| format!("{folder}/{}.md", entry.code));
}

/// The general steps of an entry, with the next free number first where Apple names the last one taken
/// and no step says so.
pub(super) fn steps(entry: &Entry, variables: &BTreeMap<String, String>) -> Vec<String> {
    let mut steps = filled(&entry.fix, variables);
    let said = |next: &str| {
        entry
            .fix
            .iter()
            .any(|step| step.contains(&format!("{{{next}")))
    };
    let about = |subject: &str| entry.subjects.iter().any(|text| text == subject);
    for (subject, words, taken, next) in [
        (
            "marketing-version",
            "version",
            "previous_version",
            "next_version",
        ),
        (
            "build-number",
            "build number",
            "previous_build_number",
            "next_build_number",
        ),
    ] {
        if let (Some(taken), Some(number)) = (variables.get(taken), variables.get(next))
            && about(subject)
            && !said(next)
        {
            steps.insert(
                0,
                format!("The {words} must be above {taken}: use {number} or a higher one."),
            );
        }
    }
    steps
}

pub(super) fn filled(steps: &[String], variables: &BTreeMap<String, String>) -> Vec<String> {
    steps.iter().map(|step| fill(step, variables)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Retry};

    fn completed(mut found: Diagnostic) -> Diagnostic {
        complete(&mut found, None);
        found
    }

    #[test]
    fn the_steps_and_the_link_of_our_own_code_come_from_its_entry_with_its_variables() {
        let found = Diagnostic::error(Code::new("build-number-taken"), "taken")
            .variable("next_build_number", "46");
        let found = completed(found);
        assert!(found.fix[0].contains("at least 46"), "{:?}", found.fix);
        assert!(found.link.is_some());
        assert_eq!(found.retry, Some(Retry::No));
        assert_eq!(found.page, None);
    }

    #[test]
    fn a_purpose_string_brings_the_class_that_asks_for_its_data() {
        let found = Diagnostic::error(Code::new("itms-90683"), "missing")
            .variable("key", "NSCameraUsageDescription");
        let fix = completed(found).fix.join(" ");
        assert!(
            fix.contains("AVCaptureDevice") && fix.contains("the camera"),
            "{fix}"
        );
    }

    #[test]
    fn a_case_has_steps_and_links_of_its_own() {
        let general = Diagnostic::error(Code::new("app-store-connect-unreachable"), "no answer");
        let case = general.clone().case("untrusted");
        let (general, case) = (completed(general), completed(case));
        assert!(general.link.is_some());
        assert_eq!(case.link, None);
        assert!(case.fix[0].contains("root certificate"), "{:?}", case.fix);
        assert_ne!(general.fix, case.fix);
    }

    #[test]
    fn what_a_finding_says_itself_stays() {
        let found = Diagnostic::error(Code::new("clock-wrong"), "late")
            .fix("Wait.")
            .link("https://example.com/clock")
            .retry(Retry::Yes);
        let found = completed(found);
        assert_eq!(found.fix, ["Wait."]);
        assert_eq!(found.link.as_deref(), Some("https://example.com/clock"));
        assert_eq!(found.retry, Some(Retry::Yes));
    }

    #[test]
    fn a_code_without_an_entry_is_left_as_it_is() {
        let found = Diagnostic::error(Code::new("no-such-code"), "odd");
        let mut same = found.clone();
        complete(&mut same, Some("https://example.com"));
        assert_eq!(same, found);
    }
}
