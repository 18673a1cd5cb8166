//! The sandbox as a server: `jetway sandbox` in a process of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::Cli;

/// A running sandbox; it ends with the test.
pub struct Server {
    child: Child,
    pub url: String,
}

impl Server {
    pub fn start(scenario: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jetway"))
            .args(["sandbox", "--scenario", scenario])
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the sandbox starts");
        let stdout = child.stdout.take().expect("its output");
        let line = BufReader::new(stdout)
            .lines()
            .map_while(Result::ok)
            .find(|line| line.contains("http://"))
            .expect("the sandbox says its address");
        let at = line.find("http://").expect("found above");
        let url = line[at..]
            .split_whitespace()
            .next()
            .expect("an address")
            .to_owned();
        Self { child, url }
    }

    /// `ship` against this server, with its key.
    pub fn ship(&self) -> Cli {
        self.with_key(Cli::new().ship())
    }

    /// Any other command against this server, with its key.
    pub fn command(&self, name: &str) -> Cli {
        self.with_key(Cli::new().args([name, "--report", "report.json"]))
    }

    fn with_key(&self, call: Cli) -> Cli {
        let key = jetway::sandbox::demo_key();
        call.args(["--asc-url", &self.url, "--api-key-id", key.key_id])
            .args(["--api-issuer-id", key.issuer_id])
            .env("JETWAY_API_KEY", key.private_key_pem)
    }

    /// The call with this server's address and its key, by the environment.
    pub fn by_environment(&self, cli: Cli) -> Cli {
        let key = jetway::sandbox::demo_key();
        cli.env("JETWAY_ASC_URL", &self.url)
            .env("JETWAY_API_KEY_ID", key.key_id)
            .env("JETWAY_API_ISSUER_ID", key.issuer_id)
            .env("JETWAY_API_KEY", key.private_key_pem)
    }

    /// How often an operation was asked for and answered well.
    pub fn done(&self, operation: &str) -> usize {
        let log = self.log();
        let requests = log["requests"].as_array().expect("a list");
        requests
            .iter()
            .filter(|request| request["operation"] == operation)
            .filter(|request| {
                request["status"]
                    .as_u64()
                    .is_some_and(|status| status < 300)
            })
            .count()
    }

    /// Bytes of parts that arrived.
    pub fn bytes_put(&self) -> u64 {
        self.log()["summary"]["bytes_put"]
            .as_u64()
            .expect("a count")
    }

    /// What the server noted of the requests it got.
    pub fn log(&self) -> Value {
        let host = self.url.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(host).expect("the sandbox listens");
        write!(
            stream,
            "GET /sandbox/log HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let body = answer.split_once("\r\n\r\n").expect("a body").1;
        let start = body.find('{').expect("a document");
        let end = body.rfind('}').expect("a document");
        serde_json::from_str(&body[start..=end]).expect("a JSON document")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
