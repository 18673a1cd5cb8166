//! The reporters, with the repository between them and what they are told: a finding gets its place
//! on the way.

use std::path::{Path, PathBuf};

use crate::codes;
use crate::diagnostic::Finding;
use crate::event::Event;
use crate::ids::BundleIdentifier;
use crate::locate::Repository;
use crate::report::{Error, Reporters, Settings, Story};

use crate::cli::environment::Environment;

/// Where findings are located, where there is a repository.
pub struct Checkout(Option<Repository>);

impl Checkout {
    /// The repository of the workflow, else the one that the current directory is in.
    pub fn of(environment: &Environment) -> Self {
        let root = environment
            .get("GITHUB_WORKSPACE")
            .map(PathBuf::from)
            .or_else(|| repository_above(&std::env::current_dir().ok()?));
        let workflow = environment
            .get("GITHUB_WORKFLOW_REF")
            .and_then(workflow_path);
        Self(root.map(|root| Repository::open(&root).with_workflow(workflow)))
    }
}

/// The nearest directory, upwards, that holds a `.git`.
fn repository_above(directory: &Path) -> Option<PathBuf> {
    directory
        .ancestors()
        .find(|ancestor| ancestor.join(".git").exists())
        .map(Path::to_owned)
}

/// `owner/name/.github/workflows/ship.yml@refs/heads/main` names the file from the root.
fn workflow_path(reference: &str) -> Option<String> {
    let path = reference.split('@').next()?;
    let at = path.find(".github/workflows/")?;
    Some(path[at..].to_owned())
}

/// The reporters, and the repository that findings are located in.
pub struct Audience {
    reporters: Reporters,
    checkout: Checkout,
}

impl Audience {
    /// Opens the reporters.
    pub fn open(settings: Settings, checkout: Checkout) -> Result<Self, Box<(Error, Checkout)>> {
        match Reporters::open(settings) {
            Ok(reporters) => Ok(Self {
                reporters,
                checkout,
            }),
            Err(error) => Err(Box::new((error, checkout))),
        }
    }

    /// Tells every reporter.
    pub fn tell(&mut self, event: Event) {
        let event = match event {
            Event::Found(finding) => Event::Found(Box::new(self.completed(*finding))),
            event => event,
        };
        self.reporters.tell(event);
    }

    /// The finding with what the catalogue knows of its code, and with its place.
    fn completed(&self, finding: Finding) -> Finding {
        let mut diagnostic = finding.diagnostic;
        codes::complete(&mut diagnostic);
        match &self.checkout.0 {
            Some(repository) => repository.finding(diagnostic, self.app().as_ref()),
            None => Finding {
                diagnostic,
                location: finding.location,
            },
        }
    }

    /// What is known so far.
    pub fn story(&self) -> &Story {
        self.reporters.story()
    }

    /// Gives the reporters their last word.
    pub fn finish(&mut self) {
        self.reporters.finish();
    }

    fn app(&self) -> Option<BundleIdentifier> {
        let package = self.story().package.as_ref()?;
        Some(BundleIdentifier::new(package.bundle_identifier.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workflows_file_is_read_from_its_reference() {
        assert_eq!(
            workflow_path("octo/app/.github/workflows/ship.yml@refs/heads/main").as_deref(),
            Some(".github/workflows/ship.yml")
        );
        assert_eq!(workflow_path("nonsense"), None);
    }
}
