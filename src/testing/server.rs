//! A server on loopback whose answers a test gives, and which remembers what it was asked.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::header::HeaderMap;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Response, Uri};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};

/// A request that came, whole.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Request {
    /// Method and target, such as `GET /v1/apps?limit=1`; escapes are undone.
    pub fn line(&self) -> String {
        let target = self.uri.to_string();
        let target = percent_encoding::percent_decode_str(&target).decode_utf8_lossy();
        format!("{} {target}", self.method)
    }

    /// Its `Authorization`.
    pub fn token(&self) -> String {
        let token = self.headers["authorization"].to_str();
        token.expect("a token is ASCII").to_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }
}

/// What a test answers.
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    Broken,
    Silent,
}

impl Answer {
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
            end: End::Whole,
        }
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// More is announced than this body, and the connection breaks after it.
    pub fn broken(mut self) -> Self {
        self.end = End::Broken;
        self
    }

    /// Nothing comes, for ever.
    pub fn silence() -> Self {
        Self {
            end: End::Silent,
            ..Self::new(200, "")
        }
    }
}

/// A running server; its thread ends with the process.
#[derive(Clone)]
pub struct Server {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// A server that answers what `answer` says, in a thread of its own, so that a test may block. A
    /// request is remembered before it is answered.
    pub fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let server = Self {
            address: listener.local_addr().expect("an address"),
            requests: Arc::default(),
        };
        let serving = serve(listener, server.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_io()
                .build()
                .expect("a runtime")
                .block_on(serving);
        });
        server
    }

    /// Where it is reached, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What came so far.
    pub fn requests(&self) -> Vec<Request> {
        self.remembered().clone()
    }

    /// What came so far, and it is forgotten.
    pub fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.remembered())
    }

    fn remembered(&self) -> MutexGuard<'_, Vec<Request>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Answering = Arc<dyn Fn(&Request) -> Answer + Send + Sync>;

async fn serve(listener: TcpListener, server: Server, answering: Answering) {
    listener
        .set_nonblocking(true)
        .expect("a listener for tokio");
    let listener = tokio::net::TcpListener::from_std(listener).expect("a listener for tokio");
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        let (server, answering) = (server.clone(), Arc::clone(&answering));
        let service =
            service_fn(move |request| answered(request, server.clone(), Arc::clone(&answering)));
        // A client that goes away early is its own affair.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn answered(
    request: hyper::Request<Incoming>,
    server: Server,
    answering: Answering,
) -> Result<Response<Rest>, Infallible> {
    let (head, body) = request.into_parts();
    let request = Request {
        method: head.method,
        uri: head.uri,
        headers: head.headers,
        body: whole(body).await,
    };
    server.remembered().push(request.clone());
    let answer = answering(&request);
    if answer.end == End::Silent {
        return std::future::pending().await;
    }
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    let rest = Rest {
        body: Some(answer.body),
        missing: if answer.end == End::Broken { 1_000 } else { 0 },
        waited: false,
    };
    Ok(response.body(rest).expect("an answer that can be written"))
}

/// All bytes of a body; those that came, where it breaks off.
async fn whole(mut body: Incoming) -> Bytes {
    let mut bytes = Vec::new();
    while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        if let Ok(piece) = frame.into_data() {
            bytes.extend_from_slice(&piece);
        }
    }
    bytes.into()
}

/// What is still to be sent of an answer.
struct Rest {
    body: Option<Bytes>,
    /// Bytes that are announced and never come.
    missing: u64,
    waited: bool,
}

impl Body for Rest {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(body) = self.body.take() {
            return Poll::Ready(Some(Ok(Frame::data(body))));
        }
        if self.missing == 0 {
            return Poll::Ready(None);
        }
        // What is here already is written while the rest is waited for.
        if !std::mem::replace(&mut self.waited, true) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::other(
            "the test breaks the answer off",
        ))))
    }

    fn size_hint(&self) -> SizeHint {
        let here = self.body.as_ref().map_or(0, |body| body.len() as u64);
        SizeHint::with_exact(here + self.missing)
    }
}

/// An answer in JSON.
pub(super) fn plain(status: u16, body: &Value) -> Answer {
    let text = if status == 204 {
        String::new()
    } else {
        body.to_string()
    };
    Answer::new(status, text).header("content-type", "application/json")
}

/// There is no such thing.
pub(super) fn not_found() -> Answer {
    plain(404, &json!({"message": "Not Found"}))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn what_was_said_before_the_break_arrives() {
        let server = Server::start(|request| Answer::new(200, request.body.clone()).broken());
        let mut stream = TcpStream::connect(server.address).expect("the server listens");
        stream
            .write_all(b"POST /a%20b HTTP/1.1\r\ncontent-length: 4\r\n\r\nhalf")
            .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an end");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("content-length: 1004\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\nhalf"), "{answer}");
        assert_eq!(server.requests()[0].line(), "POST /a b");
    }
}
