//! A key or token that is put where it does not belong is shown nowhere: not in the log, the annotations, the
//! summary, the outputs or the report.

use std::collections::BTreeSet;
use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jetway::sandbox::demo_key;

use crate::support::{Cli, ipa};

/// Every variable that some command reads, but for those that are meant for secrets.
const VARIABLES: [&str; 28] = [
    "JETWAY_API_KEY_ID",
    "JETWAY_API_ISSUER_ID",
    "JETWAY_API_KEY_PATH",
    "JETWAY_APPEAR_TIMEOUT",
    "JETWAY_ASC_URL",
    "JETWAY_CHECK_RUN",
    "JETWAY_COMMIT_STATUS",
    "JETWAY_CONCURRENCY",
    "JETWAY_IDLE_TIMEOUT",
    "JETWAY_ON_MISSING_SECRETS",
    "JETWAY_PATH",
    "JETWAY_POLL_INTERVAL",
    "JETWAY_PR_COMMENT",
    "JETWAY_PROCESSING_TIMEOUT",
    "JETWAY_REHEARSE",
    "JETWAY_REPORT",
    "JETWAY_SANDBOX",
    "JETWAY_SCENARIO",
    "JETWAY_TIMEOUT",
    "JETWAY_WAIT",
    "JETWAY_LOG",
    "JETWAY_FORMAT",
    "JETWAY_LISTEN",
    "SSL_CERT_FILE",
    "GITHUB_API_URL",
    "GITHUB_EVENT_PATH",
    "GITHUB_REPOSITORY",
    "HTTPS_PROXY",
];

pub(super) fn forms() -> Vec<String> {
    let pem = demo_key().private_key_pem;
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    vec![
        pem.clone(),
        STANDARD.encode(&pem),
        body.clone(),
        pem.replace('\n', "\\n"),
        pem.replace('\n', " "),
        URL_SAFE_NO_PAD.encode(&pem),
        serde_json::json!({"key_id": "ABC", "issuer_id": "x", "key": pem}).to_string(),
        format!(
            "eyJhbGciOiJFUzI1NiJ9.{}.{}",
            &body[..60].replace(['+', '/'], "-"),
            &body[60..120].replace(['+', '/'], "_")
        ),
        STANDARD.encode(STANDARD.encode(&pem)),
        STANDARD.encode(serde_json::json!({ "key": pem }).to_string()),
        hex(&body, ""),
        hex(&body, ":"),
        format!("https://user:{}@example.com/x", body.replace('/', "_")),
        format!("Friends,{},QA", STANDARD.encode(&pem)),
        format!("keys/{}.p8", URL_SAFE_NO_PAD.encode(&pem)),
    ]
}

/// The key itself in hex.
fn hex(body: &str, between: &str) -> String {
    let der = STANDARD.decode(body).expect("base64");
    let pairs: Vec<String> = der.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.join(between)
}

/// Stretches of what must not be seen: of the form itself, and of the key behind it.
fn stretches(form: &str) -> BTreeSet<String> {
    let body: String = demo_key()
        .private_key_pem
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    [form, &body]
        .iter()
        .flat_map(|text| {
            let dense: String = text
                .to_lowercase()
                .split(|c: char| !c.is_ascii_alphanumeric())
                .collect();
            let dense = dense.replace("privatekey", "");
            let letters = dense.as_bytes().windows(20);
            letters
                .map(|stretch| String::from_utf8_lossy(stretch).into_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

#[track_caller]
pub(super) fn shows_nothing_of(form: &str, what: &str, cli: Cli) {
    let (child, directory) = cli.start();
    let output = child.wait_with_output().expect("the program ends");
    let mut seen = String::from_utf8_lossy(&output.stdout).into_owned();
    seen.push_str(&String::from_utf8_lossy(&output.stderr));
    // A mask tells the runner what to hide, and is not shown by it.
    seen = seen
        .lines()
        .filter(|line| !line.starts_with("::add-mask::"))
        .collect::<Vec<_>>()
        .join("\n");
    for entry in fs::read_dir(directory.path()).expect("its directory") {
        let entry = entry.expect("its directory");
        seen.push_str(&entry.file_name().to_string_lossy());
        if entry.file_name() != "App.ipa" && entry.path().is_file() {
            seen.push_str(&fs::read_to_string(entry.path()).unwrap_or_default());
        }
    }
    let dense: String = seen
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .collect();
    for stretch in stretches(form) {
        assert!(!dense.contains(&stretch), "{what}: {stretch}\n{seen}");
    }
}

/// The command that reads the variable.
fn command(variable: &str) -> Cli {
    let cli = Cli::new()
        .in_a_workflow()
        .file("App.ipa", ipa("com.example.app", "1.0", "7"));
    match variable {
        "JETWAY_LOG" => cli.args(["annotate", "--report", "report.json"]),
        "JETWAY_FORMAT" => cli.args(["explain", "ITMS-90683"]),
        "JETWAY_LISTEN" => cli.args(["sandbox"]),
        "JETWAY_PATH" => cli.args([
            "ship",
            "--report",
            "report.json",
            "--asc-url",
            "http://127.0.0.1:9",
        ]),
        "JETWAY_REPORT" => cli.args(["ship", "App.ipa", "--asc-url", "http://127.0.0.1:9"]),
        "JETWAY_ASC_URL" => cli.args(["ship", "App.ipa", "--report", "report.json"]),
        _ => cli.args([
            "ship",
            "App.ipa",
            "--report",
            "report.json",
            "--asc-url",
            "http://127.0.0.1:9",
        ]),
    }
}

#[test]
fn a_key_in_any_variable_is_not_shown_whether_or_not_it_is_in_its_own_too() {
    let forms = forms();
    for (index, variable) in VARIABLES.into_iter().enumerate() {
        // Every variable meets some forms, every form meets some variables; the whole matrix takes minutes.
        for step in 0..3 {
            let form = &forms[(index + 3 * step) % forms.len()];
            let key = if step == 0 {
                demo_key().private_key_pem
            } else {
                String::new()
            };
            let cli = command(variable)
                .env("JETWAY_API_KEY", key)
                .env(
                    "JETWAY_GITHUB_TOKEN",
                    "ghs_0123456789012345678901234567890123456789",
                )
                .env(variable, form);
            shows_nothing_of(form, variable, cli);
        }
    }
}

#[test]
fn a_key_among_the_arguments_is_not_shown() {
    for form in forms() {
        for before in [
            &["ship"][..],
            &["ship", "--help"],
            &["explain"],
            &["explain", "ITMS-90683", "--format"],
            &["sandbox", "--scenario"],
            &["ship", "--no-such-option"],
            &["annotate"],
            &[],
        ] {
            let cli = before
                .iter()
                .fold(Cli::new().in_a_workflow(), Cli::arg)
                .arg(&form);
            shows_nothing_of(&form, &before.join(" "), cli);
        }
        let cli = Cli::new()
            .in_a_workflow()
            .arg("ship")
            .arg(format!("--wait={form}"));
        shows_nothing_of(&form, "--wait=", cli);
    }
}

#[test]
fn help_shows_no_value_of_the_environment() {
    let ran = Cli::new()
        .args(["ship", "--help"])
        .env("JETWAY_PATH", "a-value-of-the-environment")
        .succeeds();
    assert!(ran.stdout.contains("JETWAY_PATH"), "{}", ran.everything());
    assert!(
        !ran.stdout.contains("a-value-of-the-environment"),
        "{}",
        ran.everything()
    );
}

#[test]
fn a_key_in_place_of_its_path_is_told_as_that() {
    let ran = Cli::new()
        .file("App.ipa", ipa("com.example.app", "1.0", "7"))
        .ship()
        .arg("App.ipa")
        .env("JETWAY_API_KEY_PATH", demo_key().private_key_pem)
        .fails(2);
    let found = ran.finding("option-invalid");
    assert!(
        found["title"].as_str().unwrap().contains("--api-key-path"),
        "{found:#}"
    );
    assert!(
        found["fix"].to_string().contains("JETWAY_API_KEY"),
        "{found:#}"
    );
}

#[test]
fn what_is_asked_to_be_explained_is_no_command_and_no_secret() {
    let hostile = "x\n::error::PWNED\n##[error]PWNED\n\u{1b}[31m\u{202e}";
    for arguments in [
        &["explain"][..],
        &["explain", "ITMS-90683", "--format"],
        &["sandbox", "--scenario"],
        &["sandbox", "--listen"],
        &["ship", "--no-such"],
        &["ship", "App.ipa"],
    ] {
        let cli = arguments.iter().fold(Cli::new().in_a_workflow(), Cli::arg);
        let ran = cli.arg(hostile).run();
        for line in ran.stderr.lines().chain(ran.stdout.lines()) {
            assert!(
                !line.trim_start().starts_with("::error::PWNED"),
                "{}",
                ran.everything()
            );
            assert!(!line.contains("##[error]"), "{}", ran.everything());
        }
        let shown = ran.everything();
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
        assert!(shown.len() < 20_000, "{}", shown.len());
    }
}

#[test]
fn a_bare_key_in_a_log_is_not_published() {
    for form in forms() {
        for line in [
            format!("error: exportArchive: {form}"),
            format!("error: no key {form} found"),
            format!("ERROR ITMS-90683: \"{form}\""),
        ] {
            let cli = Cli::new()
                .in_a_workflow()
                .file("build.log", format!("{line}\n** EXPORT FAILED **\n"))
                .args(["annotate", "build.log", "--report", "report.json"]);
            let (child, directory) = cli.start();
            let output = child.wait_with_output().expect("the program ends");
            let mut seen = String::from_utf8_lossy(&output.stdout).into_owned();
            seen.push_str(&String::from_utf8_lossy(&output.stderr));
            for name in ["report.json", "summary.md", "outputs.txt"] {
                seen.push_str(&fs::read_to_string(directory.path().join(name)).unwrap_or_default());
            }
            let dense: String = seen
                .to_lowercase()
                .split(|c: char| !c.is_ascii_alphanumeric())
                .collect();
            for stretch in stretches(&form) {
                assert!(!dense.contains(&stretch), "{stretch}\n{line}\n{seen}");
            }
        }
    }
}
