//! The listening side: plain or TLS connections, and the ones that must be closed without an answer.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::answers::Hangup;

/// How long connections have to finish what they do when the sandbox stops.
const PATIENCE: Duration = Duration::from_secs(1);

/// Serves until `stop` turns true. Dropping the future closes every connection.
pub(super) async fn serve(
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            accepted = listener.accept() => {
                // A connection that breaks while it is accepted is the client's affair.
                if let Ok((stream, _)) = accepted {
                    connections.spawn(connection(stream, acceptor.clone(), router.clone(), stop.clone()));
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

async fn connection(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    router: Router,
    stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    match acceptor {
        None => speak(stream, router, stop).await,
        Some(acceptor) => {
            if let Ok(stream) = acceptor.accept(stream).await {
                speak(stream, router, stop).await;
            }
        }
    }
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
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

/// The TLS side of a certificate and its key.
pub(super) fn acceptor(certificate_pem: &[u8], key_pem: &[u8]) -> Result<TlsAcceptor, TlsError> {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};

    let chain = CertificateDer::pem_slice_iter(certificate_pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(TlsError::Pem)?;
    let key = PrivateKeyDer::from_pem_slice(key_pem).map_err(TlsError::Pem)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(TlsError::Refused)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Why a certificate and key can't be served with.
#[derive(Debug, thiserror::Error)]
pub(super) enum TlsError {
    /// One of them is no PEM.
    #[error("the certificate or its key is not PEM")]
    Pem(#[source] rustls::pki_types::pem::Error),
    /// They are PEM, but do not fit.
    #[error("the certificate and its key can't be used together")]
    Refused(#[source] rustls::Error),
}
