//! Which target a finding means: chosen by bundle identifier or by the product's name.

use crate::ids::BundleIdentifier;
use crate::locate::files::{Files, file_name};
use crate::locate::projects::target::{Kind, Target};

/// A target with its resolved bundle identifier.
pub struct Known {
    pub target: Target,
    pub identifier: Option<String>,
}

/// The targets that are meant, all equally good; several are the same target in configurations of one
/// rank, or a real ambiguity. Empty where none fits.
pub fn meant<'a>(
    known: &'a [Known],
    files: &Files,
    bundle: Option<&str>,
    app: Option<&BundleIdentifier>,
) -> Vec<&'a Target> {
    let app = app.map(BundleIdentifier::as_str);
    let found: Vec<&Known> = match bundle.map(bundle_name) {
        None => application(known, files, app),
        Some(Name::Identifier(id)) => all(known, |one| one.identifier.as_deref() == Some(id)),
        Some(Name::Product(stem, kinds)) => product(known, stem, kinds, app),
    };
    best(found)
}

/// How a subject names a bundle.
enum Name<'a> {
    Identifier(&'a str),
    Product(&'a str, &'static [Kind]),
}

const APPS: &[Kind] = &[Kind::Application, Kind::EmbeddedApplication];

fn bundle_name(bundle: &str) -> Name<'_> {
    let endings: [(&str, &'static [Kind]); 3] = [
        (".app", APPS),
        (".appex", &[Kind::Extension]),
        (".framework", &[Kind::Framework]),
    ];
    for part in bundle.rsplit('/') {
        for (ending, kinds) in endings {
            // `com.example.app` is an identifier, although it ends like a bundle.
            if let Some(stem) = part.strip_suffix(ending)
                && (bundle.contains('/') || !stem.contains('.'))
            {
                return Name::Product(stem, kinds);
            }
        }
    }
    if bundle.contains('.') {
        return Name::Identifier(bundle);
    }
    Name::Product(
        file_name(bundle),
        &[
            Kind::Application,
            Kind::EmbeddedApplication,
            Kind::Extension,
        ],
    )
}

fn all(known: &[Known], fits: impl Fn(&Known) -> bool) -> Vec<&Known> {
    known.iter().filter(|one| fits(one)).collect()
}

fn application<'a>(known: &'a [Known], files: &Files, app: Option<&str>) -> Vec<&'a Known> {
    let apps = all(known, |one| one.target.kind == Kind::Application);
    if let Some(app) = app {
        let exact: Vec<_> = apps
            .iter()
            .copied()
            .filter(|one| one.identifier.as_deref() == Some(app))
            .collect();
        if !exact.is_empty() {
            return exact;
        }
        // An identifier that the repository does not tell may be this one, where no other is.
        if apps.iter().any(|one| one.identifier.is_some()) {
            return Vec::new();
        }
    }
    // Several are kept: they may agree, as two apps that take their version from one line do.
    if files.complete() { apps } else { Vec::new() }
}

fn product<'a>(
    known: &'a [Known],
    stem: &str,
    kinds: &[Kind],
    app: Option<&str>,
) -> Vec<&'a Known> {
    let named = all(known, |one| {
        kinds.contains(&one.target.kind) && one.target.is_called(stem)
    });
    let Some(app) = app else { return named };
    let belongs = |one: &&Known| {
        let id = one.identifier.as_deref();
        let rest = id.and_then(|id| id.strip_prefix(app));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let own: Vec<_> = named.iter().copied().filter(belongs).collect();
    if own.is_empty() && named.iter().all(|one| one.identifier.is_none()) {
        return named;
    }
    own
}

/// Of each target the configurations that are most likely uploaded.
fn best(found: Vec<&Known>) -> Vec<&Target> {
    let same = |a: &Target, b: &Target| a.project == b.project && a.name == b.name;
    let targets: Vec<&Target> = found.into_iter().map(|one| &one.target).collect();
    targets
        .iter()
        .copied()
        .filter(|target| {
            targets
                .iter()
                .all(|other| !same(target, other) || target.rank <= other.rank)
        })
        .collect()
}
