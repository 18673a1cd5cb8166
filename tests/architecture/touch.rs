//! Who may touch the outside: files, network, processes, clock, streams and environment.

use crate::source;

/// A part of the outside, and all that may touch it.
struct Outside {
    /// What it is.
    name: &'static str,
    /// How touching it is spelled.
    marks: &'static [&'static str],
    /// A room or a file below `src`, and why it may.
    by: &'static [(&'static str, &'static str)],
}

const OUTSIDE: &[Outside] = &[
    Outside {
        name: "the environment",
        marks: &["std::env", "env::var", "env::args", "args_os("],
        by: &[
            ("main", "the arguments, handed on to the program"),
            ("cli", "reads it, once, for everybody"),
        ],
    },
    Outside {
        name: "files",
        marks: &[
            "std::fs",
            "fs::",
            "File::open",
            "File::create",
            "OpenOptions",
            "tempfile::",
            "WalkBuilder",
            ".exists()",
            ".try_exists()",
            ".metadata()",
            ".canonicalize()",
            ".read_dir()",
        ],
        by: &[
            (
                "cli",
                "what is named on the command line, and the demo package of a rehearsal",
            ),
            ("bundle/source.rs", "reads the open package at its places"),
            ("bundle/folder.rs", "reads the folder that an archive is"),
            ("archive", "reads the archive"),
            (
                "apple/on_disk.rs",
                "looks which Xcodes and keychains are there",
            ),
            (
                "signing",
                "the private directory, and profiles among the user's own",
            ),
            (
                "stages/export",
                "keeps the log, the package and the symbols",
            ),
            ("journal", "what must be undone, on disk"),
            (
                "host/minder.rs",
                "a lock beside the journals while a tool runs",
            ),
            (
                "host/signals.rs",
                "asks the kernel, in /proc, which signals are ignored",
            ),
            ("locate", "reads the repository"),
            ("report", "the files of the runner and the report"),
            ("stages/package.rs", "opens the package, once"),
            ("stages/preflight.rs", "is handed the open package"),
            (
                "stages/earlier_uploads.rs",
                "compares the open package with an earlier upload",
            ),
            ("upload/engine.rs", "is handed the open package"),
            (
                "upload/file_watch.rs",
                "sees whether the package changes meanwhile",
            ),
            (
                "upload/kernel.rs",
                "asks the kernel, in /proc, how much has left",
            ),
            ("upload/reader.rs", "reads the package by parts"),
        ],
    },
    Outside {
        name: "the network",
        marks: &[
            "reqwest::",
            "octocrab::",
            "hyper::",
            "hyper_util::",
            "axum::",
            "tokio::net",
            "TcpStream",
            "TcpListener",
            "UdpSocket",
            "ToSocketAddrs",
        ],
        by: &[
            ("http", "what every client begins with"),
            ("asc", "App Store Connect"),
            ("github", "GitHub"),
            ("upload", "Apple's storage"),
            ("sandbox", "listens on loopback"),
        ],
    },
    Outside {
        name: "processes",
        marks: &[
            "process::Command",
            "tokio::process",
            "process::exit",
            "process::abort",
            "libc::",
        ],
        by: &[
            ("host/process.rs", "runs Apple's tools for `apple`"),
            (
                "host/minder.rs",
                "keeps each of them from outliving the run",
            ),
            (
                "host/panics.rs",
                "a panic of the session's thread ends the process with its code",
            ),
        ],
    },
    Outside {
        name: "the time of day",
        marks: &["SystemTime::now"],
        by: &[
            ("host", "tells it to everybody"),
            ("sandbox", "imports nothing, so it has a clock of its own"),
        ],
    },
    Outside {
        name: "the passing of time",
        marks: &[
            "tokio::time",
            "Instant::now",
            "thread::sleep",
            "std::time::Instant",
        ],
        by: &[
            ("host", "a clock that a test can stop"),
            (
                "http/told_waits.rs",
                "counts once what is waited at the same time",
            ),
            ("asc", "waits before it asks again"),
            ("github", "waits before it asks again"),
            (
                "upload",
                "measures what moves, and waits before a part is sent again",
            ),
            ("stages/processing.rs", "waits for Apple"),
            ("stages/patience.rs", "waits for Apple"),
            ("run", "the time for the whole run, and for undoing"),
            (
                "report",
                "how long things took, and the last word within its time",
            ),
            ("locate/files.rs", "reads no longer than it is worth"),
            ("sandbox", "hangs where a scenario says so"),
        ],
    },
    Outside {
        name: "standard streams",
        marks: &[
            "print!",
            "println!",
            "eprint!",
            "eprintln!",
            "dbg!",
            "stdout()",
            "stderr()",
            "stdin()",
            ".print()",
        ],
        by: &[
            ("report", "the only one that prints"),
            ("cli/opening.rs", "asks whether a person reads along"),
            (
                "cli/commands/annotate.rs",
                "reads the log from standard input",
            ),
            (
                "cli/files.rs",
                "reads the body of a webhook's call from standard input",
            ),
            (
                "cli/commands/explain.rs",
                "reads the text from standard input",
            ),
            ("host/terminal.rs", "asks how wide the terminal is"),
            (
                "host/minder.rs",
                "its streams are a tool's, between a run and the tool",
            ),
        ],
    },
];

#[test]
fn the_outside_is_touched_only_where_it_may_be() {
    let sources = source::production();
    let mut offences = Vec::new();
    for outside in OUTSIDE {
        let mut unused: Vec<&str> = outside.by.iter().map(|(place, _)| *place).collect();
        for source in &sources {
            let below = source.shown.trim_start_matches("src/");
            let allowed = outside.by.iter().find(|(place, _)| {
                below == *place
                    || below.starts_with(&format!("{place}/"))
                    || below == format!("{place}.rs")
            });
            for (index, line) in source.lines.iter().enumerate() {
                let Some(mark) = outside.marks.iter().find(|mark| touches(line, mark)) else {
                    continue;
                };
                match allowed {
                    Some((place, _)) => unused.retain(|other| other != place),
                    None => offences.push(format!(
                        "{}:{}: `{mark}` touches {}",
                        source.shown,
                        index + 1,
                        outside.name
                    )),
                }
            }
        }
        offences.extend(unused.iter().map(|place| {
            format!(
                "{place} does not touch {}: take it off the list",
                outside.name
            )
        }));
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

/// Whether the line has the mark, and not as the end of a longer word.
fn touches(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        let word = |char: char| char.is_ascii_alphanumeric() || char == '_';
        !(mark.starts_with(word) && line[..at].ends_with(word))
    })
}
