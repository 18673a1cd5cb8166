//! What an archive is signed with, each as a path or as base64.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use zeroize::Zeroizing;

use crate::cli::files::read_at_most;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{choices, diagnostics, values};
use crate::diagnostic::Diagnostic;
use crate::plan::{Signing, defaults};
use crate::secret::typed;
use crate::signing::material::Given;

/// No certificate and no profile is larger.
const LARGEST: u64 = 8 << 20;

/// What `--signing` takes.
const SIGNINGS: [(&str, bool); 2] = [("manual", false), ("cloud", true)];

/// What an archive is signed with. Certificates and their passwords come by JETWAY_CERTIFICATE
/// and JETWAY_CERTIFICATE_PASSWORD.
#[derive(Debug, Args)]
#[command(next_help_heading = values::MAC)]
pub struct SigningOptions {
    /// The .p12 file to sign with; several, one a line. Its base64 comes by the variable alone
    #[arg(
        long,
        value_name = "FILE",
        env = "JETWAY_CERTIFICATE",
        hide_env_values = true
    )]
    pub certificate: Option<String>,
    /// The provisioning profiles, as paths or base64, one a line
    #[arg(
        long,
        value_name = "FILE",
        env = "JETWAY_PROVISIONING_PROFILE",
        hide_env_values = true
    )]
    pub provisioning_profile: Option<String>,
    /// Who signs: manual, with these, or cloud, where Xcode does with the API key
    #[arg(long, value_name = "HOW", env = "JETWAY_SIGNING")]
    pub signing: Option<String>,
}

/// Who signs, and with what.
pub fn read(typed: &SigningOptions, setup: &Setup<'_>, problems: &mut Problems) -> Signing {
    let certificates = material("certificate", typed.certificate.as_deref(), problems);
    let profiles = typed.provisioning_profile.as_deref();
    let profiles = material("provisioning profile", profiles, problems);
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
fn material(what: &str, text: Option<&str>, problems: &mut Problems) -> Vec<Given> {
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
            name: format!("the {what} `{}`", typed::path(path)),
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
        let found = material("certificate", Some(text), &mut problems);
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
        std::fs::write(&path, document(5)).unwrap();
        let text = format!("{}\n{}", path.display(), STANDARD.encode(document(900)));
        assert_eq!(read(&text), (vec![document(5), document(900)], 0));
        assert_eq!(read("nowhere.p12").1, 1);
        assert_eq!(read(&STANDARD.encode(document(900))[..50]).1, 1);
        assert_eq!(read(""), (Vec::new(), 0));
    }
}
