//! The lines that would mend findings, as a difference to look at and as a suggestion to take over. Pure.

use crate::codes;
use crate::diagnostic::{Edit, Finding};

/// One change of one file, and the findings that it mends.
pub struct Change<'a> {
    /// The file, from the repository's root.
    pub path: &'a str,
    /// Its lines.
    pub edit: Edit,
    /// What it mends.
    pub findings: Vec<&'a Finding>,
}

/// The changes that the findings ask for; what is to be added at one place is added together.
pub fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Change<'a>> {
    let mut changes: Vec<Change<'a>> = Vec::new();
    for finding in findings {
        let (Some(location), Some(edit)) = (&finding.location, &finding.edit) else {
            continue;
        };
        let known = changes.iter_mut().find(|change| {
            change.path == location.path
                && change.edit.line == edit.line
                && change.edit.old == edit.old
        });
        match known {
            Some(known) => known.takes(finding, edit),
            None => changes.push(Change {
                path: &location.path,
                edit: edit.clone(),
                findings: vec![finding],
            }),
        }
    }
    changes
}

impl<'a> Change<'a> {
    /// Takes in what another finding adds here. Where lines are replaced, the first wins.
    fn takes(&mut self, finding: &'a Finding, edit: &Edit) {
        if self.edit.new == edit.new {
            self.findings.push(finding);
        } else if let Some(added) = edit.new.strip_prefix(edit.old.as_slice())
            && self.edit.new.starts_with(&self.edit.old)
        {
            self.edit.new.extend_from_slice(added);
            self.findings.push(finding);
        }
    }

    /// Whether a step speaks of what is added: it says when the change is right.
    pub fn is_named_in(&self, step: &str) -> bool {
        let keys = self.edit.new.iter();
        let mut keys =
            keys.filter_map(|line| line.trim().strip_prefix("<key>")?.strip_suffix("</key>"));
        keys.any(|key| step.contains(key))
    }

    /// Whether a person has to write something in its lines.
    pub fn is_draft(&self) -> bool {
        let value = |line: &String| line.trim().strip_prefix("<string>").map(str::to_owned);
        let mut values = self.edit.new.iter().filter_map(value);
        values.any(|text| codes::is_draft(&text))
    }

    /// The difference, as GitHub colours it.
    pub fn diff(&self) -> String {
        let Edit {
            old, new, below, ..
        } = &self.edit;
        let same = old.iter().zip(new).take_while(|(old, new)| old == new);
        let same = same.count();
        let marked = |mark: &str, lines: &[String]| -> Vec<String> {
            lines.iter().map(|line| format!("{mark}{line}")).collect()
        };
        let lines = [
            marked(" ", &old[..same]),
            marked("-", &old[same..]),
            marked("+", &new[same..]),
            marked(" ", below),
        ];
        fenced("diff", &lines.concat())
    }

    /// The new lines, as GitHub takes them over with one click.
    pub fn suggestion(&self) -> String {
        fenced("suggestion", &self.edit.new)
    }
}

/// A block of code that none of its lines can end.
pub fn fenced(language: &str, lines: &[String]) -> String {
    let longest = lines.iter().map(|line| longest_run(line)).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", lines.join("\n"))
}

/// How many backticks stand in a row at most.
fn longest_run(line: &str) -> usize {
    let runs = line.split(|char| char != '`').map(str::len);
    runs.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Location};

    fn adding(key: &str) -> Finding {
        Finding {
            diagnostic: Diagnostic::error(Code::new("x"), key),
            location: Some(Location {
                path: "Info.plist".to_owned(),
                line: Some(4),
                column: None,
            }),
            edit: Some(Edit {
                line: 4,
                old: vec!["<dict>".to_owned()],
                new: vec!["<dict>".to_owned(), format!("\t<key>{key}</key>")],
                below: vec!["\t<key>z</key>".to_owned()],
            }),
        }
    }

    #[test]
    fn what_is_added_at_one_place_is_one_change() {
        let findings = [adding("A"), adding("B"), adding("A")];
        let changes = of(findings.iter());
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].findings.len(), 3);
        insta::assert_snapshot!(changes[0].diff(), @r"
        ```diff
         <dict>
        +	<key>A</key>
        +	<key>B</key>
        +	<key>A</key>
         	<key>z</key>
        ```
        ");
    }

    #[test]
    fn a_line_that_is_replaced_is_shown_before_and_after() {
        let mut finding = adding("A");
        let edit = finding.edit.as_mut().unwrap();
        edit.new = vec!["<array>".to_owned()];
        let findings = [finding, adding("B")];
        let changes = of(findings.iter());
        assert_eq!(
            changes[0].findings.len(),
            1,
            "what does not fit is left out"
        );
        assert!(changes[0].diff().contains("\n-<dict>\n+<array>\n"));
        assert_eq!(changes[0].suggestion(), "```suggestion\n<array>\n```");
    }

    #[test]
    fn no_line_ends_its_block() {
        let mut finding = adding("A");
        finding.edit.as_mut().unwrap().new.push("````".to_owned());
        let findings = [finding];
        let suggestion = of(findings.iter())[0].suggestion();
        assert!(suggestion.starts_with("`````suggestion\n"), "{suggestion}");
    }
}
