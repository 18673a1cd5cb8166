//! The lines to paste for a finding: those of its entry, with the finding's own names in them, in the file where its
//! project keeps them.

use crate::codes::entry::Entry;
use crate::codes::template::{fill, places, value};
use crate::codes::topic::Topic;
use crate::diagnostic::{CASE, Diagnostic, Paste, Severity};

/// Where a framework's app has its Info.plist.
const PLISTS: &[(&str, &str)] = &[
    ("flutter", "ios/Runner/Info.plist"),
    ("capacitor", "ios/App/App/Info.plist"),
    ("dotnet", "Platforms/iOS/Info.plist"),
];

/// What writes the Info.plist again with every build, so that nothing in it stays.
const WRITES_PLISTS: &[&str] = &["cordova", "tuist", "unity", "xcodegen"];

/// What keeps versions and settings elsewhere than in the project of Xcode.
const WRITES_PROJECTS: &[&str] = &[
    "cordova", "dotnet", "expo", "flutter", "tuist", "unity", "xcodegen",
];

/// The lines for a finding of this entry in a project made with these frameworks; `None` where they are not known
/// whole, or where the finding is of a narrower kind than they are.
pub(super) fn of(entry: &Entry, found: &Diagnostic, frameworks: &[&str]) -> Option<Paste> {
    let snippet = entry.snippet.as_ref().filter(|snippet| snippet.paste)?;
    if found.variables.contains_key(CASE) || found.severity == Severity::Notice {
        return None;
    }
    let variables = &found.variables;
    let is_known = |name: &str| value(name, variables).is_some();
    if !places(&snippet.after)
        .iter()
        .all(|(name, _)| is_known(name))
    {
        return None;
    }
    let paste = Paste {
        file: snippet.file.clone(),
        lines: fill(snippet.after.trim_matches('\n'), variables),
    };
    let uses = |list: &[&str]| frameworks.iter().any(|name| list.contains(name));
    let is_apps = Topic::of_finding(found) == Topic::Of("info-plist-key");
    match paste.file.as_str() {
        "project.pbxproj" if uses(WRITES_PROJECTS) => None,
        "Info.plist" if is_apps && frameworks.contains(&"expo") => in_app_json(&paste.lines),
        "Info.plist" if is_apps && uses(WRITES_PLISTS) => None,
        "Info.plist" if is_apps => {
            let own = PLISTS.iter().find(|(name, _)| frameworks.contains(name));
            let file = own.map_or(paste.file, |(_, file)| (*file).to_owned());
            Some(Paste { file, ..paste })
        }
        _ => Some(paste),
    }
}

/// Keys with plain values as Expo keeps them.
fn in_app_json(lines: &str) -> Option<Paste> {
    let mut pairs = Vec::new();
    let mut lines = lines.lines().map(str::trim);
    while let Some(line) = lines.next() {
        let key = line.strip_prefix("<key>")?.strip_suffix("</key>")?;
        let value = match lines.next()? {
            "<true/>" => serde_json::Value::Bool(true),
            "<false/>" => serde_json::Value::Bool(false),
            "<dict/>" => serde_json::Value::Object(serde_json::Map::new()),
            text => text
                .strip_prefix("<string>")?
                .strip_suffix("</string>")?
                .into(),
        };
        pairs.push(format!("        \"{key}\": {value}"));
    }
    Some(Paste {
        file: "app.json".to_owned(),
        lines: format!(
            "\"expo\": {{\n  \"ios\": {{\n    \"infoPlist\": {{\n{}\n    }}\n  }}\n}}",
            pairs.join(",\n").replace("        ", "      ")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{Catalogue, complete, suit};
    use crate::diagnostic::{Code, Subject};

    fn pasted(code: &'static str, key: &str, frameworks: &[&str]) -> Option<Paste> {
        let mut found = Diagnostic::error(Code::new(code), "a key is missing")
            .variable("key", key)
            .about(Subject::InfoPlistKey {
                bundle: Some("Buoy.app".to_owned()),
                key: key.to_owned(),
            });
        complete(&mut found, None);
        suit(&mut found, frameworks);
        found.paste
    }

    #[test]
    fn the_lines_have_the_findings_own_key_and_are_for_its_kind_of_project() {
        let of = |frameworks: &[&str]| {
            let paste = pasted("itms-90683", "NSCameraUsageDescription", frameworks);
            paste.map(|paste| format!("{}\n{}", paste.file, paste.lines))
        };
        insta::assert_snapshot!(of(&[]).unwrap(), @r"
        Info.plist
        <key>NSCameraUsageDescription</key>
        <string>TODO: say what the app uses the camera for, with an example</string>
        ");
        assert!(
            of(&["flutter"])
                .unwrap()
                .starts_with("ios/Runner/Info.plist\n")
        );
        assert_eq!(of(&["xcodegen"]), None);
        insta::assert_snapshot!(of(&["expo", "react-native"]).unwrap(), @r#"
        app.json
        "expo": {
          "ios": {
            "infoPlist": {
              "NSCameraUsageDescription": "TODO: say what the app uses the camera for, with an example"
            }
          }
        }
        "#);
    }

    #[test]
    fn lines_that_are_not_known_whole_are_none() {
        let found = Diagnostic::error(Code::new("itms-90683"), "a key is missing");
        let entry = Catalogue::get().find("itms-90683").unwrap();
        assert_eq!(of(entry, &found, &[]), None);
        assert_eq!(
            pasted("itms-90349", "NSExtensionPointIdentifier", &[]),
            None
        );
    }

    #[test]
    fn lines_to_paste_have_no_name_of_our_own_invention() {
        const INVENTED: [&str; 10] = [
            "lighthouse",
            "beacon",
            "lantern",
            "harbo",
            "stickers",
            "widgets",
            "example.",
            "aaaaa11111",
            "abcde12345",
            "foo",
        ];
        for entry in Catalogue::get().entries() {
            let Some(snippet) = entry.snippet.as_ref().filter(|snippet| snippet.paste) else {
                continue;
            };
            let mut lines = snippet.after.to_lowercase();
            for (name, other) in places(&snippet.after) {
                lines = lines.replace(
                    &format!("{{{name}|{}}}", other.unwrap_or_default().to_lowercase()),
                    "",
                );
            }
            let invented = INVENTED.iter().find(|name| lines.contains(*name));
            assert_eq!(invented, None, "{}: {lines}", entry.code);
        }
    }
}
