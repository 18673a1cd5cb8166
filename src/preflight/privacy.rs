//! What a privacy manifest says, and what is wrong with it:
//! <https://developer.apple.com/documentation/bundleresources/privacy-manifest-files>.

use plist::{Dictionary, Value};

use crate::preflight::lists::Lists;

const APIS: &str = "NSPrivacyAccessedAPITypes";
const API: &str = "NSPrivacyAccessedAPIType";
const REASONS: &str = "NSPrivacyAccessedAPITypeReasons";
const TRACKING: &str = "NSPrivacyTracking";
const DOMAINS: &str = "NSPrivacyTrackingDomains";
const COLLECTED: &str = "NSPrivacyCollectedDataTypes";

/// What is wrong, in words that go on after the manifest's name.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// A key or a value is not valid.
    Invalid(String),
    /// A category is not known.
    Category(String),
    /// A reason is not one of its category.
    Reason(String),
    /// It contradicts itself about tracking.
    Tracking(String),
}

/// The categories that it declares.
pub fn categories(list: &Dictionary) -> Vec<String> {
    let apis = list.get(APIS).and_then(Value::as_array);
    let apis = apis.into_iter().flatten().filter_map(Value::as_dictionary);
    let names = apis.filter_map(|api| api.get(API)?.as_string());
    names.map(str::to_owned).collect()
}

/// The first thing that is wrong with it.
pub fn fault(list: &Dictionary) -> Option<Fault> {
    shape(list)
        .or_else(|| apis(list))
        .or_else(|| tracking(list))
}

fn shape(list: &Dictionary) -> Option<Fault> {
    let invalid = |words: String| Some(Fault::Invalid(words));
    let known = [APIS, TRACKING, DOMAINS, COLLECTED];
    if let Some(key) = list.keys().find(|key| !known.contains(&key.as_str())) {
        return invalid(format!("has the key `{key}`, which is not known"));
    }
    if list
        .get(TRACKING)
        .is_some_and(|value| value.as_boolean().is_none())
    {
        return invalid(format!("says neither yes nor no for `{TRACKING}`"));
    }
    for key in [APIS, DOMAINS, COLLECTED] {
        if list
            .get(key)
            .is_some_and(|value| value.as_array().is_none())
        {
            return invalid(format!("holds no array for `{key}`"));
        }
    }
    let strings = |value: &Value| value.as_string().is_some();
    if !each(list, DOMAINS).all(strings) {
        return invalid(format!("holds something else than texts in `{DOMAINS}`"));
    }
    if !each(list, COLLECTED).all(is_complete) {
        return invalid(format!("holds an incomplete entry in `{COLLECTED}`"));
    }
    None
}

/// Whether an entry says what is collected, why, and whether it is linked to the person and used for tracking.
fn is_complete(data: &Value) -> bool {
    let Some(data) = data.as_dictionary() else {
        return false;
    };
    let says = |key: &str| {
        data.get(key)
            .is_some_and(|value| value.as_boolean().is_some())
    };
    let purposes = data.get("NSPrivacyCollectedDataTypePurposes");
    data.get("NSPrivacyCollectedDataType")
        .is_some_and(|value| value.as_string().is_some())
        && says("NSPrivacyCollectedDataTypeLinked")
        && says("NSPrivacyCollectedDataTypeTracking")
        && purposes.is_some_and(|value| value.as_array().is_some())
}

fn apis(list: &Dictionary) -> Option<Fault> {
    for entry in each(list, APIS) {
        let entry = entry.as_dictionary();
        let category = entry.and_then(|entry| entry.get(API)?.as_string());
        let (Some(entry), Some(category)) = (entry, category) else {
            return Some(Fault::Invalid(format!(
                "has an entry in `{APIS}` without `{API}`"
            )));
        };
        let known = Lists::get().required_reasons.iter();
        let Some(known) = known.into_iter().find(|one| one.category == category) else {
            return Some(Fault::Category(format!(
                "names `{category}`, which is no category"
            )));
        };
        let reasons: Vec<&Value> = each(entry, REASONS).collect();
        if reasons.is_empty() {
            return Some(Fault::Invalid(format!("gives no reason for `{category}`")));
        }
        for reason in reasons {
            let reason = reason.as_string().unwrap_or_default();
            if !known.reasons.iter().any(|one| one == reason) {
                return Some(Fault::Reason(format!(
                    "gives `{reason}`, which is no reason for `{category}`"
                )));
            }
        }
    }
    None
}

fn tracking(list: &Dictionary) -> Option<Fault> {
    let tracks = list.get(TRACKING).and_then(Value::as_boolean) == Some(true);
    let names_domains = each(list, DOMAINS).next().is_some();
    (names_domains && !tracks).then(|| {
        Fault::Tracking(format!(
            "names domains for tracking, and `{TRACKING}` is not true"
        ))
    })
}

fn each<'a>(list: &'a Dictionary, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    list.get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}
