//! `_CodeSignature/CodeResources`: the files that a bundle's signature covers.

use std::collections::BTreeMap;

use plist::{Dictionary, Value};

use crate::property_list::{self, Limits};

/// The list of sealed files.
#[derive(Clone, Debug, Default)]
pub struct Seal {
    /// `files2`: paths below the bundle, each with how it is sealed.
    pub files: BTreeMap<String, Sealed>,
    /// Whether every file must be in the list, but for those that Apple's own rules leave out.
    pub seals_all: bool,
}

/// What Apple's own rules leave out.
const LEFT_OUT: &[&str] = &[
    "^(.*/)?\\.DS_Store$",
    "^Info\\.plist$",
    "^PkgInfo$",
    "^.*\\.lproj/locversion.plist$",
];

/// How a file is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// The SHA-256 of its bytes; none for links and nested code.
    pub hash: Option<[u8; 32]>,
    /// Whether it may be missing.
    pub is_optional: bool,
    /// Whether it is nested code, sealed by its own signature.
    pub is_nested: bool,
}

impl Seal {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let list = property_list::parse_within(bytes, Limits::SEAL).ok()?;
        let files = list.get("files2")?.as_dictionary()?;
        let each = files.iter();
        let rules = list.get("rules2").and_then(Value::as_dictionary);
        let mut rules = rules.into_iter().flatten();
        Some(Self {
            seals_all: rules.all(|(pattern, rule)| {
                let rule = rule.as_dictionary();
                let is_omitted = rule.and_then(|rule| rule.get("omit")?.as_boolean()) == Some(true);
                !is_omitted || LEFT_OUT.contains(&pattern.as_str())
            }),
            files: each
                .map(|(path, value)| (path.clone(), sealed(value)))
                .collect(),
        })
    }
}

fn sealed(value: &Value) -> Sealed {
    let hash = |list: &Dictionary| {
        let hash = list.get("hash2")?.as_data()?;
        <[u8; 32]>::try_from(hash).ok()
    };
    match value.as_dictionary() {
        Some(list) => Sealed {
            hash: hash(list),
            is_optional: list.get("optional").and_then(Value::as_boolean) == Some(true),
            is_nested: list.contains_key("cdhash") || list.contains_key("requirement"),
        },
        None => Sealed::default(),
    }
}
