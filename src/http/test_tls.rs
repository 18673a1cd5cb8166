//! A certificate of our own, for tests of whom a client trusts.

use std::sync::Arc;

use tokio_rustls::TlsAcceptor;

/// What takes TLS connections to `localhost`, and the PEM certificate that must be trusted for it.
pub fn localhost() -> (TlsAcceptor, String) {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let private = rustls::pki_types::PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], private.into())
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), own.cert.pem())
}
