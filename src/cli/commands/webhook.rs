//! `jetway webhook`: makes, lists and pings webhooks, and checks the signature of a call.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use crate::asc::webhooks;
use crate::cli::choices::{self, NotTaken};
use crate::cli::command::{Caller, Command};
use crate::cli::connection::ConnectionOptions;
use crate::cli::environment::Environment;
use crate::cli::files::{read_at_most, standard_input};
use crate::cli::given::{self, text};
use crate::cli::problems::Problems;
use crate::cli::secrets::WEBHOOK_SECRET;
use crate::cli::setup::Setup;
use crate::cli::{answer, diagnostics, opening, values};
use crate::event::{Ending, Why};
use crate::ids::BundleIdentifier;
use crate::plan::{WebhookGoal, WebhookPlan, defaults};
use crate::report::people::plain;
use crate::run;
use crate::secret::{Secret, Vault, is_key};

/// Apple calls with far less.
const LONGEST_BODY: u64 = 1024 * 1024;
/// A shorter secret can be guessed.
const SHORTEST_SECRET: usize = 16;

#[derive(Clone, Copy)]
enum Action {
    Create,
    List,
    Ping,
    VerifySignature,
}

const ACTIONS: [(&str, Action); 4] = [
    ("create", Action::Create),
    ("list", Action::List),
    ("ping", Action::Ping),
    ("verify-signature", Action::VerifySignature),
];

/// What `--events` takes.
const EVENTS: [(&str, &str); 5] = [
    ("build-upload", "BUILD_UPLOAD_STATE_UPDATED"),
    ("beta", "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED"),
    ("version", "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED"),
    ("crash", "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"),
    ("screenshot", "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED"),
];

const EXAMPLES: &str = "\
The secret comes by the environment variable JETWAY_WEBHOOK_SECRET alone.

Examples:
  jetway webhook create --bundle-id com.example.app --url https://relay.example.com/apple
  jetway webhook ping --bundle-id com.example.app
  jetway webhook verify-signature body.json --signature hmacsha256=…";

/// `jetway webhook`. The secret comes by JETWAY_WEBHOOK_SECRET alone.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Webhook {
    /// What to do: create, list, ping or verify-signature
    #[arg(value_name = "ACTION")]
    pub action: String,
    /// With verify-signature: the body as it came; - reads standard input
    #[arg(value_name = "BODY", value_parser = values::path())]
    pub body: Option<PathBuf>,
    /// The app's bundle identifier
    #[arg(long, value_name = "ID", env = "JETWAY_BUNDLE_ID")]
    pub bundle_id: Option<String>,
    /// With create: the https address that Apple calls
    #[arg(long, value_name = "URL", env = "JETWAY_WEBHOOK_URL")]
    pub url: Option<String>,
    /// With create: its name
    #[arg(long, value_name = "NAME", env = "JETWAY_WEBHOOK_NAME")]
    pub name: Option<String>,
    /// With create: what for, of build-upload, beta, version, crash, screenshot
    #[arg(long, value_name = "EVENTS", env = "JETWAY_WEBHOOK_EVENTS")]
    pub events: Option<String>,
    /// With ping: which one, where there are several
    #[arg(long, value_name = "ID", env = "JETWAY_WEBHOOK_ID")]
    pub webhook_id: Option<String>,
    /// With verify-signature: what the header x-apple-signature holds
    #[arg(long, value_name = "SIGNATURE", env = "JETWAY_WEBHOOK_SIGNATURE")]
    pub signature: Option<String>,
    #[command(flatten)]
    pub connection: ConnectionOptions,
}

impl Command for Webhook {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        match choices::read(&ACTIONS, self.action.trim()) {
            Ok(Action::VerifySignature) => verify(&self, caller.environment, caller.known),
            action => ask(action, &self, caller),
        }
    }
}

/// What Apple is asked for.
fn ask(
    action: Result<Action, NotTaken>,
    typed: &Webhook,
    caller: &Caller<'_>,
) -> anyhow::Result<ExitCode> {
    let setup = Setup::read(caller, typed.connection.account.key_file());
    let mut problems = Problems::default();
    let connection = typed.connection.read(&setup, &mut problems);
    let bundle = text(typed.bundle_id.as_deref());
    if bundle.is_none() {
        problems.add(diagnostics::option_invalid("--bundle-id", "it is needed"));
    }
    let (told, heard) = answer::channel();
    let goal = match action {
        Ok(Action::Create) => create(typed, caller.environment, &mut problems),
        Ok(Action::Ping) => WebhookGoal::Ping(text(typed.webhook_id.as_deref()).map(str::to_owned)),
        Ok(Action::List | Action::VerifySignature) => WebhookGoal::List(told),
        Err(why) => {
            problems.add(diagnostics::option_invalid("ACTION", &why.to_string()));
            WebhookGoal::List(told)
        }
    };
    let plan = WebhookPlan {
        account: connection.account.clone(),
        bundle_identifier: BundleIdentifier::new(bundle.unwrap_or_default()),
        goal,
    };
    let call = connection.call("webhook", &typed.connection);
    let code = opening::open(call, &setup, problems).run(move |around| async move {
        let work = |account| run::webhook::run(WebhookPlan { account, ..plan }, &around);
        connection.run(&around, work).await
    });
    heard.print("")?;
    Ok(code)
}

fn create(typed: &Webhook, environment: &Environment, problems: &mut Problems) -> WebhookGoal {
    let url = problems.value("--url", typed.url.as_deref(), String::new(), address);
    if text(typed.url.as_deref()).is_none() {
        problems.add(diagnostics::option_invalid("--url", "it is needed"));
    }
    let secret = environment.get(WEBHOOK_SECRET).unwrap_or_default();
    if secret.trim().len() < SHORTEST_SECRET {
        let why = format!(
            "it must hold {SHORTEST_SECRET} characters at least, such as `openssl rand -hex 32` gives"
        );
        problems.add(diagnostics::option_invalid(WEBHOOK_SECRET, &why));
    }
    let events = typed.events.as_deref();
    WebhookGoal::Create {
        name: text(typed.name.as_deref())
            .unwrap_or(defaults::WEBHOOK_NAME)
            .to_owned(),
        url,
        secret: Secret::new(secret.trim()),
        events: problems.value("--events", events, usual_events(), read_events),
    }
}

fn usual_events() -> Vec<&'static str> {
    EVENTS.iter().take(3).map(|(_, event)| *event).collect()
}

fn read_events(given: &str) -> Result<Vec<&'static str>, NotTaken> {
    let words = given.split([',', '\n']).map(str::trim);
    let words = words.filter(|word| !word.is_empty());
    words.map(|word| choices::read(&EVENTS, word)).collect()
}

/// Apple calls over https alone, and a password in an address would be kept by whoever lists it.
fn address(given: &str) -> Result<String, NotTaken> {
    let is_https = url::Url::parse(given).is_ok_and(|url| {
        url.scheme() == "https" && url.username().is_empty() && url.password().is_none()
    });
    is_https.then(|| given.to_owned()).ok_or_else(|| {
        NotTaken("it must be an https address without a name and password in it".to_owned())
    })
}

/// Checks the signature of a call's body, and tells what it says only where that is right.
fn verify(typed: &Webhook, environment: &Environment, known: &Vault) -> anyhow::Result<ExitCode> {
    let end = |why: Why, said: &str| {
        plain::talk(known, &format!("jetway webhook: {said}"));
        Ok(ExitCode::from(Ending::at_once(why).exit_code()))
    };
    let Some(secret) = environment.get(WEBHOOK_SECRET) else {
        return end(Why::Usage, "JETWAY_WEBHOOK_SECRET is not set");
    };
    let Some(signature) = text(typed.signature.as_deref()).filter(|text| !is_key(text)) else {
        return end(
            Why::Usage,
            "--signature is needed: what the header x-apple-signature holds",
        );
    };
    let file = given::path(typed.body.as_deref()).unwrap_or(Path::new(given::STANDARD_INPUT));
    let body = match file == Path::new(given::STANDARD_INPUT) {
        true => standard_input(LONGEST_BODY),
        false => read_at_most(file, LONGEST_BODY),
    };
    let body = match body {
        Ok(body) => body,
        Err(error) => return end(Why::Usage, &format!("the body can't be read: {error}")),
    };
    if !webhooks::is_signed(&Secret::new(secret.trim()), &body, signature) {
        return end(
            Why::Refused,
            "the signature is not that of these bytes and this secret; do nothing with them",
        );
    }
    match webhooks::event(&body) {
        Some(event) => {
            plain::data(&format!("{event}\n")).context("the answer could not be written")?;
            Ok(ExitCode::SUCCESS)
        }
        None => end(
            Why::Refused,
            "the signature is right, and the body is no event of Apple's",
        ),
    }
}
