//! The places that the first step makes and the last one removes, on runners that are not as they should be.

use std::fs;
use std::process::{Command, Output};

use crate::install::{PROGRAM, asset, manifest, target};
use crate::releases::{Answer, Releases};
use crate::runner::Job;

/// Runs one of the action's scripts with these variables and no others.
fn script(job: &Job, name: &str, env: &[(&str, &str)]) -> Output {
    Command::new(job.path("tools/bash"))
        .arg(job.path("action/.github/action").join(name))
        .env_clear()
        .env("PATH", job.path("tools"))
        .envs(env.iter().copied())
        .current_dir(job.path("workspace"))
        .output()
        .expect("bash runs")
}

fn released() -> (Releases, Job) {
    let releases = Releases::start();
    releases.give(&asset(), [Answer::File(PROGRAM.to_vec())]);
    (releases, Job::new().released(&manifest(target(), PROGRAM)))
}

#[test]
fn a_runner_that_takes_no_files_is_told_by_an_annotation() {
    let (releases, job) = released();
    let temp = job.path("temp").display().to_string();
    let outputs = job.path("files/outputs").display().to_string();
    for (temp, outputs, title) in [
        (
            "/dev/null/temp",
            outputs.as_str(),
            "the runner has no usable directory",
        ),
        ("a\nb", &outputs, "the runner has no usable directory"),
        (&temp, "/dev/null/outputs", "the runner takes no outputs"),
    ] {
        let env = [
            ("RUNNER_TEMP", temp),
            ("GITHUB_OUTPUT", outputs),
            ("JETWAY_DOWNLOAD_BASE_URL", &releases.url),
        ];
        let ran = script(&job, "install.sh", &env);
        let said = String::from_utf8_lossy(&ran.stdout);
        assert_eq!(ran.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("::error title={title}::")), "{said}");
    }
    let left = fs::read_dir(job.path("temp")).expect("a directory").count();
    assert_eq!(left, 0);
}

#[test]
fn without_a_directory_of_the_runners_the_last_step_finds_what_the_first_one_made() {
    let (releases, job) = released();
    let temp = job.path("temp").display().to_string();
    let outputs = job.path("files/outputs").display().to_string();
    for (name, place) in [
        ("TMPDIR", temp.clone()),
        ("RUNNER_TEMP", format!("{temp}//")),
    ] {
        let env = [
            (name, place.as_str()),
            ("GITHUB_OUTPUT", &outputs),
            ("JETWAY_DOWNLOAD_BASE_URL", &releases.url),
        ];
        let ran = script(&job, "install.sh", &env);
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stdout)
        );
        let written = fs::read_to_string(&outputs).expect("the outputs");
        let made = written
            .lines()
            .rev()
            .find_map(|line| line.strip_prefix("directory="));
        let made = made.expect("a directory of ours").to_owned();
        assert!(fs::metadata(&made).expect("it is there").is_dir());
        let ran = script(
            &job,
            "cleanup.sh",
            &[(name, &place), ("JETWAY_DIRECTORY", &made)],
        );
        assert!(ran.status.success());
        assert!(fs::metadata(&made).is_err(), "{made} stays");
    }
}

#[test]
fn the_last_step_removes_nothing_from_the_root_of_the_disk() {
    let job = Job::new();
    let noted = job.path("removed");
    let job = job.tool(
        "rm",
        &format!(
            "#!/bin/sh\necho \"$@\" >>'{}'\n",
            noted.display().to_string().replace('\'', "'\\''")
        ),
    );
    for place in ["/", "//", ""] {
        let env = [
            ("RUNNER_TEMP", place),
            ("JETWAY_DIRECTORY", "/jetway.0123456789"),
        ];
        assert!(script(&job, "cleanup.sh", &env).status.success());
        assert!(
            !noted.exists(),
            "{place}: {}",
            fs::read_to_string(&noted).unwrap_or_default()
        );
    }
}
