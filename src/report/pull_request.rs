//! Tells GitHub beside the run: a task that is handed the story as it stands, and writes comment and
//! status when it has changed. Only the newest story matters; the run never waits for it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

use crate::diagnostic::Diagnostic;
use crate::github::comments::{Marker, Sticky};
use crate::github::pull_requests::{self, Choice};
use crate::github::statuses::{self, Status};
use crate::github::{Client, Context, Error, PullRequest, Scope, check_runs, diagnostics};
use crate::report::comment;
use crate::report::status;
use crate::report::story::Story;

/// Stages that follow each other at once are told as one.
const SETTLE: Duration = Duration::from_secs(1);
/// How long one telling may take while the run goes on.
const ROUND: Duration = Duration::from_secs(10);
/// All tellings while the run goes on, together.
const ROUNDS: Duration = Duration::from_secs(15);
/// The telling of the end; with [`ROUNDS`] it makes half a minute.
pub const LAST_ROUND: Duration = Duration::from_secs(15);

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The comment on the pull request.
    pub comment: bool,
    /// The commit status.
    pub status: bool,
    /// The check run, at the end.
    pub check_run: bool,
}

impl Wanted {
    /// Whether anything is.
    pub fn anything(self) -> bool {
        self.comment || self.status || self.check_run
    }

    /// What the token must be allowed to write.
    fn scopes(self) -> Vec<Scope> {
        [
            (self.comment, Scope::PullRequests),
            (self.status, Scope::Statuses),
            (self.check_run, Scope::Checks),
        ]
        .into_iter()
        .filter_map(|(is_wanted, scope)| is_wanted.then_some(scope))
        .collect()
    }
}

/// How the last telling goes.
#[derive(Clone, Copy, Debug)]
pub struct Ending {
    /// When it must be over.
    pub by: Instant,
    /// Whether the process is about to be killed: nothing is waited for, nothing tried twice.
    pub is_hurried: bool,
}

#[derive(Clone, Default)]
struct Snapshot {
    story: Option<Arc<Story>>,
    ending: Option<Ending>,
}

/// The task's other end.
pub struct Telling {
    newest: watch::Sender<Snapshot>,
    task: JoinHandle<Vec<Diagnostic>>,
}

impl Telling {
    /// Begins to listen; nothing is sent before the first story.
    pub fn begin(client: Client, context: Context, wanted: Wanted) -> Self {
        let (newest, receiver) = watch::channel(Snapshot::default());
        let teller = Teller {
            pull_request: Some(context.pull_request.clone()),
            client,
            context,
            wanted,
            sticky: None,
            status: None,
            failures: BTreeMap::new(),
            found: Vec::new(),
            spent: Duration::ZERO,
        };
        Self {
            newest,
            task: tokio::spawn(teller.follow(receiver)),
        }
    }

    /// Hands over the story as it stands.
    pub fn update(&self, story: &Story) {
        self.newest.send_modify(|snapshot| {
            snapshot.story = Some(Arc::new(story.clone()));
        });
    }

    /// Tells how it ended, within its time, and gives back what is to be said about the telling.
    pub async fn end(self, story: &Story, ending: Ending) -> Vec<Diagnostic> {
        let Self { newest, mut task } = self;
        newest.send_replace(Snapshot {
            story: Some(Arc::new(story.clone())),
            ending: Some(ending),
        });
        match timeout_at(ending.by + Duration::from_millis(100), &mut task).await {
            Ok(Ok(found)) => found,
            Ok(Err(_)) | Err(_) => {
                task.abort();
                Vec::new()
            }
        }
    }
}

struct Teller {
    client: Client,
    context: Context,
    wanted: Wanted,
    /// Taken once it is looked up.
    pull_request: Option<PullRequest>,
    sticky: Option<Sticky>,
    /// The status that was set last.
    status: Option<Status>,
    failures: BTreeMap<Scope, Error>,
    found: Vec<Diagnostic>,
    spent: Duration,
}

impl Teller {
    async fn follow(mut self, mut newest: watch::Receiver<Snapshot>) -> Vec<Diagnostic> {
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

    async fn finish(&mut self, story: &Story, ending: Ending) {
        let mut client = self.client.until(ending.by);
        if ending.is_hurried {
            client = client.without_repetition();
        }
        self.tell(&client, story).await;
        let run = status::check_run(story, self.context.run_url.as_deref());
        if let (true, Some(run), Some(sha)) = (self.wanted.check_run, run, &self.context.head_sha) {
            let created = check_runs::create(&client, sha, &run).await;
            self.note(Scope::Checks, created);
        }
    }

    async fn tell(&mut self, client: &Client, story: &Story) {
        let run_url = self.context.run_url.as_deref();
        let wants_comment = self.wanted.comment && !self.is_closed(Scope::PullRequests);
        let wants_status = self.wanted.status && !self.is_closed(Scope::Statuses);
        let (comment, status) = tokio::join!(
            async {
                if wants_comment {
                    let place = (&mut self.pull_request, &mut self.sticky, &mut self.found);
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
    fn report(mut self) -> Vec<Diagnostic> {
        let failures: Vec<(Scope, Error)> = self.failures.into_iter().collect();
        if !failures.is_empty() {
            self.found
                .push(diagnostics::not_told(&failures, &self.wanted.scopes()));
        }
        self.found
    }
}

/// Where the comment is: still to be looked up, and found; with what is to be said about it.
type Place<'a> = (
    &'a mut Option<PullRequest>,
    &'a mut Option<Sticky>,
    &'a mut Vec<Diagnostic>,
);

async fn put(
    client: &Client,
    context: &Context,
    (pull_request, sticky, found): Place<'_>,
    story: &Story,
) -> Result<(), Error> {
    let number = match pull_request.as_ref() {
        Some(PullRequest::Known(number)) => Some(*number),
        Some(PullRequest::LookUp(commitish)) => {
            let sha = context.head_sha.as_deref();
            match pull_requests::find(client, commitish, sha).await? {
                Choice::One(number) => Some(number),
                Choice::None => None,
                Choice::Several(numbers) => {
                    found.push(diagnostics::pull_request_unclear(&numbers));
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
    let body = comment::render(story, context.run_url.as_deref(), &marker.to_string());
    sticky.put(client, &marker, &body).await
}

/// A rehearsal has a comment of its own and does not hide what became of the real build.
fn marker(story: &Story) -> Marker {
    let bundle = story
        .package
        .as_ref()
        .map_or("", |package| package.bundle_identifier.as_str());
    let slot = if story.sandbox.is_some() {
        "sandbox"
    } else {
        story.command
    };
    Marker::new(bundle, slot)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::github::fake::GitHub;
    use crate::github::{Repository, Settings};
    use crate::host::clock::Clock;
    use crate::report::samples;
    use crate::secret::{Secret, Vault};

    const SHA: &str = "1111111111111111111111111111111111111111";

    fn telling(server: &GitHub) -> Telling {
        let repository = Repository::parse("example/app").unwrap();
        let event = json!({"pull_request": {"number": 12, "head": {"sha": SHA, "repo": null}}});
        let variable = |name: &str| (name == "GITHUB_REPOSITORY").then_some("example/app");
        let client = Client::open(Settings {
            api_url: server.url.clone(),
            repository,
            token: Secret::new("ghs_token-of-the-test"),
            vault: Vault::default(),
            clock: Clock::system(),
            user_agent: "jetway".to_owned(),
            extra_roots: Vec::new(),
        });
        let wanted = Wanted {
            comment: true,
            status: true,
            check_run: true,
        };
        let context = Context::read(variable, &event).unwrap();
        Telling::begin(client.unwrap(), context, wanted)
    }

    fn ending(is_hurried: bool) -> Ending {
        Ending {
            by: Instant::now() + LAST_ROUND,
            is_hurried,
        }
    }

    #[tokio::test]
    async fn of_many_stories_the_newest_is_told() {
        let server = GitHub::start();
        let telling = telling(&server);
        let told = samples::passed();
        for length in 0..told.len() {
            telling.update(&samples::story(told[..length].to_vec()));
        }
        let found = telling.end(&samples::story(told), ending(false)).await;
        assert_eq!(found, Vec::new());
        assert_eq!(server.statuses().len(), 1);
        assert_eq!(server.count("POST", "/comments"), 1);
        assert_eq!(server.count("PATCH", "/comments"), 0);
        assert!(server.bodies()[0].contains("ready for testing"));
        assert_eq!(server.checks()[0]["conclusion"], "success");
    }

    #[tokio::test]
    async fn in_a_hurry_nothing_is_tried_twice() {
        let server = GitHub::start();
        server.fails("GET", "/comments", 502, 9);
        server.fails("POST", "/statuses", 502, 9);
        let story = samples::story(samples::rejected());
        let found = telling(&server).end(&story, ending(true)).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, diagnostics::NOT_TOLD);
        assert_eq!(server.count("GET", "/comments"), 1);
        assert_eq!(server.checks().len(), 1);
    }

    #[tokio::test]
    async fn what_may_not_be_written_is_one_warning_with_all_that_is_wanted() {
        let server = GitHub::start();
        server.fails("POST", "/comments", 403, 9);
        server.fails("POST", "/check-runs", 403, 9);
        let story = samples::story(samples::rejected());
        let found = telling(&server).end(&story, ending(false)).await;
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].title,
            "the token may not write: pull-requests, checks"
        );
        assert_eq!(
            found[0].variables["permissions"],
            "permissions: { contents: read, pull-requests: write, statuses: write, checks: write }"
        );
        assert_eq!(server.statuses().len(), 1);
    }
}
