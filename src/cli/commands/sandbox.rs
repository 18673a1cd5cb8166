//! `jetway sandbox`: serves until a signal ends it.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use tokio::runtime::Builder;

use crate::event::{Ending, Why};
use crate::host::signals::Signals;
use crate::report::people::plain;
use crate::sandbox::{self, Options, Scenario};
use crate::secret::{Vault, typed};

use crate::cli::command::{Caller, Command};
use crate::cli::given::text;
use crate::cli::rehearsal;
use crate::plan::defaults;

/// In place of a scenario: prints their names.
const LIST: &str = "list";

/// `jetway sandbox`
#[derive(Debug, Args)]
pub struct Sandbox {
    /// The loopback address to listen on; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", env = "JETWAY_LISTEN")]
    pub listen: Option<String>,
    /// How it behaves; `list` prints the names
    #[arg(long, value_name = "NAME", env = "JETWAY_SCENARIO")]
    pub scenario: Option<String>,
}

impl Command for Sandbox {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        let scenario = text(self.scenario.as_deref()).unwrap_or(defaults::SCENARIO);
        if scenario == LIST {
            plain::data(&list()).context("the list could not be written")?;
            return Ok(ExitCode::SUCCESS);
        }
        let listen = text(self.listen.as_deref()).unwrap_or(defaults::LISTEN);
        match options(scenario, listen) {
            Ok(options) => serve(options, caller.known),
            Err(why) => Ok(wrong(caller.known, &why)),
        }
    }
}

fn wrong(known: &Vault, why: &str) -> ExitCode {
    plain::talk(known, &format!("jetway sandbox: {why}"));
    ExitCode::from(Ending::at_once(Why::Usage).exit_code())
}

fn options(scenario: &str, listen: &str) -> Result<Options, String> {
    let scenario = Scenario::named(scenario).map_err(rehearsal::unknown)?;
    let address: SocketAddr = listen.parse().map_err(|_| {
        let listen = typed::shown(listen);
        format!("--listen: `{listen}` is no address with a port, such as 127.0.0.1:8080")
    })?;
    if !address.ip().is_loopback() {
        return Err(format!(
            "--listen: {address} is open to other machines; the sandbox serves this one only"
        ));
    }
    Ok(Options {
        listen: address,
        scenario,
    })
}

fn serve(options: Options, known: &Vault) -> anyhow::Result<ExitCode> {
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the system gives no threads")?;
    runtime.block_on(async {
        let scenario = options.scenario.info().name;
        let mut signals = Signals::listen().context("the system lets no signal be heard")?;
        let sandbox = match sandbox::start(options).await {
            Ok(sandbox) => sandbox,
            Err(error) => return Ok(wrong(known, &error.to_string())),
        };
        plain::data(&welcome(sandbox.url(), scenario))
            .context("the sandbox's address could not be written")?;
        signals.next().await;
        sandbox.stop().await;
        Ok(ExitCode::SUCCESS)
    })
}

fn welcome(url: &str, scenario: &str) -> String {
    let key = sandbox::demo_key();
    let pasted = STANDARD.encode(key.private_key_pem);
    format!(
        "SANDBOX: an App Store Connect on this machine, at {url} (scenario {scenario}). Ctrl-C ends it.\n\
         \n\
         To ship to it, with its own key, which is good for nothing else:\n\
         \n\
         export JETWAY_ASC_URL={url}\n\
         export JETWAY_API_KEY_ID={}\n\
         export JETWAY_API_ISSUER_ID={}\n\
         export JETWAY_API_KEY={pasted}\n\
         jetway ship App.ipa\n",
        key.key_id, key.issuer_id
    )
}

fn list() -> String {
    let widest = Scenario::all()
        .iter()
        .map(|scenario| scenario.name.len())
        .max()
        .unwrap_or(0);
    let groups = Scenario::groups().map(|(about, scenarios)| {
        let lines = scenarios.into_iter().map(|scenario| {
            let (name, what, ends) = (scenario.name, scenario.what, scenario.ends);
            format!("  {name:widest$}  {what} (ends {ends})\n")
        });
        format!("{about}\n\n{}\n", lines.collect::<String>())
    });
    groups.collect()
}
