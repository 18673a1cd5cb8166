//! A target of a project in one of its configurations, whoever describes it: Xcode, XcodeGen or Tuist.

use std::collections::HashMap;

use crate::locate::files::{Files, is_within, join};
use crate::locate::projects::settings::Settings;
use crate::locate::readers::node::Node;
use crate::locate::readers::xml_plist;

/// What a target builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An app that is uploaded.
    Application,
    /// An app inside an app: a watch app or an app clip.
    EmbeddedApplication,
    Extension,
    Framework,
    Other,
}

/// A property list whose keys a generator writes.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    /// The file in which the keys are given to the generator.
    pub path: String,
    /// The line under which they stand.
    pub line: u32,
    /// Each key with its line and its value, where that is a text.
    pub keys: Vec<(String, u32, Option<String>)>,
}

/// A target in one configuration.
#[derive(Clone, Debug)]
pub struct Target {
    pub name: String,
    pub kind: Kind,
    /// The path of the file that describes it.
    pub project: String,
    /// Xcode's `SRCROOT`, seen from the repository's root.
    pub directory: String,
    /// How likely the configuration is the one that is uploaded; 0 is `Release`.
    pub rank: u8,
    pub settings: Settings,
    /// The product's file name, such as `Share.appex`, where the project says so.
    pub product: Option<String>,
    /// Files and directories whose contents the target carries.
    pub members: Vec<String>,
    pub info: Option<Properties>,
    pub entitlements: Option<Properties>,
}

/// A property list of a target.
pub struct List {
    pub path: String,
    /// `None` where the file is not XML.
    pub root: Option<Node>,
}

impl Target {
    /// The path in a setting such as `INFOPLIST_FILE`, seen from the root.
    pub fn path_in(&self, setting: &str) -> Option<String> {
        let value = self.settings.value(setting)?;
        (!value.is_empty()).then(|| join(&self.directory, &value))?
    }

    /// The property list that a setting names, where it is in the repository.
    pub fn list(&self, files: &Files, setting: &str) -> Option<List> {
        let path = self.path_in(setting)?;
        let root = xml_plist::parse(&files.text(&path)?).filter(Node::is_map);
        Some(List { path, root })
    }

    /// The bundle identifier: the one written into the Info.plist, else that of the build setting.
    pub fn identifier(&self, files: &Files) -> Option<String> {
        const KEY: &str = "CFBundleIdentifier";
        let generated = self.info.as_ref().and_then(|info| {
            let (_, _, value) = info.keys.iter().find(|(key, _, _)| key == KEY)?;
            value.clone()
        });
        let stated = generated.or_else(|| {
            let root = self.list(files, "INFOPLIST_FILE")?.root?;
            root.text_of(KEY).map(str::to_owned)
        });
        match stated {
            Some(text) => self.settings.expand(&text),
            None => self.settings.value("PRODUCT_BUNDLE_IDENTIFIER"),
        }
    }

    /// Whether its product bears this file name without the ending.
    pub fn is_called(&self, stem: &str) -> bool {
        let product = self.settings.value("PRODUCT_NAME");
        let file = self
            .product
            .as_deref()
            .and_then(|file| file.rsplit_once('.'));
        product.as_deref() == Some(stem)
            || (product.is_none() && file.is_some_and(|(name, _)| name == stem))
    }

    /// Whether the file is one that the target carries.
    pub fn carries(&self, path: &str) -> bool {
        self.members.iter().any(|member| is_within(path, member))
    }
}

/// What Xcode fills in by itself for a target.
pub fn given(target: &str, project: &str, configuration: &str) -> HashMap<&'static str, String> {
    let here = || ".".to_owned();
    HashMap::from([
        ("TARGET_NAME", target.to_owned()),
        ("TARGETNAME", target.to_owned()),
        ("PRODUCT_NAME", target.to_owned()),
        ("PROJECT_NAME", project.to_owned()),
        ("CONFIGURATION", configuration.to_owned()),
        ("SRCROOT", here()),
        ("SOURCE_ROOT", here()),
        ("PROJECT_DIR", here()),
    ])
}

/// How likely a configuration of this name is the one that is uploaded.
pub fn rank(configuration: &str) -> u8 {
    let lower = configuration.to_ascii_lowercase();
    match lower.as_str() {
        "release" => 0,
        _ if lower.contains("debug") || lower.contains("test") || lower.contains("profile") => 3,
        _ if lower.contains("release") => 1,
        _ => 2,
    }
}

/// The kind by Xcode's product type or a generator's word for it.
pub fn kind(product_type: &str) -> Kind {
    let word = product_type
        .rsplit_once("product-type.")
        .map_or(product_type, |(_, word)| word);
    match word {
        "application" | "app" | "application.messages" => Kind::Application,
        "framework" | "framework.static" | "staticFramework" => Kind::Framework,
        _ if word.starts_with("application.")
            || word.starts_with("watch2App")
            || word == "appClip" =>
        {
            Kind::EmbeddedApplication
        }
        _ if word.to_ascii_lowercase().contains("extension") => Kind::Extension,
        _ => Kind::Other,
    }
}
