//! Targets as Tuist's `Project.swift` describes them, as far as they are written in literals.

use std::collections::HashMap;
use std::sync::Arc;

use crate::locate::files::{Files, directory, join};
use crate::locate::projects::settings::{Layer, Setting, Settings};
use crate::locate::projects::target::{Properties, Target, given, kind};
use crate::locate::projects::xcconfig;
use crate::locate::projects::xcodegen::Described;
use crate::locate::readers::swift::Source;

/// The targets of a `Project.swift`; `None` where it is not Tuist's.
pub fn read(files: &Files, path: &str) -> Option<Described> {
    let text = files.text(path)?;
    if !text.contains("ProjectDescription") {
        return None;
    }
    let source = Source::new(&text);
    let project = *source.calls("Project(").first()?;
    let name = source.literal(source.argument(project, "name")?)?;
    let general = settings(files, &source, path, project);
    let mut calls = source.calls(".target(");
    calls.extend(source.calls("Target("));
    let targets = calls
        .into_iter()
        .filter_map(|call| target(files, &source, path, call, &general))
        .collect();
    let generates = format!("{name}.xcodeproj/project.pbxproj");
    Some(Described {
        generates: join(directory(path), &generates)?,
        targets,
    })
}

fn target(
    files: &Files,
    source: &Source,
    path: &str,
    call: (usize, usize),
    general: &[Arc<Layer>],
) -> Option<Target> {
    let name = source.literal(source.argument(call, "name")?)?;
    // A dependency on a target has a name and no product.
    let product = source.argument(call, "product")?;
    let product = source.text()[product.0..product.1]
        .trim()
        .trim_start_matches('.');
    let mut own = Layer::new();
    if let Some(range) = source.argument(call, "bundleId")
        && let Some(identifier) = source.literal(range)
    {
        let literal = source
            .literals(range)
            .first()
            .map_or(range.0, |(from, _)| *from);
        let setting = Setting {
            value: identifier.to_owned(),
            path: path.into(),
            line: source.line(literal),
        };
        own.insert("PRODUCT_BUNDLE_IDENTIFIER".to_owned(), setting);
    }
    let mut layers = vec![Arc::new(own)];
    layers.extend(settings(files, source, path, call));
    layers.extend(general.iter().cloned());
    let mut given = given(name, name, "Release");
    given.insert("ASSETCATALOG_COMPILER_APPICON_NAME", "AppIcon".to_owned());
    let mut lists = Vec::new();
    for (label, setting) in [
        ("infoPlist", "INFOPLIST_FILE"),
        ("entitlements", "CODE_SIGN_ENTITLEMENTS"),
    ] {
        let range = source.argument(call, label);
        lists.push(range.and_then(|range| properties(source, path, range)));
        if let Some(file) = range.and_then(|range| source.literal(range)) {
            given.insert(setting, file.to_owned());
        }
    }
    let entitlements = lists.pop().flatten();
    Some(Target {
        name: name.to_owned(),
        kind: kind(product),
        project: path.to_owned(),
        directory: directory(path).to_owned(),
        rank: 0,
        settings: Settings { layers, given },
        product: None,
        members: members(source, path, call),
        info: lists.pop().flatten(),
        entitlements,
    })
}

/// What is written beside `settings:`. A name that stands there twice is left out, for the lines
/// belong to different configurations.
fn settings(files: &Files, source: &Source, path: &str, call: (usize, usize)) -> Vec<Arc<Layer>> {
    let Some(range) = source.argument(call, "settings") else {
        return Vec::new();
    };
    let shared: Arc<str> = path.into();
    let mut found: HashMap<String, Vec<Setting>> = HashMap::new();
    let mut add = |name: &str, value: &str, line| {
        let setting = Setting {
            value: value.to_owned(),
            path: Arc::clone(&shared),
            line,
        };
        found.entry(name.to_owned()).or_default().push(setting);
    };
    for pair in source.pairs(range) {
        // A value that is computed is found, but can't be resolved.
        add(pair.key, pair.value.unwrap_or("$(COMPUTED)"), pair.line);
    }
    for (method, name) in [
        (".marketingVersion(", "MARKETING_VERSION"),
        (".currentProjectVersion(", "CURRENT_PROJECT_VERSION"),
    ] {
        for call in source.calls(method) {
            if call.0 >= range.0 && call.1 <= range.1 {
                add(
                    name,
                    source.literal(call).unwrap_or("$(COMPUTED)"),
                    source.line(call.0),
                );
            }
        }
    }
    let once = |(name, mut settings): (String, Vec<Setting>)| {
        let last = settings.pop()?;
        settings.is_empty().then_some((name, last))
    };
    let mut layers = vec![Arc::new(
        found.into_iter().filter_map(once).collect::<Layer>(),
    )];
    if let Some(file) = configuration_file(source, range) {
        let file = join(directory(path), file);
        layers.extend(file.map(|file| Arc::new(xcconfig::layer(files, &file))));
    }
    layers
}

/// The `.xcconfig` of the release configuration, or the only one.
fn configuration_file(source: &Source, range: (usize, usize)) -> Option<&str> {
    let named: Vec<&str> = source
        .calls(".release(")
        .into_iter()
        .filter(|call| call.0 >= range.0 && call.1 <= range.1)
        .filter_map(|call| source.literal(source.argument(call, "xcconfig")?))
        .collect();
    match named.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

fn properties(source: &Source, path: &str, range: (usize, usize)) -> Option<Properties> {
    let text = &source.text()[range.0..range.1];
    if !text.contains("extendingDefault") && !text.contains(".dictionary") {
        return None;
    }
    let line = source.line(range.0 + text.find('[')?);
    let key = |pair: crate::locate::readers::swift::Pair<'_>| {
        let value = pair.value.map(str::to_owned);
        (pair.key.to_owned(), pair.line, value)
    };
    Some(Properties {
        path: path.to_owned(),
        line,
        keys: source.pairs(range).into_iter().map(key).collect(),
    })
}

fn members(source: &Source, path: &str, call: (usize, usize)) -> Vec<String> {
    let Some(range) = source.argument(call, "resources") else {
        return Vec::new();
    };
    let one = |(from, to): (usize, usize)| {
        let pattern = &source.text()[from..to];
        let fixed = pattern
            .split('*')
            .next()
            .unwrap_or_default()
            .trim_end_matches('/');
        join(directory(path), fixed).filter(|path| !path.is_empty())
    };
    source.literals(range).into_iter().filter_map(one).collect()
}
