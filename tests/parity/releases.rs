//! The files of a release have one name each, whoever speaks of them: the workflow that makes them, the manifest,
//! `cargo binstall` and the pages.

use std::collections::BTreeSet;
use std::fs;

use saphyr::{LoadableYamlNode as _, YamlOwned as Yaml};

use crate::{here, set, table};

/// The list of what the programs were built from, and where each was built.
const BESIDE: [&str; 2] = ["jetway.cdx.json", "provenance.json"];

fn text(path: &str) -> String {
    fs::read_to_string(here(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The jobs of a workflow: name and content.
fn jobs(workflow: &str) -> Vec<(String, Yaml)> {
    let documents = Yaml::load_from_str(&text(workflow)).expect("YAML");
    let jobs = documents[0]
        .as_mapping_get("jobs")
        .and_then(Yaml::as_mapping);
    jobs.expect("jobs")
        .iter()
        .map(|(name, job)| (name.as_str().expect("a name").to_owned(), job.clone()))
        .collect()
}

fn job(name: &str) -> Yaml {
    let jobs = jobs(".github/workflows/release.yml");
    let found = jobs.into_iter().find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("no job {name}")).1
}

fn steps(job: &Yaml) -> &[Yaml] {
    let steps = job.as_mapping_get("steps").and_then(Yaml::as_sequence);
    steps.map_or(&[][..], |steps| steps.as_slice())
}

/// What a step of a job that uses this action gives it.
fn given<'a>(job: &'a Yaml, action: &str, input: &str) -> Vec<&'a str> {
    let of = |step: &'a Yaml, name| step.as_mapping_get(name).and_then(Yaml::as_str);
    steps(job)
        .iter()
        .filter(|step| of(step, "uses").is_some_and(|uses| uses.starts_with(action)))
        .filter_map(|step| of(step.as_mapping_get("with")?, input))
        .collect()
}

/// The targets that the release workflow builds for.
fn targets() -> BTreeSet<String> {
    let linux = job("linux");
    let matrix = linux
        .as_mapping_get("strategy")
        .and_then(|strategy| strategy.as_mapping_get("matrix"))
        .and_then(|matrix| matrix.as_mapping_get("include"))
        .and_then(Yaml::as_sequence)
        .expect("the matrix");
    let mut found: BTreeSet<String> = matrix
        .iter()
        .filter_map(|row| row.as_mapping_get("target").and_then(Yaml::as_str))
        .map(str::to_owned)
        .collect();
    assert_eq!(
        given(&linux, "actions/upload-artifact@", "path"),
        ["jetway-${{ matrix.target }}"]
    );
    let mac = job("macos");
    for path in given(&mac, "actions/upload-artifact@", "path") {
        let target = path.strip_prefix("jetway-").expect("the program's name");
        found.insert(target.to_owned());
    }
    assert_eq!(found.len(), 3, "{found:?}");
    found
}

/// Every file of a release.
fn assets() -> BTreeSet<String> {
    let programs = targets()
        .into_iter()
        .map(|target| format!("jetway-{target}"));
    programs.chain(BESIDE.map(str::to_owned)).collect()
}

#[test]
fn the_manifest_and_the_page_name_the_targets_that_are_built() {
    let script = text(".github/scripts/release-env.sh");
    let named = script.split_once("for target in ").expect("the loop").1;
    let named = named.split(';').next().expect("its end");
    assert_eq!(set(named.split(' ')), targets());
    let rows = table("docs/action.md", "Where the program comes from");
    assert_eq!(
        set(rows.iter().map(|row| row[0].trim_matches('`'))),
        targets()
    );
}

#[test]
fn cargo_binstall_is_sent_to_files_that_the_release_makes() {
    let manifest: toml::Table = text("Cargo.toml").parse().expect("TOML");
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let place = "{ repo }/releases/download/v{ version }/";
    let name = |settings: &toml::Value| {
        let url = settings["pkg-url"].as_str().expect("an address");
        let name = url.strip_prefix(place);
        name.unwrap_or_else(|| panic!("{url}")).to_owned()
    };
    assert_eq!(name(binstall), "jetway-{ target }");
    assert_eq!(binstall["pkg-fmt"].as_str(), Some("bin"));
    let overrides = binstall["overrides"].as_table().expect("overrides");
    for (target, settings) in overrides {
        let (asset, released) = (name(settings), targets());
        let found = asset.strip_prefix("jetway-").expect("the program's name");
        assert!(released.contains(found), "{target} gets {asset}");
        // The processor is that of the target, or the file is for all.
        let processor = target.split('-').next().expect("a processor");
        assert!(
            found.starts_with(processor) || found.starts_with("universal2-"),
            "{target} gets {asset}"
        );
        let is_mac = |name: &str| name.ends_with("-apple-darwin");
        assert_eq!(is_mac(target), is_mac(found), "{target} gets {asset}");
        assert!(!released.contains(target), "{target} needs no other name");
    }
    // Every machine that there is a program for finds one.
    for target in [
        "x86_64-unknown-linux-musl",
        "aarch64-unknown-linux-musl",
        "x86_64-unknown-linux-gnu",
        "aarch64-unknown-linux-gnu",
        "x86_64-apple-darwin",
        "aarch64-apple-darwin",
    ] {
        assert!(
            targets().contains(target) || overrides.contains_key(target),
            "{target}"
        );
    }
}

#[test]
fn everything_that_is_built_reaches_the_release_and_is_attested() {
    let draft = job("draft");
    let pattern = given(&draft, "actions/download-artifact@", "pattern");
    assert_eq!(pattern, ["jetway*"]);
    let attested = given(&draft, "actions/attest-build-provenance@", "subject-path");
    let attested: Vec<&str> = attested[0].split_whitespace().collect();
    assert_eq!(attested, ["assets/jetway-*", "assets/jetway.cdx.json"]);
    let mut names: Vec<String> = Vec::new();
    for (_, job) in jobs(".github/workflows/release.yml") {
        let paths = given(&job, "actions/upload-artifact@", "path");
        names.extend(paths.into_iter().map(str::to_owned));
    }
    assert!(names.iter().any(|name| name == BESIDE[0]), "{names:?}");
    assert!(
        names.iter().all(|name| name.starts_with("jetway")),
        "{names:?}"
    );
}

/// What the pages tell people to check by hand.
#[test]
fn the_pages_verify_files_by_the_names_that_they_have() {
    let assets = assets();
    let mut verified = BTreeSet::new();
    for page in [
        "README.md",
        "docs/action.md",
        ".github/SECURITY.md",
        ".github/CONTRIBUTING.md",
    ] {
        for line in text(page).lines() {
            let line = line.trim();
            let rest = line
                .strip_prefix("gh release verify-asset v1.2.3 ")
                .or_else(|| line.strip_prefix("gh attestation verify "));
            let Some(rest) = rest else {
                assert!(
                    !line.starts_with("gh ")
                        || line == "gh release verify v1.2.3 --repo OWNER/jetway",
                    "{page}: {line}"
                );
                continue;
            };
            let (name, rest) = rest.split_once(' ').expect("a repository");
            assert_eq!(rest, "--repo OWNER/jetway", "{page}");
            assert!(assets.contains(name), "{page}: no file {name}");
            verified.insert(name.to_owned());
        }
    }
    assert!(verified.contains("jetway.cdx.json"), "{verified:?}");
    assert!(verified.len() > 1, "{verified:?}");
}

/// Code of others runs in jobs that can read and no more.
#[test]
fn no_job_that_may_write_builds_or_installs_anything() {
    let mut with_rights = 0;
    for workflow in fs::read_dir(here(".github/workflows")).expect("a directory") {
        let workflow = workflow.expect("an entry").path();
        let workflow = workflow.to_str().expect("text");
        for (name, job) in jobs(workflow) {
            let rights = job.as_mapping_get("permissions").and_then(Yaml::as_mapping);
            let rights = rights.expect("every job says what it may");
            if !rights.values().any(|right| right.as_str() == Some("write")) {
                continue;
            }
            with_rights += 1;
            for step in steps(&job) {
                let run = step.as_mapping_get("run").and_then(Yaml::as_str);
                let run = run.unwrap_or_default();
                for tool in [
                    "cargo", "rustup", "npm", "npx", "pip", "apt-get", "curl", "brew",
                ] {
                    let calls = run.split(|char: char| !(char.is_alphanumeric() || char == '-'));
                    assert!(
                        !calls.into_iter().any(|word| word == tool),
                        "{workflow}: {name} may write, and runs {tool}"
                    );
                }
            }
        }
    }
    assert!(with_rights >= 3, "{with_rights}");
}
