//! What happened, in one stream: stages and abilities send, reporters listen. Nothing here decides,
//! prints or knows who listens.

mod ending;
mod fact;
mod stage;

use std::time::Duration;

use tokio::sync::mpsc;

use crate::diagnostic::{Diagnostic, Finding};

pub use ending::{Completed, Ending, Hold, Interruption, Outcome, Reached, Verdict, Why};
pub use fact::{App, Exported, Fact, Package};
pub use stage::{Stage, StageEnd, StageEvent};

/// Something that happened. Families keep the matches of the reporters short.
#[derive(Clone, Debug)]
pub enum Event {
    /// The run as a whole.
    Run(RunEvent),
    /// A stage began or ended.
    Stage(StageEvent),
    /// Something became known that outlives the run: an id, a version, a state.
    Fact(Fact),
    /// How far the run is by now; a reservation that was given back takes it back.
    Reached(Reached),
    /// Bytes moved.
    Progress(Progress),
    /// From now on Apple is waited for, and at most so long.
    WaitsAtMost(Duration),
    /// A sentence for the person who watches; not a finding.
    Note(String),
    /// A finding; where it belongs in the repository is filled in on the way to the reporters.
    Found(Box<Finding>),
    /// A call to App Store Connect was answered, or failed.
    ApiCall(ApiCall),
}

impl Event {
    /// A finding whose place is not known yet.
    pub fn found(diagnostic: Diagnostic) -> Self {
        Self::Found(Box::new(Finding::without_place(diagnostic)))
    }
}

/// The proof that a finding was told: only telling one gives it. A stage that stops a run needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found(());

/// The run as a whole.
#[derive(Clone, Debug)]
pub enum RunEvent {
    /// The run begins.
    Started {
        /// The subcommand, such as `ship`.
        command: &'static str,
        /// The scenario's name in a sandbox run; every reporter says SANDBOX then.
        sandbox: Option<String>,
    },
    /// The run is over, and this is how it ended.
    Ended(Ending),
}

/// How far the transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that the storage has confirmed or that are on their way.
    pub done: u64,
    /// Bytes in all.
    pub total: u64,
}

/// One call to App Store Connect, without anything secret in it.
#[derive(Clone, Debug)]
pub struct ApiCall {
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// The path, without query.
    pub path: String,
    /// The answer's status; `None` where no answer came.
    pub status: Option<u16>,
}

/// The sending end of the stream. Clones send into the same stream; a stream that nobody listens to
/// swallows what is sent.
#[derive(Clone, Debug)]
pub struct Events(mpsc::UnboundedSender<Event>);

impl Events {
    /// A stream: the end that stages send into, and the end that reporters listen to.
    pub fn stream() -> (Self, mpsc::UnboundedReceiver<Event>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self(sender), receiver)
    }

    /// Sends an event.
    pub fn send(&self, event: Event) {
        // A closed stream means that the reporters are gone; there is nobody left to tell.
        let _ = self.0.send(event);
    }

    /// Sends a finding. What is given back proves that something was told.
    pub fn found(&self, diagnostic: Diagnostic) -> Found {
        self.send(Event::found(diagnostic));
        Found(())
    }

    /// Sends a sentence for the person who watches.
    pub fn note(&self, sentence: impl Into<String>) {
        self.send(Event::Note(sentence.into()));
    }

    /// Sends a fact.
    pub fn fact(&self, fact: Fact) {
        self.send(Event::Fact(fact));
    }
}
