//! A release host on loopback, well behaved or not.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the host gives for a path.
#[derive(Clone)]
pub enum Answer {
    File(Vec<u8>),
    /// Says it is longer than it is, and hangs up.
    Truncated(Vec<u8>),
    Status(u16),
}

#[derive(Default)]
struct State {
    /// The answers of a path, one after the other; the last one stays.
    answers: BTreeMap<String, Vec<Answer>>,
    asked: Vec<String>,
}

/// The host; its thread ends with the test's process.
pub struct Releases {
    pub url: String,
    state: Arc<Mutex<State>>,
}

impl Releases {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // A client that goes away is its own affair.
                let _ = stream.and_then(|stream| answer(stream, &shared));
            }
        });
        Self { url, state }
    }

    /// What is given for a path: one answer for each request, the last one for ever.
    pub fn give<const N: usize>(&self, path: &str, answers: [Answer; N]) {
        let mut state = self.state.lock().expect("nobody panicked");
        state.answers.insert(path.to_owned(), answers.into());
    }

    /// The paths that were asked for.
    pub fn asked(&self) -> Vec<String> {
        self.state.lock().expect("nobody panicked").asked.clone()
    }
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines.by_ref() {
        if line?.is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let answer = {
        let mut state = state.lock().expect("nobody panicked");
        state.asked.push(path.clone());
        match state.answers.get_mut(&path) {
            Some(answers) if answers.len() > 1 => answers.remove(0),
            Some(answers) => answers[0].clone(),
            None => Answer::Status(404),
        }
    };
    let (status, body, length) = match answer {
        Answer::File(body) => (200, body.clone(), body.len()),
        Answer::Truncated(body) => (200, body.clone(), body.len() + 1_000),
        Answer::Status(status) => (status, Vec::new(), 0),
    };
    write!(
        stream,
        "HTTP/1.1 {status} So\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}
