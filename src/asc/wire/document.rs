//! The envelope of every answer, written once, and the pieces that several resources share.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::diagnostic::Severity;
use crate::text;

/// `{"data": …}`.
#[derive(Debug, Deserialize)]
pub struct Document<T> {
    /// What was asked for.
    pub data: T,
}

/// `{"type": …, "id": …, "attributes": …, "relationships": …}`.
#[derive(Debug, Deserialize)]
pub struct Resource<A> {
    /// The id; its type is known from the call.
    pub id: String,
    attributes: Option<A>,
    relationships: Option<BTreeMap<String, Option<Relationship>>>,
}

#[derive(Debug, Deserialize)]
struct Relationship {
    data: Option<Value>,
}

impl<A: Default> Resource<A> {
    /// The attributes; none of them where the answer has none.
    pub fn take_attributes(&mut self) -> A {
        self.attributes.take().unwrap_or_default()
    }

    /// The id at the end of a relationship to one other resource.
    pub fn linked(&self, name: &str) -> Option<&str> {
        self.relationships
            .as_ref()?
            .get(name)?
            .as_ref()?
            .data
            .as_ref()?
            .get("id")?
            .as_str()
    }
}

/// One page of a list.
#[derive(Debug, Deserialize)]
pub struct Page<A> {
    /// The resources.
    #[serde(bound(deserialize = "A: Deserialize<'de>"))]
    pub data: Vec<Resource<A>>,
    links: Option<Links>,
}

#[derive(Debug, Deserialize)]
struct Links {
    next: Option<String>,
}

impl<A> Page<A> {
    /// The address of the next page.
    pub fn next(&self) -> Option<&str> {
        self.links.as_ref()?.next.as_deref()
    }
}

/// One sentence of Apple's about an upload or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateDetail {
    /// Which of Apple's lists it was in: errors, warnings or infos.
    pub severity: Severity,
    /// Apple's number, such as `90683`, without `ITMS-`.
    pub code: Option<String>,
    /// Apple's own sentence.
    pub description: String,
}

/// `{"state": …, "errors": […], "warnings": […], "infos": […]}`.
#[derive(Debug, Deserialize)]
pub struct StateDocument<S> {
    /// The state.
    pub state: Option<S>,
    errors: Option<Vec<DetailDocument>>,
    warnings: Option<Vec<DetailDocument>>,
    infos: Option<Vec<DetailDocument>>,
}

// Derived, it would ask `S: Default` of states that need none.
impl<S> Default for StateDocument<S> {
    fn default() -> Self {
        Self {
            state: None,
            errors: None,
            warnings: None,
            infos: None,
        }
    }
}

#[derive(Debug, Deserialize)]
struct DetailDocument {
    #[serde(default, deserialize_with = "text_or_number")]
    code: Option<String>,
    description: Option<String>,
}

impl<S> StateDocument<S> {
    /// All that Apple says, errors first, in Apple's order.
    pub fn details(&self) -> Vec<StateDetail> {
        [
            (Severity::Error, &self.errors),
            (Severity::Warning, &self.warnings),
            (Severity::Notice, &self.infos),
        ]
        .into_iter()
        .flat_map(|(severity, list)| {
            list.iter().flatten().map(move |detail| StateDetail {
                severity,
                code: detail.code.as_deref().map(text::lines),
                description: text::lines(detail.description.as_deref().unwrap_or_default()),
            })
        })
        .collect()
    }
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::<Value>::deserialize(deserializer)? {
        Some(Value::String(text)) => Some(text),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize)]
    struct Named {
        name: Option<String>,
    }

    #[test]
    fn nulls_and_missing_fields_are_taken_everywhere() {
        for text in [
            r#"{"data":{"id":"1","type":"x","new":[1]},"jsonapi":{}}"#,
            r#"{"data":{"id":"1","attributes":null,"relationships":null,"links":null}}"#,
            r#"{"data":{"id":"1","attributes":{"name":null},"relationships":{"build":null}}}"#,
            r#"{"data":{"id":"1","attributes":{},"relationships":{"build":{"data":null}}}}"#,
            r#"{"data":{"id":"1","relationships":{"build":{"data":[{"id":"2"}]}}}}"#,
        ] {
            let mut document: Document<Resource<Named>> = serde_json::from_str(text).unwrap();
            assert_eq!(document.data.linked("build"), None, "{text}");
            assert_eq!(document.data.take_attributes().name, None);
        }
    }

    #[test]
    fn apples_sentences_keep_their_list_and_order() {
        let document: StateDocument<String> = serde_json::from_str(
            r#"{"state":"FAILED","errors":[{"code":"90683","description":"no\u001b[31m key"},{"code":null}],
                "warnings":null,"infos":[{"code":7,"description":"x"}]}"#,
        )
        .unwrap();
        let shown: Vec<_> = document
            .details()
            .into_iter()
            .map(|d| (d.severity, d.code, d.description))
            .collect();
        assert_eq!(
            shown,
            [
                (Severity::Error, Some("90683".into()), "no key".into()),
                (Severity::Error, None, String::new()),
                (Severity::Notice, Some("7".into()), "x".into()),
            ]
        );
    }
}
