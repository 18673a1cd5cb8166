//! What a finding is about, as far as frameworks keep it in places of their own.

use crate::codes::entry::Entry;
use crate::diagnostic::{Diagnostic, Subject};

/// What a line for a framework is about.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Topic<'a> {
    /// The kind of a subject, as the catalogue writes it.
    Of(&'a str),
    /// Nothing that frameworks keep in a place of their own.
    Other,
}

impl<'a> Topic<'a> {
    /// That of an entry.
    pub(super) fn of(entry: &'a Entry) -> Self {
        match entry.subjects.first() {
            Some(subject) => Self::Of(subject.split(':').next().unwrap_or(subject)),
            None => Self::Other,
        }
    }

    /// That of a finding. What is inside an extension or a framework is in no file of the app's.
    pub(super) fn of_finding(found: &Diagnostic) -> Self {
        let is_inner = |bundle: &Option<String>| {
            let bundle = bundle.as_deref().unwrap_or_default();
            bundle.trim_end_matches('/').contains('/') || bundle.ends_with(".appex")
        };
        match found.subjects.first() {
            Some(Subject::InfoPlistKey { bundle, .. }) if !is_inner(bundle) => {
                Self::Of("info-plist-key")
            }
            Some(Subject::BuildNumber) => Self::Of("build-number"),
            Some(Subject::MarketingVersion) => Self::Of("marketing-version"),
            Some(Subject::AppIcon) => Self::Of("app-icon"),
            _ => Self::Other,
        }
    }
}
