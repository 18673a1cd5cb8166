//! The envelope of answers: resources, pages, what is included, and the fields asked for.

use serde_json::{Value, json};

use crate::sandbox::query::Query;

/// Rows of a list when no limit is given.
const PAGE: usize = 50;

/// An answer of the API that is not an error.
pub(super) enum Answer {
    /// A document with this status.
    Document(u16, Value),
    /// 204.
    Nothing,
}

/// A resource and the resources it brings along.
pub(super) struct Shown {
    pub(super) resource: Value,
    pub(super) included: Vec<Value>,
}

impl Shown {
    pub(super) fn alone(resource: Value) -> Self {
        Self {
            resource,
            included: Vec::new(),
        }
    }
}

/// Where a request went, as its answer's links repeat it.
pub(super) struct Address<'a> {
    pub(super) base: &'a str,
    /// Host of the next page's address, where it is another one.
    pub(super) next_base: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a Query,
}

/// A document of one resource.
pub(super) fn single(status: u16, shown: Shown, address: &Address<'_>) -> Answer {
    let mut document = json!({
        "data": shown.resource,
        "links": { "self": format!("{}{}", address.base, address.path) },
    });
    finish(&mut document, shown.included, address.query);
    Answer::Document(status, document)
}

/// A page of a list.
pub(super) fn page(rows: Vec<Shown>, address: &Address<'_>) -> Answer {
    let limit = address
        .query
        .get("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(PAGE);
    let from: usize = address
        .query
        .get("cursor")
        .and_then(|cursor| cursor.parse().ok())
        .unwrap_or(0);
    let total = rows.len();
    let shown: Vec<Shown> = rows.into_iter().skip(from).take(limit).collect();
    let mut links = json!({ "self": format!("{}{}", address.base, address.path) });
    let mut paging = json!({ "total": total, "limit": limit });
    let next = from.saturating_add(limit);
    if next < total {
        let query = address.query.with_cursor(next);
        links["next"] = json!(format!("{}{}?{query}", address.next_base, address.path));
        paging["nextCursor"] = json!(next.to_string());
    }
    let (data, included): (Vec<Value>, Vec<Vec<Value>>) = shown
        .into_iter()
        .map(|shown| (shown.resource, shown.included))
        .unzip();
    let mut document = json!({ "data": data, "links": links, "meta": { "paging": paging } });
    finish(&mut document, included.concat(), address.query);
    Answer::Document(200, document)
}

fn finish(document: &mut Value, included: Vec<Value>, query: &Query) {
    if query.get("include").is_some() {
        let mut unique: Vec<Value> = Vec::new();
        for resource in included {
            if !unique
                .iter()
                .any(|seen| seen["id"] == resource["id"] && seen["type"] == resource["type"])
            {
                unique.push(resource);
            }
        }
        document["included"] = Value::Array(unique);
    }
    for (kind, fields) in query.fieldsets() {
        each_resource(document, &mut |resource| {
            if resource["type"] == kind {
                narrow(resource, &fields);
            }
        });
    }
}

/// A sparse fieldset also drops relationships that it does not name, included or not.
fn narrow(resource: &mut Value, fields: &[&str]) {
    for part in ["attributes", "relationships"] {
        let Some(members) = resource[part].as_object_mut() else {
            continue;
        };
        members.retain(|name, _| fields.contains(&name.as_str()));
        let empty = members.is_empty();
        if let (true, Some(resource)) = (empty, resource.as_object_mut()) {
            resource.remove(part);
        }
    }
}

/// Calls `change` for every resource of a document.
pub(super) fn each_resource(document: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    match &mut document["data"] {
        Value::Array(rows) => rows.iter_mut().for_each(&mut *change),
        Value::Object(_) => change(&mut document["data"]),
        _ => {}
    }
    if let Some(included) = document.get_mut("included").and_then(Value::as_array_mut) {
        included.iter_mut().for_each(&mut *change);
    }
}

/// Adds what nobody has seen yet: fields, relationships, nulls.
pub(super) fn estrange(document: &mut Value) {
    each_resource(document, &mut |resource| {
        resource["attributes"]["addedLater"] = json!({ "by": "nobody", "values": [1, null] });
        resource["relationships"]["addedLater"] = json!({ "data": null });
        for name in [
            "sku",
            "primaryLocale",
            "minOsVersion",
            "assetToken",
            "uti",
            "autoNotifyEnabled",
        ] {
            if resource["attributes"].get(name).is_some() {
                resource["attributes"][name] = Value::Null;
            }
        }
        for list in ["errors", "warnings", "infos"] {
            let state = &mut resource["attributes"]["state"];
            if state
                .get(list)
                .and_then(Value::as_array)
                .is_some_and(Vec::is_empty)
            {
                state[list] = Value::Null;
            }
        }
        if resource["attributes"]["state"].is_null()
            && let Some(attributes) = resource["attributes"].as_object_mut()
        {
            attributes.remove("state");
        }
    });
    document["addedLater"] = json!(true);
}

/// The `links` of a resource.
pub(super) fn self_link(base: &str, kind: &str, id: &str) -> Value {
    json!({ "self": format!("{base}/v1/{kind}/{id}") })
}

/// A relationship that is only links.
pub(super) fn related(base: &str, kind: &str, id: &str, name: &str) -> Value {
    json!({ "links": {
        "self": format!("{base}/v1/{kind}/{id}/relationships/{name}"),
        "related": format!("{base}/v1/{kind}/{id}/{name}"),
    }})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fieldset_drops_what_it_does_not_name() {
        let mut resource = json!({"type": "builds", "id": "1", "attributes": {"version": "1", "expired": false},
            "relationships": {"app": {}}});
        narrow(&mut resource, &["version"]);
        assert_eq!(
            resource,
            json!({"type": "builds", "id": "1", "attributes": {"version": "1"}})
        );
    }
}
