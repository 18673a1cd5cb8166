//! Findings that are one for the reader: of one code, or about one thing that is to be changed once.

use crate::diagnostic::{CASE, Finding, Severity, Subject};
use crate::report::story::Story;

/// More ways to say a step than this say no more.
const WORDINGS: usize = 4;

/// Findings that one explanation serves, the one to begin with first; never empty.
pub struct Group<'a> {
    /// The finding whose words explain all of them.
    pub first: &'a Finding,
    /// Others of the same code.
    pub alike: Vec<&'a Finding>,
    /// Findings of other codes that the same change mends.
    pub also: Vec<&'a Finding>,
}

/// The findings in groups, in the order of their worst.
pub fn of(story: &Story) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for finding in story.worst_first() {
        let of_code = groups
            .iter_mut()
            .find(|group| is_alike(group.first, finding));
        if let Some(group) = of_code {
            group.alike.push(finding);
            continue;
        }
        let of_cause = groups
            .iter_mut()
            .find(|group| has_one_cause(group.first, finding));
        match of_cause {
            Some(group) if demands_more(finding, group.first) => {
                group
                    .also
                    .push(std::mem::replace(&mut group.first, finding));
            }
            Some(group) => group.also.push(finding),
            None => groups.push(Group {
                first: finding,
                alike: Vec::new(),
                also: Vec::new(),
            }),
        }
    }
    groups
}

/// Whether one explanation serves both.
pub fn is_alike(one: &Finding, other: &Finding) -> bool {
    let (one, other) = (&one.diagnostic, &other.diagnostic);
    one.severity == other.severity
        && one.code == other.code
        && one.variables.get(CASE) == other.variables.get(CASE)
}

/// Errors about the version, or about the build number, are all mended by one number that is high enough.
fn has_one_cause(one: &Finding, other: &Finding) -> bool {
    let is_number =
        |subject: &&Subject| matches!(subject, Subject::MarketingVersion | Subject::BuildNumber);
    let number = |finding: &Finding| finding.diagnostic.subjects.first().cloned();
    one.diagnostic.severity == Severity::Error
        && other.diagnostic.severity == Severity::Error
        && one.location == other.location
        && number(one).as_ref().filter(is_number).is_some()
        && number(one) == number(other)
}

/// Whether what is to be done for an earlier finding mends this one too, which says nothing more.
pub fn is_mended_by(finding: &Finding, earlier: &Finding) -> bool {
    has_one_cause(earlier, finding) && !demands_more(finding, earlier)
}

/// Whether the finding asks for a higher number, so that what it says mends both.
fn demands_more(finding: &Finding, than: &Finding) -> bool {
    let number = |finding: &Finding| {
        let variables = &finding.diagnostic.variables;
        let number = ["next_version", "next_build_number"]
            .iter()
            .find_map(|name| variables.get(*name))?;
        number
            .split('.')
            .map(|part| part.parse::<u64>().ok())
            .collect::<Option<Vec<u64>>>()
    };
    number(finding) > number(than)
}

impl<'a> Group<'a> {
    /// All findings of the code, the first one first.
    pub fn all(&self) -> impl Iterator<Item = &'a Finding> + '_ {
        std::iter::once(self.first).chain(self.alike.iter().copied())
    }

    /// What to do: each step once, with all the ways in which the findings word it where these are few.
    pub fn steps(&self) -> Vec<String> {
        let most = self.all().map(|finding| finding.diagnostic.fix.len()).max();
        let mut steps: Vec<String> = Vec::new();
        for number in 0..most.unwrap_or(0) {
            let wordings = self
                .all()
                .filter_map(|finding| finding.diagnostic.fix.get(number));
            let mut said = 0;
            for step in wordings {
                if said < WORDINGS && !steps.contains(step) {
                    steps.push(step.clone());
                    said += 1;
                }
            }
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::report::tests::samples;

    fn story(diagnostics: Vec<Diagnostic>) -> Story {
        let mut story = samples::story(Vec::new());
        let findings = diagnostics.into_iter().map(|diagnostic| Finding {
            diagnostic,
            location: None,
            edit: None,
        });
        story.findings = findings.collect();
        story
    }

    fn missing(key: &str) -> Diagnostic {
        Diagnostic::error(Code::new("itms-90683"), "a purpose string is missing")
            .variable("key", key)
            .fix(format!("Add {key}."))
            .fix("Build again.")
    }

    #[test]
    fn findings_of_one_code_are_explained_once() {
        let story = story(vec![
            missing("A"),
            Diagnostic::warning(Code::new("other"), "other"),
            missing("B"),
        ]);
        let groups = of(&story);
        assert_eq!(
            groups
                .iter()
                .map(|group| group.all().count())
                .collect::<Vec<_>>(),
            [2, 1]
        );
        assert_eq!(groups[0].steps(), ["Add A.", "Add B.", "Build again."]);
    }

    #[test]
    fn of_several_numbers_the_highest_is_asked_for_and_the_rest_is_also_reported() {
        let version = |code, next: Option<&str>| {
            let found = Diagnostic::error(Code::new(code), code).about(Subject::MarketingVersion);
            match next {
                Some(next) => found.variable("next_version", next),
                None => found,
            }
        };
        let story = story(vec![
            version("a", Some("1.9.1")),
            version("b", None),
            version("c", Some("1.10.1")),
        ]);
        let groups = of(&story);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].first.diagnostic.code.as_str(), "c");
        let also: Vec<&str> = groups[0]
            .also
            .iter()
            .map(|found| found.diagnostic.code.as_str())
            .collect();
        assert_eq!(also, ["b", "a"]);
    }

    #[test]
    fn errors_about_other_things_are_not_taken_together() {
        let about = |code, subject| Diagnostic::error(Code::new(code), code).about(subject);
        let story = story(vec![
            about("a", Subject::MarketingVersion),
            about("b", Subject::BuildNumber),
            about("c", Subject::AppIcon),
            about("d", Subject::AppIcon),
        ]);
        assert_eq!(of(&story).len(), 4);
    }
}
