//! The listening side: connections, and the ones that must be closed without an answer.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::sandbox::answers::Hangup;

/// How long connections have to finish what they do when the sandbox stops.
const PATIENCE: Duration = Duration::from_secs(1);

/// Serves until `stop` turns true. Dropping the future closes every connection.
pub(super) async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            accepted = listener.accept() => {
                // A connection that breaks while it is accepted is the client's affair.
                if let Ok((stream, _)) = accepted {
                    connections.spawn(connection(stream, router.clone(), stop.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(PATIENCE, async {
        while connections.join_next().await.is_some() {}
    })
    .await;
}

async fn connection(stream: TcpStream, router: Router, mut stop: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer(router.clone(), request));
    let serving = http1::Builder::new()
        // A client may rest between polls for as long as it likes.
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(stream), service);
    let mut serving = std::pin::pin!(serving);
    // How a connection ends is the client's affair.
    tokio::select! {
        _ = serving.as_mut() => {}
        _ = stop.changed() => {
            serving.as_mut().graceful_shutdown();
            let _ = serving.await;
        }
    }
}

/// An error makes hyper close the connection without an answer.
async fn answer(router: Router, request: Request<Incoming>) -> Result<Response, io::Error> {
    let answered: Result<Response, Infallible> =
        TowerToHyperService::new(router).call(request).await;
    match answered {
        Ok(response) if response.extensions().get::<Hangup>().is_some() => Err(io::Error::new(
            io::ErrorKind::ConnectionAborted,
            "the scenario hangs up",
        )),
        Ok(response) => Ok(response),
        Err(never) => match never {},
    }
}
