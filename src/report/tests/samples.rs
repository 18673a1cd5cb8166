//! Runs to render, and a stage to render them on. Tests only.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Finding, Location};
use crate::event::{ApiCall, App, Ending, Fact, Package, Progress, Reached, Stage, StageEnd, Why};
use crate::ids::{
    AppId, BuildId, BuildName, BuildNumber, BuildUploadId, BundleIdentifier, MarketingVersion,
    Platform,
};
use crate::report::*;

/// What a reporter wrote to its stream.
#[derive(Clone, Default)]
pub struct Shown(Arc<Mutex<Vec<u8>>>);

impl Shown {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Shown {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Reporters on a stage of their own.
pub struct Scene {
    pub settings: Settings,
}

impl Scene {
    pub fn new(mode: Mode) -> Self {
        Self {
            settings: Settings {
                carried_on_with: None,
                commit: None,
                mode,
                vault: Vault::default(),
                clock: Clock::system(),
                summary: None,
                outputs: None,
                report: None,
                receipt: None,
                source: None,
                is_data: false,
                colour: false,
                volume: Volume::Usual,
                speech: Speech::default(),
            },
        }
    }

    pub fn open(self) -> (Reporters, Shown) {
        let shown = Shown::default();
        let (reporters, refused) = Reporters::open_on(self.settings, Box::new(shown.clone()));
        assert!(refused.is_empty(), "{refused:?}");
        (reporters, shown)
    }

    /// What was said of a report at this path, where it could not be opened.
    pub fn refused_report(mut self, path: PathBuf) -> Vec<Error> {
        self.settings.report = Some(path);
        Reporters::open_on(self.settings, Box::new(Shown::default())).1
    }
}

fn begun(sandbox: Option<&str>) -> Event {
    Event::Run(RunEvent::Started {
        command: "ship",
        sandbox: sandbox.map(str::to_owned),
    })
}

fn stage(stage: Stage, milliseconds: u64, end: StageEnd, within: Vec<Event>) -> Vec<Event> {
    let mut told = vec![Event::Stage(StageEvent::Started(stage))];
    told.extend(within);
    told.push(Event::Stage(StageEvent::Ended {
        stage,
        took: Duration::from_millis(milliseconds),
        end,
    }));
    told
}

fn fact(fact: Fact) -> Event {
    Event::Fact(fact)
}

fn call() -> Event {
    Event::ApiCall(ApiCall {
        method: "GET",
        path: "/v1/apps".into(),
        status: Some(200),
    })
}

fn ended(reached: Reached, why: Why) -> Event {
    Event::Run(RunEvent::Ended(Ending { reached, why }))
}

pub fn package() -> Event {
    fact(Fact::Package(Package {
        file_name: "Example.ipa".into(),
        size: 38_214_822,
        bundle_identifier: BundleIdentifier::new("com.example.app"),
        build: BuildName {
            marketing_version: MarketingVersion::new("1.4.0"),
            build_number: BuildNumber::new("42"),
            platform: Platform::Ios,
        },
        display_name: Some("Example".into()),
    }))
}

fn up_to_upload(sandbox: Option<&str>) -> Vec<Event> {
    let mut told = vec![begun(sandbox)];
    told.extend(stage(Stage::Credentials, 412, StageEnd::Done, vec![call()]));
    told.extend(stage(Stage::Package, 21, StageEnd::Done, vec![package()]));
    let app = fact(Fact::App(App {
        id: AppId::new("1234567890"),
        name: "Example".into(),
    }));
    told.extend(stage(
        Stage::App,
        655,
        StageEnd::Done,
        vec![call(), app, call()],
    ));
    let upload = fact(Fact::BuildUpload {
        id: BuildUploadId::new("3f2a8d0e-8d0c-4a44-9e2c-0f6a3f0d1b11"),
        testflight_url: Some(
            "https://appstoreconnect.apple.com/apps/1234567890/testflight/ios".into(),
        ),
    });
    let mut within = vec![call(), upload];
    within.extend([0, 15_000_000, 38_214_822].map(|done| {
        Event::Progress(Progress {
            done,
            total: 38_214_822,
        })
    }));
    told.extend(stage(Stage::Upload, 7_300, StageEnd::Done, within));
    told
}

/// A run that Apple refuses, in the sandbox.
pub fn rejected() -> Vec<Event> {
    let mut told = up_to_upload(Some("rejects-itms-90683"));
    let camera = Diagnostic::error(Code::new("itms-90683"), "the app uses the camera but does not say why")
        .also_known_as("ITMS-90683")
        .also_known_as("90683")
        .message("Missing purpose string in Info.plist. Your app\u{2019}s code references one or more APIs that access sensitive user data.")
        .fix("add NSCameraUsageDescription to Info.plist")
        .fix("say in one sentence what the camera is for")
        .variable("key", "NSCameraUsageDescription")
        .said_by("app-store-connect")
        .link("https://developer.apple.com/documentation/uikit/requesting-access-to-protected-resources");
    let sdk = Diagnostic::warning(Code::new("itms-90725"), "the app was built with an old SDK")
        .message("This app was built with an old SDK.")
        .said_by("app-store-connect")
        .fix("build with the current Xcode");
    let within = vec![
        fact(Fact::ProcessingState("PROCESSING".into())),
        Event::Note("Apple looks at the files".into()),
        fact(Fact::ProcessingState("FAILED".into())),
        Event::Found(Box::new(Finding {
            diagnostic: camera,
            location: Some(Location {
                path: "ios/Runner/Info.plist".into(),
                line: Some(12),
                column: None,
            }),
            edit: None,
        })),
        Event::found(sdk),
    ];
    told.extend(stage(Stage::Processing, 95_300, StageEnd::Failed, within));
    told.push(ended(Reached::Sent, Why::Failed));
    told
}

/// A run that ends well.
pub fn passed() -> Vec<Event> {
    let mut told = up_to_upload(None);
    let within = vec![
        fact(Fact::ProcessingState("PROCESSING".into())),
        fact(Fact::Build {
            id: BuildId::new("0f0b51a6-27a1-4a0f-9b0e-d6a1f6f2f0aa"),
        }),
        fact(Fact::ProcessingState("VALID".into())),
    ];
    told.extend(stage(Stage::Processing, 312_000, StageEnd::Done, within));
    told.push(ended(Reached::Processed, Why::Done));
    told
}

/// The story of what was told.
pub fn story(told: Vec<Event>) -> Story {
    let cleaner = Cleaner::new(Vault::default());
    let mut story =
        Story::beginning_at(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_262_399));
    story.elapsed = Duration::from_secs(104);
    for told in told {
        story.fold(&cleaner.event(told));
    }
    story
}

#[test]
#[ignore = "prints what people see, to be looked at"]
fn look() {
    let modes = [Mode::Terminal { width: 90 }, Mode::Log, Mode::Actions];
    for told in [rejected(), passed()] {
        for mode in modes {
            let (mut reporters, shown) = Scene::new(mode).open();
            told.iter().cloned().for_each(|told| reporters.tell(told));
            reporters.finish();
            println!(
                "\n======== {mode:?}\n{}",
                shown.text().replace("\r\u{1b}[2K", "\n~")
            );
        }
        let story = story(told);
        println!(
            "\n======== summary\n{}",
            actions::summary::render(&story, 0, 900_000)
        );
    }
    for ending in Ending::all() {
        let mut story = story(up_to_upload(None));
        story.ending = Some(ending);
        println!(
            "{}",
            people::screen::closing(&story, Look::of(Mode::Log, false))
        );
    }
}
