//! Where a secret may be sent: https anywhere, plain http on this machine only.

use thiserror::Error;
use url::{Host, Url};

/// The rule in words, to follow the address or its name.
pub const RULE: &str = "must be https, or http on loopback, without user name and password";

/// Why a secret must not go to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Danger {
    /// Neither https nor http.
    #[error("is neither http nor https")]
    OtherScheme,
    /// Plain http to another machine, readable for everybody on the way.
    #[error("is plain http to another machine")]
    PlainHttp,
    /// Nobody to send it to.
    #[error("names no host")]
    NoHost,
    /// A user name or password, of which a client would make a header.
    #[error("carries a user name or password")]
    Login,
}

/// Checks an address: https anywhere, plain http on loopback only, and no user name or password.
pub fn check(url: &Url) -> Result<(), Danger> {
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(url) => {}
        "http" => return Err(Danger::PlainHttp),
        _ => return Err(Danger::OtherScheme),
    }
    if !url.has_host() {
        return Err(Danger::NoHost);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Danger::Login);
    }
    Ok(())
}

/// Whether the address is on this machine. Of names only `localhost` is: any other could be led
/// elsewhere.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_goes_over_tls_or_stays_on_this_machine() {
        for (address, expected) in [
            ("https://api.appstoreconnect.apple.com", Ok(())),
            ("https://127.0.0.1:8443/", Ok(())),
            ("http://127.0.0.1:8080", Ok(())),
            ("http://127.8.9.1", Ok(())),
            ("http://localhost:8080", Ok(())),
            ("HTTP://LOCALHOST:8080", Ok(())),
            ("http://[::1]:8080", Ok(())),
            (
                "http://api.appstoreconnect.apple.com",
                Err(Danger::PlainHttp),
            ),
            ("http://127.0.0.1.example.com", Err(Danger::PlainHttp)),
            ("http://localhost.example.com", Err(Danger::PlainHttp)),
            ("http://localhost.", Err(Danger::PlainHttp)),
            ("http://10.0.0.1", Err(Danger::PlainHttp)),
            ("http://0.0.0.0", Err(Danger::PlainHttp)),
            ("http://[::]", Err(Danger::PlainHttp)),
            ("https://user:password@example.com", Err(Danger::Login)),
            ("https://user@example.com", Err(Danger::Login)),
            ("http://:password@127.0.0.1", Err(Danger::Login)),
            ("ftp://localhost", Err(Danger::OtherScheme)),
            ("file:///etc/passwd", Err(Danger::OtherScheme)),
            ("data:,x", Err(Danger::OtherScheme)),
        ] {
            let url = address.parse().unwrap();
            assert_eq!(check(&url), expected, "{address}");
        }
    }

    #[test]
    fn https_may_be_on_loopback_too() {
        let is = |text: &str| is_loopback(&text.parse().unwrap());
        assert!(is("https://127.0.0.1:8443/") && is("https://localhost/"));
        assert!(!is("https://example.com") && !is("data:,x"));
    }
}
