//! Which case of its code a finding is: told by its words, and by what the log says around them.

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
    let Some((name, case)) = fitting(entry, folded, around) else {
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

/// The case that fits on most conditions. One that has none is chosen by the room that finds the fault.
fn fitting<'a>(entry: &'a Entry, folded: &str, around: &str) -> Option<(&'a str, &'a Case)> {
    let holds = |condition: &Option<String>, text: &str| match condition {
        Some(pattern) => expression(pattern).is_ok_and(|rule| rule.is_match(text.as_bytes())),
        None => true,
    };
    let conditions =
        |case: &Case| usize::from(case.says.is_some()) + usize::from(case.near.is_some());
    let fits = |case: &Case| {
        conditions(case) > 0 && holds(&case.says, folded) && holds(&case.near, around)
    };
    let fitting = entry.cases.iter().filter(|(_, case)| fits(case));
    fitting
        .max_by_key(|(_, case)| conditions(case))
        .map(|(name, case)| (name.as_str(), case))
}
