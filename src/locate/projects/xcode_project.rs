//! Targets as `project.pbxproj` describes them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::locate::files::{Files, directory, file_name, join};
use crate::locate::projects::settings::{Layer, Setting, Settings};
use crate::locate::projects::target::{Target, given, kind, rank};
use crate::locate::projects::xcconfig;
use crate::locate::readers::node::Node;
use crate::locate::readers::old_plist;

/// How deep groups may stand in groups.
const GROUPS: usize = 64;

/// The objects of a project by their ids.
pub struct Project<'a> {
    path: &'a str,
    objects: HashMap<&'a str, &'a Node>,
    parents: HashMap<&'a str, &'a str>,
}

/// A configuration: its name, its own settings, and its `.xcconfig`.
struct Configuration<'a> {
    name: &'a str,
    layers: Vec<Arc<Layer>>,
}

/// Every target of a project file in each configuration; nothing where the file is not readable.
pub fn targets(files: &Files, path: &str) -> Vec<Target> {
    let Some(root) = files.text(path).and_then(|text| old_plist::parse(&text)) else {
        return Vec::new();
    };
    let project = Project::new(path, &root);
    let mut found = Vec::new();
    for object in project.of_kind("PBXProject") {
        let general = project.configurations(files, object);
        for id in texts(object, "targets") {
            if let Some(target) = project.objects.get(id) {
                found.extend(project.target(files, target, &general));
            }
        }
    }
    found
}

impl<'a> Project<'a> {
    pub fn new(path: &'a str, root: &'a Node) -> Self {
        let objects: HashMap<&str, &Node> = root
            .get("objects")
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .map(|entry| (entry.key.as_str(), &entry.node))
            .collect();
        let parents = objects
            .iter()
            .flat_map(|(id, node)| texts(node, "children").map(|child| (child, *id)))
            .collect();
        Self {
            path,
            objects,
            parents,
        }
    }

    /// All objects of one kind, in no certain order.
    pub fn of_kind(&self, isa: &'static str) -> impl Iterator<Item = &'a Node> {
        self.objects
            .values()
            .copied()
            .filter(move |object| object.text_of("isa") == Some(isa))
    }

    /// The object that a key names.
    pub fn object(&self, of: &'a Node, key: &str) -> Option<&'a Node> {
        self.objects.get(of.text_of(key)?).copied()
    }

    /// Xcode's `SRCROOT`.
    fn directory(&self) -> &'a str {
        directory(directory(self.path))
    }

    fn target(
        &self,
        files: &Files,
        object: &'a Node,
        general: &[Configuration<'_>],
    ) -> Vec<Target> {
        let Some(name) = object.text_of("name") else {
            return Vec::new();
        };
        let bundle = file_name(directory(self.path));
        let project_name = bundle.strip_suffix(".xcodeproj").unwrap_or(bundle);
        let members = self.members(object);
        self.configurations(files, object)
            .into_iter()
            .map(|own| {
                let project = general.iter().find(|general| general.name == own.name);
                let mut layers = own.layers;
                layers.extend(
                    project
                        .into_iter()
                        .flat_map(|project| project.layers.clone()),
                );
                Target {
                    name: name.to_owned(),
                    kind: kind(object.text_of("productType").unwrap_or_default()),
                    project: self.path.to_owned(),
                    directory: self.directory().to_owned(),
                    rank: rank(own.name),
                    settings: Settings {
                        layers,
                        given: given(name, project_name, own.name),
                    },
                    product: self
                        .object(object, "productReference")
                        .and_then(|file| file.text_of("path"))
                        .map(str::to_owned),
                    members: members.clone(),
                    info: None,
                    entitlements: None,
                }
            })
            .collect()
    }

    fn configurations(&self, files: &Files, object: &'a Node) -> Vec<Configuration<'a>> {
        let Some(list) = self.object(object, "buildConfigurationList") else {
            return Vec::new();
        };
        let one = |id: &str| {
            let object = *self.objects.get(id)?;
            let mut layers = Vec::new();
            layers.extend(
                object
                    .get("buildSettings")
                    .map(|node| Arc::new(self.layer(node))),
            );
            layers.extend(
                self.base(object)
                    .map(|path| Arc::new(xcconfig::layer(files, &path))),
            );
            Some(Configuration {
                name: object.text_of("name")?,
                layers,
            })
        };
        texts(list, "buildConfigurations").filter_map(one).collect()
    }

    fn layer(&self, node: &Node) -> Layer {
        let path: Arc<str> = self.path.into();
        let setting = |node: &Node, line| Setting {
            value: match node.text() {
                Some(text) => text.to_owned(),
                None => node
                    .items()
                    .iter()
                    .filter_map(Node::text)
                    .collect::<Vec<_>>()
                    .join(" "),
            },
            path: Arc::clone(&path),
            line,
        };
        node.entries()
            .iter()
            .map(|entry| (entry.key.clone(), setting(&entry.node, entry.line)))
            .collect()
    }

    /// The `.xcconfig` of a configuration.
    fn base(&self, configuration: &Node) -> Option<String> {
        if let Some(id) = configuration.text_of("baseConfigurationReference") {
            return self.path_of(id);
        }
        let anchor = configuration.text_of("baseConfigurationReferenceAnchor")?;
        let below = configuration.text_of("baseConfigurationReferenceRelativePath")?;
        join(&self.path_of(anchor)?, below)
    }

    /// The files of the resource phases, and the folders whose contents belong to the target.
    fn members(&self, target: &'a Node) -> Vec<String> {
        let phases = texts(target, "buildPhases").filter_map(|id| self.objects.get(id).copied());
        let resources = phases
            .filter(|phase| phase.text_of("isa") == Some("PBXResourcesBuildPhase"))
            .flat_map(|phase| texts(phase, "files"))
            .filter_map(|id| self.objects.get(id)?.text_of("fileRef"));
        let folders = texts(target, "fileSystemSynchronizedGroups");
        resources
            .chain(folders)
            .filter_map(|id| self.path_of(id))
            .filter(|path| !path.is_empty())
            .collect()
    }

    /// The path of a file or group, seen from the repository's root.
    fn path_of(&self, id: &str) -> Option<String> {
        let mut below = String::new();
        let mut id = id;
        for _ in 0..GROUPS {
            let object = self.objects.get(id)?;
            if let Some(path) = object.text_of("path") {
                below = match below.as_str() {
                    "" => path.to_owned(),
                    _ => format!("{path}/{below}"),
                };
            }
            match object.text_of("sourceTree") {
                Some("SOURCE_ROOT") => return join(self.directory(), &below),
                Some("<group>") | None => {}
                // `<group>` is quoted in the file; anything else is a place outside the repository.
                Some(_) => return None,
            }
            match self.parents.get(id) {
                Some(parent) => id = parent,
                None => return join(self.directory(), &below),
            }
        }
        None
    }
}

fn texts<'a>(node: &'a Node, key: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    node.get(key)
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Node::text)
}
