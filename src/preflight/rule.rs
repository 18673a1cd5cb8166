//! What a rule is, what it may ask, and how it says what it found.

use std::collections::BTreeMap;
use std::time::SystemTime;

use crate::bundle::{Binary, Bundle, BundleKind, Family, Form, Package};
use crate::diagnostic::{Code, Diagnostic, Severity, Subject};

/// One rule of Apple's, or of ours where Apple says nothing.
pub struct Rule {
    /// Its name in the docs.
    pub name: &'static str,
    /// The codes that it reports.
    pub codes: &'static [&'static str],
    /// What must be there before it can find anything.
    pub needs: &'static [Need],
    /// What it asks for, in one sentence.
    pub sentence: &'static str,
    /// Where it is known from.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the table in the docs"))]
    pub source: &'static str,
    /// Looks at a package.
    pub check: fn(&Asked<'_>, &mut Found),
}

/// What must be there before a rule can find anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// An app for the Mac.
    Mac,
    /// An app for another device.
    Device,
    /// An `.ipa`.
    Ipa,
    /// A `.pkg`.
    Pkg,
    /// An `.xcarchive`.
    Archive,
    /// A package that was exported: an archive is signed anew for that.
    Export,
    /// Code that can be read.
    Code,
    /// A signature that somebody made.
    Signature,
    /// A provisioning profile that can be read.
    Profile,
}

impl Need {
    /// Whether the package has it.
    pub fn is_met(self, asked: &Asked<'_>) -> bool {
        let package = asked.package;
        match self {
            Self::Mac => asked.is_mac(),
            Self::Device => asked.is_embedded(),
            Self::Ipa => package.form == Form::Ipa,
            Self::Pkg => package.form == Form::Pkg,
            Self::Archive => package.form == Form::Archive,
            Self::Export => asked.is_signed_for_good(),
            Self::Code => asked.is_build(),
            Self::Signature => asked.programs().any(|bundle| {
                let signature = package.signature(bundle);
                signature.is_some_and(|one| one.signer.is_some())
            }),
            Self::Profile => asked.programs().any(|one| one.readable_profile().is_some()),
        }
    }

    /// Whether a package of this kind never has it, so that nothing is missing.
    pub fn is_of_another_kind(self) -> bool {
        match self {
            Self::Mac | Self::Device | Self::Ipa | Self::Pkg | Self::Archive | Self::Export => true,
            Self::Code | Self::Signature | Self::Profile => false,
        }
    }
}

/// Where the build goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// To testers.
    TestFlight,
    /// To everybody, after a review.
    AppStore,
}

/// A package, and what its rules depend on.
pub struct Asked<'a> {
    /// The package.
    pub package: &'a Package,
    /// Where it goes.
    pub channel: Channel,
    /// When it is looked at.
    pub now: SystemTime,
    /// The keys of the entitlements that the project asks for, by bundle identifier; under an empty name those that are
    /// the app's without saying so.
    pub expected: &'a BTreeMap<String, Vec<String>>,
}

impl<'a> Asked<'a> {
    /// Whether the rules for iPhone, iPad, Apple TV, Vision Pro and Watch hold.
    pub fn is_embedded(&self) -> bool {
        self.package.form != Form::Pkg && self.family() != Some(Family::MacOs)
    }

    /// Whether the rules for the Mac hold.
    pub fn is_mac(&self) -> bool {
        !self.is_embedded()
    }

    /// Whether it is signed as it will be uploaded; an archive is signed anew when it is exported.
    pub fn is_signed_for_good(&self) -> bool {
        self.package.form != Form::Archive
    }

    /// Whether the app has code that can be read: what a mere sketch of an app lacks says nothing.
    pub fn is_build(&self) -> bool {
        self.package.code(self.package.app()).is_some()
    }

    /// The app's operating system.
    pub fn family(&self) -> Option<Family> {
        self.package.family(self.package.app())
    }

    /// The bundles that have code of their own by what they are.
    pub fn with_code(&self) -> impl Iterator<Item = &'a Bundle> {
        let bundles = self.package.bundles.iter();
        bundles.filter(|bundle| match bundle.kind {
            BundleKind::App
            | BundleKind::Extension
            | BundleKind::WatchApp
            | BundleKind::Clip
            | BundleKind::Framework => true,
            BundleKind::Resources | BundleKind::Helper | BundleKind::PlugIn => false,
        })
    }

    /// The programs: app, extensions, watch app, App Clip, helpers.
    pub fn programs(&self) -> impl Iterator<Item = &'a Bundle> {
        self.package.bundles.iter().filter(|one| one.is_program())
    }

    /// The bundles of a kind.
    pub fn of_kind(&self, kind: BundleKind) -> impl Iterator<Item = &'a Bundle> {
        let bundles = self.package.bundles.iter();
        bundles.filter(move |bundle| bundle.kind == kind)
    }

    /// The code inside of the app.
    pub fn binaries(&self) -> impl Iterator<Item = &'a Binary> {
        let app = &self.package.app().path;
        let binaries = self.package.binaries.iter();
        binaries.filter(move |binary| is_below(&binary.path, app))
    }

    /// The program that a bundle belongs to: itself, or the innermost around it.
    pub fn program_of(&self, bundle: &'a Bundle) -> &'a Bundle {
        let mut bundle = bundle;
        for _ in 0..8 {
            match bundle.host {
                Some(host) if !bundle.is_program() => bundle = &self.package.bundles[host],
                Some(_) | None => break,
            }
        }
        bundle
    }

    /// The bundle around another.
    pub fn host(&self, bundle: &Bundle) -> Option<&'a Bundle> {
        self.package.bundles.get(bundle.host?)
    }
}

/// Whether the path lies below the folder.
pub fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.starts_with('/'))
}

/// What the rules have found.
#[derive(Debug, Default)]
pub struct Found(pub Vec<Diagnostic>);

impl Found {
    /// Adds a finding about a bundle.
    pub fn add(&mut self, finding: Diagnostic) {
        self.0.push(finding);
    }
}

/// A finding about a bundle.
pub fn finding(
    severity: Severity,
    code: &'static str,
    bundle: &Bundle,
    title: String,
) -> Diagnostic {
    let mut finding = Diagnostic::new(severity, Code::new(code), title)
        .variable("bundle", &bundle.path)
        .said_by("preflight");
    if let Some(number) = code.strip_prefix("itms-") {
        finding.codes = vec![format!("ITMS-{number}")];
    }
    finding
}

/// What Apple refuses.
pub fn error(code: &'static str, bundle: &Bundle, title: String) -> Diagnostic {
    finding(Severity::Error, code, bundle, title)
}

/// What Apple takes today, or what surprises.
pub fn warning(code: &'static str, bundle: &Bundle, title: String) -> Diagnostic {
    finding(Severity::Warning, code, bundle, title)
}

/// The same finding about a key of the bundle's Info.plist.
pub fn about_key(finding: Diagnostic, bundle: &Bundle, key: &str) -> Diagnostic {
    finding.variable("key", key).about(Subject::InfoPlistKey {
        bundle: named(bundle),
        key: key.to_owned(),
    })
}

/// The same finding about an entitlement of the bundle.
pub fn about_entitlement(finding: Diagnostic, bundle: &Bundle, key: &str) -> Diagnostic {
    finding.variable("key", key).about(Subject::Entitlement {
        bundle: named(bundle),
        key: key.to_owned(),
    })
}

/// The same finding about a framework, or about the bundle's privacy manifest.
pub fn about_code(finding: Diagnostic, bundle: &Bundle) -> Diagnostic {
    match bundle.kind {
        BundleKind::Framework => finding.about(Subject::Dependency {
            name: bundle.name().to_owned(),
        }),
        BundleKind::App
        | BundleKind::Extension
        | BundleKind::WatchApp
        | BundleKind::Clip
        | BundleKind::Resources
        | BundleKind::Helper
        | BundleKind::PlugIn => finding,
    }
}

/// What `locate` calls the bundle: nothing for the app, else its identifier.
pub fn named(bundle: &Bundle) -> Option<String> {
    match bundle.kind {
        BundleKind::App => None,
        BundleKind::Extension
        | BundleKind::WatchApp
        | BundleKind::Clip
        | BundleKind::Framework
        | BundleKind::Resources
        | BundleKind::Helper
        | BundleKind::PlugIn => Some(bundle.identifier().unwrap_or(&bundle.path).to_owned()),
    }
}
