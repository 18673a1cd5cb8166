//! What a request body must look like, as data, and the check of one. Strict: what the API does not
//! know is refused, so that a misspelt name in the client fails here and not at Apple.

use serde_json::{Map, Value};

use crate::sandbox::refusal::{Refusal, invalid_attribute};

/// The kinds of values that attributes take.
pub(super) enum Kind {
    /// Text that is not empty.
    Text,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of these words.
    Words(&'static [&'static str]),
    /// A whole number from 1 to 2^53 - 1.
    Size,
    /// `true`, `false` or `null`.
    Flag,
    /// Any text, also an empty one, or `null`.
    Note,
    /// `{file: {hash, algorithm}, composite: {hash, algorithm}}` or `null`.
    Checksums,
}

/// A request body.
pub(super) struct Shape {
    /// The resource type.
    pub(super) kind: &'static str,
    /// Attribute, whether it is required, what it holds.
    pub(super) attributes: &'static [(&'static str, bool, Kind)],
    /// Relationship that is required, and the type it points to.
    pub(super) relationships: &'static [(&'static str, &'static str)],
    /// Relationship that may be left out, and the type it points to.
    pub(super) options: &'static [(&'static str, &'static str)],
    /// The resource exists already, so that the body names its id.
    pub(super) update: bool,
    /// The body is a reference or a list of references, and nothing else.
    pub(super) references: Option<Many>,
}

/// How many references a body holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Many {
    One,
    List,
}

/// Largest integer that the API takes.
const LARGEST: u64 = (1 << 53) - 1;

impl Shape {
    /// A body that makes a resource without anything.
    pub(super) const NEW: Self = Self {
        kind: "",
        attributes: &[],
        relationships: &[],
        options: &[],
        update: false,
        references: None,
    };

    /// A body that lists resources of a type.
    pub(super) const fn references(kind: &'static str) -> Self {
        Self {
            kind,
            references: Some(Many::List),
            ..Self::NEW
        }
    }

    /// A body that names one resource of a type.
    pub(super) const fn reference(kind: &'static str) -> Self {
        Self {
            kind,
            references: Some(Many::One),
            ..Self::NEW
        }
    }

    fn check_references(&self, body: &Value, many: Many) -> Result<(), Refusal> {
        only(object(body, "")?, &["data"], "")?;
        let one = std::slice::from_ref(&body["data"]);
        let rows = match many {
            Many::One => one,
            Many::List => body["data"]
                .as_array()
                .ok_or_else(|| malformed("/data", "A list is expected here".to_owned()))?,
        };
        for row in rows {
            only(object(row, "/data")?, &["type", "id"], "/data")?;
            if row["type"] != self.kind || !row["id"].is_string() {
                let why = format!("'{}' is expected here", self.kind);
                return Err(malformed("/data", why));
            }
        }
        Ok(())
    }

    /// Whether `body` has this shape; `id` is the one in the path of an update.
    pub(super) fn check(&self, body: &Value, id: &str) -> Result<(), Refusal> {
        if let Some(many) = self.references {
            return self.check_references(body, many);
        }
        let top = object(body, "")?;
        only(top, &["data"], "")?;
        let data = object(&body["data"], "/data")?;
        only(
            data,
            &["type", "id", "attributes", "relationships"],
            "/data",
        )?;
        if body["data"]["type"] != self.kind {
            return Err(malformed(
                "/data/type",
                format!("The resource type must be '{}'", self.kind),
            ));
        }
        if self.update && body["data"]["id"] != id {
            return Err(malformed(
                "/data/id",
                "The id must be the one in the path".to_owned(),
            ));
        }
        if !self.update && data.contains_key("id") {
            return Err(malformed(
                "/data/id",
                "An id can not be given to a new resource".to_owned(),
            ));
        }
        self.check_attributes(&body["data"]["attributes"])?;
        self.check_relationships(&body["data"]["relationships"])
    }

    fn check_attributes(&self, attributes: &Value) -> Result<(), Refusal> {
        let empty = Map::new();
        let given = match attributes {
            Value::Null => &empty,
            other => object(other, "/data/attributes")?,
        };
        if let Some(unknown) = given
            .keys()
            .find(|name| !self.attributes.iter().any(|(known, _, _)| known == name))
        {
            return Err(Refusal::new(
                409,
                "ENTITY_ERROR.ATTRIBUTE.UNKNOWN",
                "The provided entity includes an unknown attribute",
                format!(
                    "The attribute '{unknown}' is not known on the resource '{}'",
                    self.kind
                ),
            )
            .at(format!("/data/attributes/{unknown}")));
        }
        for (name, required, kind) in self.attributes {
            match given.get(*name) {
                None | Some(Value::Null) if *required => {
                    return Err(Refusal::new(
                        409,
                        "ENTITY_ERROR.ATTRIBUTE.REQUIRED",
                        "The provided entity is missing a required attribute",
                        format!(
                            "You must provide a value for the attribute '{name}' with this request"
                        ),
                    )
                    .at(format!("/data/attributes/{name}")));
                }
                None => {}
                Some(value) => kind.check(name, value)?,
            }
        }
        Ok(())
    }

    fn check_relationships(&self, relationships: &Value) -> Result<(), Refusal> {
        let empty = Map::new();
        let given = match relationships {
            Value::Null => &empty,
            other => object(other, "/data/relationships")?,
        };
        if let Some(unknown) = given.keys().find(|name| {
            let mut known = self.relationships.iter().chain(self.options);
            !known.any(|(known, _)| known == name)
        }) {
            return Err(Refusal::new(
                409,
                "ENTITY_ERROR.RELATIONSHIP.UNKNOWN",
                "The provided entity includes an unknown relationship",
                format!(
                    "The relationship '{unknown}' is not known on the resource '{}'",
                    self.kind
                ),
            )
            .at(format!("/data/relationships/{unknown}")));
        }
        for (name, target) in self.relationships.iter().chain(self.options) {
            let data = &relationships[name]["data"];
            if data.is_null() && self.options.iter().any(|(option, _)| option == name) {
                continue;
            }
            if data.is_null() {
                return Err(Refusal::new(
                    409,
                    "ENTITY_ERROR.RELATIONSHIP.REQUIRED",
                    "The provided entity is missing a required relationship",
                    format!(
                        "You must provide a value for the relationship '{name}' with this request"
                    ),
                )
                .at(format!("/data/relationships/{name}")));
            }
            let pointer = format!("/data/relationships/{name}/data");
            only(object(data, &pointer)?, &["type", "id"], &pointer)?;
            if data["type"] != *target || !data["id"].is_string() {
                return Err(malformed(
                    &pointer,
                    format!("'{name}' must be of type '{target}'"),
                ));
            }
        }
        Ok(())
    }
}

impl Kind {
    fn check(&self, name: &str, value: &Value) -> Result<(), Refusal> {
        let right_type = match self {
            Self::Text | Self::OneOf(_) => value.is_string(),
            Self::Words(_) => value.is_array(),
            Self::Size => value.as_u64().is_some(),
            Self::Flag => value.is_boolean() || value.is_null(),
            Self::Note => value.is_string() || value.is_null(),
            Self::Checksums => value.is_object() || value.is_null(),
        };
        if !right_type {
            return Err(Refusal::new(
                409,
                "ENTITY_ERROR.ATTRIBUTE.TYPE",
                "An attribute in the provided entity has the wrong type",
                format!("'{value}' is not a valid type for the attribute '{name}'"),
            )
            .at(format!("/data/attributes/{name}")));
        }
        let in_range = match self {
            Self::Text => value.as_str().is_some_and(|text| !text.is_empty()),
            Self::OneOf(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Self::Words(words) => value.as_array().is_some_and(|list| {
                let mut all = list.iter().map(Value::as_str);
                !list.is_empty() && all.all(|word| word.is_some_and(|word| words.contains(&word)))
            }),
            Self::Size => value
                .as_u64()
                .is_some_and(|size| (1..=LARGEST).contains(&size)),
            Self::Flag | Self::Note => true,
            Self::Checksums => checksums_are_known(value),
        };
        if in_range {
            Ok(())
        } else {
            Err(invalid_attribute(
                name,
                format!("'{value}' is not a valid value for the attribute '{name}'"),
            ))
        }
    }
}

/// Only MD5 is taken for build files, although the specification lists `SHA_256` too.
fn checksums_are_known(value: &Value) -> bool {
    let Some(sums) = value.as_object() else {
        return true;
    };
    sums.iter().all(|(name, sum)| {
        let known = name == "file" || name == "composite";
        known
            && (sum.is_null()
                || sum["algorithm"] == "MD5"
                    && sum["hash"].as_str().is_some_and(|hash| {
                        let hex = hash.split('-').next().unwrap_or_default();
                        hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_hexdigit())
                    }))
    })
}

fn object<'a>(value: &'a Value, pointer: &str) -> Result<&'a Map<String, Value>, Refusal> {
    value
        .as_object()
        .ok_or_else(|| malformed(pointer, "An object is expected here".to_owned()))
}

fn only(given: &Map<String, Value>, known: &[&str], pointer: &str) -> Result<(), Refusal> {
    match given.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(malformed(
            &format!("{pointer}/{name}"),
            format!("'{name}' is not expected here"),
        )),
    }
}

pub(super) fn malformed(pointer: &str, detail: String) -> Refusal {
    Refusal::new(
        422,
        "ENTITY_INVALID",
        "The request entity is not valid",
        detail,
    )
    .at(pointer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::query::Query;
    use crate::sandbox::{operations, token};
    use proptest::prelude::*;

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[a-zA-Z_]{0,8}".prop_map(Value::from),
            Just(Value::from("buildUploads")),
        ];
        let names = prop_oneof![
            Just("data"),
            Just("type"),
            Just("id"),
            Just("attributes"),
            Just("relationships"),
            Just("app"),
            Just("uploaded"),
            Just("sourceFileChecksums"),
            Just("file"),
            Just("x"),
        ];
        leaf.prop_recursive(6, 48, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::vec((names.clone(), inner), 0..5).prop_map(|members| {
                    members
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect::<Value>()
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_body_makes_the_check_panic(body in any_json()) {
            for shape in operations::all().filter_map(|operation| operation.body) {
                if let Err(refusal) = shape.check(&body, "id") {
                    prop_assert!(refusal.document("1")["errors"][0]["code"].is_string());
                }
            }
        }

        #[test]
        fn no_text_makes_the_reading_of_parameters_or_tokens_panic(text in any::<String>()) {
            let query = Query::decode(&text);
            for operation in operations::all() {
                let _ = query.check(operation.parameters);
            }
            let header = ["Bearer ", &text].concat();
            prop_assert!(token::check(Some(&header), 0).is_err());
        }
    }
}
