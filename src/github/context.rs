//! Which pull request and commit a run belongs to, for every event that starts a workflow. Pure: the
//! variables and the event's payload come in
//! (<https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows>).

use std::time::SystemTime;

use serde_json::Value;

use crate::text::moment;

const NO_COMMIT: &str = "0000000000000000000000000000000000000000";
const GITHUB: &str = "https://github.com";
const API: &str = "https://api.github.com";

/// `owner/name`, made of characters that need no escaping in a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// The user or organisation.
    pub owner: String,
    /// The repository's name.
    pub name: String,
}

impl Repository {
    /// From `GITHUB_REPOSITORY`; `None` for anything that is not two plain names.
    pub fn parse(text: &str) -> Option<Self> {
        let (owner, name) = text.trim().split_once('/')?;
        let plain = |part: &str| {
            !part.is_empty()
                && !part.bytes().all(|byte| byte == b'.')
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        (plain(owner) && plain(name)).then(|| Self {
            owner: owner.to_owned(),
            name: name.to_owned(),
        })
    }
}

/// The pull request of a run, as far as the event says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PullRequest {
    /// The event names it.
    Known(u64),
    /// It is to be looked up by this commit or branch.
    LookUp(String),
    /// There is none for such an event.
    None,
}

/// Where a run comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// `GITHUB_API_URL`, as it stands.
    pub api_url: String,
    /// The repository that the workflow belongs to.
    pub repository: Repository,
    /// The commit that people look at: a pull request's head, never the merge commit made for it.
    pub head_sha: Option<String>,
    /// The pull request.
    pub pull_request: PullRequest,
    /// Whether the code comes from another repository; so does that of a deleted fork.
    pub is_fork: bool,
    /// Whether Dependabot started the run: it gets no secrets.
    pub is_dependabot: bool,
    /// The run's page.
    pub run_url: Option<String>,
    /// Where the repository's files are shown at that commit.
    pub source_url: Option<String>,
    /// `GITHUB_EVENT_NAME`.
    pub event: String,
    /// When the commit was made that the run is for, where the event says so: a push, and a workflow that follows one.
    pub committed: Option<SystemTime>,
}

impl Context {
    /// Reads the context; `None` where no repository is named, as outside of a workflow. `event` is
    /// the payload, `Null` where there is none.
    pub fn read<'a>(variable: impl Fn(&str) -> Option<&'a str>, event: &Value) -> Option<Self> {
        let repository = Repository::parse(variable("GITHUB_REPOSITORY")?)?;
        let name = variable("GITHUB_EVENT_NAME").unwrap_or_default();
        let place = Place {
            name,
            event,
            sha: variable("GITHUB_SHA").and_then(commit),
            reference: variable("GITHUB_REF").unwrap_or_default(),
        };
        let (head_sha, pull_request) = place.resolve();
        let server = variable("GITHUB_SERVER_URL").unwrap_or(GITHUB);
        Some(Self {
            api_url: variable("GITHUB_API_URL").unwrap_or(API).to_owned(),
            run_url: run_url(server, &repository, variable("GITHUB_RUN_ID")),
            source_url: source_url(server, &repository, head_sha.as_deref()),
            repository,
            head_sha,
            pull_request,
            is_fork: place.is_fork(),
            is_dependabot: variable("GITHUB_ACTOR") == Some("dependabot[bot]"),
            event: name.to_owned(),
            committed: place.committed(),
        })
    }

    /// Says of which commit the build was made that a run follows up, as repository and id. An event that is about no
    /// commit would lead to the tip of a branch, which is another one: where nobody knows the right one there is none.
    /// Another repository's commits are nothing to this one.
    pub fn follow(&mut self, source: Option<(&str, &str)>) {
        let is_free = ["schedule", "repository_dispatch", "workflow_dispatch"];
        if !is_free.contains(&&*self.event) {
            return;
        }
        let ours = source.filter(|(repository, _)| {
            Repository::parse(repository).as_ref() == Some(&self.repository)
        });
        self.head_sha = ours.and_then(|(_, sha)| commit(sha));
        let pull_request = self.head_sha.clone().map(PullRequest::LookUp);
        self.pull_request = pull_request.unwrap_or(PullRequest::None);
    }

    /// Whether nothing is known that could be told: neither a commit nor a pull request.
    pub fn is_about_nothing(&self) -> bool {
        self.head_sha.is_none() && self.pull_request == PullRequest::None
    }

    /// Whether GitHub gives this run no secrets: a pull request from a fork, or one of Dependabot's.
    /// `pull_request_target` and `workflow_run` have them.
    pub fn lacks_secrets(&self) -> bool {
        self.can_only_read() || (self.is_dependabot && self.event != "pull_request_target")
    }

    /// Whether no `permissions:` let the workflow's token write: a pull request from a fork.
    pub fn can_only_read(&self) -> bool {
        let is_guarded = matches!(
            self.event.as_str(),
            "pull_request" | "pull_request_review" | "pull_request_review_comment"
        );
        is_guarded && self.is_fork
    }
}

struct Place<'a> {
    name: &'a str,
    event: &'a Value,
    sha: Option<String>,
    reference: &'a str,
}

impl Place<'_> {
    /// The commit to post statuses on, and the pull request.
    fn resolve(&self) -> (Option<String>, PullRequest) {
        if let Some(number) = self.number("/pull_request/number") {
            // `GITHUB_SHA` is a merge commit that nobody sees, or the base's.
            let head = self.commit("/pull_request/head/sha");
            return (head, PullRequest::Known(number));
        }
        match self.name {
            "push" => self.push(),
            "workflow_run" => self.workflow_run(),
            "merge_group" => self.merge_group(),
            "workflow_dispatch" => match self.reference.strip_prefix("refs/heads/") {
                Some(branch) if self.sha.is_some() => {
                    (self.sha.clone(), PullRequest::LookUp(branch.to_owned()))
                }
                Some(_) | None => self.by_sha(self.sha.clone()),
            },
            "create" | "release" | "deployment" => self.by_sha(self.sha.clone()),
            "issue_comment" if !self.is_null("/issue/pull_request") => {
                let number = self.number("/issue/number");
                (None, number.map_or(PullRequest::None, PullRequest::Known))
            }
            // Without a payload the reference still names it: `refs/pull/12/merge`.
            _ => match self.reference.strip_prefix("refs/pull/").and_then(leading) {
                Some(number) => (None, PullRequest::Known(number)),
                None => (self.sha.clone(), PullRequest::None),
            },
        }
    }

    fn push(&self) -> (Option<String>, PullRequest) {
        if self.event.pointer("/deleted") == Some(&Value::Bool(true)) {
            return (None, PullRequest::None);
        }
        if self.reference.starts_with("refs/tags/") {
            // `after` is the tag itself where the tag has a message.
            return self.by_sha(self.sha.clone());
        }
        match self.event.pointer("/after").and_then(Value::as_str) {
            Some(NO_COMMIT) => (None, PullRequest::None),
            Some(after) => self.by_sha(commit(after).or_else(|| self.sha.clone())),
            None => self.by_sha(self.sha.clone()),
        }
    }

    fn workflow_run(&self) -> (Option<String>, PullRequest) {
        let sha = self.commit("/workflow_run/head_sha");
        match self.pull_requests_of_run().as_slice() {
            [only] => (sha, PullRequest::Known(*only)),
            // The list is empty for forks. `GITHUB_SHA` is the default branch's, so it is no help.
            _ => self.by_sha(sha),
        }
    }

    /// The list also names pull requests of the same branch in other repositories.
    fn pull_requests_of_run(&self) -> Vec<u64> {
        let own = self.number("/repository/id");
        let listed = self.event.pointer("/workflow_run/pull_requests");
        listed
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter(|listed| {
                let base = listed.pointer("/base/repo/id").and_then(Value::as_u64);
                own.is_none() || base.is_none() || base == own
            })
            .filter_map(|listed| listed.get("number")?.as_u64())
            .collect()
    }

    fn merge_group(&self) -> (Option<String>, PullRequest) {
        let sha = self
            .commit("/merge_group/head_sha")
            .or_else(|| self.sha.clone());
        let reference = self
            .event
            .pointer("/merge_group/head_ref")
            .and_then(Value::as_str)
            .unwrap_or(self.reference);
        // `refs/heads/gh-readonly-queue/main/pr-104-…`
        let last = reference.rsplit('/').next().unwrap_or_default();
        let number = last
            .strip_prefix("pr-")
            .filter(|rest| rest.contains('-'))
            .and_then(leading);
        (sha, number.map_or(PullRequest::None, PullRequest::Known))
    }

    fn committed(&self) -> Option<SystemTime> {
        let paths = [
            "/head_commit/timestamp",
            "/workflow_run/head_commit/timestamp",
        ];
        let mut texts = paths.iter().filter_map(|path| self.event.pointer(path));
        Some(moment::read(texts.next()?.as_str()?)?.at)
    }

    fn by_sha(&self, sha: Option<String>) -> (Option<String>, PullRequest) {
        let pull_request = sha.clone().map_or(PullRequest::None, PullRequest::LookUp);
        (sha, pull_request)
    }

    fn is_fork(&self) -> bool {
        let (head, source) = if self.name == "workflow_run" {
            (
                "/workflow_run/head_sha",
                "/workflow_run/head_repository/full_name",
            )
        } else {
            ("/pull_request/head", "/pull_request/head/repo/full_name")
        };
        if self.is_null(head) {
            return false;
        }
        let name = |path| self.event.pointer(path).and_then(Value::as_str);
        match (name(source), name("/repository/full_name")) {
            (Some(source), Some(own)) => !source.eq_ignore_ascii_case(own),
            // A deleted fork has no repository any more.
            (None, _) => true,
            (Some(_), None) => false,
        }
    }

    fn number(&self, path: &str) -> Option<u64> {
        self.event.pointer(path)?.as_u64()
    }

    fn commit(&self, path: &str) -> Option<String> {
        commit(self.event.pointer(path)?.as_str()?)
    }

    fn is_null(&self, path: &str) -> bool {
        self.event.pointer(path).is_none_or(Value::is_null)
    }
}

/// A commit's id: 40 or 64 hexadecimal digits that are not all zero.
fn commit(text: &str) -> Option<String> {
    let is_id = matches!(text.len(), 40 | 64)
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        && text.bytes().any(|byte| byte != b'0');
    is_id.then(|| text.to_ascii_lowercase())
}

fn leading(text: &str) -> Option<u64> {
    let end = text
        .find(|char: char| !char.is_ascii_digit())
        .unwrap_or(text.len());
    text[..end].parse().ok()
}

fn run_url(server: &str, repository: &Repository, run: Option<&str>) -> Option<String> {
    let run = run.filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()))?;
    let Repository { owner, name } = repository;
    let server = server.trim_end_matches('/');
    Some(format!("{server}/{owner}/{name}/actions/runs/{run}"))
}

fn source_url(server: &str, repository: &Repository, sha: Option<&str>) -> Option<String> {
    let Repository { owner, name } = repository;
    let server = server.trim_end_matches('/');
    let sha = sha.filter(|_| server.starts_with("https://"))?;
    Some(format!("{server}/{owner}/{name}/blob/{sha}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const HEAD: &str = "1111111111111111111111111111111111111111";
    const OTHER: &str = "2222222222222222222222222222222222222222";

    fn read(event: &str, reference: &str, payload: &Value) -> Context {
        let variable = |name: &str| match name {
            "GITHUB_REPOSITORY" => Some("example/app"),
            "GITHUB_EVENT_NAME" => Some(event),
            "GITHUB_SHA" => Some(OTHER),
            "GITHUB_REF" => Some(reference),
            "GITHUB_RUN_ID" => Some("99"),
            _ => None,
        };
        Context::read(variable, payload).unwrap()
    }

    fn place(event: &str, reference: &str, payload: &Value) -> (Option<String>, PullRequest) {
        let context = read(event, reference, payload);
        (context.head_sha, context.pull_request)
    }

    fn on(sha: &str, pull_request: PullRequest) -> (Option<String>, PullRequest) {
        (Some(sha.to_owned()), pull_request)
    }

    fn look_up(what: &str) -> PullRequest {
        PullRequest::LookUp(what.to_owned())
    }

    fn pull_request(head_repository: &Value) -> Value {
        json!({
            "number": 12,
            "pull_request": {"number": 12, "head": {"sha": HEAD, "repo": head_repository}},
            "repository": {"full_name": "example/app"},
        })
    }

    #[test]
    fn a_pull_request_is_told_on_its_head_and_not_on_the_merge_commit() {
        let own = pull_request(&json!({"full_name": "Example/App"}));
        for event in ["pull_request", "pull_request_target"] {
            let context = read(event, "refs/pull/12/merge", &own);
            assert_eq!(context.head_sha.as_deref(), Some(HEAD));
            assert_eq!(context.pull_request, PullRequest::Known(12));
            assert!(!context.is_fork && !context.lacks_secrets());
            assert_eq!(
                context.run_url.as_deref(),
                Some("https://github.com/example/app/actions/runs/99")
            );
        }
    }

    #[test]
    fn a_fork_is_known_even_when_it_is_deleted_and_a_target_run_has_its_secrets() {
        for source in [json!({"full_name": "stranger/app"}), Value::Null] {
            let payload = pull_request(&source);
            let context = read("pull_request", "", &payload);
            assert!(context.lacks_secrets() && context.can_only_read());
            let target = read("pull_request_target", "", &payload);
            assert!(target.is_fork && !target.lacks_secrets() && !target.can_only_read());
        }
    }

    #[test]
    fn when_the_commit_was_made_is_read_in_its_zone_where_the_event_says_it() {
        let made = json!({"timestamp": "2026-11-28T21:00:00+01:00"});
        let at = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_795_896_000);
        let pushed = json!({"after": HEAD, "head_commit": made});
        assert_eq!(read("push", "refs/heads/main", &pushed).committed, Some(at));
        let followed = json!({"workflow_run": {"head_sha": HEAD, "head_commit": made}});
        assert_eq!(read("workflow_run", "", &followed).committed, Some(at));
        let unread = json!({"after": HEAD, "head_commit": {"timestamp": "yesterday"}});
        assert_eq!(read("push", "refs/heads/main", &unread).committed, None);
        assert_eq!(read("schedule", "", &Value::Null).committed, None);
    }

    #[test]
    fn a_pushed_branch_is_looked_up_by_its_tip_and_a_deleted_one_is_not() {
        let pushed = json!({"after": HEAD, "head_commit": {"id": HEAD}});
        assert_eq!(
            place("push", "refs/heads/main", &pushed),
            on(HEAD, look_up(HEAD))
        );
        let deleted = json!({"after": NO_COMMIT, "head_commit": null});
        assert_eq!(
            place("push", "refs/heads/main", &deleted),
            (None, PullRequest::None)
        );
        let deleted = json!({"after": HEAD, "deleted": true});
        assert_eq!(
            place("push", "refs/heads/main", &deleted),
            (None, PullRequest::None)
        );
    }

    #[test]
    fn a_tag_is_told_on_its_commit_and_not_on_the_tag_object() {
        let pushed = json!({"after": HEAD, "ref": "refs/tags/v1", "base_ref": "refs/heads/main"});
        let expected = on(OTHER, look_up(OTHER));
        assert_eq!(place("push", "refs/tags/v1", &pushed), expected);
        let created = json!({"ref": "v1", "ref_type": "tag"});
        assert_eq!(place("create", "refs/tags/v1", &created), expected);
        let released = json!({"release": {"tag_name": "v1", "target_commitish": "main"}});
        assert_eq!(place("release", "refs/tags/v1", &released), expected);
    }

    #[test]
    fn a_workflow_run_is_told_where_its_workflow_ran() {
        let run = json!({"workflow_run": {"head_sha": HEAD, "pull_requests": [{"number": 7}]}});
        assert_eq!(
            place("workflow_run", "refs/heads/main", &run),
            on(HEAD, PullRequest::Known(7))
        );
        let elsewhere = json!({
            "workflow_run": {"head_sha": HEAD, "pull_requests": [
                {"number": 3, "base": {"repo": {"id": 2}}},
                {"number": 8, "base": {"repo": {"id": 1}}},
            ]},
            "repository": {"id": 1},
        });
        assert_eq!(
            place("workflow_run", "refs/heads/main", &elsewhere),
            on(HEAD, PullRequest::Known(8))
        );
        let fork = json!({
            "workflow_run": {
                "head_sha": HEAD,
                "pull_requests": [],
                "head_repository": {"full_name": "stranger/app"},
            },
            "repository": {"full_name": "example/app"},
        });
        let context = read("workflow_run", "refs/heads/main", &fork);
        assert_eq!(context.pull_request, look_up(HEAD));
        assert!(context.is_fork && !context.lacks_secrets());
    }

    #[test]
    fn a_merge_group_names_its_pull_request_in_its_branch() {
        let queued =
            |head_ref: &str| json!({"merge_group": {"head_sha": HEAD, "head_ref": head_ref}});
        let branch = "refs/heads/gh-readonly-queue/main/pr-104-0123456789abcdef";
        assert_eq!(
            place("merge_group", branch, &queued(branch)),
            on(HEAD, PullRequest::Known(104))
        );
        for odd in ["refs/heads/pr-x-1", "refs/heads/pr-104", ""] {
            assert_eq!(
                place("merge_group", "", &queued(odd)),
                on(HEAD, PullRequest::None)
            );
        }
    }

    #[test]
    fn a_dispatched_run_is_looked_up_by_its_branch() {
        let nothing = json!({"inputs": null});
        assert_eq!(
            place("workflow_dispatch", "refs/heads/topic/a", &nothing),
            on(OTHER, look_up("topic/a"))
        );
        assert_eq!(
            place("workflow_dispatch", "refs/tags/v1", &nothing),
            on(OTHER, look_up(OTHER))
        );
    }

    #[test]
    fn a_timetable_has_no_pull_request() {
        for event in ["schedule", "repository_dispatch", "something_new", ""] {
            assert_eq!(
                place(event, "refs/heads/main", &Value::Null),
                on(OTHER, PullRequest::None),
                "{event}"
            );
        }
    }

    #[test]
    fn what_follows_a_build_up_is_about_its_commit_and_about_none_where_that_is_not_known() {
        for event in ["schedule", "repository_dispatch", "workflow_dispatch"] {
            let follow = |source| {
                let mut context = read(event, "refs/heads/main", &Value::Null);
                context.follow(source);
                (context.head_sha.clone(), context)
            };
            let (sha, known) = follow(Some(("example/app", HEAD)));
            assert_eq!(
                (sha.as_deref(), known.pull_request),
                (Some(HEAD), look_up(HEAD))
            );
            for source in [
                None,
                Some(("example/other", HEAD)),
                Some(("example/app", "main")),
            ] {
                let (sha, context) = follow(source);
                assert_eq!(sha, None, "{event} {source:?}");
                assert!(context.is_about_nothing(), "{event} {source:?}");
            }
        }
        let mut pushed = read("push", "refs/heads/main", &json!({"after": HEAD}));
        pushed.follow(None);
        assert_eq!(pushed.head_sha.as_deref(), Some(HEAD));
    }

    #[test]
    fn without_a_payload_the_reference_still_names_the_pull_request() {
        assert_eq!(
            place("pull_request", "refs/pull/12/merge", &Value::Null),
            (None, PullRequest::Known(12))
        );
    }

    #[test]
    fn only_two_plain_names_are_a_repository() {
        assert!(Repository::parse("example/app.swift-1_x").is_some());
        for odd in [
            "", "example", "example/", "/app", "a/b/c", "a/..", "a/b?c", "a/b c",
        ] {
            assert_eq!(Repository::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn dependabot_gets_no_secrets() {
        let variable = |name: &str| match name {
            "GITHUB_REPOSITORY" => Some("example/app"),
            "GITHUB_EVENT_NAME" => Some("push"),
            "GITHUB_ACTOR" => Some("dependabot[bot]"),
            _ => None,
        };
        assert!(
            Context::read(variable, &Value::Null)
                .unwrap()
                .lacks_secrets()
        );
    }

    proptest! {
        #[test]
        fn no_payload_makes_it_panic_and_every_commit_is_one(
            text in ".{0,60}",
            number in any::<i64>(),
            event in prop::sample::select(vec!["push", "pull_request", "workflow_run", "merge_group"]),
        ) {
            let payload = json!({
                "after": text, "number": number,
                "pull_request": {"number": number, "head": {"sha": text, "repo": text}},
                "workflow_run": {"head_sha": number, "pull_requests": [{"number": text}]},
                "merge_group": {"head_ref": text, "head_sha": text},
            });
            let context = read(event, &text, &payload);
            if let Some(sha) = context.head_sha {
                prop_assert!(sha.bytes().all(|byte| byte.is_ascii_hexdigit()));
            }
        }
    }
}
