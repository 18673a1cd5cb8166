//! A GitHub of our own on loopback: comments, statuses, check runs, and faults on request. It speaks
//! plain JSON and shares no type with the program.

use std::sync::{Arc, Mutex, MutexGuard};

use hyper::header::{HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::reviews::Reviews;
use super::server::{self, Answer, Server, not_found, plain};

/// The path in front of every route, as an Enterprise server has it.
pub const BASE: &str = "/api/v3";

/// A running server; it ends with the process.
#[derive(Clone)]
pub struct GitHub {
    pub url: String,
    server: Server,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// The login that `GET /user` gives; without one it answers 403, as for a workflow's token.
    viewer: Option<String>,
    comments: Vec<Value>,
    statuses: Vec<Value>,
    checks: Vec<Value>,
    reviews: Reviews,
    pulls: Value,
    faults: Vec<Fault>,
    next_id: u64,
}

/// A request that came, as text.
#[derive(Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: String,
    pub body: String,
}

struct Fault {
    method: &'static str,
    part: &'static str,
    status: u16,
    header: Option<(&'static str, &'static str)>,
    times: usize,
    /// Whether the thing is done all the same.
    is_done: bool,
}

impl GitHub {
    /// A server whose token is a workflow's.
    pub fn start() -> Self {
        let state = Arc::new(Mutex::new(State {
            pulls: json!([]),
            next_id: 100,
            ..State::default()
        }));
        let shared = Arc::clone(&state);
        let server = Server::start(move |request| {
            let mut state = shared.lock().expect("no thread panicked");
            state.answer(&Request::of(request))
        });
        Self {
            url: format!("{}{BASE}", server.url()),
            server,
            state,
        }
    }

    /// Who `GET /user` says the token is.
    pub fn viewer(&self, login: &str) {
        self.state().viewer = Some(login.to_owned());
    }

    /// What the look-up of a commit's pull requests gives.
    pub fn pulls(&self, pulls: Value) {
        self.state().pulls = pulls;
    }

    /// The changed files and the review comments, to be looked at and changed.
    pub fn reviews<T>(&self, with: impl FnOnce(&mut Reviews) -> T) -> T {
        with(&mut self.state().reviews)
    }

    /// A comment that is there already.
    pub fn comment(&self, login: &str, body: &str) -> u64 {
        let mut state = self.state();
        state.add_comment(login, body)
    }

    /// Answers so many requests of this method, with this in their path, with a fault.
    pub fn fails(&self, method: &'static str, part: &'static str, status: u16, times: usize) {
        self.state().faults.push(Fault {
            times,
            ..Fault::once(method, part, status)
        });
    }

    /// The same once, but the thing is done.
    pub fn fails_after_doing(&self, method: &'static str, part: &'static str, status: u16) {
        self.state().faults.push(Fault {
            is_done: true,
            ..Fault::once(method, part, status)
        });
    }

    /// The same once, with a header.
    pub fn fails_with(
        &self,
        method: &'static str,
        part: &'static str,
        status: u16,
        header: (&'static str, &'static str),
    ) {
        self.state().faults.push(Fault {
            header: Some(header),
            ..Fault::once(method, part, status)
        });
    }

    pub fn comments(&self) -> Vec<Value> {
        self.state().comments.clone()
    }

    /// The bodies of the comments.
    pub fn bodies(&self) -> Vec<String> {
        let text = |comment: &Value| comment["body"].as_str().unwrap_or_default().to_owned();
        self.state().comments.iter().map(text).collect()
    }

    /// The statuses in the order in which they came.
    pub fn statuses(&self) -> Vec<Value> {
        self.state().statuses.clone()
    }

    pub fn checks(&self) -> Vec<Value> {
        self.state().checks.clone()
    }

    pub fn requests(&self) -> Vec<Request> {
        self.server.requests().iter().map(Request::of).collect()
    }

    /// How many requests had this method, and this in their path.
    pub fn count(&self, method: &str, part: &str) -> usize {
        let asked = |request: &&Request| request.method == method && request.path.contains(part);
        self.requests().iter().filter(asked).count()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panicked")
    }
}

impl Request {
    fn of(request: &server::Request) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let line = |(name, value): (&HeaderName, &HeaderValue)| {
            format!("{name}: {}\r\n", text(value.as_bytes()))
        };
        Self {
            method: request.method.to_string(),
            path: request.uri.to_string(),
            headers: request.headers.iter().map(line).collect(),
            body: text(&request.body),
        }
    }
}

impl Fault {
    fn once(method: &'static str, part: &'static str, status: u16) -> Self {
        Self {
            method,
            part,
            status,
            header: None,
            times: 1,
            is_done: false,
        }
    }
}

impl State {
    fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    fn add_comment(&mut self, login: &str, body: &str) -> u64 {
        let id = self.id();
        let comment = json!({"id": id, "body": body, "user": {"login": login, "type": "Bot"}});
        self.comments.push(comment);
        id
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let fault = self.faults.iter_mut().find(|fault| {
            fault.times > 0 && fault.method == request.method && request.path.contains(fault.part)
        });
        if let Some(fault) = fault {
            fault.times -= 1;
            let (status, header, is_done) = (fault.status, fault.header, fault.is_done);
            if is_done {
                self.route(request);
            }
            let message = json!({"message": "Resource not accessible by integration"});
            let answer = plain(status, &message);
            return match header {
                Some((name, value)) => answer.header(name, value),
                None => answer,
            };
        }
        self.route(request)
    }

    fn route(&mut self, request: &Request) -> Answer {
        let Some(path) = request.path.strip_prefix(BASE) else {
            return not_found();
        };
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
        let login = self.viewer.clone();
        let author = login.as_deref().unwrap_or("github-actions[bot]");
        let pieces: Vec<&str> = path.trim_matches('/').split('/').collect();
        match (request.method.as_str(), pieces.as_slice()) {
            ("GET", ["user"]) => match &login {
                Some(login) => plain(200, &json!({"login": login})),
                None => plain(403, &json!({"message": "Resource not accessible"})),
            },
            ("GET", ["repos", _, _, "issues", _, "comments"]) => self.page(query),
            ("POST", ["repos", _, _, "issues", _, "comments"]) => {
                self.add_comment(author, body["body"].as_str().unwrap_or_default());
                let created = self.comments.last().expect("just added").clone();
                plain(201, &created)
            }
            ("PATCH", ["repos", _, _, "issues", "comments", id]) => match self.find(id) {
                Some(at) => {
                    self.comments[at]["body"] = body["body"].clone();
                    plain(200, &self.comments[at])
                }
                None => not_found(),
            },
            ("DELETE", ["repos", _, _, "issues", "comments", id]) => match self.find(id) {
                Some(at) => {
                    self.comments.remove(at);
                    plain(204, &Value::Null)
                }
                None => not_found(),
            },
            ("POST", ["repos", _, _, "statuses", sha]) => {
                let mut status = body;
                status["sha"] = Value::from(*sha);
                self.statuses.push(status.clone());
                plain(201, &status)
            }
            ("GET", ["repos", _, _, "commits", _, "statuses"]) => {
                plain(200, &self.statuses.iter().rev().cloned().collect())
            }
            ("GET", ["repos", _, _, "commits", _, "pulls"]) => plain(200, &self.pulls),
            ("POST", ["repos", _, _, "check-runs"]) => {
                let id = self.id();
                self.checks.push(body);
                plain(201, &json!({"id": id, "pull_requests": [{}]}))
            }
            ("PATCH", ["repos", _, _, "check-runs", _]) => {
                self.checks.push(body);
                plain(200, &json!({}))
            }
            (method, ["repos", _, _, "pulls", pieces @ ..]) => {
                let id = self.id();
                self.reviews.answer((method, pieces), &body, (author, id))
            }
            _ => not_found(),
        }
    }

    fn find(&self, id: &str) -> Option<usize> {
        let id: u64 = id.parse().ok()?;
        self.comments.iter().position(|comment| comment["id"] == id)
    }

    fn page(&self, query: &str) -> Answer {
        let number = |name: &str| -> Option<usize> {
            query
                .split('&')
                .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?
                .parse()
                .ok()
        };
        let size = number("per_page").unwrap_or(30).min(100);
        let page = number("page").unwrap_or(1);
        let all = &self.comments;
        let items: Value = all
            .iter()
            .skip((page - 1) * size)
            .take(size)
            .cloned()
            .collect();
        let answer = plain(200, &items);
        if all.len() > page * size {
            answer.header("link", "<https://elsewhere.example/next>; rel=\"next\"")
        } else {
            answer
        }
    }
}
