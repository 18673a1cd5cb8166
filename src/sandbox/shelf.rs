//! All that an account holds beside uploads and builds: resources whose attributes and links are all there is
//! to them. What may be done with them is in the file of each resource.

use serde_json::{Map, Value, json};

use crate::sandbox::document::{Shown, self_link};
use crate::sandbox::query::Query;

/// One resource.
pub(super) struct Thing {
    pub(super) kind: &'static str,
    pub(super) id: String,
    pub(super) attributes: Map<String, Value>,
    /// Name of the relationship, type and id at its end.
    pub(super) links: Vec<(&'static str, &'static str, String)>,
}

/// What there is.
#[derive(Default)]
pub(super) struct Shelf(Vec<Thing>);

impl Thing {
    pub(super) fn new(kind: &'static str, id: String, attributes: Value) -> Self {
        let attributes = match attributes {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        Self {
            kind,
            id,
            attributes,
            links: Vec::new(),
        }
    }

    pub(super) fn link(mut self, name: &'static str, kind: &'static str, id: &str) -> Self {
        self.links.push((name, kind, id.to_owned()));
        self
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.attributes
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.attributes.get(name) == Some(&Value::Bool(true))
    }

    pub(super) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.attributes.insert(name.to_owned(), value.into());
    }

    pub(super) fn unset(&mut self, name: &str) {
        self.attributes.remove(name);
    }

    /// Puts another resource at the end of a relationship to one.
    pub(super) fn relink(&mut self, name: &'static str, kind: &'static str, id: &str) {
        self.links.retain(|link| link.0 != name);
        self.links.push((name, kind, id.to_owned()));
    }

    /// The id at the end of a relationship.
    pub(super) fn end(&self, name: &str) -> Option<&str> {
        let mut links = self.links.iter();
        links
            .find(|link| link.0 == name)
            .map(|link| link.2.as_str())
    }

    fn resource(&self, base: &str) -> Value {
        let mut resource = json!({
            "type": self.kind,
            "id": self.id,
            "links": self_link(base, self.kind, &self.id),
        });
        if !self.attributes.is_empty() {
            resource["attributes"] = Value::Object(self.attributes.clone());
        }
        resource
    }
}

impl Shelf {
    pub(super) fn add(&mut self, thing: Thing) {
        self.0.push(thing);
    }

    pub(super) fn one(&self, kind: &str, id: &str) -> Option<&Thing> {
        self.0
            .iter()
            .find(|thing| thing.kind == kind && thing.id == id)
    }

    pub(super) fn one_mut(&mut self, kind: &str, id: &str) -> Option<&mut Thing> {
        self.0
            .iter_mut()
            .find(|thing| thing.kind == kind && thing.id == id)
    }

    pub(super) fn remove(&mut self, kind: &str, id: &str) {
        self.0.retain(|thing| thing.kind != kind || thing.id != id);
    }

    /// Takes the links of this name to something away.
    pub(super) fn unlink(&mut self, name: &str, id: &str) {
        for thing in &mut self.0 {
            thing.links.retain(|link| link.0 != name || link.2 != id);
        }
    }

    /// All of a type.
    pub(super) fn all<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Thing> {
        self.0.iter().filter(move |thing| thing.kind == kind)
    }

    /// Those of a type that are linked so.
    pub(super) fn of<'a>(
        &'a self,
        kind: &'a str,
        name: &'a str,
        id: &'a str,
    ) -> impl Iterator<Item = &'a Thing> {
        let all = self.0.iter();
        all.filter(move |thing| thing.kind == kind && thing.end(name) == Some(id))
    }

    /// A resource as it is shown, with what was asked to come along and is on the shelf.
    pub(super) fn show(&self, base: &str, thing: &Thing, query: &Query) -> Shown {
        let mut shown = Shown::alone(thing.resource(base));
        for (name, kind, id) in &thing.links {
            if query.includes(name) {
                shown.resource["relationships"][*name]["data"] = json!({"type": kind, "id": id});
                let brought = self.one(kind, id).map(|other| other.resource(base));
                shown.included.extend(brought);
            }
        }
        shown
    }
}
