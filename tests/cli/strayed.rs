//! A key or token that is put where it does not belong is shown nowhere: not in the log, the annotations, the
//! summary, the outputs or the report.

use std::collections::BTreeSet;
use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jetway::sandbox::demo_key;

use crate::support::{Cli, ipa};

/// What commands read beside their own variables.
const OF_THE_MACHINE: [&str; 6] = [
    "SSL_CERT_FILE",
    "GITHUB_API_URL",
    "GITHUB_EVENT_PATH",
    "GITHUB_REPOSITORY",
    "HTTPS_PROXY",
    "JETWAY_ACTION_REPOSITORY",
];

/// Every variable that some command's help names, each with the first such command.
fn variables() -> Vec<(String, String)> {
    let all = Cli::new().arg("help").succeeds().stdout;
    let commands = all
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .map_while(|line| line.split_whitespace().next());
    let mut found: Vec<(String, String)> = Vec::new();
    for command in commands.filter(|command| *command != "help") {
        let help = Cli::new().args(["help", command]).succeeds().stdout;
        // This one wants to know what to do.
        let command = match command {
            "webhook" => "webhook create",
            one => one,
        };
        let named = help.split("[env: ").skip(1);
        for variable in named.filter_map(|rest| rest.split(']').next()) {
            if found.iter().all(|(_, known)| known != variable) {
                found.push((command.to_owned(), variable.to_owned()));
            }
        }
    }
    let more = OF_THE_MACHINE.map(|name| ("ship".to_owned(), name.to_owned()));
    found.extend(more);
    assert!(found.len() > 80, "{found:?}");
    found
}

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

/// All that a call shows or writes, and the names of what it writes.
fn seen(cli: Cli) -> String {
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
    seen
}

#[track_caller]
pub(super) fn shows_nothing_of(form: &str, what: &str, cli: Cli) {
    let seen = seen(cli);
    let dense: String = seen
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .collect();
    for stretch in stretches(form) {
        assert!(!dense.contains(&stretch), "{what}: {stretch}\n{seen}");
    }
}

/// The command with what it needs beside the variable.
fn call(command: &str, variable: &str) -> Cli {
    let words = command.split(' ');
    let cli = words.fold(
        Cli::new()
            .in_a_workflow()
            .file("App.ipa", ipa("com.example.app", "1.0", "7"))
            .file("build.log", "error: no\n"),
        Cli::arg,
    );
    let cli = match (command, variable) {
        ("explain", _) => return cli.arg("ITMS-90683"),
        ("sandbox", _) => return cli,
        ("annotate", "JETWAY_LOG") | (_, "JETWAY_PATH") => cli,
        ("annotate", _) => cli.arg("build.log"),
        ("ship", _) => cli.arg("App.ipa"),
        _ => cli,
    };
    let cli = match variable {
        "JETWAY_REPORT" => cli,
        _ => cli.args(["--report", "report.json"]),
    };
    match variable {
        "JETWAY_ASC_URL" => cli,
        _ => cli.env("JETWAY_ASC_URL", "http://127.0.0.1:9"),
    }
}

#[test]
fn a_key_in_any_variable_is_not_shown_whether_or_not_it_is_in_its_own_too() {
    let forms = forms();
    for (index, (command, variable)) in variables().into_iter().enumerate() {
        // Every variable meets some forms, every form meets some variables; the whole matrix takes minutes.
        for step in 0..2 {
            let form = &forms[(index + 4 * step) % forms.len()];
            let key = if step == 0 {
                demo_key().private_key_pem
            } else {
                String::new()
            };
            let cli = call(&command, &variable)
                .env("JETWAY_API_KEY", key)
                .env("JETWAY_GITHUB_TOKEN", token())
                .env(&variable, form);
            shows_nothing_of(form, &format!("{command} {variable}"), cli);
        }
    }
}

/// A token of GitHub's as they are since 2026: 520 letters, with dots, dashes and underscores.
fn token() -> String {
    let letters = STANDARD.encode(demo_key().private_key_pem).into_bytes();
    let marks = [b'.', b'_', b'-'].into_iter().cycle();
    let pieces = letters.chunks(17).zip(marks);
    let text: Vec<u8> = pieces
        .flat_map(|(piece, mark)| piece.iter().copied().chain([mark]))
        .cycle()
        .take(516)
        .collect();
    format!("ghs_{}", String::from_utf8_lossy(&text))
}

/// What has no shape by which it is known, and the variable that it belongs into.
fn unshaped() -> [(&'static str, String); 5] {
    [
        ("JETWAY_WEBHOOK_SECRET", "s3cr3t-hook!x".to_owned()),
        (
            "JETWAY_CERTIFICATE_PASSWORD",
            "corr ect \"horse\" \\b".to_owned(),
        ),
        ("JETWAY_CERTIFICATE_PASSWORD", "hunt3r2".to_owned()),
        (
            "JETWAY_APP_SPECIFIC_PASSWORD",
            "abcd-efgh-ijkl-mnop".to_owned(),
        ),
        ("JETWAY_GITHUB_TOKEN", token()),
    ]
}

#[test]
fn a_password_in_any_variable_is_not_shown() {
    let secrets = unshaped();
    for (index, (command, variable)) in variables().into_iter().enumerate() {
        let (own, secret) = &secrets[index % secrets.len()];
        if variable == *own {
            continue;
        }
        let cli = call(&command, &variable)
            .env(own, secret)
            .env(&variable, secret);
        let seen = seen(cli).to_lowercase();
        let escaped = serde_json::json!(secret).to_string().to_lowercase();
        let escaped = escaped.trim_matches('"');
        let is_seen = [&secret.to_lowercase(), escaped]
            .iter()
            .any(|form| seen.contains(*form));
        assert!(!is_seen, "{command} {variable}: {secret}\n{seen}");
    }
}

#[test]
fn no_file_is_named_after_a_secret() {
    for (own, secret) in unshaped() {
        for option in ["--report", "--receipt"] {
            let cli = Cli::new()
                .in_a_workflow()
                .file("App.ipa", ipa("com.example.app", "1.0", "7"))
                .args(["ship", "App.ipa", option, &secret])
                .env(own, &secret);
            let (child, directory) = cli.start();
            let ran = crate::support::Ran::of(child, &directory);
            assert_eq!(ran.code, Some(2), "{}", ran.everything());
            assert!(!directory.path().join(&secret).exists(), "{own}");
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

/// The limit is what a dump would go by; what holds it is tried beside it.
#[cfg(target_os = "linux")]
#[test]
fn a_running_program_leaves_no_core_and_lets_nobody_read_it() {
    let (mut child, _directory) = Cli::new()
        .args(["sandbox"])
        .env("JETWAY_API_KEY", demo_key().private_key_pem)
        .start();
    let mut said = std::io::BufReader::new(child.stdout.take().expect("its output"));
    std::io::BufRead::read_line(&mut said, &mut String::new()).expect("a line");
    let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).expect("its limits");
    let owner = fs::metadata(format!("/proc/{}/environ", child.id())).expect("its environment");
    child.kill().expect("it dies");
    child.wait().expect("it is gone");
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"));
    let soft = core.and_then(|line| line.split_whitespace().nth(4));
    assert_eq!(soft, Some("0"), "{limits}");
    // What may not be read by its own user belongs to root.
    assert_eq!(std::os::unix::fs::MetadataExt::uid(&owner), 0);
}
