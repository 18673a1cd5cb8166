//! The door: everything told is made plain and redacted before any reporter sees it.

use std::path::PathBuf;

use crate::diagnostic::{Code, Diagnostic, Edit, Finding, Location, Paste, Subject};
use crate::event::{App, Event, Exported, Fact, Package, RunEvent};
use crate::ids::{
    AppId, BuildId, BuildName, BuildNumber, BuildUploadId, BundleIdentifier, MarketingVersion,
};
use crate::secret::Vault;
use crate::text;

/// Makes text plain and takes the secrets out.
pub struct Cleaner(Vault);

impl Cleaner {
    pub fn new(vault: Vault) -> Self {
        Self(vault)
    }

    /// Plain text without secrets; lines are kept.
    pub fn text(&self, text: &str) -> String {
        self.0.redact(&text::lines(text).replace('\t', " "))
    }

    /// Plain text without secrets, in one line.
    pub fn line(&self, text: &str) -> String {
        text::plain::spaced(&self.text(text))
    }

    /// Takes out what became a secret after the text was cleaned.
    pub fn redact(&self, text: &str) -> String {
        self.0.redact(text)
    }

    /// What happened, cleaned.
    pub fn event(&self, event: Event) -> Event {
        match event {
            Event::Run(RunEvent::Started { command, sandbox }) => Event::Run(RunEvent::Started {
                command,
                sandbox: sandbox.map(|name| self.line(&name)),
            }),
            Event::Fact(fact) => Event::Fact(self.fact(fact)),
            Event::Note(sentence) => Event::Note(self.line(&sentence)),
            Event::Found(finding) => Event::Found(Box::new(self.finding(*finding))),
            // Of a call only the count is told, so its path is never shown.
            Event::Run(RunEvent::Ended(_))
            | Event::Stage(_)
            | Event::Reached(_)
            | Event::Progress(_)
            | Event::WaitsAtMost(_)
            | Event::ApiCall(_) => event,
        }
    }

    fn fact(&self, fact: Fact) -> Fact {
        match fact {
            Fact::Package(package) => Fact::Package(self.package(package)),
            Fact::PackageHash(hash) => Fact::PackageHash(self.line(&hash)),
            Fact::App(app) => Fact::App(App {
                id: AppId::new(self.line(app.id.as_str())),
                name: self.line(&app.name),
            }),
            Fact::BuildUpload { id, testflight_url } => Fact::BuildUpload {
                id: BuildUploadId::new(self.line(id.as_str())),
                testflight_url: testflight_url.map(|url| self.line(&url)),
            },
            Fact::Build { id } => Fact::Build {
                id: BuildId::new(self.line(id.as_str())),
            },
            Fact::Exported(exported) => {
                let clean = |path: Option<PathBuf>| {
                    path.map(|path| PathBuf::from(self.line(&path.to_string_lossy())))
                };
                Fact::Exported(Exported {
                    package: clean(exported.package),
                    dsyms: clean(exported.dsyms),
                    log: clean(exported.log),
                })
            }
            Fact::Wishes(mut wishes) => {
                for text in wishes.texts() {
                    *text = self.text(text);
                }
                Fact::Wishes(wishes)
            }
            Fact::NextBuildNumber(next) => {
                Fact::NextBuildNumber(BuildNumber::new(self.line(next.as_str())))
            }
            Fact::ProcessingState(state) => Fact::ProcessingState(self.line(&state)),
        }
    }

    fn package(&self, package: Package) -> Package {
        let build = &package.build;
        Package {
            file_name: self.line(&package.file_name),
            size: package.size,
            bundle_identifier: BundleIdentifier::new(self.line(package.bundle_identifier.as_str())),
            build: BuildName {
                marketing_version: MarketingVersion::new(
                    self.line(build.marketing_version.as_str()),
                ),
                build_number: BuildNumber::new(self.line(build.build_number.as_str())),
                platform: build.platform,
            },
            display_name: package.display_name.map(|name| self.line(&name)),
        }
    }

    fn finding(&self, finding: Finding) -> Finding {
        Finding {
            diagnostic: self.diagnostic(finding.diagnostic),
            location: finding.location.map(|location| Location {
                path: self.line(&location.path).replace('\\', "/"),
                line: location.line,
                column: location.column,
            }),
            edit: finding.edit.filter(|edit| self.is_clean(edit)),
        }
    }

    /// Whether the lines can be shown as they are: a change of them would no longer fit the file.
    fn is_clean(&self, edit: &Edit) -> bool {
        let mut lines = edit.old.iter().chain(&edit.new).chain(&edit.below);
        lines.all(|line| {
            let spaced = line.replace('\t', " ");
            self.text(&spaced) == spaced.trim_end()
        })
    }

    fn diagnostic(&self, found: Diagnostic) -> Diagnostic {
        Diagnostic {
            code: Code::read(self.line(found.code.as_str())),
            codes: found.codes.iter().map(|code| self.line(code)).collect(),
            severity: found.severity,
            title: self.line(&found.title),
            message: self.text(&found.message),
            fix: found.fix.iter().map(|step| self.text(step)).collect(),
            paste: found.paste.map(|paste| Paste {
                file: self.line(&paste.file),
                lines: self.text(&paste.lines),
            }),
            variables: found
                .variables
                .iter()
                .map(|(name, value)| (self.line(name), self.text(value)))
                .collect(),
            // What it is about was for `locate`; reporters ask only whether it is one of the two numbers
            // of a build, which is no text from outside.
            subjects: found
                .subjects
                .into_iter()
                .filter(|subject| {
                    matches!(subject, Subject::MarketingVersion | Subject::BuildNumber)
                })
                .collect(),
            source: self.line(&found.source).into(),
            link: found.link.map(|link| self.line(&link)),
            page: found.page.map(|page| self.line(&page)),
            retry: found.retry,
        }
    }
}
