//! Opens the package and reads what it says of itself.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_lc_rs::digest::{Context, SHA256};

use crate::bundle::ReadAt as _;
use crate::diagnostic::Diagnostic;
use crate::event::{self, Events, Fact, Why};
use crate::ipa::{self, Package};
use crate::plan::{PackageFile, Preflight};
use crate::profiles::Certificate;
use crate::stages::{Result, Stop, diagnostics};

/// The keys of each program's entitlements, by bundle identifier.
pub type Claims = BTreeMap<String, Vec<String>>;

/// What is known of the signatures in a package.
#[derive(Clone, Debug, Default)]
pub struct Signed {
    /// What each program claims.
    pub claims: Claims,
    /// Who signed, each once.
    pub signers: Vec<Signer>,
}

/// A certificate that signed something in a package.
#[derive(Clone, Debug)]
pub struct Signer {
    /// The certificate.
    pub certificate: Certificate,
    /// Whether Xcode chose it, so that Apple may keep it and its key.
    pub is_chosen_by_xcode: bool,
}

/// A package that was opened and read; the file stays open, so that what was read is what is sent.
#[derive(Debug)]
pub struct OpenPackage {
    /// What it says of itself.
    pub package: Package,
    /// The open file.
    pub file: Arc<File>,
    /// Where it is, from the root.
    pub path: PathBuf,
    /// Its name without the directory.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// What is known of its signatures, once it was looked into.
    pub signed: OnceLock<Signed>,
}

/// A package that could not be opened or read, which nobody was told yet.
#[derive(Debug)]
pub struct Lost {
    /// What is wrong with it.
    pub finding: Diagnostic,
    /// Why the run goes no further.
    pub why: Why,
    /// The file, where only what the app says of itself is wrong, so that the rest can be looked into.
    pub file: Option<Arc<File>>,
}

/// Opens and reads the package.
pub fn run(plan: &PackageFile, events: &Events) -> Result<OpenPackage> {
    open(plan, events).map_err(|lost| Stop::after(events.found(lost.finding), lost.why))
}

/// Opens and reads the package; what is wrong with it is left to be told.
pub fn open(plan: &PackageFile, events: &Events) -> std::result::Result<OpenPackage, Box<Lost>> {
    let name = file_name(&plan.path);
    let lost = |finding, why, file| Box::new(Lost { finding, why, file });
    let unopened = |error: io::Error| {
        let finding = diagnostics::package_unopened(&plan.path, &error);
        lost(finding, Why::Usage, None)
    };
    let file = File::open(&plan.path).map_err(unopened)?;
    let metadata = file.metadata().map_err(unopened)?;
    let file = Arc::new(file);
    let package = ipa::read(BufReader::new(&*file), plan.kind).map_err(|error| {
        let sound = error.is_of_the_app().then(|| Arc::clone(&file));
        match error.finding() {
            Some(finding) => lost(diagnostics::of_file(&name, finding), Why::Refused, sound),
            None => lost(
                diagnostics::package_lost(&name, &error),
                Why::Unfinished,
                None,
            ),
        }
    })?;
    events.fact(Fact::Package(event::Package {
        file_name: name.clone(),
        size: metadata.len(),
        bundle_identifier: package.bundle_identifier.clone(),
        build: package.build.clone(),
        display_name: package.display_name.clone(),
    }));
    Ok(OpenPackage {
        package,
        file,
        path: std::path::absolute(&plan.path).unwrap_or_else(|_| plan.path.clone()),
        name,
        size: metadata.len(),
        signed: OnceLock::new(),
    })
}

/// A package that is older than the checkout or the commit by this much was not made of it.
const OLDER: Duration = Duration::from_secs(60);

/// Tells the package's hash, refuses one whose bytes are not those that were expected, and tells one that is older
/// than the checkout or the commit.
pub async fn compare(open: &OpenPackage, plan: &Preflight, events: &Events) -> Result<()> {
    let made = open
        .file
        .metadata()
        .and_then(|metadata| metadata.modified());
    if let (Ok(made), Some(begun)) = (made, plan.begun)
        && begun.at().duration_since(made).is_ok_and(|age| age > OLDER)
    {
        events.found(diagnostics::package_older(&open.name, begun));
    }
    let hash = hashed(Arc::clone(&open.file)).await.map_err(|error| {
        let told = events.found(diagnostics::package_lost(&open.name, &error));
        Stop::after(told, Why::Unfinished)
    })?;
    events.fact(Fact::PackageHash(hash.clone()));
    match &plan.sha256 {
        Some(expected) if hash != *expected => {
            let told = events.found(diagnostics::package_differs(&open.name, &hash, expected));
            Err(Stop::after(told, Why::Refused))
        }
        Some(_) | None => Ok(()),
    }
}

/// Tells the hash of a package that was just made. One that can't be read is told by whoever needs it.
pub async fn tell_hash(path: &Path, events: &Events) {
    let file = File::open(path).and_then(|file| Ok((file.metadata()?.is_file(), file)));
    if let Ok((true, file)) = file
        && let Ok(hash) = hashed(Arc::new(file)).await
    {
        events.fact(Fact::PackageHash(hash));
    }
}

async fn hashed(file: Arc<File>) -> io::Result<String> {
    let hashed = tokio::task::spawn_blocking(move || sha256(&file)).await;
    hashed.unwrap_or_else(|error| Err(io::Error::other(error)))
}

fn sha256(file: &File) -> io::Result<String> {
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 1 << 17];
    let mut at = 0;
    loop {
        let count = file.read_at(at, &mut buffer)?;
        if count == 0 {
            break;
        }
        context.update(&buffer[..count]);
        at += count as u64;
    }
    let hash = context.finish();
    Ok(hash
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Subject;
    use crate::event::Event;
    use crate::ipa::PackageKind;
    use crate::plan::Begun;

    /// The finding about a package that can't be opened.
    fn found(path: &Path) -> (String, Vec<Subject>) {
        let (events, mut told) = Events::stream();
        let plan = PackageFile {
            path: path.to_owned(),
            kind: PackageKind::Ipa,
        };
        run(&plan, &events).unwrap_err();
        let Ok(Event::Found(found)) = told.try_recv() else {
            panic!("what stops it is a finding");
        };
        (found.diagnostic.code.to_string(), found.diagnostic.subjects)
    }

    #[tokio::test]
    async fn a_package_that_is_older_than_the_checkout_is_told() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("App.ipa");
        std::fs::write(&path, crate::sandbox::demo_ipa()).unwrap();
        let begun = crate::host::clock::Clock::system().now();
        for (age, is_told) in [(30, false), (90, true)] {
            let file = File::options().write(true).open(&path).unwrap();
            file.set_modified(begun - Duration::from_secs(age)).unwrap();
            let (events, mut told) = Events::stream();
            let file = PackageFile {
                path: path.clone(),
                kind: PackageKind::Ipa,
            };
            let open = run(&file, &events).unwrap();
            let plan = Preflight {
                level: crate::plan::PreflightLevel::Error,
                is_strict: false,
                channel: crate::preflight::Channel::TestFlight,
                ignored: Vec::new(),
                sha256: None,
                begun: Some(Begun::CheckedOut(begun)),
                repository: None,
            };
            compare(&open, &plan, &events).await.unwrap();
            let mut is_found = false;
            while let Ok(event) = told.try_recv() {
                is_found |= matches!(event, Event::Found(found) if found.diagnostic.code.as_str() == "package-older");
            }
            assert_eq!(is_found, is_told, "{age}");
        }
    }

    #[test]
    fn a_package_that_went_missing_is_told_as_one_that_never_was() {
        let place = tempfile::tempdir().unwrap();
        let path = Subject::WorkflowInput {
            name: "path".to_owned(),
        };
        let (code, about) = found(&place.path().join("App.ipa"));
        assert_eq!(
            (code.as_str(), about),
            ("package-not-found", vec![path.clone()])
        );
        std::fs::write(place.path().join("file"), "").unwrap();
        let (code, about) = found(&place.path().join("file/App.ipa"));
        assert_eq!((code.as_str(), about), ("package-not-opened", vec![path]));
    }
}
