//! One thing, told in several places: the action's inputs are the options of `jetway ship`, its
//! outputs are what the program writes, the pages' tables are made from `action.yml`, the pages agree
//! about exit codes, and the examples use nothing that is not there. The files of a release, the actions that are
//! used and the tests that hold an attack off have their own files below `parity/`. `JETWAY_BLESS=1` writes the tables
//! anew (`just readme`).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use saphyr::{LoadableYamlNode as _, Yaml};

#[path = "action/definition.rs"]
#[expect(
    dead_code,
    reason = "the steps are the business of the action's own tests"
)]
mod definition;

#[path = "parity/attacks.rs"]
mod attacks;
#[path = "parity/checkouts.rs"]
mod checkouts;
#[cfg(unix)]
#[path = "parity/machine.rs"]
mod machine;
#[path = "parity/releases.rs"]
mod releases;

use definition::Action;

/// Inputs that are no option of the program, and why.
const OF_THE_ACTION: [(&str, &str); 38] = [
    ("build-id", "of `jetway finish`"),
    ("build-upload-id", "of `jetway finish`"),
    ("bundle-id", "of `jetway status` and its like"),
    ("marketing-version", "of `jetway status` and its like"),
    ("build-number", "of `jetway status` and its like"),
    ("platform", "of `jetway status` and its like"),
    ("for", "of `jetway verify`"),
    ("expiring", "of `jetway verify`"),
    ("until", "of `jetway wait`"),
    ("phased", "of `jetway release`"),
    ("channel", "of `jetway preflight`"),
    ("ignore", "of `jetway preflight`"),
    ("strict", "of `jetway preflight`"),
    ("offline", "of `jetway doctor`"),
    (
        "format",
        "of `jetway preflight`, `verify`, `doctor` and `explain`",
    ),
    ("command", "the program's first argument"),
    ("log", "of `jetway annotate`"),
    ("codes", "of `jetway explain`"),
    (
        "api-key",
        "the key's text is no option, so that no list of processes shows it",
    ),
    ("certificate-password", "a secret, by the environment alone"),
    (
        "app-specific-password",
        "a secret, by the environment alone",
    ),
    ("github-token", "a secret, by the environment alone"),
    ("working-directory", "where the program is started"),
    ("binary", "where the program comes from"),
    ("binary-sha256", "where the program comes from"),
    ("download-base-url", "where the program comes from"),
    ("app-path", "another name"),
    ("issuer-id", "another name"),
    ("api-private-key", "another name"),
    ("wait-for-processing", "another name"),
    ("app-type", "taken, not used"),
    ("backend", "taken, not used"),
    ("transporter-executable-path", "taken, not used"),
    ("upload-attempts", "taken, not used"),
    ("upload-timeout-minutes", "taken, not used"),
    ("release-notes", "another name"),
    ("path", "the program's one argument"),
    ("finish", "the command, with its one argument"),
];

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn jetway(arguments: &[&str], environment: &[(&str, &Path)]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_jetway"))
        .args(arguments)
        .env_clear()
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    String::from_utf8(output.stdout).expect("text")
}

/// The long options of `jetway ship`, with their variables.
fn options() -> Vec<(String, String)> {
    let help = jetway(&["ship", "--help"], &[]);
    help.split("\n      --")
        .skip(1)
        .filter_map(|option| {
            let name = option.split([' ', '[', '=']).next()?;
            let text = option.split_whitespace().collect::<Vec<_>>().join(" ");
            let variable = text.split_once("[env: ")?.1.split_once([']', '='])?.0;
            Some((name.to_owned(), variable.to_owned()))
        })
        .collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn the_inputs_are_the_options_and_a_few_more_that_are_named_here() {
    let inputs: BTreeSet<String> = Action::read()
        .inputs
        .into_iter()
        .map(|input| input.name)
        .collect();
    let options: BTreeSet<String> = options().into_iter().map(|(name, _)| name).collect();
    assert!(options.len() > 10, "{options:?}");
    let more = set(OF_THE_ACTION.map(|(name, _)| name));
    assert_eq!(inputs, &options | &more);
    assert_eq!(
        &options & &more,
        BTreeSet::new(),
        "named as no option, and is one"
    );
}

#[test]
fn each_input_reaches_the_variable_of_its_option() {
    let action = Action::read();
    let ship = action
        .steps
        .iter()
        .find(|step| step.id == "ship")
        .expect("the step");
    let mut pairs = options();
    pairs.push(("path".to_owned(), "JETWAY_PATH".to_owned()));
    for (option, variable) in &pairs {
        let (_, value) = ship
            .env
            .iter()
            .find(|(name, _)| name == variable)
            .unwrap_or_else(|| panic!("{variable} is not set"));
        assert!(
            value.starts_with(&format!("${{{{ inputs.{option} ")),
            "{variable}: {value}"
        );
    }
    let known = |variable: &String| pairs.iter().any(|(_, known)| known == variable);
    let others: Vec<&str> = ship
        .env
        .iter()
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("JETWAY_") && !known(name))
        .map(String::as_str)
        .collect();
    assert_eq!(
        others,
        [
            "JETWAY_BIN",
            "JETWAY_IN_ACTION",
            "JETWAY_COMMAND",
            "JETWAY_LOG",
            "JETWAY_CODES",
            "JETWAY_BUILD_ID",
            "JETWAY_BUILD_UPLOAD_ID",
            "JETWAY_BUNDLE_ID",
            "JETWAY_MARKETING_VERSION",
            "JETWAY_BUILD_NUMBER",
            "JETWAY_PLATFORM",
            "JETWAY_FOR",
            "JETWAY_EXPIRING",
            "JETWAY_UNTIL",
            "JETWAY_PHASED",
            "JETWAY_CHANNEL",
            "JETWAY_IGNORE",
            "JETWAY_STRICT",
            "JETWAY_OFFLINE",
            "JETWAY_FORMAT",
            "JETWAY_API_KEY",
            "JETWAY_CERTIFICATE_PASSWORD",
            "JETWAY_TOOLS_DIR",
            "JETWAY_APP_SPECIFIC_PASSWORD",
            "JETWAY_GITHUB_TOKEN",
            "JETWAY_ACTION_REPOSITORY"
        ]
    );
}

/// Commands that no step of a workflow has a use for.
const OF_A_PERSON: [&str; 4] = ["webhook", "sandbox", "completions", "help"];

#[test]
fn the_input_command_names_every_command_that_a_workflow_can_use() {
    let action = Action::read();
    let input = action.inputs.iter().find(|input| input.name == "command");
    let said = &input.expect("the input").description;
    let listed = said.split_once(": ").expect("a list").1;
    let listed = listed.split(", which").next().expect("the names");
    let named = set(listed
        .split(", ")
        .map(|name| name.trim_start_matches("or ")));
    let help = jetway(&["--help"], &[]);
    let (_, commands) = help.split_once("Commands:\n").expect("the commands");
    let commands = commands.lines().take_while(|line| line.starts_with("  "));
    let commands = commands.filter_map(|line| line.split_whitespace().next());
    let mut known = set(commands.filter(|name| !OF_A_PERSON.contains(name)));
    known.insert("setup".to_owned());
    assert_eq!(named, known);
}

#[test]
fn the_outputs_are_what_the_program_writes() {
    let place = tempfile::tempdir().expect("a directory");
    let file = place.path().join("outputs");
    jetway(
        &[
            "ship",
            "--sandbox",
            "--poll-interval",
            "5ms",
            "--report",
            &place.path().join("report.json").to_string_lossy(),
        ],
        &[
            ("GITHUB_ACTIONS", Path::new("true")),
            ("GITHUB_OUTPUT", &file),
            ("TMPDIR", place.path()),
        ],
    );
    let text = fs::read_to_string(file).expect("the outputs");
    let mut written = set(text
        .lines()
        .filter_map(|line| Some(line.split_once("<<")?.0)));
    // A package is shipped here; the tests of archives see the first three, the action's own the last.
    written.extend(set([
        "package-path",
        "dsyms-path",
        "export-log",
        "next-build-number",
    ]));
    let action = Action::read();
    let outputs = set(action.outputs.iter().map(|output| output.name.as_str()));
    assert_eq!(outputs, written);
}

fn inputs_table(action: &Action) -> String {
    let mut table = "| input | what it is |\n|---|---|\n".to_owned();
    for input in &action.inputs {
        row(
            &mut table,
            &input.name,
            &input.description,
            input.default.as_deref(),
        );
    }
    table
}

fn outputs_table(action: &Action) -> String {
    let mut table = "| output | what it is |\n|---|---|\n".to_owned();
    for output in &action.outputs {
        row(&mut table, &output.name, &output.description, None);
    }
    table
}

fn row(table: &mut String, name: &str, description: &str, default: Option<&str>) {
    let description = description.replace('|', "\\|");
    let default = default
        .map(|default| format!(" [default: `{default}`]"))
        .unwrap_or_default();
    writeln!(table, "| `{name}` | {description}{default} |").expect("text takes text");
}

/// The page with the table between its marks.
fn with_table(page: &str, name: &str, table: &str) -> String {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let parts = page
        .split_once(&begin)
        .and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    let (before, after) = parts.unwrap_or_else(|| panic!("no `{}` to `{end}`", begin.trim_end()));
    format!("{before}{begin}{table}{end}{after}")
}

#[test]
fn the_tables_in_the_readme_are_those_of_the_action() {
    let action = Action::read();
    #[expect(
        clippy::disallowed_methods,
        reason = "a test's switch is no input of the program"
    )]
    let bless = std::env::var_os("JETWAY_BLESS").is_some();
    let path = here("README.md");
    let page = fs::read_to_string(&path).expect("README.md");
    let expected = with_table(&page, "inputs", &inputs_table(&action));
    let expected = with_table(&expected, "outputs", &outputs_table(&action));
    if bless {
        fs::write(&path, &expected).expect("the page is written");
    } else {
        assert!(
            page == expected,
            "README.md is behind action.yml: run `just readme`"
        );
    }
}

/// Every step that uses the action, on pages, in examples and in our own workflows: where, and what
/// it gives.
fn uses() -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for directory in [".github/examples", ".github/workflows"] {
        for entry in fs::read_dir(here(directory)).expect("a directory") {
            let path = entry.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("text");
            uses_in(&text, &path.display().to_string(), &mut found);
        }
    }
    for page in ["README.md", "docs/action.md"] {
        let text = fs::read_to_string(here(page)).expect("text");
        for block in text.split("\n```yaml\n").skip(1) {
            let block = block.split("\n```").next().unwrap_or_default();
            uses_in(block, page, &mut found);
        }
    }
    found
}

fn uses_in(text: &str, place: &str, found: &mut Vec<(String, Vec<String>)>) {
    let documents = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{place}: {error}"));
    for document in &documents {
        collect(document, place, found);
    }
}

fn collect(node: &Yaml<'_>, place: &str, found: &mut Vec<(String, Vec<String>)>) {
    if let Some(list) = node.as_sequence() {
        for item in list {
            collect(item, place, found);
        }
    }
    let Some(mapping) = node.as_mapping() else {
        return;
    };
    let uses = node
        .as_mapping_get("uses")
        .and_then(Yaml::as_str)
        .unwrap_or_default();
    if uses == "./" || uses.contains("/jetway@") {
        let with = node.as_mapping_get("with").and_then(Yaml::as_mapping);
        let names = with.map(|with| {
            with.keys()
                .filter_map(Yaml::as_str)
                .map(str::to_owned)
                .collect()
        });
        found.push((place.to_owned(), names.unwrap_or_default()));
    }
    for value in mapping.values() {
        collect(value, place, found);
    }
}

#[test]
fn pages_examples_and_workflows_use_inputs_that_are_there() {
    let action = Action::read();
    let inputs = set(action.inputs.iter().map(|input| input.name.as_str()));
    let uses = uses();
    assert!(uses.len() >= 9, "{uses:?}");
    for (place, names) in uses {
        for name in names {
            assert!(inputs.contains(&name), "{place}: no input {name}");
        }
    }
}

/// The rows of the table below a heading of a page, cell by cell.
fn table(page: &str, heading: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(here(page)).expect("text");
    let (_, text) = text
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("{page} has no {heading}"));
    let rows: Vec<Vec<String>> = text
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|row| {
            let cells = row.trim_matches('|').split('|');
            cells.map(|cell| cell.trim().to_owned()).collect()
        })
        .collect();
    assert!(!rows.is_empty(), "{page} has no table below {heading}");
    rows
}

/// The codes in one column of a table. A cell may name several, one for each signal.
fn codes(rows: &[Vec<String>], column: usize) -> BTreeSet<u8> {
    rows.iter()
        .flat_map(|row| row[column].split(", "))
        .map(|code| code.parse().unwrap_or_else(|_| panic!("no code: {code}")))
        .collect()
}

/// That the report's page has the code of each ending is the library's own test.
#[test]
fn the_readme_names_the_exit_codes_that_the_reports_page_gives_and_no_other() {
    let readme = table("README.md", "Exit codes");
    let report = table("docs/report.md", "Outcomes");
    assert_eq!(codes(&readme, 0), codes(&report, 1));
    let named: usize = readme.iter().map(|row| row[0].split(", ").count()).sum();
    assert_eq!(codes(&readme, 0).len(), named, "a code is there twice");
}

#[test]
fn the_action_keeps_the_rules_of_the_marketplace() {
    // https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#branding
    const COLOURS: [&str; 9] = [
        "white",
        "black",
        "yellow",
        "blue",
        "green",
        "orange",
        "red",
        "purple",
        "gray-dark",
    ];
    // The Feather icons of version 4.28.0, but for those that GitHub leaves out.
    let icons = include_str!("fixtures/marketplace-icons.txt");
    let is_icon = |icon: &str| icons.split_whitespace().any(|known| known == icon);
    assert!(is_icon("upload-cloud") && !is_icon("foo") && !is_icon("tool") && !is_icon(""));
    let text = fs::read_to_string(here("action.yml")).expect("action.yml");
    let documents = Yaml::load_from_str(&text).expect("YAML");
    let of = |name: &str| documents[0].as_mapping_get(name).and_then(|it| it.as_str());
    let description = of("description").expect("a description");
    assert!(description.chars().count() < 125, "{description}");
    assert!(of("name").is_some_and(|name| !name.is_empty()));
    let branding = documents[0].as_mapping_get("branding").expect("branding");
    let of = |name: &str| branding.as_mapping_get(name).and_then(|it| it.as_str());
    assert!(of("color").is_some_and(|colour| COLOURS.contains(&colour)));
    assert!(of("icon").is_some_and(is_icon));
}
