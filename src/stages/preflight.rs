//! Looks into the package and tells what Apple would refuse, before a byte is sent.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crate::bundle::{self, Bundle, Package};
use crate::diagnostic::{Diagnostic, Severity};
use crate::event::{Events, Why};
use crate::ipa::PackageKind;
use crate::locate::Repository;
use crate::plan::{Preflight, PreflightLevel};
use crate::preflight::{self, Asked, Checked, QUESTIONS};
use crate::stages::package::{Claims, Signed, Signer};
use crate::stages::{Result, Stop, diagnostics};

/// What is looked into.
#[derive(Clone, Debug)]
pub enum Inspected {
    /// A package that is open.
    File(Arc<File>, PackageKind),
    /// An archive of Xcode's.
    Archive(PathBuf),
}

/// What was found, and whether the run goes on.
#[derive(Debug)]
pub struct Inspection {
    /// Findings and rules.
    pub checked: Checked,
    /// What stops the run.
    pub stop: Option<Stop>,
    /// What is known of the signatures.
    pub signed: Signed,
}

/// Looks into the package and tells the findings, and what is known to be wrong with it otherwise.
pub async fn run(
    (inspected, fault): (Inspected, Option<Diagnostic>),
    plan: &Preflight,
    now: SystemTime,
    events: &Events,
) -> Result<Inspection> {
    let repository = plan.repository.clone();
    let read = tokio::task::spawn_blocking(move || {
        let package = read(&inspected)?;
        let expected = repository.map(|root| Repository::open(&root).entitlements());
        Ok((package, expected.unwrap_or_default()))
    });
    let (package, expected) = match read.await {
        Ok(Ok(read)) => read,
        Ok(Err(error)) => return unread(&error, fault, events),
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    };
    let asked = Asked {
        package: &package,
        channel: plan.channel,
        now,
        expected: &expected,
    };
    let mut checked = preflight::check(&asked, &plan.ignored);
    if let Some(fault) = fault {
        checked.add(fault);
    }
    for finding in &mut checked.findings {
        finding.severity = severity(finding.severity, plan);
    }
    let mut stop = None;
    for finding in &checked.findings {
        let told = events.found(finding.clone());
        if finding.severity == Severity::Error {
            stop = Some(Stop::after(told, Why::Refused));
        }
    }
    Ok(Inspection {
        checked,
        stop,
        signed: Signed {
            claims: claims(&package),
            signers: signers(&package),
        },
    })
}

/// How much a finding matters by the plan.
fn severity(own: Severity, plan: &Preflight) -> Severity {
    match (own, plan.level) {
        (Severity::Error, PreflightLevel::Warn) => Severity::Warning,
        (Severity::Warning, PreflightLevel::Error) if plan.is_strict => Severity::Error,
        (own, PreflightLevel::Off | PreflightLevel::Warn | PreflightLevel::Error) => own,
    }
}

fn read(inspected: &Inspected) -> std::result::Result<Package, bundle::Error> {
    match inspected {
        Inspected::File(file, PackageKind::Ipa) => bundle::read_ipa(&**file, &QUESTIONS),
        Inspected::File(file, PackageKind::Pkg) => bundle::read_pkg(&**file, &QUESTIONS),
        Inspected::Archive(path) => bundle::read_archive(path, &QUESTIONS),
    }
}

/// The keys of what each program claims that somebody signed.
fn claims(package: &Package) -> Claims {
    let programs = package.bundles.iter().filter(|one| one.is_program());
    let claims = programs.filter_map(|bundle| {
        let signature = package.signature(bundle)?;
        signature.signer.as_ref()?;
        let keys = signature.claims().into_iter().flat_map(|list| list.keys());
        Some((bundle.identifier()?.to_owned(), keys.cloned().collect()))
    });
    claims.collect()
}

/// The certificates that signed code, and the installer's.
fn signers(package: &Package) -> Vec<Signer> {
    let profiles = package.bundles.iter().filter_map(Bundle::readable_profile);
    let is_chosen_by_xcode = profiles.into_iter().any(|one| one.is_xcode_managed);
    let of_code = package.bundles.iter().filter_map(|bundle| {
        let signer = package.signature(bundle)?.signer.as_ref()?;
        signer.leaf.as_ref()
    });
    let all = of_code.chain(package.installer.first());
    let mut signers: Vec<Signer> = Vec::new();
    for certificate in all {
        if signers.iter().all(|one| one.certificate != *certificate) {
            signers.push(Signer {
                certificate: certificate.clone(),
                is_chosen_by_xcode,
            });
        }
    }
    signers
}

fn unread(error: &bundle::Error, fault: Option<Diagnostic>, events: &Events) -> Result<Inspection> {
    let (finding, why) = match error.finding() {
        Some(finding) => (finding, Why::Refused),
        None => (
            diagnostics::package_lost("the package", error),
            Why::Unfinished,
        ),
    };
    if let Some(fault) = &fault {
        events.found(fault.clone());
    }
    let told = events.found(finding.clone());
    let mut checked = Checked::unopened();
    checked.findings = fault.into_iter().chain([finding]).collect();
    Ok(Inspection {
        checked,
        stop: Some(Stop::after(told, why)),
        signed: Signed::default(),
    })
}
