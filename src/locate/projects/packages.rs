//! Third-party packages as each manifest names them.

use crate::locate::files::{Files, lines};
use crate::locate::projects::xcode_project::Project;
use crate::locate::readers::node::Node;
use crate::locate::readers::swift::Source;
use crate::locate::readers::{json, old_plist, yaml};

/// A package, by a name that its framework may bear, and the line that names it.
pub struct Package {
    pub name: String,
    pub line: u32,
}

/// A way to name packages: the ending of the file's path, and its reader. First those that a person
/// edits, then those that a tool writes.
pub const MANIFESTS: [(&str, Read); 13] = [
    ("Podfile", podfile),
    (".xcodeproj/project.pbxproj", xcode),
    ("project.yml", xcodegen),
    ("project.yaml", xcodegen),
    ("Project.swift", swift),
    ("Package.swift", swift),
    ("Cartfile", cartfile),
    ("pubspec.yaml", pubspec),
    ("package.json", npm),
    ("Podfile.lock", pod_lock),
    ("Package.resolved", resolved),
    ("Cartfile.resolved", cartfile),
    ("pubspec.lock", pubspec_lock),
];

/// Reads the packages of a file's text, given its path.
pub type Read = fn(&str, &str) -> Vec<Package>;

/// The packages of a file.
pub fn of(files: &Files, path: &str, read: Read) -> Vec<Package> {
    files
        .text(path)
        .map(|text| read(&text, path))
        .unwrap_or_default()
}

fn package(name: &str, line: u32) -> Package {
    Package {
        name: name.to_owned(),
        line,
    }
}

/// The last part of a repository's address, which is the package's identity.
fn repository(address: &str) -> &str {
    let address = address.trim_end_matches('/');
    let name = address.rsplit(['/', ':']).next().unwrap_or(address);
    name.strip_suffix(".git").unwrap_or(name)
}

fn podfile(text: &str, _: &str) -> Vec<Package> {
    let pod = |(number, line): (u32, &str)| {
        let rest = line.strip_prefix("pod")?.trim_start_matches([' ', '(']);
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let name = rest[1..].split(quote).next()?;
        Some(package(name.split('/').next()?, number))
    };
    lines(text).filter_map(pod).collect()
}

fn xcode(text: &str, path: &str) -> Vec<Package> {
    let Some(root) = old_plist::parse(text) else {
        return Vec::new();
    };
    let project = Project::new(path, &root);
    let mut found = Vec::new();
    for reference in project.of_kind("XCRemoteSwiftPackageReference") {
        if let Some(entry) = reference.entry("repositoryURL") {
            found.push(package(
                repository(entry.node.text().unwrap_or_default()),
                entry.line,
            ));
        }
    }
    for product in project.of_kind("XCSwiftPackageProductDependency") {
        let reference = project.object(product, "package");
        if let Some(entry) = reference.and_then(|reference| reference.entry("repositoryURL")) {
            found.push(package(
                product.text_of("productName").unwrap_or_default(),
                entry.line,
            ));
        }
    }
    found
}

fn xcodegen(text: &str, _: &str) -> Vec<Package> {
    let Some(root) = yaml::parse(text) else {
        return Vec::new();
    };
    let mut found = named(&root, "packages");
    for entry in root.get("packages").map(Node::entries).unwrap_or_default() {
        if let Some(address) = entry.node.text_of("url") {
            found.push(package(repository(address), entry.line));
        }
    }
    found
}

fn swift(text: &str, _: &str) -> Vec<Package> {
    let source = Source::new(text);
    let mut found = Vec::new();
    for call in [".package(", ".remote("] {
        for call in source.calls(call) {
            if let Some(range) = source.argument(call, "url")
                && let Some(address) = source.literal(range)
            {
                let from = source
                    .literals(range)
                    .first()
                    .map_or(range.0, |(from, _)| *from);
                found.push(package(repository(address), source.line(from)));
            }
        }
    }
    found
}

fn cartfile(text: &str, _: &str) -> Vec<Package> {
    let one = |(number, line): (u32, &str)| {
        let (kind, rest) = line.split_once(' ')?;
        let address = rest.trim_start().strip_prefix('"')?.split('"').next()?;
        let name = repository(address);
        match kind {
            "github" | "git" => Some(package(name, number)),
            "binary" => Some(package(name.strip_suffix(".json").unwrap_or(name), number)),
            _ => None,
        }
    };
    lines(text).filter_map(one).collect()
}

fn pubspec(text: &str, _: &str) -> Vec<Package> {
    yaml::parse(text)
        .map(|root| named(&root, "dependencies"))
        .unwrap_or_default()
}

fn pubspec_lock(text: &str, _: &str) -> Vec<Package> {
    yaml::parse(text)
        .map(|root| named(&root, "packages"))
        .unwrap_or_default()
}

fn npm(text: &str, _: &str) -> Vec<Package> {
    json::parse(text)
        .map(|root| named(&root, "dependencies"))
        .unwrap_or_default()
}

fn named(root: &Node, key: &str) -> Vec<Package> {
    let entries = root.get(key).map(Node::entries).unwrap_or_default();
    entries
        .iter()
        .map(|entry| package(&entry.key, entry.line))
        .collect()
}

fn pod_lock(text: &str, _: &str) -> Vec<Package> {
    let Some(root) = yaml::parse(text) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in root.get("PODS").map(Node::items).unwrap_or_default() {
        // `- Name (1.0)` has no children, `- Name (1.0):` has.
        let written = item
            .text()
            .or_else(|| Some(item.entries().first()?.key.as_str()));
        let Some(written) = written else { continue };
        let name = written.split([' ', '/']).next().unwrap_or_default();
        if !found.iter().any(|known: &Package| known.name == name) {
            found.push(package(name, item.line));
        }
    }
    found
}

fn resolved(text: &str, _: &str) -> Vec<Package> {
    let Some(root) = json::parse(text) else {
        return Vec::new();
    };
    let pins = root.get("pins").or_else(|| root.get("object")?.get("pins"));
    let one = |pin: &Node| {
        let entry = pin.entry("identity").or_else(|| pin.entry("package"))?;
        let address = pin
            .text_of("location")
            .or_else(|| pin.text_of("repositoryURL"));
        let name = address.map_or(entry.node.text()?, repository);
        Some(package(name, entry.line))
    };
    pins.map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(one)
        .collect()
}
