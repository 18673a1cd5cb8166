//! Secrets and hostile text are thrown at every sink: no secret appears, and no line is a command
//! that we did not mean.

use crate::report::tests::runner;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Finding, Location};
use crate::event::{App, Fact, Package};
use crate::ids::{
    AppId, BuildId, BuildName, BuildNumber, BuildUploadId, BundleIdentifier, MarketingVersion,
    Platform,
};
use crate::report::tests::samples::{self, Scene};
use crate::report::*;
use crate::secret::Secret;

/// Every event that carries text from outside, carrying this one.
fn everything(text: &str) -> Vec<Event> {
    let text = || text.to_owned();
    let fact = |fact| Event::Fact(fact);
    let diagnostic = Diagnostic::error(Code::read(text()), text())
        .also_known_as(text())
        .message(text())
        .fix(text())
        .fix(text())
        .variable(text(), text())
        .said_by(text())
        .link(text());
    let location = Some(Location {
        path: text(),
        line: Some(3),
        column: None,
    });
    let mut told = samples::rejected();
    told.truncate(2);
    told.extend([
        Event::Run(RunEvent::Started {
            command: "ship",
            sandbox: Some(text()),
        }),
        fact(Fact::Package(Package {
            file_name: text(),
            size: 1,
            bundle_identifier: BundleIdentifier::new(text()),
            build: BuildName {
                marketing_version: MarketingVersion::new(text()),
                build_number: BuildNumber::new(text()),
                platform: Platform::Ios,
            },
            display_name: Some(text()),
        })),
        fact(Fact::App(App {
            id: AppId::new(text()),
            name: text(),
        })),
        fact(Fact::BuildUpload {
            id: BuildUploadId::new(text()),
            testflight_url: Some(text()),
        }),
        fact(Fact::Build {
            id: BuildId::new(text()),
        }),
        fact(Fact::ProcessingState(text())),
        Event::Note(text()),
        Event::found(diagnostic.clone()),
        Event::Found(Box::new(Finding {
            diagnostic,
            location,
            edit: None,
        })),
    ]);
    told
}

/// What all sinks hold after a run: the stream, the summary, the outputs, the report.
fn sinks(mode: Mode, vault: &Vault, told: Vec<Event>) -> [String; 4] {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name);
    let mut scene = Scene::new(mode);
    scene.settings.colour = mode == Mode::Actions;
    scene.settings.vault = vault.clone();
    scene.settings.summary = Some(path("summary"));
    scene.settings.outputs = Some(path("outputs"));
    scene.settings.report = Some(path("report"));
    let (mut reporters, shown) = scene.open();
    told.into_iter().for_each(|told| reporters.tell(told));
    assert_eq!(reporters.finish(), Vec::<String>::new());
    let read = |name| std::fs::read_to_string(path(name)).unwrap();
    [
        shown.text(),
        read("summary"),
        read("outputs"),
        read("report"),
    ]
}

/// The stream without the commands that hand the secrets to the runner.
fn without_masks(stream: &str) -> String {
    stream
        .lines()
        .filter(|line| !line.starts_with("::add-mask::"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn forms(secret: &str) -> Vec<String> {
    vec![
        secret.to_owned(),
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC)
            .to_string(),
        secret.replace('"', "\\\""),
        format!("{}\u{1b}[1m{}", &secret[..4], &secret[4..]),
        format!("Bearer {secret}, \u{7}again {secret}"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_appears_in_any_sink(
        secret in "[A-Za-z0-9+/=._%|*<>\"-]{24,60}",
        around in runner::hostile(),
        which in 0_usize..7,
        actions in any::<bool>(),
    ) {
        let vault = Vault::default();
        vault.keep(&Secret::new(secret.clone()));
        let text = format!("{around} {} {around}", forms(&secret)[which]);
        let mode = if actions { Mode::Actions } else { Mode::Terminal { width: 60 } };
        let [stream, summary, outputs, report] = sinks(mode, &vault, everything(&text));
        for sink in [without_masks(&stream), summary, outputs, report] {
            for form in forms(&secret) {
                prop_assert!(!sink.contains(&form), "{form:?} in {sink}");
            }
        }
    }

    #[test]
    fn no_line_is_a_command_that_we_did_not_mean(text in runner::hostile(), more in runner::hostile()) {
        let vault = Vault::default();
        vault.keep(&Secret::new("a-secret-of-ours"));
        let mut told = everything(&text);
        told.extend(everything(&more));
        let [stream, _, outputs, _] = sinks(Mode::Actions, &vault, told);
        let mut groups = 0_i32;
        for line in stream.split(['\n', '\r']) {
            let Some(command) = runner::parse(line) else { continue };
            match command.name.as_str() {
                "group" => groups += 1,
                "endgroup" => groups -= 1,
                "add-mask" => prop_assert!(vault.since(0).iter().any(|piece| piece.expose() == command.data)),
                "error" => prop_assert!(line.starts_with("::error ")),
                other => prop_assert!(false, "{other} in {line:?}"),
            }
            prop_assert!((0..=1).contains(&groups));
            prop_assert!(command.properties.keys().all(|key| ["file", "line", "title"].contains(&key.as_str())));
        }
        prop_assert_eq!(groups, 0);
        prop_assert!(runner::outputs(&outputs).is_ok());
    }

    #[test]
    fn a_terminal_gets_no_sequence_that_is_not_ours(text in runner::hostile()) {
        let mode = Mode::Terminal { width: 60 };
        let [stream, ..] = sinks(mode, &Vault::default(), everything(&text));
        let rest = stream.replace("\r\u{1b}[2K", "");
        prop_assert!(rest.chars().all(|char| char == '\n' || !char.is_control()), "{:?}", rest);
    }
}

#[test]
fn a_secret_met_late_is_taken_out_of_what_was_told_before() {
    let vault = Vault::default();
    let place = tempfile::tempdir().unwrap();
    let mut scene = Scene::new(Mode::Actions);
    scene.settings.vault = vault.clone();
    scene.settings.summary = Some(place.path().join("summary"));
    scene.settings.report = Some(place.path().join("report"));
    let (mut reporters, shown) = scene.open();
    reporters.tell(Event::Stage(StageEvent::Started(
        crate::event::Stage::Upload,
    )));
    let leak = "lateTokenOfTheRun0123456789";
    let diagnostic = Diagnostic::error(Code::new("some-code"), leak).message(leak);
    reporters.tell(Event::Found(Box::new(Finding {
        diagnostic,
        location: None,
        edit: None,
    })));
    vault.keep(&Secret::new(leak));
    reporters.finish();
    assert!(!without_masks(&shown.text()).contains(leak));
    for name in ["summary", "report"] {
        let text = std::fs::read_to_string(place.path().join(name)).unwrap();
        assert!(text.contains("***") && !text.contains(leak), "{text}");
    }
}
