//! A GitHub of our own on loopback: comments, statuses, check runs, and faults on request. It speaks
//! plain JSON and shares no type with the program.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use serde_json::{Value, json};

/// The path in front of every route, as an Enterprise server has it.
pub const BASE: &str = "/api/v3";

/// A running server; its threads end with the process.
#[derive(Clone)]
pub struct GitHub {
    pub url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// The login that `GET /user` gives; without one it answers 403, as for a workflow's token.
    viewer: Option<String>,
    comments: Vec<Value>,
    statuses: Vec<Value>,
    checks: Vec<Value>,
    pulls: Value,
    faults: Vec<Fault>,
    requests: Vec<Request>,
    next_id: u64,
}

/// A request that came.
#[derive(Clone, Debug)]
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
    headers: &'static str,
    times: usize,
    /// Whether the thing is done all the same.
    is_done: bool,
}

impl GitHub {
    /// A server whose token is a workflow's.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State {
            pulls: json!([]),
            next_id: 100,
            ..State::default()
        }));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || serve(&stream, &state));
            }
        });
        Self {
            url: format!("http://{address}{BASE}"),
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
        headers: &'static str,
    ) {
        self.state().faults.push(Fault {
            headers,
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
        self.state().requests.clone()
    }

    /// How many requests had this method, and this in their path.
    pub fn count(&self, method: &str, part: &str) -> usize {
        let state = self.state();
        let asked = |request: &&Request| request.method == method && request.path.contains(part);
        state.requests.iter().filter(asked).count()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panicked")
    }
}

impl Fault {
    fn once(method: &'static str, part: &'static str, status: u16) -> Self {
        Self {
            method,
            part,
            status,
            headers: "",
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

    fn answer(&mut self, request: &Request) -> (u16, String, Value) {
        let fault = self.faults.iter_mut().find(|fault| {
            fault.times > 0 && fault.method == request.method && request.path.contains(fault.part)
        });
        if let Some(fault) = fault {
            fault.times -= 1;
            let (status, headers, is_done) = (fault.status, fault.headers, fault.is_done);
            if is_done {
                self.route(request);
            }
            let message = json!({"message": "Resource not accessible by integration"});
            return (status, headers.to_owned(), message);
        }
        self.route(request)
    }

    fn route(&mut self, request: &Request) -> (u16, String, Value) {
        let Some(path) = request.path.strip_prefix(BASE) else {
            return (404, String::new(), json!({"message": "Not Found"}));
        };
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
        let login = self.viewer.clone();
        let author = login.clone().unwrap_or("github-actions[bot]".to_owned());
        let pieces: Vec<&str> = path.trim_matches('/').split('/').collect();
        let plain = |status, body| (status, String::new(), body);
        match (request.method.as_str(), pieces.as_slice()) {
            ("GET", ["user"]) => match login {
                Some(login) => plain(200, json!({"login": login})),
                None => plain(
                    403,
                    json!({"message": "Resource not accessible by integration"}),
                ),
            },
            ("GET", ["repos", _, _, "issues", _, "comments"]) => self.page(query),
            ("POST", ["repos", _, _, "issues", _, "comments"]) => {
                self.add_comment(&author, body["body"].as_str().unwrap_or_default());
                let created = self.comments.last().expect("just added").clone();
                plain(201, created)
            }
            ("PATCH", ["repos", _, _, "issues", "comments", id]) => match self.find(id) {
                Some(at) => {
                    self.comments[at]["body"] = body["body"].clone();
                    plain(200, self.comments[at].clone())
                }
                None => plain(404, json!({"message": "Not Found"})),
            },
            ("DELETE", ["repos", _, _, "issues", "comments", id]) => match self.find(id) {
                Some(at) => {
                    self.comments.remove(at);
                    plain(204, Value::Null)
                }
                None => plain(404, json!({"message": "Not Found"})),
            },
            ("POST", ["repos", _, _, "statuses", sha]) => {
                let mut status = body;
                status["sha"] = Value::from(*sha);
                self.statuses.push(status.clone());
                plain(201, status)
            }
            ("GET", ["repos", _, _, "commits", _, "statuses"]) => {
                plain(200, self.statuses.iter().rev().cloned().collect())
            }
            ("GET", ["repos", _, _, "commits", _, "pulls"]) => plain(200, self.pulls.clone()),
            ("POST", ["repos", _, _, "check-runs"]) => {
                let id = self.id();
                self.checks.push(body);
                plain(201, json!({"id": id, "pull_requests": [{}]}))
            }
            ("PATCH", ["repos", _, _, "check-runs", _]) => {
                self.checks.push(body);
                plain(200, json!({}))
            }
            _ => plain(404, json!({"message": "Not Found"})),
        }
    }

    fn find(&self, id: &str) -> Option<usize> {
        let id: u64 = id.parse().ok()?;
        self.comments.iter().position(|comment| comment["id"] == id)
    }

    fn page(&self, query: &str) -> (u16, String, Value) {
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
        let next = if all.len() > page * size {
            "Link: <https://elsewhere.example/next>; rel=\"next\"\r\n"
        } else {
            ""
        };
        (200, next.to_owned(), items)
    }
}

fn serve(stream: &TcpStream, state: &Mutex<State>) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    let mut reader = BufReader::new(stream);
    let Some(request) = read(&mut reader) else {
        return;
    };
    let (status, headers, body) = {
        let mut state = state.lock().expect("no thread panicked");
        state.requests.push(request.clone());
        state.answer(&request)
    };
    let text = if status == 204 {
        String::new()
    } else {
        body.to_string()
    };
    let mut writer = stream;
    let _ = write!(
        writer,
        "HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    );
}

fn read(reader: &mut BufReader<&TcpStream>) -> Option<Request> {
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut words = first.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = String::new();
    let mut length = 0;
    let mut is_chunked = false;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        is_chunked |= lower.starts_with("transfer-encoding:") && lower.contains("chunked");
        headers.push_str(&line);
    }
    let body = if is_chunked {
        chunks(reader)?
    } else {
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        body
    };
    Some(Request {
        method,
        path,
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

fn chunks(reader: &mut BufReader<&TcpStream>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let size = usize::from_str_radix(line.trim(), 16).ok()?;
        let mut chunk = vec![0; size + 2];
        reader.read_exact(&mut chunk).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..size]);
    }
}
