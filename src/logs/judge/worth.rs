//! What a message is worth: a decision table over what speaks for it.

use crate::diagnostic::Severity;

/// What speaks for a message being a fault of Apple's or of a tool's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub wording: Wording,
    pub name: Name,
    /// How much it says itself that it matters.
    pub severity: Option<Severity>,
    pub speaker: Speaker,
}

/// What is known of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The catalogue has them.
    Known,
    /// They say that something failed, and not what.
    OnlyFailed,
    /// They were never seen.
    New,
}

/// The best name of a fault that is printed with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// One that only Apple's faults have.
    Strong,
    /// One that means a fault where a known tool prints it, such as an HTTP status.
    OfTool,
    /// None.
    Absent,
}

/// Who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// A mail's list of faults.
    List,
    /// A tool that is known.
    Tool,
    /// Nobody knows.
    Nobody,
}

/// What to do with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// Tell it.
    Tell,
    /// Tell it if something failed and nothing better is found.
    Hold,
    /// Tell it if something failed and nothing at all says why.
    LastResort,
    /// Pass over it.
    Nothing,
}

/// Decides.
pub fn worth(evidence: &Evidence) -> Worth {
    let Evidence {
        wording,
        name,
        severity,
        speaker,
    } = *evidence;
    match (wording, name) {
        (Wording::Known, _) | (_, Name::Strong) | (Wording::New, Name::OfTool) => Worth::Tell,
        (Wording::OnlyFailed, Name::OfTool | Name::Absent) => Worth::LastResort,
        (Wording::New, Name::Absent) => match (speaker, severity) {
            (_, Some(Severity::Warning)) => Worth::Nothing,
            (Speaker::List, Some(Severity::Error | Severity::Notice) | None)
            | (Speaker::Tool, Some(Severity::Error)) => Worth::Tell,
            (Speaker::Nobody, Some(Severity::Error)) => Worth::Hold,
            (Speaker::Tool | Speaker::Nobody, Some(Severity::Notice) | None) => Worth::Nothing,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDINGS: [Wording; 3] = [Wording::Known, Wording::OnlyFailed, Wording::New];
    const NAMES: [Name; 3] = [Name::Strong, Name::OfTool, Name::Absent];
    const SEVERITIES: [Option<Severity>; 4] = [
        Some(Severity::Error),
        Some(Severity::Warning),
        Some(Severity::Notice),
        None,
    ];
    const SPEAKERS: [Speaker; 3] = [Speaker::List, Speaker::Tool, Speaker::Nobody];

    fn all() -> Vec<Evidence> {
        let mut all = Vec::new();
        for wording in WORDINGS {
            for name in NAMES {
                for severity in SEVERITIES {
                    for speaker in SPEAKERS {
                        all.push(Evidence {
                            wording,
                            name,
                            severity,
                            speaker,
                        });
                    }
                }
            }
        }
        all
    }

    /// A row for wording and name; in it four words for an error, a warning, a notice and no severity; in
    /// each word a letter for a mail's list, a tool and nobody: told, held, last resort or nothing.
    #[test]
    fn the_whole_table() {
        let mut table = String::new();
        for (index, evidence) in all().iter().enumerate() {
            if index % 12 == 0 {
                let row = format!("{:?}, {:?}", evidence.wording, evidence.name);
                table.push_str(&format!("\n{row:20}"));
            }
            if index % 3 == 0 {
                table.push(' ');
            }
            table.push(match worth(evidence) {
                Worth::Tell => 'T',
                Worth::Hold => 'H',
                Worth::LastResort => 'R',
                Worth::Nothing => '-',
            });
        }
        insta::assert_snapshot!(table, @r"
        Known, Strong        TTT TTT TTT TTT
        Known, OfTool        TTT TTT TTT TTT
        Known, Absent        TTT TTT TTT TTT
        OnlyFailed, Strong   TTT TTT TTT TTT
        OnlyFailed, OfTool   RRR RRR RRR RRR
        OnlyFailed, Absent   RRR RRR RRR RRR
        New, Strong          TTT TTT TTT TTT
        New, OfTool          TTT TTT TTT TTT
        New, Absent          TTH --- T-- T--
        ");
    }

    #[test]
    fn what_is_known_or_has_a_name_of_apples_is_always_told() {
        for evidence in all() {
            if evidence.wording == Wording::Known || evidence.name == Name::Strong {
                assert_eq!(worth(&evidence), Worth::Tell, "{evidence:?}");
            }
        }
    }

    #[test]
    fn an_error_is_never_passed_over() {
        for evidence in all() {
            if evidence.severity == Some(Severity::Error) {
                assert_ne!(worth(&evidence), Worth::Nothing, "{evidence:?}");
            }
        }
    }

    #[test]
    fn words_that_only_say_that_it_failed_are_never_told_at_once_without_a_strong_name() {
        for evidence in all() {
            if evidence.wording == Wording::OnlyFailed && evidence.name != Name::Strong {
                assert_eq!(worth(&evidence), Worth::LastResort, "{evidence:?}");
            }
        }
    }
}
