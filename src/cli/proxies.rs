//! The proxies of the environment: an address that is none would be passed over without a word, and the run
//! would go past the proxy.

use url::Url;

use crate::cli::diagnostics;
use crate::cli::environment::Environment;
use crate::cli::problems::Problems;

/// Where proxies are named.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// What a proxy may speak.
const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// Notes each variable that names a proxy and can't. Its text is not repeated: a password may be in it.
pub fn check(environment: &Environment, problems: &mut Problems) {
    for name in VARIABLES {
        if environment.get(name).is_some_and(|text| !is_address(text)) {
            let why =
                "it is no address of a proxy: write it like http://proxy.example:3128, or unset it";
            problems.add(diagnostics::option_invalid(name, why));
        }
    }
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    let whole = match text.contains("://") {
        true => Url::parse(text),
        false => Url::parse(&format!("http://{text}")),
    };
    whole.is_ok_and(|url| url.has_host() && SCHEMES.contains(&url.scheme()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_that_is_no_address_is_told_without_its_password() {
        for (text, good) in [
            ("http://proxy.example:3128", true),
            ("proxy.example:3128", true),
            ("http://me:hunter22@proxy.example", true),
            ("socks5h://127.0.0.1:1080", true),
            ("::::x", false),
            ("http://me:hunter22@", false),
            ("ftp://proxy.example", false),
            ("http://proxy.example:port", false),
        ] {
            let mut problems = Problems::default();
            check(&Environment::from([("HTTPS_PROXY", text)]), &mut problems);
            let problems = problems.into_all();
            assert_eq!(problems.is_empty(), good, "{text}");
            assert!(!format!("{problems:?}").contains("hunter22"));
        }
    }
}
