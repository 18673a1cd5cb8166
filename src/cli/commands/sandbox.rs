//! `jetway sandbox`: serves until a signal ends it.

use std::net::SocketAddr;
use std::process::ExitCode;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::event::{Ending, Why};
use crate::host::signals::Signals;
use crate::report::people::plain;
use crate::sandbox::{self, Options, Scenario};

use crate::cli::args;

pub fn main(typed: &args::Sandbox) -> ExitCode {
    let given = |text: &Option<String>| {
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let scenario = given(&typed.scenario);
    if scenario.as_deref() == Some("list") {
        plain::data(&list());
        return ExitCode::SUCCESS;
    }
    match options(scenario.as_deref(), given(&typed.listen).as_deref()) {
        Ok(options) => serve(options),
        Err(why) => {
            plain::talk(&format!("jetway sandbox: {why}"));
            ExitCode::from(Ending::at_once(Why::Usage).exit_code())
        }
    }
}

fn options(scenario: Option<&str>, listen: Option<&str>) -> Result<Options, String> {
    let scenario =
        Scenario::named(scenario.unwrap_or("succeeds")).map_err(|unknown| unknown.to_string())?;
    let listen = listen.unwrap_or("127.0.0.1:0");
    let address: SocketAddr = listen.parse().map_err(|_| {
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

fn serve(options: Options) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            plain::talk(&format!(
                "jetway sandbox: the system gives no threads: {error}"
            ));
            return ExitCode::from(Ending::at_once(Why::Unfinished).exit_code());
        }
    };
    runtime.block_on(async {
        let scenario = options.scenario.info().name;
        match (Signals::listen(), sandbox::start(options).await) {
            (Ok(mut signals), Ok(sandbox)) => {
                plain::data(&welcome(sandbox.url(), scenario));
                signals.next().await;
                sandbox.stop().await;
                ExitCode::SUCCESS
            }
            (Err(error), _) => unavailable(&error),
            (_, Err(error)) => unavailable(&error),
        }
    })
}

fn unavailable(error: &dyn std::error::Error) -> ExitCode {
    plain::talk(&format!("jetway sandbox: {error}"));
    ExitCode::from(Ending::at_once(Why::Usage).exit_code())
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
    Scenario::all()
        .iter()
        .map(|scenario| {
            format!(
                "{:widest$}  {} (ends {})\n",
                scenario.name, scenario.what, scenario.ends
            )
        })
        .collect()
}
