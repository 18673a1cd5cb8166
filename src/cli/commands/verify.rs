//! `jetway verify`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::account;
use crate::cli::choices::{self, NotTaken, PURPOSES};
use crate::cli::command::{Caller, Command};
use crate::cli::connection::ConnectionOptions;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{answer, duration, given, opening, package, values};
use crate::plan::{Purpose, VerifyPlan, Wishes};
use crate::run;

const FORMATS: [(&str, bool); 2] = [("text", false), ("json", true)];

const EXAMPLES: &str = "\
The key's text itself comes by the environment variable JETWAY_API_KEY.

Examples:
  jetway verify --api-key-path AuthKey_2X9R4HXF34.p8 --api-issuer-id UUID
  jetway verify App.ipa                        would it go through?
  jetway verify --for upload,testflight        is the key's role high enough, and no higher?
  jetway verify --expiring 30d                 in a scheduled workflow: what ends soon?";

/// `jetway verify`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Verify {
    /// A package to check too: its app, its build number, and the file itself
    #[arg(value_name = "PATH", env = "JETWAY_PATH", value_parser = values::path())]
    pub path: Option<PathBuf>,
    /// What the key is wanted for, between commas: upload, testflight, appstore, certificates
    #[arg(long = "for", value_name = "WHAT", env = "JETWAY_FOR")]
    pub purposes: Option<String>,
    /// Tell the certificates, profiles and builds too, and fail where one ends within this time, such as 30d
    #[arg(long, value_name = "TIME", env = "JETWAY_EXPIRING")]
    pub expiring: Option<String>,
    /// How to print: text or json
    #[arg(long, value_name = "FORMAT", env = "JETWAY_FORMAT")]
    pub format: Option<String>,
    #[command(flatten)]
    pub connection: ConnectionOptions,
}

impl Command for Verify {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        verify(&self, caller)
    }
}

fn verify(typed: &Verify, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
    let setup = Setup::read(caller, typed.connection.account.key_file())
        .with_file("the package", typed.path.as_deref());
    let mut problems = Problems::default();
    let connection = typed.connection.read(&setup, &mut problems);
    if connection.rehearsal.is_none() {
        account::configuration(&connection.account, None, &setup, &mut problems);
    }
    let named = given::path(typed.path.as_deref());
    let package = named.map(|path| package::named(path, &mut problems));
    let format = typed.format.as_deref();
    let is_json = problems.value("--format", format, false, |word| {
        choices::read(&FORMATS, word)
    });
    let purposes = typed.purposes.as_deref();
    let expiring = typed.expiring.as_deref();
    let (told, heard) = answer::channel();
    let plan = VerifyPlan {
        account: connection.account.clone(),
        package: package.map(|file| (file, Wishes::default())),
        purposes: problems.value("--for", purposes, Vec::new(), read_purposes),
        expiring: problems.value("--expiring", expiring, None, |text| {
            duration::days(text).map(Some)
        }),
        told: is_json.then_some(told),
    };
    let call = Call {
        prints_data: is_json,
        ..connection.call("verify", &typed.connection)
    };
    let code = opening::open(call, &setup, problems).run(move |around| async move {
        let verify = |account| run::verify::run(VerifyPlan { account, ..plan }, &around);
        connection.run(&around, verify).await
    });
    heard.print("")?;
    Ok(code)
}

fn read_purposes(text: &str) -> Result<Vec<Purpose>, NotTaken> {
    let words = text.split([',', '\n']).map(str::trim);
    let words = words.filter(|word| !word.is_empty());
    words.map(|word| choices::read(&PURPOSES, word)).collect()
}
