//! The line of the manifest that brings a third-party framework in.

use crate::locate::files::{Files, directory, file_name, is_within};
use crate::locate::place::Place;
use crate::locate::projects::packages::{self, MANIFESTS};

/// Frameworks whose package bears another name, both as their makers publish them.
const ALIASES: &[(&str, &[&str])] = &[
    ("alamofiredynamic", &["alamofire"]),
    ("facebookcore", &["facebook-ios-sdk"]),
    ("fbsdkcorekit", &["facebook-ios-sdk"]),
    ("fbsdkcorekit_basics", &["facebook-ios-sdk"]),
    ("fbsdkloginkit", &["facebook-ios-sdk"]),
    ("fbsdksharekit", &["facebook-ios-sdk"]),
    ("firebaseanalytics", &["firebase-ios-sdk"]),
    ("firebaseauth", &["firebase-ios-sdk"]),
    ("firebasecore", &["firebase-ios-sdk"]),
    ("firebasecrashlytics", &["firebase-ios-sdk"]),
    ("firebasefirestore", &["firebase-ios-sdk"]),
    ("firebasemessaging", &["firebase-ios-sdk"]),
    ("googlesignin", &["googlesignin-ios"]),
    ("lottie", &["lottie-ios"]),
    ("realm", &["realm-swift"]),
    ("sentry", &["sentry-cocoa"]),
];

/// The line of the package, nearest to the app's project; none where two are equally near.
pub fn place(files: &Files, near: Option<&str>, name: &str) -> Option<Place> {
    if !files.complete() {
        return None;
    }
    let binary = binary_name(name)?.to_lowercase();
    let mut wanted = vec![binary.as_str()];
    let aliases = ALIASES.iter().find(|(framework, _)| *framework == binary);
    wanted.extend(
        aliases
            .into_iter()
            .flat_map(|(_, names)| names.iter().copied()),
    );
    MANIFESTS.iter().find_map(|(ending, read)| {
        let mut lines: Vec<(&str, u32)> = Vec::new();
        for path in files.paths().filter(|path| is_manifest(path, ending)) {
            for package in packages::of(files, path, *read) {
                let found = (path, package.line);
                if wanted.contains(&package.name.to_lowercase().as_str()) && !lines.contains(&found)
                {
                    lines.push(found);
                }
            }
        }
        let (path, line) = nearest(&lines, near)?;
        Some(Place::stated(path, line))
    })
}

/// `Alamofire` of `Payload/App.app/Frameworks/Alamofire.framework/Alamofire`. The app itself and its
/// extensions are no dependencies.
fn binary_name(name: &str) -> Option<&str> {
    let endings = [".framework", ".xcframework", ".dylib", ".bundle"];
    let inside = name
        .split('/')
        .rev()
        .find_map(|part| endings.iter().find_map(|ending| part.strip_suffix(ending)));
    let bare = inside.unwrap_or_else(|| file_name(name));
    (!bare.is_empty() && !bare.ends_with(".app") && !bare.ends_with(".appex")).then_some(bare)
}

fn is_manifest(path: &str, ending: &str) -> bool {
    match ending.strip_prefix('.') {
        Some(_) => path.ends_with(ending),
        None => file_name(path) == ending,
    }
}

/// Where a manifest stands; a project's bundle counts as a file.
fn home(path: &str) -> &str {
    let bundle = [".xcodeproj/", ".xcworkspace/"]
        .iter()
        .filter_map(|ending| path.find(ending))
        .min();
    directory(&path[..bundle.unwrap_or(path.len())])
}

fn nearest<'a>(lines: &[(&'a str, u32)], near: Option<&str>) -> Option<(&'a str, u32)> {
    let above: Vec<_> = lines
        .iter()
        .filter(|(path, _)| near.is_some_and(|near| is_within(near, home(path))))
        .collect();
    let depth = above.iter().map(|(path, _)| home(path).len()).max();
    let candidates: Vec<_> = match depth {
        Some(depth) => above
            .into_iter()
            .filter(|(path, _)| home(path).len() == depth)
            .collect(),
        None => lines.iter().collect(),
    };
    match candidates.as_slice() {
        [only] => Some(**only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_framework_is_known_by_its_binary() {
        assert_eq!(
            binary_name("Payload/A.app/Frameworks/B.framework/B"),
            Some("B")
        );
        assert_eq!(binary_name("Frameworks/B.framework"), Some("B"));
        assert_eq!(binary_name("B"), Some("B"));
        assert_eq!(binary_name("Payload/A.app"), None);
    }
}
