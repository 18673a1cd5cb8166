//! An option of `jetway ship` for which the action has no input yet is written into `action.yml`, behind the one that it
//! follows in the help: what it is, and the variable that it reaches. `JETWAY_BLESS=1` does it (`just readme`).

use std::fs;
use std::path::Path;

use crate::support::Cli;

/// An option, as the help tells it.
struct Opt {
    name: String,
    variable: String,
    said: String,
}

fn options() -> Vec<Opt> {
    let help = Cli::new().args(["ship", "--help"]).succeeds().stdout;
    let blocks = help.split("\n      --").skip(1);
    let read = blocks.filter_map(|block| {
        let block = block.split("\n\n").next()?;
        let text = block.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = text.split([' ', '[', '=']).next()?.to_owned();
        let variable = text.split_once("[env: ")?.1.split([']', '=']).next()?;
        let said = text.split_once('>')?.1.trim_start_matches(']');
        let said = said.split(" [").next()?.trim();
        Some(Opt {
            name,
            variable: variable.to_owned(),
            said: said.to_owned(),
        })
    });
    read.collect()
}

fn described(option: &Opt) -> String {
    let (name, said) = (&option.name, &option.said);
    format!("  {name}:\n    description: \"{said}\"\n")
}

fn given(option: &Opt) -> String {
    let (name, variable) = (&option.name, &option.variable);
    format!("        {variable}: ${{{{ inputs.{name} }}}}\n")
}

/// The action with an input for every option.
fn with_inputs(action: &str, options: &[Opt]) -> String {
    let mut text = action.to_owned();
    let mut before: Option<&Opt> = None;
    for option in options {
        let head = format!("\n  {}:\n", option.name);
        if let (false, Some(before)) = (text.contains(&head), before) {
            let input = text.find(&format!("\n  {}:\n", before.name));
            behind(
                &mut text,
                input.expect("an input") + 1,
                2,
                &described(option),
            );
            let row = text.find(&format!("\n        {}: ", before.variable));
            behind(&mut text, row.expect("a variable") + 1, 1, &given(option));
        }
        before = Some(option);
    }
    text
}

/// Puts lines behind these many lines.
fn behind(text: &mut String, from: usize, lines: usize, new: &str) {
    let rest = &text[from..];
    let length: usize = rest.split_inclusive('\n').take(lines).map(str::len).sum();
    text.insert_str(from + length, new);
}

#[test]
fn every_option_has_its_input() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test's switch is no input of the program"
    )]
    let bless = std::env::var_os("JETWAY_BLESS").is_some();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let action = fs::read_to_string(&path).expect("action.yml");
    let expected = with_inputs(&action, &options());
    if bless {
        fs::write(path, expected).expect("the action is written");
    } else {
        assert!(
            action == expected,
            "action.yml lacks an input: run `just readme`"
        );
    }
}

#[test]
fn a_new_option_gets_its_input_behind_the_one_before_it() {
    let action = "inputs:\n  wait:\n    description: How long\n  report:\n    description: A file\nruns:\n      env:\n        JETWAY_WAIT: ${{ inputs.wait }}\n        JETWAY_REPORT: ${{ inputs.report }}\n";
    let option = |name: &str, variable: &str| Opt {
        name: name.to_owned(),
        variable: variable.to_owned(),
        said: "How often to ask".to_owned(),
    };
    let options = [
        option("wait", "JETWAY_WAIT"),
        option("pace", "JETWAY_PACE"),
        option("report", "JETWAY_REPORT"),
    ];
    let written = with_inputs(action, &options);
    let expected = action
        .replace(
            "  report:",
            "  pace:\n    description: \"How often to ask\"\n  report:",
        )
        .replace(
            "        JETWAY_REPORT",
            "        JETWAY_PACE: ${{ inputs.pace }}\n        JETWAY_REPORT",
        );
    assert_eq!(written, expected);
    assert_eq!(with_inputs(&written, &options), written);
}
