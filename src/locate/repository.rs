//! The checked-out repository, asked for the place of a finding.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::diagnostic::{Diagnostic, Finding, Subject};
use crate::ids::BundleIdentifier;
use crate::locate::files::{Files, join};
use crate::locate::place::{Place, agreed};
use crate::locate::projects::selection::{Known, meant};
use crate::locate::projects::target::Target;
use crate::locate::projects::{cordova, expo, frameworks, tuist, xcode_project, xcodegen};
use crate::locate::subjects::workflow::Workflow;
use crate::locate::subjects::{
    dependencies, edit, entitlements, export_options, icons, info_plist, privacy, source,
};

/// A directory with the user's project. Nothing is walked or read before the first question.
pub struct Repository {
    root: PathBuf,
    workflow: Option<String>,
    files: OnceLock<Files>,
    known: OnceLock<Vec<Known>>,
    frameworks: OnceLock<Vec<&'static str>>,
}

impl Repository {
    /// The repository at this path. One that does not exist holds nothing.
    pub fn open(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            workflow: None,
            files: OnceLock::new(),
            known: OnceLock::new(),
            frameworks: OnceLock::new(),
        }
    }

    /// Sets the workflow that runs, such as `.github/workflows/ship.yml`, from the root.
    #[must_use]
    pub fn with_workflow(mut self, path: Option<String>) -> Self {
        self.workflow = path;
        self
    }

    /// The place of the first subject that is found: exact, or none. `app` is the bundle identifier of
    /// the app that is uploaded, where it is known.
    ///
    /// A key that is missing leads to the place where it is to be added, unless a later subject is a key
    /// of the Info.plist that is there.
    ///
    /// Walking takes two seconds at the most, and so does reading for one finding; where that is not
    /// enough there is no place.
    fn locate<'a>(
        &self,
        diagnostic: &'a Diagnostic,
        app: Option<&BundleIdentifier>,
    ) -> Option<(Place, &'a Subject)> {
        if diagnostic.subjects.is_empty() {
            return None;
        }
        let files = self.files();
        files.begin();
        let mut to_add = None;
        for subject in &diagnostic.subjects {
            let place = match subject {
                Subject::File { path } => self.file(path, diagnostic),
                other => self.place(other, app),
            };
            if files.exhausted() {
                return None;
            }
            match place {
                Some(place @ Place::Stated(_)) if to_add.is_none() || is_key(subject) => {
                    return Some((place, subject));
                }
                Some(place @ Place::ToAdd(_)) => {
                    to_add.get_or_insert((place, subject));
                }
                Some(Place::Stated(_)) | None => {}
            }
        }
        to_add
    }

    /// The diagnostic with its place, and with the lines that would mend it there.
    pub fn finding(&self, diagnostic: Diagnostic, app: Option<&BundleIdentifier>) -> Finding {
        let Some((place, subject)) = self.locate(&diagnostic, app) else {
            return Finding::without_place(diagnostic);
        };
        let edit = edit::of(self.files(), &place, subject, &diagnostic.variables);
        Finding {
            location: Some(place.location()),
            edit,
            diagnostic,
        }
    }

    /// The keys of the entitlements that the project asks for, by bundle identifier, where all targets of that
    /// identifier agree. Where no project is described, the only file of entitlements counts as the app's, under an
    /// empty name.
    pub fn entitlements(&self) -> BTreeMap<String, Vec<String>> {
        let files = self.files();
        files.begin();
        let mut found = BTreeMap::new();
        for identifier in self
            .known()
            .iter()
            .filter_map(|one| one.identifier.as_ref())
        {
            let targets = meant(self.known(), files, Some(identifier), None);
            let lists = targets
                .into_iter()
                .map(|target| entitlements::keys(files, target));
            if let Some(keys) = agreed(lists) {
                found.insert(identifier.clone(), keys);
            }
        }
        if self.known().is_empty()
            && files.complete()
            && let Some(keys) = entitlements::loose(files)
        {
            found.insert(String::new(), keys);
        }
        found
    }

    /// The frameworks that the app is made with, by the names that the catalogue has for them.
    pub fn frameworks(&self) -> &[&'static str] {
        let read = || frameworks::read(self.files());
        self.frameworks.get_or_init(read)
    }

    fn files(&self) -> &Files {
        self.files.get_or_init(|| Files::below(&self.root))
    }

    fn known(&self) -> &[Known] {
        self.known.get_or_init(|| read_targets(self.files()))
    }

    fn place(&self, subject: &Subject, app: Option<&BundleIdentifier>) -> Option<Place> {
        let files = self.files();
        let of = |bundle: &Option<String>, find: &dyn Fn(&Target) -> Option<Place>| {
            self.in_targets(subject, (bundle.as_deref(), app), find)
        };
        let key = |bundle: &Option<String>, key: &str| {
            of(bundle, &|target| info_plist::place(files, target, key))
                .or_else(|| self.loose(bundle.as_deref(), app, key))
        };
        match subject {
            Subject::InfoPlistKey { bundle, key: name } => key(bundle, name),
            Subject::MarketingVersion => key(&None, "CFBundleShortVersionString"),
            Subject::BuildNumber => key(&None, "CFBundleVersion"),
            Subject::BundleIdentifier => key(&None, "CFBundleIdentifier"),
            Subject::BuildSetting { bundle, name } => of(bundle, &|target| {
                info_plist::setting_place(files, target, name)
            }),
            Subject::Entitlement { bundle, key } => {
                of(bundle, &|target| entitlements::place(files, target, key))
            }
            Subject::PrivacyManifest { bundle, category } => of(bundle, &|target| {
                privacy::place(files, target, category.as_deref())
            }),
            Subject::AppIcon => of(&None, &|target| icons::place(files, target)),
            Subject::Dependency { name } => {
                let targets = meant(self.known(), files, None, app);
                let near = agreed(targets.iter().map(|target| Some(target.directory.as_str())));
                dependencies::place(files, near, name)
            }
            Subject::ExportOption { key } => {
                export_options::place(files, self.workflow.as_deref(), key)
            }
            Subject::WorkflowInput { name } => self.workflow()?.input(name),
            Subject::WorkflowPermission { scope } => self.workflow()?.permission(scope),
            Subject::WorkflowXcode => self.workflow()?.xcode(),
            Subject::File { .. } => None,
        }
    }

    /// A file by its path below the root, or by that which it has on another machine.
    fn file(&self, path: &str, diagnostic: &Diagnostic) -> Option<Place> {
        let files = self.files();
        let below = Path::new(path).strip_prefix(&self.root).ok();
        let own = join("", below.and_then(Path::to_str).unwrap_or(path));
        let own = own.filter(|own| files.has(own));
        let own = own.or_else(|| source::own_file(files, path).map(str::to_owned))?;
        Some(source::at_line(files, &own, diagnostic))
    }

    /// What all targets that are meant agree on; for an app without a target, what Expo or Cordova says.
    fn in_targets(
        &self,
        subject: &Subject,
        (bundle, app): (Option<&str>, Option<&BundleIdentifier>),
        find: &dyn Fn(&Target) -> Option<Place>,
    ) -> Option<Place> {
        let files = self.files();
        let targets = meant(self.known(), files, bundle, app);
        if !targets.is_empty() {
            return agreed(targets.into_iter().map(find));
        }
        let is_app = bundle.is_none() || bundle == app.map(BundleIdentifier::as_str);
        if !is_app {
            return None;
        }
        expo::place(files, subject, app).or_else(|| cordova::place(files, subject, app))
    }

    fn loose(
        &self,
        bundle: Option<&str>,
        app: Option<&BundleIdentifier>,
        key: &str,
    ) -> Option<Place> {
        if !self.known().is_empty() || !self.files().complete() {
            return None;
        }
        let identifier = bundle.or_else(|| app.map(BundleIdentifier::as_str))?;
        info_plist::loose(self.files(), identifier, key)
    }

    fn workflow(&self) -> Option<Workflow<'_>> {
        Workflow::read(self.files(), self.workflow.as_deref()?)
    }
}

fn is_key(subject: &Subject) -> bool {
    match subject {
        Subject::InfoPlistKey { .. } => true,
        Subject::BuildSetting { name, .. } => name.starts_with("INFOPLIST_KEY_"),
        Subject::Entitlement { .. }
        | Subject::MarketingVersion
        | Subject::BuildNumber
        | Subject::BundleIdentifier
        | Subject::PrivacyManifest { .. }
        | Subject::AppIcon
        | Subject::Dependency { .. }
        | Subject::ExportOption { .. }
        | Subject::WorkflowInput { .. }
        | Subject::WorkflowPermission { .. }
        | Subject::WorkflowXcode
        | Subject::File { .. } => false,
    }
}

/// The targets of all projects. A project that is generated gives way to the file it is made from.
fn read_targets(files: &Files) -> Vec<Known> {
    let described: Vec<_> = (files
        .named("project.yml")
        .chain(files.named("project.yaml")))
    .filter_map(|path| xcodegen::read(files, path))
    .chain(
        files
            .named("Project.swift")
            .filter_map(|path| tuist::read(files, path)),
    )
    .collect();
    let written = files.named("project.pbxproj").filter(|path| {
        !described
            .iter()
            .any(|described| described.generates == *path)
    });
    let mut targets: Vec<Target> = written
        .flat_map(|path| xcode_project::targets(files, path))
        .collect();
    targets.extend(
        described
            .into_iter()
            .flat_map(|described| described.targets),
    );
    let known = |target: Target| Known {
        identifier: target.identifier(files),
        target,
    };
    targets.into_iter().map(known).collect()
}
