//! The address of an App Store Connect: https, or plain http on this machine alone.

use url::{Host, Url};

use crate::http::address::{Danger, check};
use crate::secret::typed;

/// Why an address is not used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressProblem {
    /// It does not parse.
    #[error("`{0}` is no web address: write it like https://api.appstoreconnect.apple.com")]
    Unreadable(String),
    /// Neither https nor http.
    #[error("`{0}` is not an https address")]
    NotHttps(String),
    /// http to another machine: the token would travel in the clear.
    #[error(
        "`{0}` is plain http to another machine, and the API token would travel readable: use https"
    )]
    PlainHttp(String),
    /// It carries a user name, a password, a query or a fragment.
    #[error("`{0}` carries more than a host and a path: leave user name, query and fragment out")]
    TooMuch(String),
    /// The Enterprise Program's API has no builds.
    #[error(
        "`{0}` is the Enterprise Program's API, which has no apps, builds or uploads: use a key of App Store Connect"
    )]
    Enterprise(String),
}

/// Reads the address, with a `/` at its end so that paths can be joined to it.
pub fn parse(text: &str) -> Result<Url, AddressProblem> {
    let text = text.trim();
    let unreadable = || AddressProblem::Unreadable(bare(text));
    let mut url = Url::parse(text).map_err(|_| unreadable())?;
    let host = url.host().ok_or_else(unreadable)?;
    if host == Host::Domain("api.enterprise.developer.apple.com") {
        return Err(AddressProblem::Enterprise(bare(text)));
    }
    check(&url).map_err(|danger| match danger {
        Danger::OtherScheme => AddressProblem::NotHttps(bare(text)),
        Danger::PlainHttp => AddressProblem::PlainHttp(bare(text)),
        Danger::NoHost => unreadable(),
        Danger::Login => AddressProblem::TooMuch(bare(text)),
    })?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(AddressProblem::TooMuch(bare(text)));
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// What was typed, without what may be secret in it: a user name and password, a query, a fragment, a key.
fn bare(text: &str) -> String {
    typed::shown(&without_more(text))
}

fn without_more(text: &str) -> String {
    let (path, more) = text.split_at(text.find(['?', '#']).unwrap_or(text.len()));
    if more.contains('@') {
        // The sign in the middle may be one of a password.
        return "the address".to_owned();
    }
    let (scheme, rest) = path.split_once("://").unwrap_or(("", path));
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    match scheme {
        "" => rest.to_owned(),
        scheme => format!("{scheme}://{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_taken_anywhere_and_http_on_this_machine_alone() {
        assert_eq!(
            parse("https://api.appstoreconnect.apple.com").map(String::from),
            Ok("https://api.appstoreconnect.apple.com/".to_owned())
        );
        for loopback in [
            "http://127.0.0.1:8080",
            "http://localhost:1/x",
            "http://[::1]:9",
        ] {
            assert!(parse(loopback).is_ok(), "{loopback}");
        }
        for elsewhere in [
            "http://example.com",
            "http://127.0.0.1.example.com",
            "http://10.0.0.1",
        ] {
            assert!(
                matches!(parse(elsewhere), Err(AddressProblem::PlainHttp(_))),
                "{elsewhere}"
            );
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        let problem = parse("https://me:hunter22@example.com/?token=abc").unwrap_err();
        assert!(matches!(problem, AddressProblem::TooMuch(_)));
        assert!(!problem.to_string().contains("hunter22"), "{problem}");
        assert!(!problem.to_string().contains("abc"), "{problem}");
    }

    #[test]
    fn no_problem_repeats_what_may_be_secret() {
        for text in [
            "https://me:hunter22@example.com/v1",
            "http://me:hunter22@example.com",
            "ftp://me:hunter22@example.com",
            "https://me:hunter22@",
            "me:hunter22@example.com",
            "https://me:hunter22@api.enterprise.developer.apple.com",
            "https://me:hunt?hunter22@example.com",
            "https://me:a@hunter22@example.com",
            "https:\\\\me:hunter22@example.com",
            "https://example.com/#hunter22",
            "https://me:hunter22#a@example.com",
        ] {
            let problem = parse(text).unwrap_err();
            assert!(!problem.to_string().contains("hunter22"), "{problem}");
        }
    }

    #[test]
    fn other_texts_say_what_they_are() {
        assert!(matches!(
            parse("api.example.com"),
            Err(AddressProblem::Unreadable(_))
        ));
        assert!(matches!(
            parse("ftp://example.com"),
            Err(AddressProblem::NotHttps(_))
        ));
        assert!(matches!(
            parse("https://api.enterprise.developer.apple.com/v1"),
            Err(AddressProblem::Enterprise(_))
        ));
    }
}
