//! Every rule over one package, and what is left out on wish.

use crate::diagnostic::{Diagnostic, Severity};
use crate::preflight::diagnostics::IGNORE_UNNEEDED;
use crate::preflight::rule::{Asked, Found, Need, Rule};
use crate::preflight::rules::RULES;
use crate::preflight::{capabilities, sdks, vision};

/// So many findings of a rule are told; who has more mends the first ones first.
const MOST_OF_A_RULE: usize = 50;

/// Whether a rule could look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It could.
    Checked,
    /// It is for packages of another kind.
    Elsewhere,
    /// What it looks at is not there, or can't be read.
    Unseen,
}

/// What became of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The rule's name.
    pub rule: &'static str,
    /// Its codes.
    pub codes: &'static [&'static str],
    /// What it asks for.
    pub sentence: &'static str,
    /// Whether it could look.
    pub look: Look,
    /// How many findings it had, but for those left out on wish.
    pub found: usize,
    /// How many were left out on wish.
    pub ignored: usize,
}

/// What became of a package.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The findings, the worst first.
    pub findings: Vec<Diagnostic>,
    /// Every rule.
    pub verdicts: Vec<Verdict>,
    /// What could not be looked at, a sentence each.
    pub unseen: Vec<String>,
    /// What is good to know and wrong with nothing, a sentence each.
    pub notes: Vec<String>,
}

impl Checked {
    /// Of a package that no rule could look into.
    pub fn unopened() -> Self {
        Self {
            findings: Vec::new(),
            verdicts: Vec::new(),
            unseen: vec!["What is inside of the package: it could not be opened.".to_owned()],
            notes: Vec::new(),
        }
    }

    /// Adds what is known of the app without the rules, unless a rule says the same.
    pub fn add(&mut self, finding: Diagnostic) {
        let key = |one: &Diagnostic| one.variables.get("key").cloned();
        let mut errors = self.findings.iter();
        let is_said = errors.any(|one| {
            let is_of_key = key(one).is_some() && key(one) == key(&finding);
            let is_known = one.codes.iter().any(|code| finding.codes.contains(code));
            one.severity == Severity::Error && (is_of_key || is_known)
        });
        if !is_said {
            self.findings.push(finding);
            self.findings.sort_by_key(|finding| finding.severity);
        }
    }
}

/// Checks a package against every rule. Findings of the codes in `ignored` are left out; a code there that nothing
/// reports is told.
pub fn check(asked: &Asked<'_>, ignored: &[String]) -> Checked {
    let mut checked = Checked {
        findings: Vec::new(),
        verdicts: Vec::new(),
        unseen: unseen(asked),
        notes: notes(asked),
    };
    let mut needed: Vec<&String> = Vec::new();
    for rule in RULES {
        let mut found = Found::default();
        (rule.check)(asked, &mut found);
        let all = found.0.len();
        found.0.retain(|finding| {
            let ignore = ignored.iter().find(|code| *code == finding.code.as_str());
            needed.extend(ignore);
            ignore.is_none()
        });
        let told = found.0.len();
        checked.notes.extend(cut(rule, &mut found));
        checked.verdicts.push(Verdict {
            rule: rule.name,
            codes: rule.codes,
            sentence: rule.sentence,
            look: look(rule, asked, all),
            found: told,
            ignored: all - told,
        });
        checked.findings.append(&mut found.0);
    }
    for code in ignored.iter().filter(|code| !needed.contains(code)) {
        let is_of_rules = RULES.iter().any(|rule| rule.codes.contains(&code.as_str()));
        let title = if is_of_rules {
            format!("{code} is ignored, and nothing reports it")
        } else {
            format!("{code} is ignored, and no rule of preflight reports it")
        };
        let finding = Diagnostic::warning(IGNORE_UNNEEDED, title).variable("code", code);
        checked.findings.push(finding.said_by("preflight"));
    }
    checked.findings.sort_by_key(|finding| finding.severity);
    checked
}

/// Leaves out what is too much to tell, the lightest first, and says so.
fn cut(rule: &Rule, found: &mut Found) -> Option<String> {
    let more = found
        .0
        .len()
        .checked_sub(MOST_OF_A_RULE)
        .filter(|more| *more > 0)?;
    found.0.sort_by_key(|finding| finding.severity);
    found.0.truncate(MOST_OF_A_RULE);
    Some(format!(
        "The rule {} has {more} more findings, which are not told.",
        rule.name
    ))
}

/// What it lacks decides, unless it has found something.
fn look(rule: &Rule, asked: &Asked<'_>, found: usize) -> Look {
    let lacking = rule.needs.iter().filter(|need| !need.is_met(asked));
    let lacking: Vec<&Need> = lacking.collect();
    if found > 0 || lacking.is_empty() {
        Look::Checked
    } else if lacking.iter().any(|need| need.is_of_another_kind()) {
        Look::Elsewhere
    } else {
        Look::Unseen
    }
}

/// What is good to know.
fn notes(asked: &Asked<'_>) -> Vec<String> {
    let app = asked.package.app();
    let is_open = app.list().is_some() && app.get("ITSAppUsesNonExemptEncryption").is_none();
    let question = "The Info.plist does not answer Apple's question on encryption (`ITSAppUsesNonExemptEncryption`): App \
        Store Connect asks it after each upload, and testers wait for the answer.";
    let mut notes = Vec::from_iter(is_open.then(|| question.to_owned()));
    notes.extend(vision::note(asked));
    notes.extend(capabilities::note(asked));
    notes
}

/// What no rule could look at.
fn unseen(asked: &Asked<'_>) -> Vec<String> {
    let package = asked.package;
    let mut unseen = Vec::new();
    if package.is_partly_read {
        unseen.push("A part of the package is packed in a way that is not read here.".to_owned());
    }
    let mut files = package
        .members
        .iter()
        .filter(|one| !one.is_link && one.size > 0);
    if files.any(|file| file.sha256.is_none()) {
        let larger = "The hashes of all single files: the package is larger than 96 MiB.";
        unseen.push(larger.to_owned());
    }
    let unread = package.binaries.iter().filter(|one| one.is_partly_read);
    unseen.extend(unread.map(|one| format!("A part of the code of `{}`.", one.path)));
    if package.code(package.app()).is_none() {
        unseen.push("The app's code: its executable is no Mach-O file.".to_owned());
    } else if package.signature(package.app()).is_none() {
        unseen.push("The signature: there is none.".to_owned());
    }
    unseen.extend(sdks::without_record(asked));
    if asked.is_signed_for_good() && package.app().profile.is_none() {
        unseen.push("The provisioning profile: there is none.".to_owned());
    }
    unseen
}
