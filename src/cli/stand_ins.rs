//! A Mac for rehearsals: Apple's tools in a directory of their own, and an archive where there is none. What
//! they export is the app of the archive as it is; nothing is signed.

mod installer;
mod packages;

use std::fs;
use std::path::PathBuf;

use crate::apple::Toolbox;
use crate::cli::diagnostics;
use crate::cli::package;
use crate::cli::problems::Problems;
use crate::host::process;
use crate::plan::{ExportPlan, Signing};
use crate::sandbox;
use crate::signing::identity;
use tempfile::TempDir;

/// The archive that a rehearsal makes where it is named and not there.
pub const DEMO: &str = "Demo.xcarchive";

/// What the names of the directories of rehearsals begin with; the process follows that made them.
const TOOLS: &str = "jetway-tools-";
/// Where the packages lie ready for the tool that exports.
const EXPORTS: &str = "exports";

/// Removes the directories of rehearsals that were killed. Those of processes that live stay.
pub fn sweep() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let rest = [TOOLS, package::DEMO].iter();
        let rest = rest.filter_map(|begin| name.strip_prefix(begin)).next();
        let id = rest.and_then(|rest| rest.split_once('-')?.0.parse().ok());
        let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_directory && id.is_some_and(process::is_gone) {
            // What can't be removed is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The directory of the stand-ins; it goes away when this is dropped.
pub struct StandIns {
    directory: TempDir,
}

impl StandIns {
    /// Makes the directory, with the tools in it.
    pub fn create(problems: &mut Problems) -> Option<Self> {
        let prefix = format!("{TOOLS}{}-", std::process::id());
        let made = tempfile::Builder::new().prefix(&prefix).tempdir();
        let made = made.and_then(|directory| {
            for (name, script) in sandbox::tools() {
                let path = directory.path().join(name);
                fs::write(&path, script)?;
                #[cfg(unix)]
                fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
            }
            fs::write(directory.path().join("search-list"), "")?;
            Ok(Self { directory })
        });
        made.map_err(|error| problems.add(diagnostics::sandbox_unavailable(&error.to_string())))
            .ok()
    }

    /// The tools of this Mac.
    pub fn tools(&self, real: &Toolbox) -> Toolbox {
        real.clone().in_directory(self.directory.path())
    }

    /// The demo archive.
    pub fn demo(&self, problems: &mut Problems) -> PathBuf {
        let path = self.directory.path().join(DEMO);
        let app = path.join("Products/Applications/Demo.app");
        let written = fs::create_dir_all(&app).and_then(|()| {
            for (name, bytes) in sandbox::demo_app() {
                fs::write(app.join(name), bytes)?;
            }
            fs::write(path.join("Info.plist"), sandbox::DEMO_ARCHIVE)
        });
        if let Err(error) = written {
            problems.add(diagnostics::sandbox_unavailable(&error.to_string()));
        }
        path
    }

    /// Sets the stage: the tools are these, and know the certificates that were given. Where none is, Xcode
    /// signs in the cloud of nobody.
    pub fn set(&self, plan: &mut ExportPlan, now: std::time::SystemTime, problems: &mut Problems) {
        plan.tools = self.tools(&plan.tools);
        let mut identities = String::new();
        if let Signing::Manual {
            certificates,
            passwords,
            ..
        } = &plan.signing
        {
            if certificates.is_empty() {
                plan.signing = Signing::Cloud;
            } else if let Ok(found) = identity::read(certificates, passwords, now) {
                for (index, certificate) in found.certificates.iter().enumerate() {
                    let (sha1, name) = (certificate.sha1_hex(), &certificate.common_name);
                    identities.push_str(&format!("  {}) {sha1} \"{name}\"\n", index + 1));
                }
            }
        }
        let written = fs::write(self.directory.path().join("identities"), identities)
            .and_then(|()| packages::pack(&plan.archive, &self.directory.path().join(EXPORTS)));
        if let Err(error) = written {
            problems.add(diagnostics::sandbox_unavailable(&error.to_string()));
        }
    }
}
