//! Whom the program talks to: a proxy that lets nobody through writes down who was asked for.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use jetway::sandbox::demo_key;

use crate::support::{Cli, ipa};

/// A proxy of our own, and the hosts that it was asked for.
struct Proxy {
    address: String,
    asked: Arc<Mutex<BTreeSet<String>>>,
}

impl Proxy {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::<Mutex<BTreeSet<String>>>::default();
        let heard = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut line = String::new();
                let mut reader = BufReader::new(stream);
                let _ = reader.read_line(&mut line);
                let host = line.split_whitespace().nth(1).unwrap_or_default();
                heard.lock().expect("no panic").insert(host.to_owned());
                let _ = reader
                    .get_mut()
                    .write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n");
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("no panic");
        asked.iter().cloned().collect()
    }
}

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
    for command in [
        "finish",
        "distribute",
        "submit",
        "wait",
        "status",
        "release",
        "cancel",
        "next-build-number",
        "webhook",
    ] {
        let proxy = Proxy::start();
        let cli = call(&proxy).arg(command);
        let cli = match command {
            "webhook" => cli.arg("list"),
            "release" | "cancel" => cli.args(["--marketing-version", "1.0"]),
            _ => cli.args(["--marketing-version", "1.0", "--build-number", "7"]),
        };
        let ran = cli
            .args(["--bundle-id", "com.example.app", "--timeout", "1s"])
            .run();
        assert_eq!(proxy.asked(), APPLE, "{command}\n{}", ran.everything());
    }
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

#[test]
fn nobody_is_asked_but_whom_the_page_names() {
    let page = include_str!("../../docs/network.md");
    for (arguments, token, hosts) in [
        (&["ship", "App.ipa", "--timeout", "1s"][..], "", APPLE),
        (&["verify", "--timeout", "1s"], "", APPLE),
        (
            &["ship", "App.ipa", "--timeout", "1s"],
            "ghs_0123456789",
            &["api.appstoreconnect.apple.com:443", "api.github.com:443"],
        ),
        (&["preflight", "App.ipa", "--timeout", "1s"], "", APPLE),
        (&["doctor", "--timeout", "1s"], "", APPLE),
        (&["doctor", "--offline"], "", &[]),
        (&["cleanup"], "", &[]),
        (&["ship", "--sandbox"], "", &[]),
        (&["annotate", "build.log"], "", &[]),
        (&["explain", "ITMS-90683"], "", &[]),
    ] {
        let proxy = Proxy::start();
        let cli = call(&proxy)
            .env("JETWAY_GITHUB_TOKEN", token)
            .env("GITHUB_REPOSITORY", "example/app")
            .env("GITHUB_SHA", "1111111111111111111111111111111111111111")
            .env("GITHUB_REF", "refs/heads/main")
            .env("GITHUB_EVENT_NAME", "push");
        let ran = arguments.iter().fold(cli, Cli::arg).run();
        let asked = proxy.asked();
        assert_eq!(asked, hosts, "{arguments:?}\n{}", ran.everything());
        for host in asked {
            let name = host.split(':').next().unwrap_or_default();
            assert!(page.contains(&format!("`{name}`")), "{name}");
        }
    }
}

#[test]
fn a_proxy_that_is_no_address_is_an_error_and_not_passed_by() {
    let ran = Cli::new()
        .file("App.ipa", ipa("com.example.app", "1.0", "7"))
        .ship()
        .arg("App.ipa")
        .env("HTTPS_PROXY", "::::x")
        .fails(2);
    assert!(ran.stderr.contains("HTTPS_PROXY"), "{}", ran.everything());
}
