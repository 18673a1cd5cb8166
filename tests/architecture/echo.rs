//! What somebody typed is shown again through one door, which knows keys and cuts what is long.

use crate::source;

/// Who writes a path for others than people, and why.
const NO_ECHO: &[(&str, &str)] = &[
    ("cli/distribution/git_notes.rs", "an argument of git's"),
    ("cli/commands/on_path.rs", "a line of the runner's file"),
    (
        "report/actions/outputs.rs",
        "an output, which later steps open",
    ),
    ("apple/toolbox.rs", "for who mends the program"),
];

#[test]
fn a_path_that_was_typed_is_shown_by_the_door_alone() {
    let mut offences = Vec::new();
    let mut unused: Vec<&str> = NO_ECHO.iter().map(|(file, _)| *file).collect();
    for source in source::production() {
        let below = source.shown.trim_start_matches("src/");
        let mut lines = source.lines.iter().enumerate();
        let Some((index, _)) = lines.find(|(_, line)| line.contains(".display()")) else {
            continue;
        };
        match unused.iter().position(|file| *file == below) {
            Some(at) => drop(unused.remove(at)),
            None => offences.push(format!("{}:{}: say `typed::path`", source.shown, index + 1)),
        }
    }
    offences.extend(unused.iter().map(|file| format!("{file} shows no path")));
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}
