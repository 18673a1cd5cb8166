//! The archive of a call, and what it is signed and exported with.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plist::{Dictionary, Value};
use zeroize::Zeroizing;

use crate::apple::Toolbox;
use crate::cli::choices::{self, NotTaken};
use crate::cli::files::read_at_most;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{args, diagnostics, duration, given};
use crate::diagnostic::Diagnostic;
use crate::plan::{ExportPlan, Signing, defaults};
use crate::property_list;
use crate::signing::material::Given;
use crate::signing::options::Method;

/// No certificate and no profile is larger.
const LARGEST: u64 = 8 << 20;
const ENDING: &str = "xcarchive";

/// What `--signing` takes.
const SIGNINGS: [(&str, bool); 2] = [("manual", false), ("cloud", true)];

/// Whether the path is that of an archive.
pub fn is_archive(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

/// The archive that was named.
pub fn named(typed: Option<&Path>, problems: &mut Problems) -> PathBuf {
    let Some(path) = given::path(typed) else {
        problems.add(diagnostics::archive_not_named());
        return PathBuf::new();
    };
    match fs::metadata(path) {
        Err(error) => problems.add(diagnostics::package_unopened(path, &error, &[])),
        Ok(_) if !is_archive(path) => problems.add(diagnostics::not_an_archive(path)),
        Ok(_) => {}
    }
    path.to_owned()
}

/// What the archive is signed and exported with.
pub fn plan(
    path: &Path,
    typed: &args::Archive,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> ExportPlan {
    let options = options(typed, problems);
    let method = method(typed, &options, problems);
    let output = given::path(typed.output.as_deref());
    let output = output.unwrap_or(Path::new(defaults::OUTPUT));
    let environment = |name: &str| setup.environment.get(name).map(PathBuf::from);
    let absolute = |name| environment(name).filter(|path| path.is_absolute());
    let scratch = absolute("RUNNER_TEMP").or_else(|| absolute("TMPDIR"));
    ExportPlan {
        archive: whole(path),
        output: whole(output),
        method,
        options,
        signing: signing(typed, setup, problems),
        tools: tools(typed, setup, problems),
        scratch: scratch.unwrap_or_else(|| PathBuf::from("/tmp")),
        home: absolute("HOME").unwrap_or_else(|| {
            problems.add(diagnostics::home_missing());
            PathBuf::new()
        }),
    }
}

/// The path from the root; tools are told no other.
pub fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Apple's tools as a call has them: the system's own where no stand-ins were named.
pub fn tools(typed: &args::Archive, setup: &Setup<'_>, problems: &mut Problems) -> Toolbox {
    let limit = problems.value(
        "--tool-timeout",
        typed.tool_timeout.as_deref(),
        defaults::TOOL_TIMEOUT,
        positive,
    );
    let tools = setup.tools().within(limit);
    let tools = match given::path(typed.tools_dir.as_deref()) {
        Some(directory) => tools.in_directory(&whole(directory)),
        None => tools,
    };
    match given::path(typed.developer_dir.as_deref()) {
        Some(directory) => {
            let inside = directory.join("Contents/Developer");
            let directory = if inside.is_dir() {
                whole(&inside)
            } else {
                whole(directory)
            };
            tools.with_variable("DEVELOPER_DIR", &directory.to_string_lossy())
        }
        None => tools,
    }
}

fn positive(text: &str) -> Result<Duration, NotTaken> {
    match duration::parse(text) {
        Ok(duration) if duration.is_zero() => {
            Err(NotTaken("it must be longer than nothing".to_owned()))
        }
        Ok(duration) => Ok(duration),
        Err(error) => Err(NotTaken(error.to_string())),
    }
}

fn options(typed: &args::Archive, problems: &mut Problems) -> Dictionary {
    let Some(path) = given::path(typed.export_options.as_deref()) else {
        return Dictionary::new();
    };
    let read = read_at_most(path, LARGEST).map_err(|error| error.to_string());
    let list =
        read.and_then(|bytes| property_list::parse(&bytes).map_err(|error| error.to_string()));
    let list = list.map_err(|why| {
        let why = format!("{} {why}", path.display());
        Box::new(diagnostics::option_invalid("--export-options", &why))
    });
    problems.take(list, Dictionary::new())
}

/// What an archive would be exported for, and what it would be signed with.
pub fn means(
    typed: &args::Archive,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> (Method, Signing) {
    let options = options(typed, problems);
    (
        method(typed, &options, problems),
        signing(typed, setup, problems),
    )
}

/// The method that was typed, else the one of the user's own list.
fn method(typed: &args::Archive, options: &Dictionary, problems: &mut Problems) -> Method {
    let named = |name: &str| {
        Method::named(name).ok_or_else(|| {
            NotTaken(format!(
                "`{name}` is none of app-store-connect, release-testing, debugging, enterprise, developer-id"
            ))
        })
    };
    let own = options.get("method").and_then(Value::as_string);
    let (option, text) = match given::text(typed.export_method.as_deref()) {
        Some(text) => ("--export-method", Some(text)),
        None => ("--export-options", own),
    };
    problems.value(option, text, defaults::EXPORT_METHOD, named)
}

fn signing(typed: &args::Archive, setup: &Setup<'_>, problems: &mut Problems) -> Signing {
    let certificates = values("certificate", typed.certificate.as_deref(), problems);
    let profiles = typed.provisioning_profile.as_deref();
    let profiles = values("provisioning profile", profiles, problems);
    let is_in_the_open = setup.environment.get("JETWAY_CERTIFICATE").is_none();
    if is_in_the_open && certificates.iter().any(|given| !given.name.contains('`')) {
        problems.add(diagnostics::certificate_in_the_open());
    }
    let is_cloud = problems.value(
        "--signing",
        typed.signing.as_deref(),
        defaults::CLOUD_SIGNING,
        |word| choices::read(&SIGNINGS, word),
    );
    if is_cloud {
        if !certificates.is_empty() {
            let why = "it can't go with --certificate: in the cloud, Apple keeps the certificate";
            problems.add(diagnostics::option_invalid("--signing", why));
        }
        return Signing::Cloud;
    }
    Signing::Manual {
        certificates,
        passwords: setup.secrets.certificate_passwords.clone(),
        profiles,
    }
}

/// The values of an input that takes paths and base64, one a line. What was wrapped by `base64` goes on
/// until its document is whole.
fn values(what: &str, text: Option<&str>, problems: &mut Problems) -> Vec<Given> {
    let lines = text.unwrap_or_default().lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty()).peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let Some(length) = length_of_document(line) else {
            found.push(from_file(what, Path::new(line)));
            continue;
        };
        let mut base64 = Zeroizing::new(line.to_owned());
        while base64.len() < length && lines.peek().is_some() {
            base64.push_str(lines.next().unwrap_or_default());
        }
        let number = found.len() + 1;
        found.push(match STANDARD.decode(base64.as_bytes()) {
            Ok(bytes) => Ok(Given {
                name: format!("{what} {number}"),
                bytes: Zeroizing::new(bytes),
            }),
            Err(_) => Err(Box::new(diagnostics::not_base64(what, number))),
        });
    }
    let mut taken = Vec::new();
    for value in found {
        match value {
            Ok(value) => taken.push(value),
            Err(problem) => problems.add(*problem),
        }
    }
    taken
}

fn from_file(what: &str, path: &Path) -> Result<Given, Box<Diagnostic>> {
    match read_at_most(path, LARGEST) {
        Ok(bytes) => Ok(Given {
            name: format!("the {what} `{}`", path.display()),
            bytes: Zeroizing::new(bytes),
        }),
        Err(error) => Err(Box::new(diagnostics::material_unreadable(
            what, path, &error,
        ))),
    }
}

/// How many letters of base64 the document has that a line begins with; `None` where it begins none. A
/// document whose length is not said goes on to the end.
fn length_of_document(line: &str) -> Option<usize> {
    let head: String = line.chars().take(8).collect();
    let head = STANDARD.decode(head).ok()?;
    let digits = |from: usize, count: usize| {
        let digits = head.get(from..from + count)?;
        Some(
            digits
                .iter()
                .fold(0, |sum, digit| sum << 8 | usize::from(*digit)),
        )
    };
    let length = match head.as_slice() {
        [0x30, 0x80, ..] => return Some(usize::MAX),
        [0x30, 0x81, ..] => 3 + digits(2, 1)?,
        [0x30, 0x82, ..] => 4 + digits(2, 2)?,
        [0x30, 0x83, ..] => 5 + digits(2, 3)?,
        _ => return None,
    };
    Some(length.div_ceil(3) * 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(length: usize) -> Vec<u8> {
        let mut bytes = vec![0x30, 0x82, (length >> 8) as u8, length as u8];
        bytes.resize(4 + length, 7);
        bytes
    }

    fn read(text: &str) -> (Vec<Vec<u8>>, usize) {
        let mut problems = Problems::default();
        let found = values("certificate", Some(text), &mut problems);
        let found = found.iter().map(|given| given.bytes.to_vec()).collect();
        (found, problems.into_all().len())
    }

    #[test]
    fn base64_is_put_together_however_it_was_wrapped() {
        let (one, two) = (document(1_000), document(700));
        let wrapped = |bytes: &[u8]| {
            let base64 = STANDARD.encode(bytes);
            let lines: Vec<&str> = (0..base64.len())
                .step_by(76)
                .map(|at| &base64[at..base64.len().min(at + 76)])
                .collect();
            lines.join("\n")
        };
        for text in [
            format!("{}\n{}", wrapped(&one), STANDARD.encode(&two)),
            format!("\n{}\r\n\r\n{}\n", STANDARD.encode(&one), wrapped(&two)),
        ] {
            assert_eq!(read(&text), (vec![one.clone(), two.clone()], 0));
        }
    }

    #[test]
    fn a_path_is_read_and_one_that_leads_nowhere_is_told() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.p12");
        fs::write(&path, document(5)).unwrap();
        let text = format!("{}\n{}", path.display(), STANDARD.encode(document(900)));
        assert_eq!(read(&text), (vec![document(5), document(900)], 0));
        assert_eq!(read("nowhere.p12").1, 1);
        assert_eq!(read(&STANDARD.encode(document(900))[..50]).1, 1);
        assert_eq!(read(""), (Vec::new(), 0));
    }
}
