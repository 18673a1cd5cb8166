//! Versions and build numbers as Apple writes them.

/// How many numbers a version is made of; `None` where it is none.
pub fn parts(text: &str) -> Option<usize> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('.').collect();
    parts
        .iter()
        .all(|part| is_number(part))
        .then_some(parts.len())
}

/// The build of a system or Xcode, if it is one of a beta: at least four digits and a small letter end it, as in
/// `17A5241e`. A release may end in a small letter too, after three digits.
pub fn beta(build: &str) -> Option<&str> {
    let rest = build.trim_start_matches(|char: char| char.is_ascii_digit());
    let rest = rest.strip_prefix(|char: char| char.is_ascii_uppercase())?;
    let digits = rest.strip_suffix(|char: char| char.is_ascii_lowercase())?;
    let is_beta = digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_beta && !build.starts_with(|char: char| char.is_ascii_uppercase())).then_some(build)
}
