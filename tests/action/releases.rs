//! A release host on loopback, well behaved or not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::support::testing::server::{self, Server};

/// What the host gives for a path.
#[derive(Clone)]
pub enum Answer {
    File(Vec<u8>),
    /// Says it is longer than it is, and hangs up.
    Truncated(Vec<u8>),
    Status(u16),
}

/// The answers of a path, one after the other; the last one stays.
type Answers = BTreeMap<String, Vec<Answer>>;

/// The host; it ends with the test's process.
pub struct Releases {
    pub url: String,
    server: Server,
    answers: Arc<Mutex<Answers>>,
}

impl Releases {
    pub fn start() -> Self {
        let answers = Arc::new(Mutex::new(Answers::default()));
        let shared = Arc::clone(&answers);
        let server = Server::start(move |request| {
            let mut answers = shared.lock().expect("nobody panicked");
            match answers.get_mut(request.uri.path()) {
                Some(answers) if answers.len() > 1 => answers.remove(0),
                Some(answers) => answers[0].clone(),
                None => Answer::Status(404),
            }
            .into()
        });
        Self {
            url: server.url(),
            server,
            answers,
        }
    }

    /// What is given for a path: one answer for each request, the last one for ever.
    pub fn give<const N: usize>(&self, path: &str, answers: [Answer; N]) {
        let mut given = self.answers.lock().expect("nobody panicked");
        given.insert(path.to_owned(), answers.into());
    }

    /// The paths that were asked for.
    pub fn asked(&self) -> Vec<String> {
        let requests = self.server.requests().into_iter();
        requests.map(|request| request.uri.to_string()).collect()
    }
}

impl From<Answer> for server::Answer {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::File(body) => Self::new(200, body),
            Answer::Truncated(body) => Self::new(200, body).broken(),
            Answer::Status(status) => Self::new(status, ""),
        }
    }
}
