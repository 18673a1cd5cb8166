//! Targets as XcodeGen's `project.yml` describes them.

use std::sync::Arc;

use crate::locate::files::{Files, directory, join};
use crate::locate::projects::settings::{Layer, Setting, Settings};
use crate::locate::projects::target::{Properties, Target, given, kind};
use crate::locate::projects::xcconfig;
use crate::locate::readers::node::Node;
use crate::locate::readers::yaml;

/// What a file describes.
pub struct Described {
    /// The `project.pbxproj` that is generated from it.
    pub generates: String,
    pub targets: Vec<Target>,
}

/// The targets of a `project.yml`; `None` where it is not XcodeGen's.
pub fn read(files: &Files, path: &str) -> Option<Described> {
    let root = yaml::parse(&files.text(path)?)?;
    let name = root.text_of("name")?;
    let targets = root.get("targets")?;
    let general = layers(files, path, &root);
    let prefix = root.at(&["options", "bundleIdPrefix"]);
    let target = |name: &str, node: &Node| {
        let mut layers = layers(files, path, node);
        layers.extend(general.iter().cloned());
        let mut given = given(name, name, "Release");
        if let Some(prefix) = prefix.and_then(|entry| entry.node.text()) {
            given.insert("PRODUCT_BUNDLE_IDENTIFIER", format!("{prefix}.{name}"));
        }
        for (key, setting) in [
            ("info", "INFOPLIST_FILE"),
            ("entitlements", "CODE_SIGN_ENTITLEMENTS"),
        ] {
            if let Some(path) = node.at(&[key, "path"]).and_then(|entry| entry.node.text()) {
                given.insert(setting, path.to_owned());
            }
        }
        let kind = kind(node.text_of("type").unwrap_or_default());
        given.insert("ASSETCATALOG_COMPILER_APPICON_NAME", "AppIcon".to_owned());
        Target {
            name: name.to_owned(),
            kind,
            project: path.to_owned(),
            directory: directory(path).to_owned(),
            rank: 0,
            settings: Settings { layers, given },
            product: None,
            members: members(path, node),
            info: properties(path, node, "info"),
            entitlements: properties(path, node, "entitlements"),
        }
    };
    let project = join(
        directory(path),
        &format!("{name}.xcodeproj/project.pbxproj"),
    )?;
    Some(Described {
        generates: project,
        targets: targets
            .entries()
            .iter()
            .map(|entry| target(&entry.key, &entry.node))
            .collect(),
    })
}

fn layers(files: &Files, path: &str, node: &Node) -> Vec<Arc<Layer>> {
    let mut layers = Vec::new();
    if let Some(settings) = node.get("settings") {
        let release = settings.get("configs").and_then(release);
        layers.extend(release.map(|node| Arc::new(layer(path, node))));
        let base = settings.get("base");
        let grouped = base.is_some()
            || settings.entry("configs").is_some()
            || settings.entry("groups").is_some();
        let flat = if grouped { base } else { Some(settings) };
        layers.extend(flat.map(|node| Arc::new(layer(path, node))));
    }
    let file = node
        .get("configFiles")
        .and_then(release)
        .and_then(Node::text);
    let file = file.and_then(|file| join(directory(path), file));
    layers.extend(file.map(|file| Arc::new(xcconfig::layer(files, &file))));
    layers
}

fn release(configurations: &Node) -> Option<&Node> {
    configurations
        .entries()
        .iter()
        .find(|entry| entry.key.eq_ignore_ascii_case("release"))
        .map(|entry| &entry.node)
}

fn layer(path: &str, node: &Node) -> Layer {
    let path: Arc<str> = path.into();
    let setting = |value: &str, line| Setting {
        value: value.to_owned(),
        path: Arc::clone(&path),
        line,
    };
    node.entries()
        .iter()
        .map(|entry| {
            let value = entry.node.text().unwrap_or_default();
            (entry.key.clone(), setting(value, entry.line))
        })
        .collect()
}

fn properties(path: &str, node: &Node, key: &str) -> Option<Properties> {
    let properties = node.at(&[key, "properties"])?;
    let key = |entry: &crate::locate::readers::node::Entry| {
        let value = entry.node.text().map(str::to_owned);
        (entry.key.clone(), entry.line, value)
    };
    Some(Properties {
        path: path.to_owned(),
        line: properties.line,
        keys: properties.node.entries().iter().map(key).collect(),
    })
}

fn members(path: &str, node: &Node) -> Vec<String> {
    let Some(sources) = node.get("sources") else {
        return Vec::new();
    };
    let one = |node: &Node| {
        let source = node.text().or_else(|| node.text_of("path"))?;
        join(directory(path), source).filter(|path| !path.is_empty())
    };
    match sources.text() {
        Some(_) => one(sources).into_iter().collect(),
        None => sources.items().iter().filter_map(one).collect(),
    }
}
