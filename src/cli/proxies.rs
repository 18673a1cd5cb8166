//! The proxy that the environment names.

use crate::cli::diagnostics;
use crate::cli::environment::Environment;
use crate::diagnostic::Diagnostic;
use crate::http::proxies::Proxies;

/// Where a proxy is named; the first that says anything counts.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// Who is asked without it, likewise.
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// Reads it. One that is no address is an error, and not passed by; its text is not repeated, for a password may
/// be in it.
pub fn read(environment: &Environment) -> Result<Proxies, Box<Diagnostic>> {
    let first = |names: &[&'static str]| {
        let mut given = names.iter();
        given.find_map(|name| Some((*name, environment.get(name)?)))
    };
    let Some((name, text)) = first(&VARIABLES) else {
        return Ok(Proxies::none());
    };
    let but_for = first(&EXCEPTIONS).map_or("", |(_, text)| text);
    Proxies::through(text, but_for)
        .map_err(|why| Box::new(diagnostics::option_invalid(name, &why.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_that_is_used_is_the_one_that_is_checked() {
        let read = |pairs: [(&str, &str); 2]| {
            let read = read(&Environment::from(pairs));
            read.map(|proxies| format!("{proxies:?}"))
        };
        let wrong = "socks5://me:hunter22@proxy.example";
        assert_eq!(read([("A", "a"), ("B", "b")]).as_deref(), Ok("none"));
        let used = [("HTTPS_PROXY", "proxy.example"), ("all_proxy", wrong)];
        assert_eq!(read(used).as_deref(), Ok("a proxy"));
        for name in VARIABLES {
            let told = read([("HTTPS_PROXY", " "), (name, wrong)]);
            let told = format!("{:?}", told.expect_err("it is no proxy for us"));
            assert!(told.contains(name) && !told.contains("hunter22"), "{told}");
        }
    }
}
