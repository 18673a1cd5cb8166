//! What a `.pkg` says of the app it installs: `Distribution` of a product archive, and the
//! `PackageInfo` of its components. The app's own Info.plist lies in a compressed payload that can be
//! gigabytes long, so it is not looked for; what nobody states is said to be missing.
//!
//! Words: Apple's "Distribution Definition XML Schema Reference", and the man pages of `pkgbuild` and
//! `productbuild`.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use plist::{Dictionary, Value};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::ids::Platform;

use crate::ipa::bytes::shown;
use crate::ipa::xar::Archive;
use crate::ipa::{Error, Package, PackageKind, facts};

/// Most bundles that are remembered; an app with many frameworks lists some dozens.
const MOST_BUNDLES: usize = 4_096;
/// Most components whose PackageInfo is read.
const MOST_COMPONENTS: usize = 32;

/// What the XML parts state, put together.
#[derive(Debug, Default)]
struct Described {
    product: Option<String>,
    title: Option<String>,
    minimum_os: Option<String>,
    bundles: BTreeMap<String, Bundle>,
    location: Option<String>,
}

/// What a package says of where and how it installs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Installation {
    /// The folder it installs into.
    pub location: Option<String>,
    /// The lowest macOS that it installs on.
    pub minimum_os: Option<String>,
}

/// One `<bundle>`, put together from every place that names it.
#[derive(Debug, Default)]
struct Bundle {
    path: Option<String>,
    marketing_version: Option<String>,
    build_number: Option<String>,
}

/// Reads the package's description of the app.
pub(super) fn package<R: Read + Seek>(reader: &mut R, archive: &Archive) -> Result<Package, Error> {
    describe(reader, archive)?.into_package()
}

/// Reads where and how the package installs.
pub(super) fn installation<R: Read + Seek>(
    reader: &mut R,
    archive: &Archive,
) -> Result<Installation, Error> {
    let described = describe(reader, archive)?;
    Ok(Installation {
        location: described.location,
        minimum_os: described.minimum_os,
    })
}

fn describe<R: Read + Seek>(reader: &mut R, archive: &Archive) -> Result<Described, Error> {
    let mut described = Described::default();
    let distribution = archive.named("Distribution").filter(|m| m.depth == 0);
    for member in distribution.take(1) {
        described.add("Distribution", &archive.read(reader, member)?)?;
    }
    let components = archive.named("PackageInfo").filter(|m| m.depth <= 1);
    for member in components.take(MOST_COMPONENTS) {
        described.add("PackageInfo", &archive.read(reader, member)?)?;
    }
    Ok(described)
}

impl Described {
    fn add(&mut self, part: &'static str, xml: &[u8]) -> Result<(), Error> {
        let unparsed = |source| Error::PkgXml { part, source };
        let mut reader = quick_xml::Reader::from_reader(xml);
        let mut buffer = Vec::new();
        let mut in_title = false;
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(unparsed)? {
                Event::Start(start) => {
                    in_title = start.local_name().as_ref() == "title";
                    self.element(&start);
                }
                Event::Empty(start) => self.element(&start),
                Event::Text(text) if in_title && self.title.is_none() => {
                    self.title = given(text.as_ref());
                }
                Event::End(_) => in_title = false,
                Event::Eof => return Ok(()),
                Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::DocType(_)
                | Event::GeneralRef(_)
                | Event::PI(_) => {}
            }
        }
    }

    fn element(&mut self, start: &BytesStart<'_>) {
        match start.local_name().as_ref() {
            "product" => first(&mut self.product, attribute(start, "id")),
            "pkg-info" => first(&mut self.location, attribute(start, "install-location")),
            "os-version" => first(&mut self.minimum_os, attribute(start, "min")),
            "bundle" => self.bundle(start),
            _ => {}
        }
    }

    fn bundle(&mut self, start: &BytesStart<'_>) {
        let identifier = attribute(start, "id").or_else(|| attribute(start, "CFBundleIdentifier"));
        let Some(identifier) = identifier else {
            return;
        };
        if self.bundles.len() >= MOST_BUNDLES && !self.bundles.contains_key(&identifier) {
            return;
        }
        let bundle = self.bundles.entry(identifier).or_default();
        first(&mut bundle.path, attribute(start, "path"));
        first(
            &mut bundle.marketing_version,
            attribute(start, "CFBundleShortVersionString"),
        );
        first(
            &mut bundle.build_number,
            attribute(start, "CFBundleVersion"),
        );
    }

    /// The app among the bundles: the only one, or the one that the product is named after.
    fn app(&mut self) -> Result<(String, Bundle), Error> {
        let is_app = |bundle: &Bundle| bundle.path.as_deref().is_some_and(is_outermost_app);
        let apps: Vec<&String> = self
            .bundles
            .iter()
            .filter(|(_, bundle)| is_app(bundle))
            .map(|(identifier, _)| identifier)
            .collect();
        let identifier = match apps.as_slice() {
            [] => {
                return Err(Error::PkgSilent {
                    fact: "which app it installs",
                });
            }
            [only] => (*only).clone(),
            [one, other, ..] => match &self.product {
                Some(product) if apps.contains(&product) => product.clone(),
                _ => {
                    return Err(Error::ManyApps {
                        first: shown(one),
                        second: shown(other),
                    });
                }
            },
        };
        let bundle = self.bundles.remove(&identifier).unwrap_or_default();
        Ok((identifier, bundle))
    }

    fn into_package(mut self) -> Result<Package, Error> {
        let (identifier, bundle) = self.app()?;
        let marketing_version = bundle.marketing_version.ok_or(Error::PkgSilent {
            fact: "the app's CFBundleShortVersionString",
        })?;
        let build_number = bundle.build_number.ok_or(Error::PkgSilent {
            fact: "the app's CFBundleVersion",
        })?;
        let path = bundle.path.unwrap_or_default();
        let mut info = Dictionary::new();
        for (key, value) in [
            ("CFBundleIdentifier", Some(identifier)),
            ("CFBundleShortVersionString", Some(marketing_version)),
            ("CFBundleVersion", Some(build_number)),
            ("LSMinimumSystemVersion", self.minimum_os),
        ] {
            if let Some(value) = value {
                info.insert(key.to_owned(), Value::String(value));
            }
        }
        let app_path = shown(trimmed(&path));
        let mut package = facts::package_for(Platform::MacOs, PackageKind::Pkg, app_path, info)?;
        package.display_name = self.title.as_deref().map(shown);
        Ok(package)
    }
}

/// Whether the path ends at an app that lies in no other app.
fn is_outermost_app(path: &str) -> bool {
    let path = trimmed(path);
    path.ends_with(".app") && !path.contains(".app/")
}

fn trimmed(path: &str) -> &str {
    path.trim_start_matches("./").trim_matches('/')
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)?;
    given(&attribute.normalized_value(XmlVersion::Implicit1_0).ok()?)
}

fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn first(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value;
    }
}
