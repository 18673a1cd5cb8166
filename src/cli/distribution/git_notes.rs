//! What to test, from the titles of the commits since the last tag.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::runtime::Builder;

use crate::cli::choices::NotTaken;
use crate::cli::distribution::whats_new::LONGEST;
use crate::cli::environment::Environment;
use crate::host::process::{self, End, Program, Stream};
use crate::plan::Notes;
use crate::text::{self, cut};

/// A repository on a disk answers in far less.
const LIMIT: Duration = Duration::from_secs(60);
/// What is longer is no list of titles that anybody reads.
const LONGEST_ANSWER: usize = 4 * 1024 * 1024;
/// The last line, where not all of them fit.
const ROOM_FOR_THE_REST: usize = 40;

/// Reads them in the working directory.
pub fn read(environment: &Environment) -> Result<Vec<Notes>, NotTaken> {
    let git = Git::find(environment)?;
    if git.says(&["rev-parse", "--is-shallow-repository"])? == "true" {
        return Err(NotTaken(
            "the repository was checked out without its history; give actions/checkout `fetch-depth: 0`".to_owned(),
        ));
    }
    // A tag at the commit itself is the one that is being shipped.
    let tag = git
        .says(&["describe", "--tags", "--abbrev=0", "HEAD^"])
        .ok();
    let range = match &tag {
        Some(tag) => format!("{tag}..HEAD"),
        None => "HEAD".to_owned(),
    };
    let arguments = [
        "log",
        "--no-show-signature",
        "--no-merges",
        "--no-color",
        "--format=%s",
        &range,
        "--",
    ];
    let titles = git.says(&arguments)?;
    let text = list(titles.lines());
    if text.is_empty() {
        let since = tag.map(|tag| format!(" since {tag}")).unwrap_or_default();
        return Err(NotTaken(format!("there is no commit{since}")));
    }
    Ok(vec![Notes { locale: None, text }])
}

/// The titles as a list, as many as fit.
fn list<'a>(titles: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    let mut left_out = 0_usize;
    for title in titles {
        let title = text::line(title);
        if title.trim().is_empty() {
            continue;
        }
        let line = format!("- {}\n", cut::letters(title.trim(), 200));
        let units = |text: &str| text.encode_utf16().count();
        if left_out > 0 || units(&text) + units(&line) + ROOM_FOR_THE_REST > LONGEST {
            left_out += 1;
        } else {
            text.push_str(&line);
        }
    }
    if left_out > 0 {
        text.push_str(&format!("and {left_out} more"));
    }
    text.trim_end().to_owned()
}

/// The program, and where it is run.
struct Git {
    path: PathBuf,
    directory: PathBuf,
}

impl Git {
    fn find(environment: &Environment) -> Result<Self, NotTaken> {
        let folders = environment.get("PATH").unwrap_or("/usr/bin:/usr/local/bin");
        let folders = std::env::split_paths(folders).filter(|folder| folder.is_absolute());
        let mut files = folders.map(|folder| folder.join("git"));
        let path = files
            .find(|file| file.is_file())
            .ok_or_else(|| NotTaken("there is no git on this machine".to_owned()))?;
        let directory = std::path::absolute(".").map_err(|error| NotTaken(error.to_string()))?;
        Ok(Self { path, directory })
    }

    /// What git says, as text. Nothing of the user's configuration counts, and nothing of the repository's that would
    /// start another program.
    fn says(&self, arguments: &[&str]) -> Result<String, NotTaken> {
        let safe = format!("safe.directory={}", self.top().display());
        let before = [
            "--no-pager",
            "-c",
            &safe,
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
        ];
        let all = before.iter().chain(arguments);
        let all: Vec<OsString> = all.map(OsString::from).collect();
        let environment = [
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("LC_ALL", "C.UTF-8"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let program = Program {
            path: &self.path,
            arguments: &all,
            environment: &environment,
            input: &[],
            limit: LIMIT,
            minder: None,
        };
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        let mut hear = |stream: Stream, bytes: &[u8]| {
            let into: &mut Vec<u8> = match stream {
                Stream::Output => &mut output,
                Stream::Errors => &mut errors,
            };
            let room = LONGEST_ANSWER.saturating_sub(into.len());
            into.extend_from_slice(&bytes[..bytes.len().min(room)]);
        };
        let failed = |why: &str| NotTaken(format!("git {}: {why}", arguments[0]));
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| failed(&error.to_string()))?;
        let ended = runtime.block_on(process::run(&program, &mut hear));
        match ended.map_err(|error| failed(&error.to_string()))? {
            End::Exited(0) => Ok(String::from_utf8_lossy(&output).trim().to_owned()),
            End::Exited(_) => Err(failed(&text::line(&String::from_utf8_lossy(&errors)))),
            End::Killed(_) => Err(failed("it was killed")),
            End::TimedOut => Err(failed("it did not come to an end")),
        }
    }

    /// The repository's own folder: a runner's checkout may belong to another user.
    fn top(&self) -> &Path {
        let mut above = self.directory.ancestors();
        let top = above.find(|folder| folder.join(".git").exists());
        top.unwrap_or(&self.directory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_titles_as_fit_are_listed_and_the_rest_is_counted() {
        assert_eq!(
            list(["Fix a crash", "", "Faster \u{1b}[31mstart"].into_iter()),
            { "- Fix a crash\n- Faster start" }
        );
        assert_eq!(list([].into_iter()), "");
        let long = "🎉".repeat(90);
        let all = list((0..60).map(|_| long.as_str()));
        assert!(all.encode_utf16().count() <= LONGEST);
        assert!(all.ends_with(" more"), "{all}");
        let rest: usize = all.rsplit(' ').nth(1).unwrap().parse().unwrap();
        assert_eq!(all.matches("- ").count() + rest, 60);
    }
}
