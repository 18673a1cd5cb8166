//! Uploads by `altool`. Whether it worked is known by its words and by asking Apple, never by its status; an
//! upload of which nobody knows what became is not made a second time.

pub mod diagnostics;
mod heard;

use std::time::Duration;

use crate::apple::Toolbox;
use crate::apple::altool::{self, Login, Upload, Verdict, Version};
use crate::asc::Client;
use crate::asc::apps::App;
use crate::asc::build_uploads::{self, BuildUpload, UploadState};
use crate::credentials::{ApiKey, KeyIdentity};
use crate::event::{Reached, Why};
use crate::ids::{AppId, BuildUploadId, Platform};
use crate::journal::{EntryId, OpenUpload};
use crate::plan::{Account, AltoolPlan, Person};
use crate::signing::workspace::Workspace;
use crate::stages::altool::heard::Heard;
use crate::stages::package::OpenPackage;
use crate::stages::position::Position;
use crate::stages::signing::Around;
use crate::stages::upload::{Uploaded, build_upload};
use crate::stages::{Result, Stop};

/// One more try, once Apple said that the first one left nothing.
const TRIES: u32 = 2;
/// So often it is looked under which id Apple knows an upload that worked.
const LOOKS: u32 = 6;
/// The slowest line that is waited for.
const BYTES_A_SECOND: u64 = 256 * 1024;

/// What the stage works with.
#[derive(Clone, Copy)]
pub struct Sending<'a> {
    /// What every stage of this machine works with.
    pub around: Around<'a>,
    /// How it is done.
    pub plan: &'a AltoolPlan,
    /// Whose key uploads, where no person does.
    pub account: &'a Account,
    /// The app, and whom to ask about it, where a key allows it.
    pub known: Option<(&'a Client, &'a App)>,
    /// How far the run is.
    pub position: &'a Position,
}

/// Uploads, and says under which id Apple knows the upload, where that became known.
pub async fn run(sending: Sending<'_>, open: &OpenPackage) -> Result<Option<Uploaded>> {
    let ready = sending.prepare(open).await?;
    let mut call = Call {
        sending,
        open,
        ready: &ready,
        may_ask_the_tool: true,
    };
    call.may_ask_the_tool = call.status().await != Verdict::Delivered;
    let before = call.uploads().await.unwrap_or_default();
    let before: Vec<BuildUploadId> = before.into_iter().map(|upload| upload.id).collect();
    let entry = call.note(&before);
    let said = call.send(&before).await?;
    if let Some(entry) = entry {
        sending.around.journal.settle(entry);
    }
    let id = match said {
        Some(id) => Some(id),
        None => call.find(&before).await,
    };
    let Some(id) = id else { return Ok(None) };
    let app = AppId::new(ready.app.as_str());
    let platform = open.package.build.platform;
    let fact = build_upload(&app, &id, platform);
    sending.around.events.fact(fact);
    let is_adopted = false;
    Ok(Some(Uploaded { id, is_adopted }))
}

/// All that a call needs.
struct Ready {
    tools: Toolbox,
    version: Version,
    id: String,
    issuer: Option<String>,
    person: Option<(String, Option<String>)>,
    app: String,
}

impl Ready {
    fn login(&self) -> Login<'_> {
        match &self.person {
            Some((name, provider)) => Login::Person {
                name,
                provider: provider.as_deref(),
            },
            None => Login::Key {
                id: &self.id,
                issuer: self.issuer.as_deref(),
            },
        }
    }
}

impl Sending<'_> {
    fn refuse(&self, problem: crate::diagnostic::Diagnostic) -> Stop {
        Stop::after(self.around.events.found(problem), Why::Refused)
    }

    async fn prepare(&self, open: &OpenPackage) -> Result<Ready> {
        let tools = self.plan.tools.clone();
        let version = altool::version(&tools).await;
        let version = version.map_err(|error| self.around.tool(&error))?;
        self.around.events.note(format!("altool {}.", version.text));
        let mut ready = Ready {
            tools,
            version,
            id: String::new(),
            issuer: None,
            person: None,
            app: String::new(),
        };
        match &self.plan.person {
            Some(person) => self.set_person(&mut ready, person).await?,
            None => self.set_key(&mut ready)?,
        }
        ready.app = self.app(&ready, open).await?;
        Ok(ready)
    }

    /// The key as a file in a directory of the run's own, which the journal knows.
    fn set_key(&self, ready: &mut Ready) -> Result<()> {
        let account = self.account;
        let identity = KeyIdentity::check(&account.key_id, Some(account.issuer_id.as_str()))
            .map_err(|problem| self.refuse(problem.diagnostic()))?;
        let key = ApiKey::parse(account.key.expose())
            .map_err(|problem| self.refuse(problem.diagnostic()))?;
        if identity.issuer_id.is_none() && !ready.version.is_new {
            return Err(self.refuse(diagnostics::individual_key(&ready.version.text)));
        }
        let pem = key.pem();
        self.around.vault.keep(&pem);
        let workspace = Workspace::create(&self.plan.scratch, self.around.journal);
        let workspace = workspace.map_err(|error| self.around.stop(&error))?;
        let name = format!("AuthKey_{}.p8", identity.key_id);
        workspace
            .write(&name, pem.expose().as_bytes())
            .map_err(|error| self.around.stop(&error))?;
        let directory = workspace.file("");
        ready.tools = altool::with_keys(ready.tools.clone(), &directory);
        ready.id = identity.key_id.to_string();
        ready.issuer = identity.issuer_id.map(|issuer| issuer.to_string());
        Ok(())
    }

    async fn set_person(&self, ready: &mut Ready, person: &Person) -> Result<()> {
        self.around.vault.keep(&person.password);
        ready.tools = altool::with_password(ready.tools.clone(), &person.password);
        ready.person = Some((person.name.clone(), person.provider.clone()));
        if person.provider.is_none() {
            let provider = self.provider(ready).await?;
            ready.person = Some((person.name.clone(), provider));
        }
        Ok(())
    }

    /// The one provider that the person belongs to. The older tool does without where there is but one.
    async fn provider(&self, ready: &Ready) -> Result<Option<String>> {
        let call = altool::providers(&ready.tools, &ready.version, &ready.login());
        let (_, answer) = call
            .hear(&ready.tools)
            .await
            .map_err(|error| self.around.tool(&error))?;
        let mut found = altool::providers_of(&answer.output);
        match (found.len(), ready.version.is_new) {
            (1, _) => Ok(found.pop().map(|provider| provider.id)),
            (0, false) => Ok(None),
            (0, true) => {
                let heard = Heard::of(&answer, &ready.login(), self.around.vault);
                heard.tell_errors(&self.around);
                Err(self.refuse(diagnostics::provider_unknown(&[], &heard.tail)))
            }
            _ => Err(self.refuse(diagnostics::provider_unknown(&found, ""))),
        }
    }

    /// The app's number: Apple's where a key can ask, else as it was given, else as the tool lists it.
    async fn app(&self, ready: &Ready, open: &OpenPackage) -> Result<String> {
        match (self.known, &self.plan.app) {
            (Some((_, app)), Some(given)) if app.id.as_str() != given => {
                Err(self.refuse(diagnostics::app_differs(given, app)))
            }
            (Some((_, app)), _) => Ok(app.id.to_string()),
            (None, Some(given)) => Ok(given.clone()),
            (None, None) => {
                let bundle = open.package.bundle_identifier.as_str();
                let call = altool::apps(&ready.tools, &ready.version, &ready.login(), bundle);
                let heard = call.hear(&ready.tools).await;
                let (_, answer) = heard.map_err(|error| self.around.tool(&error))?;
                altool::app_of(&answer.output, bundle).ok_or_else(|| {
                    let heard = Heard::of(&answer, &ready.login(), self.around.vault);
                    heard.tell_errors(&self.around);
                    self.refuse(diagnostics::app_unknown(bundle, &heard.tail))
                })
            }
        }
    }
}

/// What Apple says of an upload whose end was not heard.
enum Asked {
    /// It is there, under this id where that is known.
    There(Option<BuildUploadId>),
    /// It is not.
    NotThere,
    /// Nobody could be asked, or nobody answered.
    Nobody,
}

struct Call<'a> {
    sending: Sending<'a>,
    open: &'a OpenPackage,
    ready: &'a Ready,
    /// The tool names builds by their numbers; where one was there before, its answer says nothing.
    may_ask_the_tool: bool,
}

impl Call<'_> {
    fn package(&self) -> Upload<'_> {
        let package = &self.open.package;
        Upload {
            file: &self.open.path,
            platform: match package.build.platform {
                Platform::Ios => "ios",
                Platform::MacOs => "macos",
                Platform::TvOs => "appletvos",
                Platform::VisionOs => "visionos",
            },
            app: &self.ready.app,
            bundle: package.bundle_identifier.as_str(),
            marketing_version: package.build.marketing_version.as_str(),
            build_number: package.build.build_number.as_str(),
        }
    }

    /// A reservation that the tool leaves behind is given back; only a key can do it.
    fn note(&self, before: &[BuildUploadId]) -> Option<EntryId> {
        let (_, app) = self.sending.known?;
        let leftover = OpenUpload::Asked {
            app: app.id.clone(),
            build: self.open.package.build.clone(),
            before: before.to_vec(),
        };
        Some(self.sending.around.journal.note(leftover).id)
    }

    /// Uploads, once more where that may help, and gives the id where the tool or Apple says it.
    async fn send(&self, before: &[BuildUploadId]) -> Result<Option<BuildUploadId>> {
        let mut attempt = 1;
        // How far the tool is, it alone knows.
        self.sending.position.reach(Reached::Sent);
        loop {
            let heard = self.upload().await?;
            let ending = match heard.verdict {
                Verdict::Delivered => return Ok(heard.delivered(&self.sending.around)),
                Verdict::Refused | Verdict::Unknown => heard,
            };
            match self.ask(before, ending.verdict).await {
                Asked::There(id) => {
                    self.sending
                        .around
                        .events
                        .note("altool did not end well, but Apple has the upload.");
                    return Ok(id.or_else(|| ending.reading.delivery_id.clone()));
                }
                Asked::NotThere if attempt < TRIES && ending.may_pass() => {
                    let note = "altool did not get through, and Apple has nothing of it; it is tried once more.";
                    self.sending.around.events.note(note);
                    attempt += 1;
                }
                Asked::NotThere => {
                    self.sending.position.take_back();
                    return Err(ending.stop(&self.sending.around, true));
                }
                Asked::Nobody if attempt < TRIES && ending.is_passing() => attempt += 1,
                Asked::Nobody => {
                    if ending.verdict == Verdict::Refused {
                        self.sending.position.take_back();
                    }
                    return Err(ending.stop(&self.sending.around, false));
                }
            }
        }
    }

    async fn upload(&self) -> Result<Heard> {
        let ready = self.ready;
        let longest = self.sending.plan.tools.limit();
        let tools = ready
            .tools
            .clone()
            .within(longest.saturating_add(Duration::from_secs(self.open.size / BYTES_A_SECOND)));
        let package = self.package();
        let call = altool::upload(&tools, &ready.version, &ready.login(), &package);
        self.sending
            .around
            .events
            .note(format!("{}.", call.shown()));
        let heard = Heard::run(&call, &ready.login(), &tools, &self.sending.around).await;
        if heard.is_err() {
            // What could not be started has sent nothing.
            self.sending.position.take_back();
        }
        heard
    }

    async fn uploads(&self) -> Option<Vec<BuildUpload>> {
        let (client, app) = self.sending.known?;
        let build = &self.open.package.build;
        build_uploads::list(client, &app.id, build).await.ok()
    }

    async fn ask(&self, before: &[BuildUploadId], said: Verdict) -> Asked {
        if self.sending.known.is_some() {
            let Some(uploads) = self.uploads().await else {
                return Asked::Nobody;
            };
            let new = uploads.into_iter().find(|upload| {
                let is_there = matches!(
                    upload.state,
                    UploadState::Processing | UploadState::Complete
                );
                is_there && !before.contains(&upload.id)
            });
            return new.map_or(Asked::NotThere, |upload| Asked::There(Some(upload.id)));
        }
        if said == Verdict::Refused || !self.may_ask_the_tool {
            return Asked::Nobody;
        }
        match self.status().await {
            Verdict::Delivered => Asked::There(None),
            Verdict::Refused => Asked::NotThere,
            Verdict::Unknown => Asked::Nobody,
        }
    }

    /// What the tool itself knows of the build, where no key can ask.
    async fn status(&self) -> Verdict {
        let ready = self.ready;
        let package = self.package();
        let call = altool::status(&ready.tools, &ready.version, &ready.login(), &package);
        let Some(call) = call.filter(|_| self.sending.known.is_none()) else {
            return Verdict::Unknown;
        };
        match call.hear(&ready.tools).await {
            Ok((_, answer)) => altool::status_of(&answer.output, &answer.errors),
            Err(_) => Verdict::Unknown,
        }
    }

    /// The id of an upload that worked, where the tool did not say it.
    async fn find(&self, before: &[BuildUploadId]) -> Option<BuildUploadId> {
        let (client, _) = self.sending.known?;
        for look in 0..LOOKS {
            let uploads = self.uploads().await.unwrap_or_default();
            let mut ids = uploads.into_iter().map(|upload| upload.id);
            let new = ids.find(|id| !before.contains(id));
            if new.is_some() {
                return new;
            }
            client.rest(look).await;
        }
        None
    }
}
