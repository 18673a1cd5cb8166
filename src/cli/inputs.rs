//! From what was typed to what will happen. Every problem is collected, so that a wrong call is
//! mended in one go; nothing is sent and nothing is written here.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

use crate::asc::Proxies;
use crate::diagnostic::Diagnostic;
use crate::ipa::PackageKind;
use crate::plan::{self, Pace, PackageFile, Transfer, Until, Waiting};
use crate::secret::Secret;

use crate::cli::diagnostics;
use crate::cli::environment::Environment;
use crate::cli::{address, args, duration};

const APP_STORE_CONNECT: &str = "https://api.appstoreconnect.apple.com/";
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
const MOST_PARTS_AT_A_TIME: usize = 64;
/// No key is longer than this, in whatever wrapping.
const LONGEST_KEY_FILE: u64 = 64 * 1024;
/// The bundles of the systems have less than 1 MiB.
const LONGEST_ROOTS_FILE: u64 = 16 * 1024 * 1024;

/// Collects problems while inputs are read.
#[derive(Debug, Default)]
pub struct Problems(Vec<Diagnostic>);

impl Problems {
    /// Adds one.
    pub fn add(&mut self, problem: Diagnostic) {
        self.0.push(problem);
    }

    /// What was read, if there was no problem at all.
    pub fn or<T>(self, read: T) -> Result<T, Vec<Diagnostic>> {
        if self.0.is_empty() {
            Ok(read)
        } else {
            Err(self.0)
        }
    }

    /// The value where it was given and reads well, else the default; a bad one is noted.
    fn value<T, E: std::error::Error>(
        &mut self,
        option: &'static str,
        given: Option<&str>,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> T {
        match given
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(parse)
        {
            None => default,
            Some(Ok(value)) => value,
            Some(Err(error)) => {
                self.add(diagnostics::option_invalid(option, &error.to_string()));
                default
            }
        }
    }
}

/// A word or number that an option does not take.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct NotTaken(String);

/// What `ship` will do, but for the sandbox, which the caller starts.
pub fn ship(
    typed: &args::Ship,
    package: Option<PackageFile>,
    environment: &Environment,
) -> Result<plan::ShipPlan, Vec<Diagnostic>> {
    let mut problems = Problems::default();
    let package = package.unwrap_or_else(|| package_file(typed.path.as_deref(), &mut problems));
    let account = account(&typed.account, environment, &mut problems);
    let waiting = waiting(typed, &mut problems);
    let concurrency = problems.value(
        "--concurrency",
        typed.concurrency.as_deref(),
        6,
        concurrency,
    );
    problems.or(plan::ShipPlan {
        package,
        account,
        transfer: Transfer { concurrency },
        waiting,
    })
}

/// Whose App Store Connect, for commands that need nothing else.
pub fn account_alone(
    typed: &args::Account,
    environment: &Environment,
) -> Result<plan::Account, Vec<Diagnostic>> {
    let mut problems = Problems::default();
    let account = account(typed, environment, &mut problems);
    problems.or(account)
}

/// The deadline of the whole run.
pub fn deadline(typed: &args::Reporting) -> Result<Option<Duration>, Box<Diagnostic>> {
    let Some(text) = typed
        .timeout
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    else {
        return Ok(None);
    };
    duration::parse(text)
        .map(Some)
        .map_err(|error| Box::new(diagnostics::option_invalid("--timeout", &error.to_string())))
}

/// Whether a yes-or-no option says yes; blank is no.
pub fn yes(option: &'static str, given: Option<&str>) -> Result<bool, Box<Diagnostic>> {
    match given
        .map(|text| text.trim().to_ascii_lowercase())
        .as_deref()
    {
        None | Some("" | "false" | "0" | "no") => Ok(false),
        Some("true" | "1" | "yes") => Ok(true),
        Some(other) => {
            let why = format!("`{other}` is neither true nor false");
            Err(Box::new(diagnostics::option_invalid(option, &why)))
        }
    }
}

fn package_file(typed: Option<&Path>, problems: &mut Problems) -> PackageFile {
    let path = typed.filter(|path| !path.as_os_str().is_empty());
    let Some(path) = path else {
        problems.add(diagnostics::package_not_named());
        return PackageFile {
            path: PathBuf::new(),
            kind: PackageKind::Ipa,
        };
    };
    let kind = PackageKind::from_file_name(&path.to_string_lossy());
    match (fs::metadata(path), kind) {
        (Err(error), _) => problems.add(diagnostics::package_unopened(
            path,
            &error,
            &neighbours(path),
        )),
        (Ok(metadata), _) if metadata.is_dir() => {
            problems.add(diagnostics::package_is_directory(path));
        }
        (Ok(_), None) => problems.add(diagnostics::package_of_no_known_kind(path)),
        (Ok(metadata), _) if metadata.len() == 0 => problems.add(diagnostics::package_empty(path)),
        (Ok(_), Some(_)) => {}
    }
    PackageFile {
        path: path.to_owned(),
        kind: kind.unwrap_or(PackageKind::Ipa),
    }
}

/// Packages beside the path that was not there, which may be the one that was meant.
fn neighbours(path: &Path) -> Vec<String> {
    let directory = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let Ok(entries) = fs::read_dir(directory.unwrap_or(Path::new("."))) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| PackageKind::from_file_name(name).is_some())
        .take(20)
        .collect();
    names.sort();
    names
}

fn account(
    typed: &args::Account,
    environment: &Environment,
    problems: &mut Problems,
) -> plan::Account {
    let url = problems.value(
        "--asc-url",
        typed.asc_url.as_deref(),
        Url::parse(APP_STORE_CONNECT).expect("the address is a literal"),
        address::parse,
    );
    let idle_timeout = problems.value(
        "--idle-timeout",
        typed.idle_timeout.as_deref(),
        Duration::from_secs(60),
        positive_duration,
    );
    // Loopback in the clear must not go through a proxy: the token would travel readable.
    let proxies = match url.scheme() {
        "http" => Proxies::None,
        _ => Proxies::FromEnvironment,
    };
    plan::Account {
        url,
        key: key_text(typed.api_key_path.as_deref(), environment, problems),
        key_id: typed.api_key_id.clone().unwrap_or_default(),
        issuer_id: typed.api_issuer_id.clone().unwrap_or_default(),
        idle_timeout,
        extra_roots: extra_roots(environment).unwrap_or_else(|problem| {
            problems.add(*problem);
            Vec::new()
        }),
        proxies,
    }
}

fn key_text(path: Option<&Path>, environment: &Environment, problems: &mut Problems) -> Secret {
    let Some(path) = path.filter(|path| !path.as_os_str().is_empty()) else {
        return Secret::new(environment.get("JETWAY_API_KEY").unwrap_or_default());
    };
    match read_at_most(path, LONGEST_KEY_FILE) {
        Ok(bytes) => Secret::new(String::from_utf8_lossy(&bytes)),
        Err(error) => {
            problems.add(diagnostics::key_file_unreadable(path, &error));
            Secret::new("")
        }
    }
}

/// The roots of `SSL_CERT_FILE`, beside the system's own, as PEM.
pub fn extra_roots(environment: &Environment) -> Result<Vec<u8>, Box<Diagnostic>> {
    let Some(path) = environment.get("SSL_CERT_FILE") else {
        return Ok(Vec::new());
    };
    read_at_most(Path::new(path), LONGEST_ROOTS_FILE)
        .map_err(|error| Box::new(diagnostics::certificates_unreadable(path, &error)))
}

/// Reads a file whole; one that is larger is refused without being read, a device that never ends
/// after so many bytes.
fn read_at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other("it is far too large"));
    }
    Ok(bytes)
}

fn waiting(typed: &args::Ship, problems: &mut Problems) -> Waiting {
    Waiting {
        until: problems.value("--wait", typed.wait.as_deref(), Until::Processed, until),
        appear: problems.value(
            "--appear-timeout",
            typed.appear_timeout.as_deref(),
            Duration::from_secs(15 * 60),
            duration::parse,
        ),
        processing: problems.value(
            "--processing-timeout",
            typed.processing_timeout.as_deref(),
            Duration::from_secs(120 * 60),
            duration::parse,
        ),
        pace: problems.value(
            "--poll-interval",
            typed.poll_interval.as_deref(),
            Pace::Easing(LONGEST_PAUSE),
            |text| positive_duration(text).map(Pace::Exact),
        ),
    }
}

fn until(text: &str) -> Result<Until, NotTaken> {
    match text {
        "none" => Ok(Until::Uploaded),
        "accepted" => Ok(Until::Accepted),
        "processed" => Ok(Until::Processed),
        other => Err(NotTaken(format!(
            "`{other}` is none of none, accepted, processed"
        ))),
    }
}

fn concurrency(text: &str) -> Result<usize, NotTaken> {
    text.parse()
        .ok()
        .filter(|number| (1..=MOST_PARTS_AT_A_TIME).contains(number))
        .ok_or_else(|| {
            NotTaken(format!(
                "`{text}` is no number from 1 to {MOST_PARTS_AT_A_TIME}"
            ))
        })
}

fn positive_duration(text: &str) -> Result<Duration, NotTaken> {
    match duration::parse(text) {
        Ok(duration) if duration.is_zero() => {
            Err(NotTaken("it must be longer than nothing".to_owned()))
        }
        Ok(duration) => Ok(duration),
        Err(error) => Err(NotTaken(error.to_string())),
    }
}
