//! What can be made to happen, by name. A scenario is a row of data: what the account holds, how files
//! are cut, what Apple makes of them, and which requests come to harm. No code asks for a scenario's
//! name.

mod account;
mod app_store;
mod course;
mod details;
mod fault;
mod network;
mod odd_answers;
mod processing;
mod script;
mod testflight;

use std::sync::LazyLock;

pub use self::script::ScenarioInfo;
pub(super) use self::script::{Apps, Cutting, Held, Role, Script};

pub(super) use self::course::{Course, Detail, FOREIGN, NEVER};
#[cfg(test)]
pub(super) use self::fault::Fault;
pub(super) use self::fault::{Harm, Known, PUT_PART, When};

/// A chosen scenario.
#[derive(Clone, Copy)]
pub struct Scenario(pub(super) &'static Script);

/// There is no scenario of this name.
#[derive(Debug, thiserror::Error)]
#[error("no scenario is called '{name}'; {}", suggestion(near))]
pub struct UnknownScenario {
    /// What was asked for.
    pub name: String,
    /// Scenarios of a similar name, best first; may be empty.
    pub near: Vec<&'static str>,
}

fn suggestion(near: &[&str]) -> String {
    if near.is_empty() {
        "`jetway sandbox --scenario list` prints all names".to_owned()
    } else {
        format!("perhaps {}", near.join(", "))
    }
}

/// All of them, by what they are about.
const GROUPS: [(&str, &[Script]); 6] = [
    ("What Apple makes of the build", processing::ALL),
    ("Your account and its key", account::ALL),
    ("The way there", network::ALL),
    ("What nobody expects", odd_answers::ALL),
    ("Testers and the beta review", testflight::ALL),
    ("The App Store", app_store::ALL),
];

fn scripts() -> impl Iterator<Item = &'static Script> {
    GROUPS.into_iter().flat_map(|(_, scripts)| scripts)
}

impl Scenario {
    /// The scenario of this name; the error names similar ones.
    pub fn named(name: &str) -> Result<Self, UnknownScenario> {
        scripts()
            .find(|script| script.info.name == name)
            .map(Self)
            .ok_or_else(|| UnknownScenario {
                name: name.to_owned(),
                near: near(name),
            })
    }

    /// Every scenario there is, the default one first.
    pub fn all() -> &'static [ScenarioInfo] {
        static ALL: LazyLock<Vec<ScenarioInfo>> =
            LazyLock::new(|| scripts().map(|script| script.info).collect());
        &ALL
    }

    /// The same by what they are about.
    pub fn groups() -> impl Iterator<Item = (&'static str, Vec<ScenarioInfo>)> {
        let infos = |scripts: &'static [Script]| scripts.iter().map(|script| script.info).collect();
        GROUPS
            .into_iter()
            .map(move |(about, scripts)| (about, infos(scripts)))
    }

    /// Its name, what it does and how it ends.
    pub fn info(&self) -> ScenarioInfo {
        self.0.info
    }
}

impl Default for Scenario {
    fn default() -> Self {
        Self(&processing::ALL[0])
    }
}

/// Names that share a word with `name`, or are a few letters away from it.
fn near(name: &str) -> Vec<&'static str> {
    let words = |text: &str| -> Vec<String> {
        text.split(['-', '_', ' '])
            .filter(|word| word.len() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    let asked = words(name);
    let mut scored: Vec<(usize, &'static str)> = Scenario::all()
        .iter()
        .filter_map(|info| {
            let shared = words(info.name)
                .iter()
                .filter(|word| asked.contains(word))
                .count();
            let away = distance(name, info.name);
            (shared > 0 || away <= 3).then(|| (away.saturating_sub(shared * 4), info.name))
        })
        .collect();
    scored.sort_unstable();
    scored.into_iter().map(|(_, name)| name).take(4).collect()
}

/// How many letters must be put in, taken out or changed.
fn distance(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (i, a) in one.chars().take(64).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in two.iter().enumerate() {
            let change = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[two.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_described() {
        let all = Scenario::all();
        for info in all {
            let same = all.iter().filter(|other| other.name == info.name).count();
            assert_eq!(same, 1, "{}", info.name);
            assert!(
                info.what.len() > 20 && !info.what.ends_with('.'),
                "{}",
                info.name
            );
            assert!(
                info.name
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{}",
                info.name
            );
        }
        assert_eq!(all[0].name, Scenario::default().info().name);
    }

    #[test]
    fn every_scenario_ends_in_a_word_of_the_reports() {
        let words = [
            "processed",
            "distributed",
            "submitted",
            "refused",
            "withheld",
            "failed",
            "invalid",
            "never-appeared",
            "still-processing",
            "unfinished",
        ];
        for info in Scenario::all() {
            assert!(
                words.contains(&info.ends),
                "{} ends {}",
                info.name,
                info.ends
            );
        }
    }

    #[test]
    fn a_misspelt_name_brings_up_the_right_one() {
        let error = Scenario::named("part-fail-503").err().unwrap();
        assert_eq!(error.near.first(), Some(&"part-fails-503"));
        assert!(error.to_string().contains("part-fails-503"), "{error}");
        let error = Scenario::named("zzzzzzzzzzz").err().unwrap();
        assert!(error.near.is_empty());
    }
}
