//! A place in the repository, as a link to its lines at the commit that was built.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::diagnostic::Location;
use crate::report::story::Story;
use crate::report::words;
use crate::report::words::markdown;

/// What a path keeps of itself in an address.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');
/// Lines that are shown above the one that is meant, and below.
const ABOVE: u32 = 2;
const BELOW: u32 = 3;

/// The place as code, which leads to its line where the commit is known.
pub fn linked(location: &Location, story: &Story) -> String {
    let shown = markdown::code(&words::path_and_line(location));
    let line = location
        .line
        .map(|line| format!("#L{line}"))
        .unwrap_or_default();
    match address(location, story) {
        Some(address) => format!("[{shown}]({address}{line})"),
        None => shown,
    }
}

/// The address of the lines around the place, which GitHub shows as code where it stands alone.
pub fn alone(location: &Location, story: &Story) -> Option<String> {
    let (line, address) = (location.line?, address(location, story)?);
    let first = line.saturating_sub(ABOVE).max(1);
    Some(format!(
        "{address}#L{first}-L{}",
        line.saturating_add(BELOW)
    ))
}

fn address(location: &Location, story: &Story) -> Option<String> {
    let source = story.source.as_deref()?;
    let is_plain = !location
        .path
        .split('/')
        .any(|part| matches!(part, "" | "." | ".."));
    is_plain.then(|| format!("{source}/{}", utf8_percent_encode(&location.path, KEPT)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::samples;

    fn at(path: &str, line: Option<u32>) -> Location {
        Location {
            path: path.to_owned(),
            line,
            column: None,
        }
    }

    #[test]
    fn a_place_leads_to_its_line_at_the_commit() {
        let mut story = samples::story(Vec::new());
        let place = at("ios/My App/Info.plist", Some(4));
        assert_eq!(linked(&place, &story), "`ios/My App/Info.plist:4`");
        assert_eq!(alone(&place, &story), None);
        story.source = Some("https://github.com/example/app/blob/abc".to_owned());
        assert_eq!(
            linked(&place, &story),
            "[`ios/My App/Info.plist:4`](https://github.com/example/app/blob/abc/ios/My%20App/Info.plist#L4)"
        );
        assert_eq!(
            alone(&place, &story).as_deref(),
            Some("https://github.com/example/app/blob/abc/ios/My%20App/Info.plist#L2-L7")
        );
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_no_link() {
        let mut story = samples::story(Vec::new());
        story.source = Some("https://github.com/example/app/blob/abc".to_owned());
        for path in ["../x", "/etc/passwd", "a//b", "./a"] {
            assert!(!linked(&at(path, None), &story).contains("]("), "{path}");
        }
    }
}
