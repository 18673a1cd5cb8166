//! Opens the package and reads what it says of itself.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::event::{self, Events, Fact, Why};
use crate::ipa::{self, Package};
use crate::plan::PackageFile;
use crate::stages::{Result, Stop, diagnostics};

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
}

/// Opens and reads the package.
pub fn run(plan: &PackageFile, events: &Events) -> Result<OpenPackage> {
    let name = file_name(&plan.path);
    let unreadable = |error: &std::io::Error| {
        let told = events.found(diagnostics::package_unopened(&plan.path, error));
        Stop::after(told, Why::Usage)
    };
    let file = File::open(&plan.path).map_err(|error| unreadable(&error))?;
    let metadata = file.metadata().map_err(|error| unreadable(&error))?;
    let package =
        ipa::read(BufReader::new(&file), plan.kind).map_err(|error| match error.finding() {
            Some(finding) => {
                let told = events.found(diagnostics::of_file(&name, finding));
                Stop::after(told, Why::Refused)
            }
            None => {
                let told = events.found(diagnostics::package_lost(&name, &error));
                Stop::after(told, Why::Unfinished)
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
        file: Arc::new(file),
        path: std::path::absolute(&plan.path).unwrap_or_else(|_| plan.path.clone()),
        name,
        size: metadata.len(),
    })
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
