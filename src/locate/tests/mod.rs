//! Small repositories of each kind, and where findings lead in them.

mod generators;
mod hostile;
mod outside;
mod packages;
mod workflows;
mod xcode;

use std::fmt::Write;
use std::fs;

use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::ids::BundleIdentifier;
use crate::locate::Repository;

/// A repository in a temporary directory.
struct Sample {
    directory: tempfile::TempDir,
    workflow: Option<String>,
}

impl Sample {
    fn of(files: &[(&str, &str)]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = directory.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self {
            directory,
            workflow: None,
        }
    }

    fn workflow(mut self, path: &str) -> Self {
        self.workflow = Some(path.to_owned());
        self
    }

    /// `path: the line's words`, `path` for a whole file, or `none`.
    fn shown(&self, app: &str, subjects: &[Subject]) -> String {
        let mut diagnostic = Diagnostic::error(Code::new("sample"), "a sample");
        diagnostic.subjects = subjects.to_vec();
        let app = (!app.is_empty()).then(|| BundleIdentifier::new(app));
        let repository =
            Repository::open(self.directory.path()).with_workflow(self.workflow.clone());
        let finding = repository.finding(diagnostic, app.as_ref());
        let Some(location) = finding.location else {
            return "none".to_owned();
        };
        let Some(line) = location.line else {
            return location.path;
        };
        let text = fs::read_to_string(self.directory.path().join(&location.path)).unwrap();
        let line = text
            .lines()
            .nth(line as usize - 1)
            .expect("the line exists");
        format!("{}: {}", location.path, line.trim())
    }

    /// Where each subject leads, asserted as a table.
    fn leads(&self, app: &str, table: &[(Subject, &str)]) {
        for (subject, expected) in table {
            let shown = self.shown(app, std::slice::from_ref(subject));
            assert_eq!(&shown, expected, "{subject:?}");
        }
    }
}

fn key(key: &str) -> Subject {
    Subject::InfoPlistKey {
        bundle: None,
        key: key.to_owned(),
    }
}

fn key_of(bundle: &str, key: &str) -> Subject {
    Subject::InfoPlistKey {
        bundle: Some(bundle.to_owned()),
        key: key.to_owned(),
    }
}

fn setting(name: &str) -> Subject {
    Subject::BuildSetting {
        bundle: None,
        name: name.to_owned(),
    }
}

fn entitlement(key: &str) -> Subject {
    Subject::Entitlement {
        bundle: None,
        key: key.to_owned(),
    }
}

fn privacy(category: Option<&str>) -> Subject {
    Subject::PrivacyManifest {
        bundle: None,
        category: category.map(str::to_owned),
    }
}

fn dependency(name: &str) -> Subject {
    Subject::Dependency {
        name: name.to_owned(),
    }
}

/// An XML property list of text values.
fn plist(entries: &[(&str, &str)]) -> String {
    let mut text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n".to_owned();
    for (key, value) in entries {
        writeln!(text, "\t<key>{key}</key>\n\t<string>{value}</string>").unwrap();
    }
    text + "</dict>\n</plist>\n"
}

/// A target of a sample project. Settings are those of Release; Debug says `debug` for each of them.
#[derive(Default)]
struct Made<'a> {
    name: &'a str,
    /// Such as `application` or `app-extension`.
    product: &'a str,
    settings: &'a [(&'a str, &'a str)],
    base: Option<&'a str>,
    resources: &'a [&'a str],
    folders: &'a [&'a str],
}

/// The text of a `project.pbxproj`.
fn project(general: &[(&str, &str)], targets: &[Made<'_>]) -> String {
    let mut objects = String::new();
    let mut ids = String::new();
    let mut group = String::new();
    for (number, target) in targets.iter().enumerate() {
        let id = format!("T{number}");
        write!(ids, "{id}, ").unwrap();
        let mut files = String::new();
        for (index, path) in target.resources.iter().enumerate() {
            writeln!(objects, "{id}F{index} = {{isa = PBXFileReference; path = \"{path}\"; sourceTree = \"<group>\"; }};\n{id}B{index} = {{isa = PBXBuildFile; fileRef = {id}F{index}; }};").unwrap();
            write!(files, "{id}B{index}, ").unwrap();
            write!(group, "{id}F{index}, ").unwrap();
        }
        let mut folders = String::new();
        for (index, path) in target.folders.iter().enumerate() {
            writeln!(objects, "{id}G{index} = {{isa = PBXFileSystemSynchronizedRootGroup; path = \"{path}\"; sourceTree = \"<group>\"; }};").unwrap();
            write!(folders, "{id}G{index}, ").unwrap();
        }
        let base = target.base.map(|path| {
            writeln!(
                objects,
                "{id}X = {{isa = PBXFileReference; path = \"{path}\"; sourceTree = SOURCE_ROOT; }};"
            )
            .unwrap();
            format!("baseConfigurationReference = {id}X /* {path} */;")
        });
        writeln!(objects, "{id} /* {0} */ = {{\n\tisa = PBXNativeTarget;\n\tname = \"{0}\";\n\tproductType = \"com.apple.product-type.{1}\";\n\tbuildConfigurationList = {id}L;\n\tbuildPhases = ({id}R, );\n\tfileSystemSynchronizedGroups = ({folders});\n}};", target.name, target.product).unwrap();
        writeln!(
            objects,
            "{id}R = {{isa = PBXResourcesBuildPhase; files = ({files}); }};"
        )
        .unwrap();
        configurations(
            &mut objects,
            &id,
            target.settings,
            &base.unwrap_or_default(),
        );
    }
    configurations(&mut objects, "P", general, "");
    format!(
        "// !$*UTF8*$!\n{{\n\tarchiveVersion = 1;\n\tobjects = {{\n{objects}M = {{isa = PBXGroup; children = ({group}); sourceTree = \"<group>\"; }};\nP = {{isa = PBXProject; buildConfigurationList = PL; mainGroup = M; targets = ({ids}); }};\n\t}};\n\trootObject = P;\n}}\n"
    )
}

fn configurations(objects: &mut String, id: &str, settings: &[(&str, &str)], base: &str) {
    writeln!(
        objects,
        "{id}L = {{isa = XCConfigurationList; buildConfigurations = ({id}D, {id}C, ); }};"
    )
    .unwrap();
    for (suffix, name) in [("D", "Debug"), ("C", "Release")] {
        writeln!(
            objects,
            "{id}{suffix} = {{\n\tisa = XCBuildConfiguration;\n\t{base}\n\tbuildSettings = {{"
        )
        .unwrap();
        for (key, value) in settings {
            let value = if name == "Debug" { "debug" } else { value };
            writeln!(objects, "\t\t\"{key}\" = \"{value}\";").unwrap();
        }
        writeln!(objects, "\t}};\n\tname = {name};\n}};").unwrap();
    }
}
