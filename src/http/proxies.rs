//! The proxy on the way to other machines. It is read here, once, and every client is made with what was
//! read: the library would read the environment in its own way, and pass over what it can't read.

use hyper::Uri;
use reqwest::{NoProxy, Proxy};
use thiserror::Error;
use url::Url;

use crate::http::address::is_loopback;

/// Why a text names no proxy. The text itself is not part of it: a password may be in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAProxy {
    /// Nothing that can be connected to.
    #[error("it is no address of a proxy: write it like http://proxy.example:3128, or unset it")]
    NoAddress,
    /// A SOCKS proxy.
    #[error(
        "SOCKS is not spoken here: name an http or https proxy, like http://proxy.example:3128, or unset it"
    )]
    Socks,
    /// More than a proxy has: a path, most often because of a sign in the password.
    #[error(
        "nothing may stand behind the proxy's host and port: write it like http://proxy.example:3128, and in a user name or password %2F for /, %5C for \\, %3F for ? and %23 for #"
    )]
    Rest,
}

/// The proxy on the way to other machines, and who is asked without it.
#[derive(Clone, Default)]
pub struct Proxies(Option<Proxy>);

impl Proxies {
    /// None at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// A proxy by its address, with or without `http://`, and whom to ask without it, as `NO_PROXY` says it.
    /// What a user name or password may not hold as it is, such as `@` or `^`, is written in percent-encoding
    /// where nobody has done so.
    pub fn through(text: &str, but_for: &str) -> Result<Self, NotAProxy> {
        let url = address(text)?;
        // Plain http goes to loopback alone, and no proxy stands before that.
        let proxy = Proxy::https(url).map_err(|_| NotAProxy::NoAddress)?;
        Ok(Self(Some(proxy.no_proxy(NoProxy::from_string(but_for)))))
    }

    /// The proxies on the way to an address. There are none to loopback: no proxy elsewhere could
    /// reach it, and what travels in the clear must not leave this machine.
    pub fn toward(&self, url: &Url) -> Self {
        match is_loopback(url) {
            true => Self::none(),
            false => self.clone(),
        }
    }

    /// The library's proxy, where there is one.
    pub(super) fn into_proxy(self) -> Option<Proxy> {
        self.0
    }
}

/// The library shows the password.
impl std::fmt::Debug for Proxies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "a proxy" } else { "none" })
    }
}

fn address(text: &str) -> Result<Url, NotAProxy> {
    let text = text.trim();
    // The parser drops some of these without a word; the last stands for bytes that are no text.
    if text.contains(|char: char| char.is_control() || char == char::REPLACEMENT_CHARACTER) {
        return Err(NotAProxy::NoAddress);
    }
    // Names beyond ASCII are none that the parser of this program knows.
    if !host_of(text).is_ascii() || host_of(text).contains('%') {
        return Err(NotAProxy::NoAddress);
    }
    let whole = match text.contains("://") {
        true => Url::parse(text),
        false => Url::parse(&format!("http://{text}")),
    };
    let url = whole.map_err(|_| NotAProxy::NoAddress)?;
    match url.scheme() {
        "http" | "https" => {}
        scheme if scheme.starts_with("socks") => return Err(NotAProxy::Socks),
        _ => return Err(NotAProxy::NoAddress),
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(NotAProxy::Rest);
    }
    // The library takes the address apart by this type, and would go without a proxy where it can't.
    let read = url.as_str().parse::<Uri>();
    let has_host = read.is_ok_and(|uri| uri.host().is_some_and(|host| !host.is_empty()));
    match has_host {
        true => Ok(url),
        false => Err(NotAProxy::NoAddress),
    }
}

/// What stands where the host and port do.
fn host_of(text: &str) -> &str {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let rest = rest.trim_start_matches(['/', '\\']);
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or(rest);
    authority.rsplit('@').next().unwrap_or(authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, NotAProxy> {
        address(text).map(String::from)
    }

    #[test]
    fn an_address_is_read_as_it_is_pasted() {
        for (text, url) in [
            ("http://proxy.example:3128", "http://proxy.example:3128/"),
            ("http://proxy.example:3128/", "http://proxy.example:3128/"),
            (
                "  http://proxy.example:3128 \r\n",
                "http://proxy.example:3128/",
            ),
            ("proxy.example:3128", "http://proxy.example:3128/"),
            ("HTTPS://proxy.example", "https://proxy.example/"),
            ("http://[::1]:3128", "http://[::1]:3128/"),
            (
                "http://me:hunter22@proxy.example",
                "http://me:hunter22@proxy.example/",
            ),
            ("http://me:a@b@p.example", "http://me:a%40b@p.example/"),
            (
                "http://me:^|{}\"` ä@p.example",
                "http://me:%5E%7C%7B%7D%22%60%20%C3%A4@p.example/",
            ),
            ("http://me:100%@p.example", "http://me:100%@p.example/"),
            ("http://me:%5E@p.example", "http://me:%5E@p.example/"),
            (
                "http://xn--prxy-6qa.example",
                "http://xn--prxy-6qa.example/",
            ),
        ] {
            assert_eq!(read(text).as_deref(), Ok(url), "{text}");
        }
    }

    #[test]
    fn what_is_no_proxy_is_told_without_its_password() {
        for (text, why) in [
            ("::::x", NotAProxy::NoAddress),
            ("http://me:hunter22@", NotAProxy::NoAddress),
            ("ftp://proxy.example", NotAProxy::NoAddress),
            ("http://proxy.example:port", NotAProxy::NoAddress),
            ("http://proxy .example", NotAProxy::NoAddress),
            ("http://proxy\n.example", NotAProxy::NoAddress),
            ("http://me:hunter22@pröxy.example", NotAProxy::NoAddress),
            ("http://me:hunter22@p%41.example", NotAProxy::NoAddress),
            ("//PRÖXY/@me", NotAProxy::NoAddress),
            ("http://me:hunter22\u{fffd}@p.example", NotAProxy::NoAddress),
            ("socks5h://127.0.0.1:1080", NotAProxy::Socks),
            ("socks://127.0.0.1:1080", NotAProxy::Socks),
            ("http://me:1/hunter22@proxy.example", NotAProxy::Rest),
            ("http://me:1#hunter22@proxy.example", NotAProxy::Rest),
            ("http://me:1?hunter22@proxy.example", NotAProxy::Rest),
            ("http://domain\\me:hunter22@proxy.example", NotAProxy::Rest),
            ("http://proxy.example/proxy.pac", NotAProxy::Rest),
        ] {
            assert_eq!(read(text), Err(why), "{text}");
            assert!(!why.to_string().contains("hunter22"));
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_taken_is_taken_by_the_library_too(text in "(http://)?\\PC{0,12}(@[a-z\\PC]{1,6})?(:[0-9]{1,4})?") {
            if let Ok(url) = address(&text) {
                let uri: Uri = url.as_str().parse().unwrap();
                proptest::prop_assert_eq!(uri.host(), url.host_str());
            }
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let proxies = Proxies::through("http://me:hunter22@proxy.example", "").unwrap();
        assert_eq!(format!("{proxies:?} {:?}", Proxies::none()), "a proxy none");
    }

    #[test]
    fn no_proxy_stands_before_loopback() {
        let proxies = Proxies::through("proxy.example", "").unwrap();
        let is_used = |text: &str| proxies.toward(&text.parse().unwrap()).0.is_some();
        assert!(!is_used("http://127.0.0.1:8080"));
        assert!(!is_used("https://localhost"));
        assert!(is_used("https://example.com"));
    }
}
