//! Whom the program talks to: a proxy that lets nobody through writes down who was asked for.

use std::io::{BufRead as _, BufReader};

use jetway::sandbox::demo_key;

use crate::killed;
use crate::recorder::{Proxy, side_by_side};
use crate::support::{Cli, ipa};

fn call(proxy: &Proxy) -> Cli {
    let key = demo_key();
    Cli::new()
        .in_a_workflow()
        .file("App.ipa", ipa("com.example.app", "1.0", "7"))
        .file("build.log", "error: exportArchive: no profiles found\n")
        .env("HTTPS_PROXY", &proxy.address)
        .env("HTTP_PROXY", &proxy.address)
        .env("ALL_PROXY", &proxy.address)
        .env("JETWAY_API_KEY", key.private_key_pem)
        .env("JETWAY_API_KEY_ID", key.key_id)
        .env("JETWAY_API_ISSUER_ID", key.issuer_id)
}

const APPLE: &[&str] = &["api.appstoreconnect.apple.com:443"];

#[test]
fn what_is_about_a_build_asks_apple_alone() {
    let commands = [
        "finish",
        "distribute",
        "submit",
        "wait",
        "status",
        "release",
        "cancel",
        "next-build-number",
        "webhook",
    ];
    side_by_side(&commands, |command| {
        let proxy = Proxy::start();
        let cli = call(&proxy).arg(command);
        let cli = match *command {
            "webhook" => cli.arg("list"),
            "release" | "cancel" => cli.args(["--marketing-version", "1.0"]),
            _ => cli.args(["--marketing-version", "1.0", "--build-number", "7"]),
        };
        let ran = cli
            .args(["--bundle-id", "com.example.app", "--timeout", "3s"])
            .run();
        assert_eq!(proxy.asked(), APPLE, "{command}\n{}", ran.everything());
    });
}

#[test]
fn every_command_is_on_the_page() {
    let page = include_str!("../../docs/network.md");
    let help = Cli::new().arg("help").succeeds().stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.map_while(|line| line.split_whitespace().next());
    let missing: Vec<&str> = commands
        .filter(|command| {
            !page.contains(&format!("`{command}`")) && !page.contains(&format!("`{command} "))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

const TOKEN: &str = "ghs_0123456789";
const ENTERPRISE: &str = "api.enterprise.developer.apple.com";

/// A push in a workflow, with this token.
fn pushed(cli: Cli, token: &str) -> Cli {
    cli.env("JETWAY_GITHUB_TOKEN", token)
        .env("GITHUB_REPOSITORY", "example/app")
        .env("GITHUB_SHA", "1111111111111111111111111111111111111111")
        .env("GITHUB_REF", "refs/heads/main")
        .env("GITHUB_EVENT_NAME", "push")
}

/// Makes the call, and holds that these hosts are asked and that the page names each.
fn asks(arguments: &[&str], token: &str, hosts: &[&str]) {
    let page = include_str!("../../docs/network.md");
    let proxy = Proxy::start();
    let cli = pushed(call(&proxy), token).env("JETWAY_WEBHOOK_SECRET", "0123456789abcdef");
    let ran = arguments.iter().fold(cli, Cli::arg).run();
    let asked = proxy.asked();
    assert_eq!(asked, hosts, "{arguments:?}\n{}", ran.everything());
    for host in asked {
        let name = host.split(':').next().unwrap_or_default();
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn apple_is_asked_by_the_commands_that_the_page_names() {
    const APP: &str = "com.example.app";
    const HOOK: &str = "https://relay.example.com/apple";
    let calls = [
        &["ship", "App.ipa"][..],
        &["upload", "App.ipa"],
        &["verify"],
        &["preflight", "App.ipa"],
        &["doctor"],
        &["webhook", "create", "--bundle-id", APP, "--url", HOOK],
        &["webhook", "ping", "--bundle-id", APP],
    ];
    side_by_side(&calls, |arguments| {
        asks(&[arguments, &["--timeout", "3s"][..]].concat(), "", APPLE);
    });
}

#[test]
fn github_is_told_by_the_commands_that_the_page_names() {
    const BOTH: &[&str] = &[APPLE[0], "api.github.com:443"];
    const TIMEOUT: &[&str] = &["--timeout", "3s"];
    const APP: &[&str] = &["--bundle-id", "com.example.app"];
    const VERSION: &[&str] = &["--marketing-version", "1.0"];
    const NUMBER: &[&str] = &["--build-number", "7"];
    let of_a_build = |command| [&[command], TIMEOUT, APP, VERSION, NUMBER].concat();
    let of_a_version = |command| [&[command], TIMEOUT, APP, VERSION].concat();
    let mut calls = Vec::new();
    for command in ["finish", "distribute", "submit", "wait", "status"] {
        calls.push((of_a_build(command), BOTH));
    }
    for command in ["release", "cancel", "next-build-number"] {
        calls.push((of_a_version(command), BOTH));
    }
    for command in ["ship", "upload"] {
        calls.push(([&[command, "App.ipa"], TIMEOUT].concat(), BOTH));
    }
    calls.push((vec!["annotate", "build.log"], &BOTH[1..]));
    calls.push((vec!["ship", "--sandbox"], &BOTH[1..]));
    for command in [
        &["verify"][..],
        &["doctor"],
        &["preflight", "App.ipa"],
        &["webhook", "list", "--bundle-id", "com.example.app"],
    ] {
        calls.push(([command, TIMEOUT].concat(), APPLE));
    }
    side_by_side(&calls, |(arguments, hosts)| asks(arguments, TOKEN, hosts));
}

#[test]
fn nobody_is_asked_by_the_commands_that_the_page_names() {
    let untold = ["--pr-comment", "false", "--commit-status", "false"];
    let log = ["annotate", "build.log"];
    let mut calls = vec![
        (vec!["ship", "--sandbox"], ""),
        (log.to_vec(), ""),
        ([&log[..], &untold].concat(), TOKEN),
        (vec!["doctor", "--offline"], TOKEN),
        (vec!["cleanup"], TOKEN),
        (vec!["explain", "ITMS-90683"], TOKEN),
        (vec!["completions", "bash"], TOKEN),
        (vec!["help"], TOKEN),
        (vec!["sandbox", "--scenario", "list"], TOKEN),
    ];
    let signature = ["--signature", "hmacsha256=00"];
    let body = ["webhook", "verify-signature", "build.log"];
    calls.push(([&body[..], &signature].concat(), TOKEN));
    if cfg!(not(target_os = "macos")) {
        calls.push((vec!["export", "App.xcarchive"], TOKEN));
    }
    side_by_side(&calls, |(arguments, token)| asks(arguments, token, &[]));
}

#[test]
fn a_sandbox_that_is_started_asks_nobody() {
    let proxy = Proxy::start();
    let cli = pushed(call(&proxy), TOKEN);
    let (mut child, _directory) = cli.args(["sandbox", "--listen", "127.0.0.1:0"]).start();
    let mut said = BufReader::new(child.stdout.take().expect("its words"));
    said.read_line(&mut String::new()).expect("a line");
    child.kill().expect("it ends");
    child.wait().expect("it is gone");
    assert_eq!(proxy.asked(), Vec::<String>::new());
}

#[test]
fn what_was_left_at_apple_is_cleaned_up_there() {
    let (_server, home) = killed::killed_at("upload-reserved");
    let proxy = Proxy::start();
    let cli = call(&proxy).env("HOME", home.path());
    let ran = cli.args(["cleanup", "--timeout", "3s"]).run();
    assert_eq!(proxy.asked(), APPLE, "{}", ran.everything());
}

#[test]
fn the_enterprise_program_is_asked_once_the_key_is_refused() {
    let (proxy, root) = Proxy::between(&["api.appstoreconnect.apple.com", ENTERPRISE]);
    let ran = call(&proxy)
        .file("roots.pem", root)
        .env("SSL_CERT_FILE", "roots.pem")
        .args(["verify", "--timeout", "1m"])
        .run();
    let enterprise = format!("{ENTERPRISE}:443");
    assert_eq!(
        proxy.asked(),
        [APPLE[0], &enterprise],
        "{}",
        ran.everything()
    );
    assert!(include_str!("../../docs/network.md").contains(&format!("`{ENTERPRISE}`")));
}
