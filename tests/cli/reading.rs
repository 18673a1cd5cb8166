//! `explain` and `annotate`: what Apple and its tools said, without an upload.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::support::Cli;

/// A log in altool's words, with names of our own.
const REJECTED: &str = "\
2031-02-03 10:11:12.013 Running altool at path '/Applications/Xcode.app/altool'...
2031-02-03 10:11:14.200 ERROR: [ContentDelivery.Uploader.600001A2] Asset validation failed (90683) Missing purpose string in Info.plist. Your app's code references one or more APIs that access sensitive user data. The Info.plist file for the 'Plum.app' bundle should contain a NSCameraUsageDescription key with a user-facing purpose string. (ID: 11111111-2222-3333-4444-555555555555)
2031-02-03 10:11:14.201 ERROR: [altool.600001A2] UPLOAD FAILED with 1 error
";

const PROJECT: &str = "\
name: Plum
targets:
  Plum:
    type: application
    platform: iOS
    settings:
      PRODUCT_BUNDLE_IDENTIFIER: com.example.plum
      INFOPLIST_FILE: Plum/Info.plist
";

#[test]
fn a_log_of_another_tool_becomes_findings_and_an_exit_code() {
    let ran = Cli::new()
        .in_a_workflow()
        .file("upload.log", REJECTED)
        .args(["annotate", "upload.log", "--report", "report.json"])
        .fails(1);
    let finding = ran.finding("itms-90683");
    assert_eq!(finding["variables"]["key"], "NSCameraUsageDescription");
    assert_eq!(ran.report["verdict"], "failed");
    assert_eq!(ran.report["schema"], "jetway.report/v1");
    assert_eq!(
        ran.codes().len(),
        1,
        "one fault is one finding: {:#}",
        ran.report
    );
    assert!(
        ran.stdout.lines().any(|line| line.starts_with("::error ")),
        "{}",
        ran.stdout
    );
    assert!(ran.summary.contains("ITMS-90683"), "{}", ran.summary);
    let next = ran.report["next"].to_string();
    assert!(next.contains("Then build again and upload"), "{next}");
}

#[test]
fn a_log_without_errors_ends_well() {
    let ran = Cli::new()
        .file(
            "upload.log",
            "** BUILD SUCCEEDED **\nUPLOAD SUCCEEDED with no errors\n",
        )
        .args(["annotate", "upload.log", "--report", "report.json"])
        .succeeds();
    assert_eq!(ran.report["verdict"], "succeeded");
    assert_eq!(ran.outcome(), "passed");
}

#[test]
fn a_finding_is_located_in_the_repository() {
    let plist = "<?xml version=\"1.0\"?>\n<plist version=\"1.0\">\n<dict>\n\t<key>CFBundleIdentifier</key>\n\t<string>com.example.plum</string>\n\t<key>NSCameraUsageDescription</key>\n\t<string></string>\n</dict>\n</plist>\n";
    let ran = Cli::new()
        .in_a_workflow()
        .file("upload.log", REJECTED)
        .file("Plum/Info.plist", plist)
        .file("project.yml", PROJECT)
        .args(["annotate", "upload.log", "--report", "report.json"])
        .fails(1);
    let location = &ran.finding("itms-90683")["location"];
    assert_eq!(location["path"], "Plum/Info.plist");
    assert_eq!(location["line"], 6);
    assert!(
        ran.stdout.contains("file=Plum/Info.plist,line=6"),
        "{}",
        ran.stdout
    );
}

#[test]
fn what_a_compiler_names_keeps_its_line_and_column() {
    const LOG: &str = "\
/elsewhere/app/Plum/Sea.swift:2:9: error: cannot find 'wave' in scope
** ARCHIVE FAILED **
";
    let with_files = |cli: Cli| {
        cli.file("Plum/Sea.swift", "import A\nlet wave = tide\n")
            .file("build.log", LOG)
    };
    let ran = with_files(Cli::new().in_a_workflow())
        .args(["annotate", "build.log", "--report", "report.json"])
        .fails(1);
    let finding = ran.finding("source-does-not-compile");
    assert_eq!(finding["location"]["path"], "Plum/Sea.swift");
    assert_eq!(finding["location"]["line"], 2);
    assert_eq!(finding["location"]["column"], 9);
    assert!(
        ran.stdout
            .lines()
            .any(|line| line.starts_with("::error file=Plum/Sea.swift,line=2,col=9,")),
        "{}",
        ran.stdout
    );
    let cli = with_files(Cli::new());
    let checkout = cli.path("");
    let ran = cli
        .env("GITHUB_WORKSPACE", checkout)
        .args(["annotate", "build.log", "--format", "sarif"])
        .fails(1);
    let sarif: serde_json::Value = serde_json::from_str(&ran.stdout).expect("only SARIF");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "source-does-not-compile");
    assert_eq!(
        result["message"]["text"],
        "Sea.swift does not compile: cannot find 'wave' in scope"
    );
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 2);
    assert_eq!(region["startColumn"], 9);
    let rule = &sarif["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(rule["id"], "source-does-not-compile");
}

#[test]
fn the_report_has_the_lines_to_paste() {
    let ran = Cli::new()
        .file("upload.log", REJECTED)
        .args(["annotate", "upload.log", "--report", "report.json"])
        .fails(1);
    let paste = &ran.finding("itms-90683")["paste"];
    assert_eq!(paste["file"], "Info.plist");
    let lines = paste["lines"].as_str().expect("lines");
    assert!(
        lines.contains("<key>NSCameraUsageDescription</key>"),
        "{lines}"
    );
}

#[test]
fn a_log_comes_by_standard_input_too() {
    let directory = tempfile::tempdir().expect("a directory");
    let mut child = Command::new(env!("CARGO_BIN_EXE_jetway"))
        .args(["annotate", "-"])
        .env_clear()
        .current_dir(directory.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(REJECTED.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("NSCameraUsageDescription"));
}

#[test]
fn a_wrong_log_is_a_wrong_call() {
    let ran = Cli::new().args(["annotate", "no.log"]).fails(2);
    assert!(
        ran.stdout.contains("no.log can't be read"),
        "{}",
        ran.stdout
    );
    Cli::new().args(["annotate", "/"]).fails(2);
}

#[test]
fn a_code_is_explained_in_every_form() {
    let text = Cli::new()
        .args(["explain", "ITMS-90683", "-19232"])
        .succeeds();
    assert!(text.stdout.contains("Fix"), "{}", text.stdout);
    let markdown = Cli::new()
        .args(["explain", "90683", "--format", "markdown"])
        .succeeds();
    assert!(
        markdown.stdout.starts_with("### itms-90683"),
        "{}",
        markdown.stdout
    );
    let json = Cli::new()
        .args(["explain", "90683", "--format", "json"])
        .succeeds();
    let pages: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(pages[0]["code"], "itms-90683");
}

#[test]
fn a_pasted_message_is_explained_with_its_own_names() {
    let ran = Cli::new()
        .args(["explain", "The Info.plist file for the 'Plum.app' bundle should contain a NSCameraUsageDescription key with a user-facing purpose string"])
        .succeeds();
    assert!(ran.stdout.contains("Your message"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Plum.app"), "{}", ran.stdout);
}

#[test]
fn an_unknown_code_gets_a_suggestion() {
    let ran = Cli::new().args(["explain", "ITMS-90684"]).fails(1);
    assert!(ran.stderr.contains("Near it"), "{}", ran.stderr);
    let ran = Cli::new().args(["explain", "--list"]).succeeds();
    assert!(ran.stdout.lines().count() > 300);
}

#[test]
#[cfg(target_os = "linux")]
fn what_can_not_be_written_is_no_success() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has one");
    let output = Command::new(env!("CARGO_BIN_EXE_jetway"))
        .args(["explain", "--list"])
        .env_clear()
        .stdout(full)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.starts_with("jetway: the explanation could not be written: "),
        "{said}"
    );
}

#[test]
fn help_goes_to_where_it_is_read_and_a_wrong_call_to_where_it_is_noticed() {
    let help = Cli::new().args(["annotate", "--help"]).succeeds();
    assert!(
        help.stdout.contains("Usage: jetway annotate"),
        "{}",
        help.stdout
    );
    assert_eq!(help.stderr, "");
    let wrong = Cli::new().args(["annotate", "--no-such"]).fails(2);
    assert!(wrong.stderr.starts_with("error: "), "{}", wrong.stderr);
    assert_eq!(wrong.stdout, "");
}

/// A log without an end, and a pipe into which nobody writes: the deadline ends both, with a report.
#[cfg(unix)]
#[test]
fn a_log_that_never_ends_ends_with_the_deadline() {
    let pipe = |call: Cli| {
        let path = call.path("pipe");
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo runs").success());
        call
    };
    for log in ["/dev/zero", "pipe"] {
        let call = pipe(Cli::new()).args(["annotate", log, "--report", "report.json"]);
        let ran = call.args(["--timeout", "200ms"]).fails(3);
        assert_eq!(ran.outcome(), "deadline-passed", "{log}");
        assert_eq!(ran.codes(), ["deadline-passed"], "{log}");
    }
}

#[cfg(unix)]
#[test]
fn a_log_may_come_by_a_pipe_whoever_opens_it_first() {
    let call = Cli::new().args(["annotate", "pipe", "--report", "report.json"]);
    let path = call.path("pipe");
    let made = Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("mkfifo runs").success());
    let writer = std::thread::spawn(move || {
        std::fs::write(
            path,
            "error: exportArchive: No signing certificate \"iOS Distribution\" found\n** EXPORT FAILED **\n",
        )
    });
    let ran = call.fails(1);
    assert!(!ran.codes().is_empty(), "{}", ran.everything());
    writer.join().expect("no panic").expect("it is read");
}
