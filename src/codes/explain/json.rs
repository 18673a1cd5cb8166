//! An entry as one JSON object.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::codes::complete::filled;
use crate::codes::entry::Snippet;
use crate::codes::explain::told::Told;
use crate::codes::frameworks;
use crate::codes::topic::Topic;
use crate::diagnostic::{CASE, Retry};
use crate::text::plain::spaced;

/// The entry as one JSON object.
pub fn explain_json(told: Told<'_>) -> String {
    let entry = told.entry;
    let page = Page {
        code: &entry.code,
        names: entry.names(),
        title: told.title(),
        status: told.status(),
        meaning: told.filled(&entry.meaning),
        why: told.filled(&entry.why),
        severity: told.severity().to_string(),
        retry: entry.retry,
        again: entry.again.as_deref(),
        confirmed: !entry.unconfirmed,
        only_a_wrapper: entry.wrapper,
        only_has_the_words: told.is_near,
        fix: told.fix(),
        frameworks: frameworks::lines(entry, Topic::of(entry), told.variables())
            .into_iter()
            .collect(),
        cases: told
            .cases()
            .map(|(name, case)| CasePage {
                case: name,
                when: &case.when,
                title: case.title.as_ref().map(|title| told.filled(title)),
                fix: filled(&case.fix, told.variables()),
            })
            .collect(),
        snippet: told.snippet(),
        example: spaced(&entry.example),
        example_is_made_up: entry.made_up,
        links: &entry.links,
        message: told.message.map(|found| Heard {
            text: &found.message,
            names: &found.codes,
            case: found.variables.get(CASE),
            variables: &found.variables,
        }),
    };
    serde_json::to_string_pretty(&page).expect("a page of strings is JSON")
}

#[derive(Serialize)]
struct Page<'a> {
    code: &'a str,
    names: Vec<String>,
    title: String,
    status: String,
    meaning: String,
    why: String,
    severity: String,
    retry: Retry,
    #[serde(skip_serializing_if = "Option::is_none")]
    again: Option<&'a str>,
    confirmed: bool,
    only_a_wrapper: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    only_has_the_words: bool,
    fix: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    frameworks: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cases: Vec<CasePage<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Snippet>,
    example: String,
    example_is_made_up: bool,
    links: &'a [String],
    /// What was read of the message that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Heard<'a>>,
}

#[derive(Serialize)]
struct Heard<'a> {
    text: &'a str,
    names: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<&'a String>,
    variables: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct CasePage<'a> {
    case: &'a str,
    when: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    fix: Vec<String>,
}
