//! Whatever option a key is put into by mistake, as an argument or as the variable beside it: it is shown nowhere. The
//! options are those that the program's own help names, so that a new one is tried too.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::strayed::{forms, shows_nothing_of};
use crate::support::{Cli, ipa};

const SIDE_BY_SIDE: usize = 4;
/// An address at which nobody listens.
pub(super) const NOWHERE: &str = "http://127.0.0.1:9";
/// It serves until it is stopped.
const SERVES: &str = "sandbox";

fn help(words: &[&str]) -> String {
    let call = words.iter().fold(Cli::new(), Cli::arg);
    call.arg("--help").succeeds().stdout
}

fn commands() -> Vec<String> {
    let help = help(&[]);
    let (_, rest) = help.split_once("Commands:\n").expect("a list of commands");
    let names = rest
        .lines()
        .map_while(|line| line.split_whitespace().next());
    let names = names.filter(|name| ![SERVES, "help"].contains(name));
    names.map(ToOwned::to_owned).collect()
}

/// The options that take a value, each with the first command that has it.
pub(super) fn options() -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for command in commands() {
        for line in help(&[&command]).lines() {
            let Some(line) = line.trim_start().strip_prefix("--") else {
                continue;
            };
            let (name, rest) = line.split_at(line.find([' ', '=', '[']).unwrap_or(line.len()));
            if rest.trim_start_matches([' ', '=', '[']).starts_with('<') {
                all.entry(name.to_owned())
                    .or_insert_with(|| command.clone());
            }
        }
    }
    all
}

/// The command as it is called elsewhere, without this option.
pub(super) fn call(command: &str, option: &str) -> Cli {
    let cli = Cli::new()
        .in_a_workflow()
        .file("App.ipa", ipa("com.example.app", "1.0", "7"))
        .env("JETWAY_GITHUB_TOKEN", format!("ghs_{:036}", 7))
        .arg(command);
    let cli = match command {
        "ship" | "upload" | "preflight" => cli.arg("App.ipa"),
        "explain" => cli.arg("ITMS-90683"),
        _ => cli,
    };
    let known = [
        ("asc-url", NOWHERE),
        ("timeout", "5s"),
        ("report", "report.json"),
    ];
    known
        .iter()
        .filter(|(name, _)| *name != option)
        .fold(cli, |cli, (name, value)| {
            let variable = format!("JETWAY_{}", name.to_uppercase().replace('-', "_"));
            cli.env(&variable, value)
        })
}

#[test]
fn a_key_in_any_option_of_any_command_is_shown_nowhere() {
    let forms = forms();
    let options: Vec<(String, String)> = options().into_iter().collect();
    assert!(options.len() > 70, "{options:?}");
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((option, command)) = options.get(at) else {
                        return;
                    };
                    let form = |step: usize| &forms[(at + step) % forms.len()];
                    let what = format!("{command} --{option}");
                    let argument = format!("--{option}={}", form(0));
                    shows_nothing_of(form(0), &what, call(command, option).arg(argument));
                    let variable = format!("JETWAY_{}", option.to_uppercase().replace('-', "_"));
                    let by_variable = call(command, option).env(&variable, form(7));
                    shows_nothing_of(form(7), &format!("{what} by variable"), by_variable);
                }
            });
        }
    });
}
