//! Archives are signed and exported by stand-ins for Apple's tools, and the machine is as it was before.

use std::fs;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::support::Ran;
use crate::support::mac::{FOLDERS, Mac, PASSWORD, pkcs12, uuid};

/// Every call as a person sees it, without what differs from run to run.
pub fn calls(mac: &Mac) -> String {
    let calls: Vec<String> = mac
        .calls()
        .iter()
        .map(|call| {
            let words = call["arguments"].as_array().expect("words");
            let words: Vec<&str> = words.iter().filter_map(|word| word.as_str()).collect();
            let tool = call["tool"].as_str().expect("a tool");
            format!(
                "{tool} {} {}",
                words.join(" "),
                call["input"].as_str().unwrap_or_default()
            )
        })
        .collect();
    let mut text = calls.join("\n");
    for (place, name) in [("scratch", "SCRATCH"), ("home", "HOME"), ("work", "WORK")] {
        text = text.replace(&*mac.path(place).to_string_lossy(), name);
    }
    without_random(&text)
}

/// Hex digits of sixteen and more are random.
fn without_random(text: &str) -> String {
    let mut shown = String::new();
    let mut run = String::new();
    for char in text.chars().chain(['\n']) {
        if char.is_ascii_digit() || ('a'..='f').contains(&char) {
            run.push(char);
            continue;
        }
        shown.push_str(if run.len() >= 16 { "RANDOM" } else { &run });
        run.clear();
        shown.push(char);
    }
    let lines: Vec<&str> = shown
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

#[test]
fn an_archive_is_exported_and_nothing_is_left_on_the_machine() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let ran = mac.export().in_a_workflow().succeeds();
    assert_eq!(mac.snapshot(), before, "{}", ran.everything());
    assert_eq!(mac.violations(), "");
    assert!(ran.outputs.contains("package-sha256<<"), "{}", ran.outputs);
    for kept in [
        "Demo.ipa",
        "Demo.dSYMs.zip",
        "Demo-export.log",
        "ExportOptions.plist",
    ] {
        assert!(mac.path("output").join(kept).is_file(), "{kept}");
    }
    insta::assert_snapshot!(calls(&mac));
    let mut options = mac.options();
    options["signingCertificate"] = "SHA-1".into();
    insta::assert_snapshot!(options.to_string());
    assert_eq!(ran.report["summary"], "Demo.ipa is exported");
}

/// Every secret of a run, in every form that it could be met in.
fn secrets(mac: &Mac) -> Vec<String> {
    let file = fs::read(pkcs12("modern.p12")).expect("a certificate");
    let mut found = vec![PASSWORD.to_owned(), STANDARD.encode(file)];
    for call in mac.calls() {
        // What the program made up itself stands in what it whispered.
        let words = call["input"]
            .as_str()
            .unwrap_or_default()
            .split_whitespace();
        let passwords = words.filter(|word| word.len() == 64);
        found.extend(passwords.map(str::to_owned));
    }
    let forms = |text: &String| {
        let percent: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        let json = serde_json::to_string(text).expect("a text");
        [
            text.clone(),
            STANDARD.encode(text),
            percent,
            hex,
            json.trim_matches('"').to_owned(),
        ]
    };
    found.iter().flat_map(forms).collect()
}

#[test]
fn no_secret_is_in_a_command_line_an_environment_a_file_or_any_sink() {
    let Some(mac) = Mac::new() else { return };
    let inline = fs::read(pkcs12("modern.p12")).expect("a certificate");
    let ran = mac
        .export()
        .env("JETWAY_CERTIFICATE", STANDARD.encode(inline))
        .in_a_workflow()
        .succeeds();
    let secrets = secrets(&mac);
    assert!(secrets.len() > 15, "there are some: {}", secrets.len());
    // The masks are commands to the runner, which shows them to nobody.
    let lines = ran.stdout.lines().chain(ran.stderr.lines());
    let shown: Vec<&str> = lines
        .filter(|line| !line.starts_with("::add-mask::"))
        .collect();
    let mut sinks = vec![shown.join("\n"), ran.summary.clone(), ran.outputs.clone()];
    sinks.push(ran.report.to_string());
    for name in ["Demo-export.log", "ExportOptions.plist"] {
        sinks.push(fs::read_to_string(mac.path("output").join(name)).expect("a file"));
    }
    for call in mac.calls() {
        sinks.push(call["arguments"].to_string());
        sinks.push(call["environment"].to_string());
    }
    for secret in &secrets {
        for sink in &sinks {
            assert!(!sink.contains(secret.as_str()), "{secret} in {sink}");
        }
    }
}

/// Starts a run and waits until a tool hangs in this call.
pub fn hanging(mac: &Mac, call: &str, when: &str) -> (Child, tempfile::TempDir) {
    mac.fault(call, when, "hang");
    let started = mac.export().start();
    let began = Instant::now();
    while !mac.path("tools/hangs").is_file() {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "{call} {when} never came"
        );
        thread::yield_now();
    }
    started
}

/// Kills the program alone, and waits until the tool that hangs is gone too.
pub fn kill(mac: &Mac, child: &mut Child) {
    child.kill().expect("it dies");
    child.wait().expect("it is gone");
    let mut tool = String::new();
    while tool.is_empty() {
        tool = fs::read_to_string(mac.path("tools/hangs")).expect("its id");
    }
    let began = Instant::now();
    while runs(&tool) {
        let waits = began.elapsed() < Duration::from_secs(30);
        assert!(waits, "the tool {tool} outlives its run");
        thread::yield_now();
    }
    fs::remove_file(mac.path("tools/hangs")).expect("its id");
}

/// Whether a process runs. One that is dead may wait as a zombie for whoever adopted it.
fn runs(id: &str) -> bool {
    let asked = Command::new("ps").args(["-o", "stat=", "-p", id]).output();
    let stat = String::from_utf8(asked.expect("ps").stdout).expect("text");
    !(stat.trim().is_empty() || stat.trim().starts_with('Z'))
}

#[test]
fn a_run_that_was_killed_around_any_call_of_a_tool_leaves_nothing_after_the_next() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let commands = [
        "create-keychain",
        "import",
        "list-keychains",
        "find-identity",
        "export",
    ];
    let pairs = commands
        .iter()
        .flat_map(|call| [(*call, "before"), (*call, "after")]);
    for (call, when) in pairs.chain([("delete-keychain", "middle")]) {
        let (mut child, _directory) = hanging(&mac, call, when);
        kill(&mac, &mut child);
        mac.no_fault(call, when);
        assert_ne!(mac.snapshot(), before, "{call} {when}: it left something");
        // Any run that ends well cleans up, and `cleanup` does nothing else.
        let next = match when {
            "before" => mac.bare().args(["verify", "--sandbox"]),
            _ => mac.bare().env("JETWAY_TOOLS_DIR", "").arg("cleanup"),
        };
        let next = next.succeeds();
        assert_eq!(
            mac.snapshot(),
            before,
            "{call} {when}\n{}",
            next.everything()
        );
    }
    assert_eq!(mac.violations(), "");
}

#[test]
fn a_cancelled_run_gives_everything_back_before_it_is_gone() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    for call in ["import", "export"] {
        let (child, directory) = hanging(&mac, call, "before");
        let began = Instant::now();
        let sent = Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
        let ran = Ran::of(child, &directory);
        assert_eq!(ran.code, Some(143), "{}", ran.everything());
        assert!(began.elapsed() < Duration::from_secs(8), "{call}");
        assert_eq!(mac.snapshot(), before, "{call}: {}", ran.everything());
        mac.no_fault(call, "before");
        fs::remove_file(mac.path("tools/hangs")).expect("its id");
    }
}

#[test]
fn two_runs_at_once_share_a_profile_and_neither_takes_anything_from_the_other() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let (first, directory) = hanging(&mac, "export", "before");
    mac.no_fault("export", "before");
    let between = mac.search_list();
    mac.export().succeeds();
    assert_eq!(
        mac.search_list(),
        between,
        "the first one's keychain is still in front"
    );
    for folder in FOLDERS {
        let profile = mac
            .path("home")
            .join(folder)
            .join(format!("{}.mobileprovision", uuid(1)));
        assert!(profile.is_file(), "the first one still needs it");
    }
    let sent = Command::new("kill")
        .args(["-TERM", &first.id().to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
    let ran = Ran::of(first, &directory);
    fs::remove_file(mac.path("tools/hangs")).expect("its id");
    assert_eq!(mac.snapshot(), before, "{}", ran.everything());
}

#[test]
fn what_others_change_meanwhile_stays_changed_and_a_profile_that_was_there_stays() {
    let Some(mac) = Mac::new() else { return };
    let folder = mac.path("home").join(FOLDERS[0]);
    fs::create_dir_all(&folder).expect("a folder");
    let own = folder.join(format!("{}.mobileprovision", uuid(1)));
    fs::write(&own, "the user's own").expect("a profile");
    let (first, directory) = hanging(&mac, "export", "before");
    mac.no_fault("export", "before");
    let mut list = mac.search_list();
    let entries = list.as_array_mut().expect("a list");
    entries.push("/another/program's.keychain".into());
    mac.state("search-list", &list);
    let sent = Command::new("kill")
        .args(["-TERM", &first.id().to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
    Ran::of(first, &directory);
    list.as_array_mut().expect("a list").remove(0);
    assert_eq!(mac.search_list(), list);
    assert_eq!(
        fs::read_to_string(&own).expect("it stays"),
        "the user's own"
    );
}
