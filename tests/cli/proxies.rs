//! How the proxy is read: one that is named is used, or the call is refused.

use jetway::sandbox::demo_key;

use crate::recorder::{Proxy, side_by_side};
use crate::support::{Cli, ipa};

const APPLE: &[&str] = &["api.appstoreconnect.apple.com:443"];

/// A call that asks Apple, with nothing of a proxy in its environment.
fn without_a_proxy() -> Cli {
    let key = demo_key();
    Cli::new()
        .file("App.ipa", ipa("com.example.app", "1.0", "7"))
        .env("JETWAY_API_KEY", key.private_key_pem)
        .env("JETWAY_API_KEY_ID", key.key_id)
        .env("JETWAY_API_ISSUER_ID", key.issuer_id)
        .args(["verify", "--timeout", "3s"])
}

#[test]
fn a_proxy_is_used_however_its_address_was_pasted() {
    let cases = [
        ("http://", "", None),
        ("", "", None),
        ("http://", "/", None),
        (" http://", " ", None),
        ("http://", "\n", None),
        ("\thttp://", "\r\n", None),
        ("HTTP://", "", None),
        ("http://me:hunter22@", "", Some("me:hunter22")),
        ("me:hunter22@", "\n", Some("me:hunter22")),
        ("http://me:a^b|c{d}e\"f`g@", "", Some("me:a^b|c{d}e\"f`g")),
        ("http://me:a@b@", "", Some("me:a@b")),
        ("http://me:a b@", "", Some("me:a b")),
        ("http://jürgen:schlüssel@", "", Some("jürgen:schlüssel")),
        ("http://me:100%@", "", Some("me:100%")),
        ("http://me:%2F%40@", "", Some("me:/@")),
    ];
    side_by_side(&cases, |(before, after, login)| {
        let proxy = Proxy::start();
        let text = format!("{before}{}{after}", proxy.place());
        let ran = without_a_proxy().env("HTTPS_PROXY", &text).run();
        assert_eq!(proxy.asked(), APPLE, "{text:?}\n{}", ran.everything());
        assert_eq!(proxy.logins(), Vec::from_iter(*login), "{text:?}");
    });
}

#[test]
fn a_variable_that_says_nothing_hides_no_other_and_none_turns_proxies_off() {
    let cases = [
        (&[("HTTPS_PROXY", ""), ("https_proxy", "P")][..], true),
        (&[("HTTPS_PROXY", " "), ("all_proxy", "P")], true),
        (&[("HTTPS_PROXY", "P"), ("REQUEST_METHOD", "GET")], true),
        (
            &[("https_proxy", "P"), ("all_proxy", "socks5://127.0.0.1:9")],
            true,
        ),
        (&[("ALL_PROXY", "P"), ("NO_PROXY", "apple.example")], true),
        (&[("NO_PROXY", "*"), ("ALL_PROXY", "P")], false),
        (&[("ALL_PROXY", "P"), ("no_proxy", "apple.com")], false),
    ];
    side_by_side(&cases, |(variables, is_used)| {
        let proxy = Proxy::start();
        let cli = without_a_proxy().env("NO_PROXY", "");
        let fill = |text: &str| text.replace('P', &proxy.address);
        let cli = variables
            .iter()
            .fold(cli, |cli, (name, text)| cli.env(name, fill(text)));
        let ran = cli.run();
        let asked = if *is_used { APPLE } else { &[] };
        assert_eq!(proxy.asked(), asked, "{variables:?}\n{}", ran.everything());
    });
}

#[test]
fn a_proxy_that_is_no_address_is_an_error_and_not_passed_by() {
    for text in [
        "::::x",
        "socks5h://me:hunter22@127.0.0.1:1080",
        "ftp://me:hunter22@127.0.0.1",
        "http://me:hunter22@",
        "http://me:1/hunter22@127.0.0.1",
        "http://me:hunter22@127.0.0.1:port",
        "http://me:hunter22@proxy\n.example",
    ] {
        let given = |cli: Cli| cli.env("https_proxy", text).file("build.log", "error: x\n");
        let verify = given(without_a_proxy());
        let annotate = given(Cli::new())
            .in_a_workflow()
            .args(["annotate", "build.log"])
            .env("JETWAY_GITHUB_TOKEN", "ghs_0123456789")
            .env("GITHUB_REPOSITORY", "example/app")
            .env("GITHUB_SHA", "1111111111111111111111111111111111111111")
            .env("GITHUB_EVENT_NAME", "push");
        for cli in [verify, annotate] {
            let ran = cli.fails(2);
            let said = ran.everything();
            assert!(said.contains("https_proxy"), "{text}\n{said}");
            assert!(!said.contains("hunter22"), "{text}\n{said}");
        }
    }
}

#[test]
fn what_asks_nobody_does_not_mind_the_proxy() {
    let log = |cli: Cli| cli.file("build.log", "error: exportArchive: no profiles found\n");
    for arguments in [
        &["explain", "ITMS-90683"][..],
        &["annotate", "build.log"],
        &["verify", "--sandbox"],
    ] {
        let cli = log(Cli::new()).env("HTTPS_PROXY", "::::x");
        let ran = arguments.iter().fold(cli, Cli::arg).run();
        assert_ne!(ran.code, Some(2), "{arguments:?}\n{}", ran.everything());
    }
}
