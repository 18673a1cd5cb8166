//! What stands between the program and a sandbox: it changes what the sandbox answers, or gives it another name.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{Cli, Server};

/// The name of a sandbox that is elsewhere; it is in no DNS.
const NAME: &str = "api.example.test";

type Change = Arc<dyn Fn(String) -> String + Send + Sync>;

/// A relay in threads of this process.
pub struct Relay {
    address: SocketAddr,
    /// The certificate to trust, where the sandbox is elsewhere.
    root: Option<String>,
}

impl Relay {
    /// The sandbox on this machine, its answers changed.
    pub fn changing(sandbox: &Server, change: fn(String) -> String) -> Self {
        Self::start(sandbox, Arc::new(change), None)
    }

    /// The sandbox on what looks like another machine: https, and through a proxy.
    pub fn elsewhere(sandbox: &Server) -> Self {
        Self::start(sandbox, Arc::new(|answer| answer), Some(NAME))
    }

    fn start(sandbox: &Server, change: Change, name: Option<&str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let to = sandbox.url.trim_start_matches("http://");
        let to = to.trim_end_matches('/').to_owned();
        let (config, root) = name.map(certified).unzip();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (to, change, config) = (to.clone(), Arc::clone(&change), config.clone());
                // A client that goes away early is its own affair.
                thread::spawn(move || serve(stream, &to, &change, config));
            }
        });
        Self { address, root }
    }

    /// `ship` against the sandbox, by this relay.
    pub fn ship(&self) -> Cli {
        let key = jetway::sandbox::demo_key();
        let cli = Cli::new()
            .ship()
            .args(["--api-key-id", key.key_id, "--api-issuer-id", key.issuer_id])
            .env("JETWAY_API_KEY", key.private_key_pem);
        let here = format!("http://{}", self.address);
        match &self.root {
            None => cli.args(["--asc-url", &here]),
            Some(root) => {
                let cli = cli.file("root.pem", root).env("HTTPS_PROXY", here);
                let path = cli.path("root.pem");
                cli.env("SSL_CERT_FILE", path)
                    .args(["--asc-url", &format!("https://{NAME}")])
            }
        }
    }
}

/// What speaks TLS under this name, and the certificate that must be trusted for it.
fn certified(name: &str) -> (Arc<ServerConfig>, String) {
    let own = rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let private = rustls::pki_types::PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], private.into())
        .expect("a key that fits");
    (Arc::new(config), own.cert.pem())
}

fn serve(
    mut stream: TcpStream,
    to: &str,
    change: &Change,
    config: Option<Arc<ServerConfig>>,
) -> Option<()> {
    let Some(config) = config else {
        return relay(stream, to, change);
    };
    let (head, _) = request(&mut BufReader::new(&mut stream))?;
    assert!(head.starts_with(&format!("CONNECT {NAME}:443 ")), "{head}");
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
    let connection = ServerConnection::new(config).ok()?;
    relay(StreamOwned::new(connection, stream), to, change)
}

/// Brings one request to the sandbox, and its answer back.
fn relay(stream: impl Read + Write, to: &str, change: &Change) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let (head, body) = request(&mut stream)?;
    let mut sandbox = TcpStream::connect(to).ok()?;
    let lines = head.lines().filter(|line| !is(line, "connection"));
    let head: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    write!(
        sandbox,
        "{}\r\nconnection: close\r\n\r\n",
        head.join("\r\n")
    )
    .ok()?;
    sandbox.write_all(&body).ok()?;
    let mut answer = Vec::new();
    sandbox.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let body = change(body.to_owned());
    let mut lines: Vec<&str> = head
        .lines()
        .filter(|line| !is(line, "connection") && !is(line, "content-length"))
        .collect();
    let length = format!("content-length: {}", body.len());
    if !body.is_empty() {
        lines.push(&length);
    }
    let stream = stream.get_mut();
    let head = lines.join("\r\n");
    write!(stream, "{head}\r\nconnection: close\r\n\r\n{body}").ok()?;
    stream.flush().ok()
}

/// Whether a line is the header of this name.
fn is(line: &str, name: &str) -> bool {
    let found = line.split(':').next();
    found.is_some_and(|found| found.eq_ignore_ascii_case(name))
}

/// The head and the body of a request.
fn request(stream: &mut BufReader<impl Read>) -> Option<(String, Vec<u8>)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head.lines().find(|line| is(line, "content-length"));
    let length = length.and_then(|line| line.split(':').nth(1)?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    Some((head, body))
}
