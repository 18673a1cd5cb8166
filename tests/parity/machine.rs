//! The scripts install what the machine lacks: nothing is asked for by a name that is always there.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::here;

/// `.ci/run` and all scripts beside it, with their text.
fn scripts() -> Vec<(PathBuf, String)> {
    let beside = fs::read_dir(here(".github/scripts")).expect("a directory");
    let mut found: Vec<PathBuf> = beside
        .map(|entry| entry.expect("an entry").path())
        .collect();
    found.push(here(".ci/run"));
    found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("text");
            (path, text)
        })
        .collect()
}

/// The commands that a line says `installed` of.
fn asked_for(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    let words = line.strip_prefix("installed ").or_else(|| {
        // The list in `.ci/run`: `for need in cc:gcc …; do`.
        line.strip_prefix("for need in ")?.strip_suffix("; do")
    })?;
    if words.starts_with('"') {
        return None;
    }
    let pair = |word: &str| word.split(':').next().unwrap_or_default().to_owned();
    let words: Vec<&str> = words.split(' ').collect();
    Some(if line.starts_with("installed ") {
        vec![words[0].to_owned()]
    } else {
        words.into_iter().map(pair).collect()
    })
}

#[test]
fn no_script_asks_for_what_a_shell_always_has() {
    let mut asked = Vec::new();
    for (path, text) in scripts() {
        for name in text.lines().filter_map(asked_for).flatten() {
            let kind = Command::new("bash")
                .args(["-c", "type -t \"$1\" || true", "bash", &name])
                .output()
                .expect("bash runs");
            let kind = String::from_utf8(kind.stdout).expect("text");
            assert!(
                matches!(kind.trim(), "file" | ""),
                "{}: `{name}` is a {}",
                path.display(),
                kind.trim()
            );
            asked.push(name);
        }
    }
    for name in ["cc", "musl-gcc", "file", "shellcheck", "jq", "git"] {
        assert!(asked.iter().any(|one| one == name), "{name}: {asked:?}");
    }
}

#[test]
fn one_script_alone_calls_the_package_manager() {
    for (path, text) in scripts() {
        let calls = text.lines().any(|line| line.contains("apt-get"));
        assert_eq!(calls, path.ends_with("needs.sh"), "{}", path.display());
    }
}

fn program(place: &Path, name: &str, script: &str) {
    let path = place.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a program");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its mode");
}

/// A machine whose tools are these scripts: what `command` of `needs.sh` does there, and what it installs.
fn on_a_machine(command: &str, tools: &[(&str, &str)]) -> (bool, Vec<String>) {
    let place = tempfile::tempdir().expect("a directory");
    let here_it_is = place.path().display();
    let installing = format!("echo \"$@\" >>'{here_it_is}/installed'");
    program(place.path(), "apt-get", &installing);
    program(place.path(), "id", "echo 0");
    for (name, script) in tools {
        program(
            place.path(),
            name,
            &script.replace("HERE", &here_it_is.to_string()),
        );
    }
    let script = format!("set -eu; . \"$1\"; {command}");
    let bash = ["/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash"];
    let ran = Command::new(
        bash.iter()
            .find(|path| Path::new(path).exists())
            .expect("bash"),
    )
    .args(["-c", &script, "bash"])
    .arg(here(".github/scripts/needs.sh"))
    .env_clear()
    .env("PATH", place.path())
    .current_dir(place.path())
    .status()
    .expect("bash runs");
    let installed = fs::read_to_string(place.path().join("installed")).unwrap_or_default();
    let installs = installed.lines().filter_map(|line| {
        let packages = line.strip_prefix("install -y -qq ")?;
        Some(packages.to_owned())
    });
    (ran.success(), installs.collect())
}

#[test]
fn what_is_missing_is_installed_and_what_is_there_is_not() {
    let (went_well, installed) = on_a_machine("installed jq jq", &[]);
    assert!(went_well);
    assert_eq!(installed, ["jq"]);
    let (went_well, installed) = on_a_machine("installed jq jq", &[("jq", "")]);
    assert!(went_well);
    assert_eq!(installed, Vec::<String>::new());
}

/// Debian's `python3` makes no environment before `python3-venv` is there, and exists all the same.
#[test]
fn a_python_that_can_make_no_place_of_its_own_is_given_what_it_lacks() {
    let python = "[ \"$1 $2\" = '-m venv' ] && [ -e HERE/installed ]";
    let (went_well, installed) = on_a_machine("python_at place", &[("python3", python)]);
    assert!(went_well);
    assert_eq!(installed, ["python3-venv"]);
    let (went_well, installed) = on_a_machine("python_at place", &[("python3", "exit 0")]);
    assert!(went_well);
    assert_eq!(installed, Vec::<String>::new());
    let (went_well, _) = on_a_machine("python_at place", &[("python3", "exit 1")]);
    assert!(!went_well, "a Python that still can't is no success");
}
