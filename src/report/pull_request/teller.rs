//! The task that tells GitHub: what changed since it last did, within its time.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use crate::github::comments::{Marker, Sticky};
use crate::github::pull_requests::{self, Choice};
use crate::github::statuses::{self, Status};
use crate::github::{Client, Context, Error, PullRequest, Scope, check_runs, diagnostics, reviews};
use crate::report::pull_request::comment;
use crate::report::pull_request::snapshot::{LastWord, Snapshot, Told};
use crate::report::pull_request::status;
use crate::report::pull_request::suggestions;
use crate::report::pull_request::wanted::Wanted;
use crate::report::story::Story;

/// Stages that follow each other at once are told as one.
const SETTLE: Duration = Duration::from_secs(1);
/// How long one telling may take while the run goes on.
const ROUND: Duration = Duration::from_secs(10);
/// All tellings while the run goes on, together.
const ROUNDS: Duration = Duration::from_secs(15);
/// The task itself.
pub struct Teller {
    client: Client,
    context: Context,
    wanted: Wanted,
    /// Taken once it is looked up.
    pull_request: Option<PullRequest>,
    sticky: Option<Sticky>,
    /// The status that was set last.
    status: Option<Status>,
    failures: BTreeMap<Scope, Error>,
    told: Told,
    spent: Duration,
}

impl Teller {
    pub fn new(client: Client, context: Context, wanted: Wanted) -> Self {
        Self {
            pull_request: Some(context.pull_request.clone()),
            client,
            context,
            wanted,
            sticky: None,
            status: None,
            failures: BTreeMap::new(),
            told: Told::default(),
            spent: Duration::ZERO,
        }
    }

    /// Tells until the end is told; gives back what is to be said about the telling.
    pub async fn follow(mut self, mut newest: watch::Receiver<Snapshot>) -> Told {
        while newest.changed().await.is_ok() {
            let is_over = |snapshot: &Snapshot| snapshot.ending.is_some();
            let _ = timeout(SETTLE, newest.wait_for(is_over)).await;
            let snapshot = newest.borrow_and_update().clone();
            let Some(story) = snapshot.story else {
                continue;
            };
            if let Some(ending) = snapshot.ending {
                self.finish(&story, ending).await;
                break;
            }
            let mut hurry = newest.clone();
            let is_hurried =
                |snapshot: &Snapshot| snapshot.ending.is_some_and(|ending| ending.is_hurried);
            tokio::select! {
                () = self.round(&story) => {}
                _ = hurry.wait_for(is_hurried) => {}
            }
        }
        self.report()
    }

    /// Tells the story as it stands, as long as there is time for it.
    async fn round(&mut self, story: &Story) {
        let time = ROUND.min(ROUNDS.saturating_sub(self.spent));
        if time.is_zero() {
            return;
        }
        let began = Instant::now();
        let client = self.client.until(began + time);
        self.tell(&client, story).await;
        self.spent += began.elapsed();
    }

    async fn finish(&mut self, story: &Story, ending: LastWord) {
        let mut client = self.client.until(ending.by);
        if ending.is_hurried {
            client = client.without_repetition();
        }
        self.tell(&client, story).await;
        if self.wanted.suggestions && !ending.is_hurried {
            self.suggest(&client, story).await;
        }
        let run = status::check_run(story, self.context.run_url.as_deref());
        if let (true, Some(run), Some(sha)) = (self.wanted.check_run, run, &self.context.head_sha) {
            let created = check_runs::create(&client, sha, &run).await;
            self.note(Scope::Checks, created);
        }
    }

    /// Suggests changes, where the comment could be written.
    async fn suggest(&mut self, client: &Client, story: &Story) {
        let is_told = self.wanted.comment && !self.failures.contains_key(&Scope::PullRequests);
        let place = self.sticky.as_ref().zip(self.context.head_sha.as_deref());
        let (true, Some((sticky, sha))) = (is_told, place) else {
            return;
        };
        let kind = suggestions::kind(story);
        let suggested = suggestions::of(story);
        let put = reviews::put(client, sticky.number(), sha, (&kind, &suggested)).await;
        self.note(Scope::PullRequests, put);
    }

    async fn tell(&mut self, client: &Client, story: &Story) {
        let run_url = self.context.run_url.as_deref();
        let wants_comment = self.wanted.comment && !self.is_closed(Scope::PullRequests);
        let wants_status = self.wanted.status && !self.is_closed(Scope::Statuses);
        let (comment, status) = tokio::join!(
            async {
                if wants_comment {
                    let place = (&mut self.pull_request, &mut self.sticky, &mut self.told);
                    put(client, &self.context, place, story).await
                } else {
                    Ok(())
                }
            },
            async {
                let new = status::status(story, run_url).filter(|_| wants_status);
                match (new, &self.context.head_sha) {
                    (Some(new), Some(sha)) if self.status.as_ref() != Some(&new) => {
                        statuses::set(client, sha, &new).await?;
                        self.status = Some(new);
                        Ok(())
                    }
                    _ => Ok(()),
                }
            }
        );
        if wants_comment {
            self.note(Scope::PullRequests, comment);
        }
        if wants_status {
            self.note(Scope::Statuses, status);
        }
    }

    /// Whether there is no use in trying again.
    fn is_closed(&self, scope: Scope) -> bool {
        self.failures.get(&scope).is_some_and(Error::is_final)
    }

    fn note(&mut self, scope: Scope, result: Result<(), Error>) {
        match result {
            Ok(()) => drop(self.failures.remove(&scope)),
            Err(error) => drop(self.failures.insert(scope, error)),
        }
    }

    /// One warning for all that could not be written.
    fn report(mut self) -> Told {
        let failures: Vec<(Scope, Error)> = self.failures.into_iter().collect();
        if !failures.is_empty() {
            let found = diagnostics::not_told(&failures, &self.wanted.scopes());
            self.told.found.push(found);
        }
        self.told
    }
}

/// Where the comment is: still to be looked up, and found; with what is to be said about it.
type Place<'a> = (
    &'a mut Option<PullRequest>,
    &'a mut Option<Sticky>,
    &'a mut Told,
);

async fn put(
    client: &Client,
    context: &Context,
    (pull_request, sticky, told): Place<'_>,
    story: &Story,
) -> Result<(), Error> {
    let number = match pull_request.as_ref() {
        Some(PullRequest::Known(number)) => Some(*number),
        Some(PullRequest::LookUp(commitish)) => {
            let sha = context.head_sha.as_deref();
            match pull_requests::find(client, commitish, sha).await? {
                Choice::One(number) => Some(number),
                Choice::None => {
                    told.notes.push(format!(
                        "no pull request has the commit or branch {commitish}, so there is no comment"
                    ));
                    None
                }
                Choice::Several(numbers) => {
                    told.found.push(diagnostics::pull_request_unclear(&numbers));
                    None
                }
            }
        }
        Some(PullRequest::None) | None => None,
    };
    if pull_request.take().is_some() {
        *sticky = number.map(Sticky::new);
    }
    let Some(sticky) = sticky else {
        return Ok(());
    };
    let marker = marker(story);
    let place = comment::Place {
        run_url: context.run_url.as_deref(),
        commit: context.head_sha.as_deref(),
    };
    let body = comment::render(story, place, &marker.to_string());
    sticky.put(client, &marker, &body).await
}

/// The commands that carry one build on: what one of them says takes the place of what another said.
const OF_A_BUILD: [&str; 9] = [
    "ship",
    "upload",
    "wait",
    "finish",
    "distribute",
    "submit",
    "status",
    "release",
    "cancel",
];

/// A rehearsal has a comment of its own and does not hide what became of the real build.
fn marker(story: &Story) -> Marker {
    let bundle = story
        .package
        .as_ref()
        .map_or("", |package| package.bundle_identifier.as_str());
    let slot = match story.command {
        _ if story.sandbox.is_some() => "sandbox",
        command if OF_A_BUILD.contains(&command) => "ship",
        command => command,
    };
    Marker::new(bundle, slot)
}
