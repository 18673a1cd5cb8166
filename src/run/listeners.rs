//! The reporters, with the catalogue and the repository between them and what happens: a finding gets
//! what is known of its code, and its place, on the way.

use crate::codes;
use crate::diagnostic::Finding;
use crate::event::Event;
use crate::ids::BundleIdentifier;
use crate::locate::Repository;
use crate::report::{Error, Reporters, Settings, Story};

/// The reporters, and the repository that findings are located in.
pub struct Listeners {
    reporters: Reporters,
    repository: Option<Repository>,
    /// The folder of our own pages about codes.
    pages: Option<String>,
}

impl Listeners {
    /// Opens the reporters. What can't be written is given back as why, and the rest listens without it.
    pub fn open(
        settings: Settings,
        repository: Option<Repository>,
        pages: Option<String>,
    ) -> (Self, Vec<Error>) {
        let (reporters, refused) = Reporters::open(settings);
        let listeners = Self {
            reporters,
            repository,
            pages,
        };
        (listeners, refused)
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
        let mut diagnostic = finding.diagnostic.clone();
        codes::complete(&mut diagnostic, self.pages.as_deref());
        match &self.repository {
            Some(repository) => {
                codes::suit(&mut diagnostic, repository.frameworks());
                repository.finding(diagnostic, self.app().as_ref())
            }
            None => Finding {
                diagnostic,
                ..finding
            },
        }
    }

    /// Time has passed; to be called every second.
    pub fn tick(&mut self) {
        self.reporters.tick();
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
