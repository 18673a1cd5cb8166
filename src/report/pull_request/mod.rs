//! Tells GitHub beside the run: a task that is handed the story as it stands, and writes comment and
//! status when it has changed. Only the newest story matters; the run never waits for it.

pub mod comment;
mod plan;
mod snapshot;
mod status;
mod suggestions;
mod teller;
mod wanted;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout_at;

use crate::github::{Client, Context, Error, Scope, diagnostics};
use crate::report::pull_request::snapshot::Snapshot;
use crate::report::pull_request::teller::Teller;
use crate::report::story::Story;

pub use plan::Plan;
pub use snapshot::{LastWord, Told};
pub use wanted::Wanted;

/// The telling of the end; with what was told before it makes half a minute.
pub const LAST_ROUND: Duration = Duration::from_secs(15);

/// The task's other end.
pub struct Telling {
    newest: watch::Sender<Snapshot>,
    task: JoinHandle<Told>,
}

impl Telling {
    /// Begins to listen; nothing is sent before the first story.
    pub fn begin(client: Client, context: Context, wanted: Wanted) -> Self {
        let (newest, receiver) = watch::channel(Snapshot::default());
        let teller = Teller::new(client, context, wanted);
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
    pub async fn end(self, story: &Story, ending: LastWord) -> Told {
        let Self { newest, mut task } = self;
        newest.send_replace(Snapshot {
            story: Some(Arc::new(story.clone())),
            ending: Some(ending),
        });
        match timeout_at(ending.by + Duration::from_millis(100), &mut task).await {
            Ok(Ok(told)) => told,
            Ok(Err(_)) | Err(_) => {
                task.abort();
                let call = "telling how the run ended".to_owned();
                let late = [(Scope::PullRequests, Error::OutOfTime { call })];
                Told {
                    found: vec![diagnostics::not_told(&late, &[])],
                    notes: Vec::new(),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tokio::time::Instant;

    use super::*;
    use crate::github::Settings;
    use crate::host::clock::Clock;
    use crate::http::proxies::Proxies;
    use crate::report::tests::samples;
    use crate::secret::{Secret, Vault};
    use crate::testing::github::GitHub;

    const SHA: &str = "1111111111111111111111111111111111111111";

    fn telling(server: &GitHub) -> Telling {
        let event = json!({"pull_request": {"number": 12, "head": {"sha": SHA, "repo": null}}});
        let variable = |name: &str| (name == "GITHUB_REPOSITORY").then_some("example/app");
        let context = Context::read(variable, &event).unwrap();
        let client = Client::open(Settings {
            api_url: server.url.clone(),
            repository: context.repository.clone(),
            token: Secret::new("ghs_token-of-the-test"),
            vault: Vault::default(),
            clock: Clock::system(),
            extra_roots: Vec::new(),
            proxies: Proxies::none(),
        });
        let wanted = Wanted {
            comment: true,
            suggestions: true,
            status: true,
            check_run: true,
        };
        Telling::begin(client.unwrap(), context, wanted)
    }

    fn ending(is_hurried: bool) -> LastWord {
        LastWord {
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
        let found = telling
            .end(&samples::story(told), ending(false))
            .await
            .found;
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
        let found = telling(&server).end(&story, ending(true)).await.found;
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
        let found = telling(&server).end(&story, ending(false)).await.found;
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
