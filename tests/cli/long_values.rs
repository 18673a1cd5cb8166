//! Whatever option is given a value that is far too long: it is cut where it is shown. The options are those that the
//! program's own help names, so that a new one is tried too. There is no key either, so no run gets anywhere.

use crate::every_option::{NOWHERE, call, options};
use crate::support::{Cli, Ran};

const LETTERS: usize = 10_000;
/// No line of ours is longer, in letters: a path has 300, and a sentence stands around it.
const LONGEST_LINE: usize = 440;

/// What is Apple's to know and is no wrong usage, so that the run ends where the key is missing: with 1.
const IDS: &[&str] = &["build-id", "build-upload-id", "bundle-id"];

fn longest_line(ran: &Ran) -> &str {
    let lines = ran.stdout.lines().chain(ran.stderr.lines());
    lines
        .max_by_key(|line| line.chars().count())
        .unwrap_or_default()
}

/// Outside of a workflow, where a line is what a person sees.
fn try_one(cli: Cli, what: &str, expected: i32) -> Option<String> {
    let ran = cli.env("GITHUB_ACTIONS", "").run();
    let longest = longest_line(&ran);
    let letters = longest.chars().count();
    let head: String = longest.chars().take(160).collect();
    if letters > LONGEST_LINE {
        return Some(format!("{what}: a line of {letters} letters: {head}"));
    }
    let last = ran.stderr.lines().last().unwrap_or_default();
    (ran.code != Some(expected)).then(|| format!("{what}: ended with {:?}: {last}", ran.code))
}

#[test]
fn a_value_that_is_far_too_long_is_cut_where_it_is_shown() {
    let mut offences = Vec::new();
    for (option, command) in options() {
        let expected = if IDS.contains(&option.as_str()) { 1 } else { 2 };
        for letter in ["x", "y z/"] {
            let value = letter.repeat(LETTERS / letter.len());
            let cli = call(&command, &option).arg(format!("--{option}={value}"));
            offences.extend(try_one(cli, &format!("{command} --{option}"), expected));
        }
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn a_path_and_a_command_that_are_far_too_long_are_cut_and_refused() {
    let long = "x".repeat(LETTERS);
    let mut offences = Vec::new();
    for ending in ["", ".ipa", ".xcarchive"] {
        for command in ["ship", "preflight", "export", "annotate", "doctor"] {
            let cli = Cli::new().args([command, &format!("{long}{ending}")]);
            let what = format!("{command} …{ending}");
            // It looks at an archive as far as it can, and says what must change.
            let expected = if (command, ending) == ("doctor", ".xcarchive") {
                1
            } else {
                2
            };
            let cli = cli.env("JETWAY_ASC_URL", NOWHERE);
            offences.extend(try_one(cli, &what, expected));
        }
    }
    offences.extend(try_one(Cli::new().arg(&long), "a command", 2));
    let option = Cli::new().args(["ship", &format!("--{long}")]);
    offences.extend(try_one(option, "an option", 2));
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}
