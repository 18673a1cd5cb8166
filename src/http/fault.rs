//! What broke a call before its answer was whole, recognised once for all clients.

use crate::text::chain::causes;

use std::error::Error;
use std::fmt;

/// What broke a call before its answer was whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No connection came about: the server surely did nothing.
    NotConnected,
    /// The server could not prove who it is: nothing was sent, and asking again is no use.
    Untrusted,
    /// The connection broke; what was asked may have been done.
    Lost,
    /// Nothing came in time; what was asked may have been done.
    Silent,
}

impl Fault {
    /// Every fault.
    #[cfg(test)]
    pub const ALL: [Self; 4] = [
        Self::NotConnected,
        Self::Untrusted,
        Self::Lost,
        Self::Silent,
    ];

    /// Finds it among the error's causes, however deep a library has wrapped it.
    pub fn of(error: &(dyn Error + 'static)) -> Self {
        let is_distrust = |cause: &(dyn Error + 'static)| {
            matches!(
                cause.downcast_ref(),
                Some(rustls::Error::InvalidCertificate(_))
            )
        };
        if causes(error).any(is_distrust) {
            return Self::Untrusted;
        }
        let call = causes(error).find_map(|cause| cause.downcast_ref::<reqwest::Error>());
        match call {
            Some(call) if call.is_connect() => Self::NotConnected,
            Some(call) if call.is_timeout() => Self::Silent,
            Some(_) | None => Self::Lost,
        }
    }

    /// Whether the server surely did nothing of what was asked.
    pub fn is_before_sending(self) -> bool {
        match self {
            Self::NotConnected | Self::Untrusted => true,
            Self::Lost | Self::Silent => false,
        }
    }
}

/// The words of all clients.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotConnected => "there is no connection; check the network and the proxy",
            Self::Untrusted => {
                "the server's certificate is not trusted; if a proxy or a server of yours stands between, give its root certificate in SSL_CERT_FILE"
            }
            Self::Lost => "the connection broke",
            Self::Silent => "nothing came back in time",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::time::Duration;

    use tokio::io::AsyncReadExt as _;
    use tokio::net::TcpListener;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] Box<dyn Error + Send + Sync>);

    fn wrapped(error: rustls::Error) -> Outer {
        Outer(Box::new(io::Error::other(io::Error::other(error))))
    }

    #[test]
    fn a_certificate_is_found_behind_any_wrapping() {
        let unknown = rustls::CertificateError::UnknownIssuer;
        let distrust = wrapped(rustls::Error::InvalidCertificate(unknown));
        assert_eq!(Fault::of(&distrust), Fault::Untrusted);
        let other = wrapped(rustls::Error::DecryptError);
        assert_eq!(Fault::of(&other), Fault::Lost);
    }

    async fn ask(address: &str, patience: Duration) -> Fault {
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .timeout(patience)
            .build()
            .unwrap();
        let error = client.post(address).send().await.unwrap_err();
        Fault::of(&Outer(Box::new(error)))
    }

    #[tokio::test]
    async fn nobody_there_a_broken_answer_and_silence_are_told_apart() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let long = Duration::from_secs(20);
        let (lost, ()) = tokio::join!(ask(&address, long), async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.read_u8().await.unwrap();
        });
        assert_eq!(lost, Fault::Lost);
        let short = Duration::from_millis(100);
        assert_eq!(ask(&address, short).await, Fault::Silent);
        drop(listener);
        assert_eq!(ask(&address, long).await, Fault::NotConnected);
    }
}
