//! A proxy that lets nobody through and writes down who was asked for, and by whom.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

const NO: &str = r#"{"errors":[{"status":"401","code":"NOT_AUTHORIZED","title":"Authentication credentials are missing or invalid.","detail":"Provide a properly configured and signed bearer token."}]}"#;

/// A proxy of our own.
pub struct Proxy {
    pub address: String,
    heard: Arc<Heard>,
}

/// The hosts that it was asked for, and who asked.
#[derive(Default)]
struct Heard {
    hosts: Mutex<BTreeSet<String>>,
    logins: Mutex<BTreeSet<String>>,
}

impl Proxy {
    /// One that lets nobody through.
    pub fn start() -> Self {
        Self::answering(|mut stream| {
            let _ = stream.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n");
        })
    }

    /// One that speaks in the place of these hosts and takes no key, and the certificate to trust.
    pub fn between(hosts: &[&str]) -> (Self, String) {
        let names: Vec<String> = hosts.iter().map(|&host| host.to_owned()).collect();
        let own = rcgen::generate_simple_self_signed(names).expect("a certificate");
        let private = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], private.into())
            .expect("a key that fits");
        let config = Arc::new(config);
        let proxy = Self::answering(move |mut stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            let session = ServerConnection::new(Arc::clone(&config)).expect("a session");
            let mut stream = BufReader::new(StreamOwned::new(session, stream));
            headers(&mut stream);
            let length = NO.len();
            let _ = write!(
                stream.get_mut(),
                "HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{NO}"
            );
        });
        (proxy, own.cert.pem())
    }

    fn answering(answer: impl Fn(TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let heard = Arc::<Heard>::default();
        let own = Arc::clone(&heard);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut reader = BufReader::new(stream);
                let lines = headers(&mut reader);
                let asked = lines.first().and_then(|line| line.split(' ').nth(1));
                let asked = asked.unwrap_or_default().to_owned();
                own.hosts.lock().expect("no panic").insert(asked);
                let logins = lines.iter().filter_map(|line| line.split_once(": Basic "));
                for (_, login) in logins {
                    let login = STANDARD.decode(login).expect("base64");
                    let login = String::from_utf8(login).expect("UTF-8");
                    own.logins.lock().expect("no panic").insert(login);
                }
                answer(reader.into_inner());
            }
        });
        Self { address, heard }
    }

    /// The hosts that it was asked for.
    pub fn asked(&self) -> Vec<String> {
        let hosts = self.heard.hosts.lock().expect("no panic");
        hosts.iter().cloned().collect()
    }

    /// The names and passwords that it was given.
    pub fn logins(&self) -> Vec<String> {
        let logins = self.heard.logins.lock().expect("no panic");
        logins.iter().cloned().collect()
    }

    /// Its host and port.
    pub fn place(&self) -> &str {
        self.address.trim_start_matches("http://")
    }
}

/// The first line of a request and its headers.
fn headers(from: &mut impl BufRead) -> Vec<String> {
    let lines = from.by_ref().lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).collect()
}

/// Makes calls at the same time, for most of them end with their deadline.
pub fn side_by_side<T: Sync>(cases: &[T], call: impl Fn(&T) + Sync) {
    thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| call(case));
        }
    });
}
