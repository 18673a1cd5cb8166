//! Which case of its code a finding is: told by its words, and by what the log says around them.

use std::collections::BTreeMap;

use crate::codes::catalogue::Catalogue;
use crate::codes::complete::filled;
use crate::codes::entry::{Case, Entry, expression};
use crate::codes::fold::fold;
use crate::codes::template::fill;
use crate::diagnostic::{CASE, Diagnostic};

/// Chooses the case of a finding, where the catalogue has one that fits; its title, steps and links take
/// the place of the general ones. `around` is what the log says around the message, one thing a line;
/// empty where nothing is known of it.
pub fn situate(found: &mut Diagnostic, around: &str) {
    let Some(entry) = Catalogue::get().find(found.code.as_str()) else {
        return;
    };
    if entry.cases.is_empty() {
        return;
    }
    let folded = fold(&found.message);
    settle(found, entry, &folded, around);
}

/// As [`situate`], where the entry is known and the message is folded already.
pub(super) fn settle(found: &mut Diagnostic, entry: &'static Entry, folded: &str, around: &str) {
    let Some((name, case)) = fitting(&entry.cases, folded, around) else {
        return;
    };
    found.variables.insert(CASE.to_owned(), name.to_owned());
    if let Some(title) = &case.title {
        found.title = fill(title, &found.variables);
    }
    found.fix = filled(&case.fix, &found.variables);
    if let Some(links) = &case.links {
        found.link = links.first().cloned();
    }
}

/// Whether a finding of the one code is only a consequence of one of the other, where both are found.
pub fn follows(consequence: &str, cause: &str) -> bool {
    let entry = Catalogue::get().find(consequence);
    entry.is_some_and(|entry| entry.follows.iter().any(|code| code == cause))
}

/// How well a case fits: the number of its conditions, and how much of the message they are about.
type Fit = (usize, usize);

/// The case that fits best; of two that fit alike, the first by name. One that has no condition is chosen by the
/// room that finds the fault.
fn fitting<'a>(
    cases: &'a BTreeMap<String, Case>,
    folded: &str,
    around: &str,
) -> Option<(&'a str, &'a Case)> {
    let mut best: Option<(Fit, &str, &Case)> = None;
    for (name, case) in cases {
        let Some(fit) = fit(case, folded, around) else {
            continue;
        };
        if best.is_none_or(|(known, ..)| fit > known) {
            best = Some((fit, name, case));
        }
    }
    best.map(|(_, name, case)| (name, case))
}

/// `None` where a condition does not hold, or there is none.
fn fit(case: &Case, folded: &str, around: &str) -> Option<Fit> {
    let matched = |pattern: &String, text: &str| {
        let found = expression(pattern).ok()?.find(text.as_bytes())?;
        Some(found.len())
    };
    let mut fit = (0, 0);
    if let Some(pattern) = &case.says {
        fit = (fit.0 + 1, matched(pattern, folded)?);
    }
    if let Some(pattern) = &case.near {
        matched(pattern, around)?;
        fit.0 += 1;
    }
    (fit.0 > 0).then_some(fit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(says: Option<&str>, near: Option<&str>) -> Case {
        Case {
            when: "it is so".to_owned(),
            title: None,
            says: says.map(str::to_owned),
            near: near.map(str::to_owned),
            fix: vec!["Do it.".to_owned()],
            links: None,
        }
    }

    fn chosen(cases: Vec<(&str, Case)>, message: &str, around: &str) -> Option<String> {
        let cases = cases
            .into_iter()
            .map(|(name, case)| (name.to_owned(), case))
            .collect();
        fitting(&cases, message, around).map(|(name, _)| name.to_owned())
    }

    #[test]
    fn the_more_specific_case_wins_whatever_its_name_is() {
        let general = || case(Some("profile"), None);
        let narrow = || case(Some("profile of the lantern"), None);
        let message = "the profile of the lantern is old";
        for (first, second) in [("a", "z"), ("z", "a")] {
            let cases = vec![(first, general()), (second, narrow())];
            assert_eq!(chosen(cases, message, "").as_deref(), Some(second));
        }
    }

    #[test]
    fn two_conditions_beat_a_longer_one_and_one_that_does_not_hold_none() {
        let both = || case(Some("old"), Some("tool fastlane"));
        let long = || case(Some("the profile of the lantern"), None);
        let message = "the profile of the lantern is old";
        let cases = || vec![("a", long()), ("b", both())];
        let at = |around| chosen(cases(), message, around);
        assert_eq!(at("tool fastlane").as_deref(), Some("b"));
        assert_eq!(at("tool expo").as_deref(), Some("a"));
        assert_eq!(chosen(vec![("a", case(None, None))], message, ""), None);
    }
}
