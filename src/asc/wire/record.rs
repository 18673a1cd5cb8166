//! Resources of which little is needed: attributes are read by name, whatever else there is. One shape for
//! all of them keeps the program small; the paths and names are in the file of each resource.

use serde_json::{Map, Value, json};

use crate::asc::wire::error::Error;
use crate::asc::wire::transport::Client;
use crate::asc::wire::walk::Walk;
use crate::http::method::Method;
use crate::text::plain;

/// What may not be made twice is tried so often where answers get lost.
const MAKE_TRIES: u32 = 4;

/// One resource.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its type, such as `betaGroups`.
    pub kind: String,
    /// Its id.
    pub id: String,
    attributes: Map<String, Value>,
    relationships: Map<String, Value>,
}

/// The resources of an answer, and those that came along.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// What was asked for.
    pub data: Vec<Record>,
    /// What was included.
    pub included: Vec<Record>,
}

impl Record {
    /// Reads one; `None` where it has no id.
    fn read(value: &mut Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let map = |value: Option<&mut Value>| match value.map(Value::take) {
            Some(Value::Object(map)) => map,
            _ => Map::new(),
        };
        Some(Self {
            id: text(value.get("id")?)?,
            kind: value.get("type").and_then(text).unwrap_or_default(),
            attributes: map(value.get_mut("attributes")),
            relationships: map(value.get_mut("relationships")),
        })
    }

    /// An attribute's text; `None` where it is missing or blank.
    pub fn text(&self, name: &str) -> Option<String> {
        let text = plain::lines(self.attributes.get(name)?.as_str()?);
        (!text.trim().is_empty()).then_some(text)
    }

    /// A word of Apple's; empty where it is missing.
    pub fn word(&self, name: &str) -> String {
        self.text(name).unwrap_or_default()
    }

    /// The id at the end of a relationship to one resource.
    pub fn linked(&self, name: &str) -> Option<&str> {
        let end = self.relationships.get(name)?.get("data")?;
        end.get("id")?.as_str()
    }

    /// An attribute's list of words.
    pub fn words(&self, name: &str) -> Vec<String> {
        let list = self.attributes.get(name).and_then(Value::as_array);
        let words = list.into_iter().flatten().filter_map(Value::as_str);
        words.map(plain::line).collect()
    }

    /// An attribute that is true or false.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.attributes.get(name)?.as_bool()
    }
}

impl Records {
    /// What a document holds.
    pub fn read(document: &mut Value) -> Self {
        let list = |value: Option<&mut Value>| match value {
            Some(Value::Array(rows)) => rows.iter_mut().filter_map(Record::read).collect(),
            Some(one) => Record::read(one).into_iter().collect(),
            None => Vec::new(),
        };
        Self {
            data: list(document.get_mut("data")),
            included: list(document.get_mut("included")),
        }
    }

    /// The included resource of this type and id.
    pub fn brought(&self, kind: &str, id: &str) -> Option<&Record> {
        let mut included = self.included.iter();
        included.find(|record| record.kind == kind && record.id == id)
    }
}

/// A request's body: `id` where the resource is there already, and its relationships by name, type and id.
pub fn body(
    kind: &str,
    id: Option<&str>,
    attributes: Value,
    relationships: &[(&str, &str, &str)],
) -> Value {
    let mut data = json!({ "type": kind });
    if let Some(id) = id {
        data["id"] = id.into();
    }
    if attributes.as_object().is_some_and(|map| !map.is_empty()) {
        data["attributes"] = attributes;
    }
    for (name, kind, id) in relationships {
        data["relationships"][*name]["data"] = reference(kind, id);
    }
    json!({ "data": data })
}

/// A resource by type and id alone.
pub fn reference(kind: &str, id: &str) -> Value {
    json!({ "type": kind, "id": id })
}

/// All resources of a list; one that does not end is an error, for nobody could say what it lacks.
pub async fn list(client: &Client, path: &str, query: &[(&str, &str)]) -> Result<Records, Error> {
    let (mut walk, mut page): (_, Value) = Walk::begin(client, path, query).await?;
    let mut all = Records::default();
    loop {
        let next = page["links"]["next"].as_str().map(str::to_owned);
        let mut found = Records::read(&mut page);
        all.data.append(&mut found.data);
        all.included.append(&mut found.included);
        let Some(next) = next else { return Ok(all) };
        let Some(more) = walk.go_on(&next).await? else {
            return Err(walk.cut());
        };
        page = more;
    }
}

/// One resource with what came along; `None` where Apple has none: it says so with `null` and with 404.
pub async fn read(
    client: &Client,
    path: &str,
    query: &[(&str, &str)],
) -> Result<Option<(Record, Records)>, Error> {
    let mut document: Value = match client.get(path, query).await {
        Ok(document) => document,
        Err(error) if error.status() == Some(404) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut all = Records::read(&mut document);
    Ok(all.data.pop().map(|record| (record, all)))
}

/// Makes a resource. Where the answer gets lost, `look` says whether it is there before it is made again.
pub async fn make<F>(
    client: &Client,
    path: &str,
    body: &Value,
    look: impl Fn() -> F,
) -> Result<Record, Error>
where
    F: Future<Output = Result<Option<Record>, Error>>,
{
    let mut tried = 0;
    loop {
        let error = match client.post::<Value>(path, body).await {
            Ok(mut document) => {
                let made = Records::read(&mut document).data.pop();
                return Ok(made.unwrap_or_default());
            }
            Err(error) => error,
        };
        tried += 1;
        if !error.is_ambiguous() {
            return Err(error);
        }
        for looks in 0..2 {
            if looks > 0 {
                client.settle().await;
            }
            if let Some(made) = look().await? {
                return Ok(made);
            }
        }
        if tried >= MAKE_TRIES {
            return Err(error);
        }
        client.rest(tried).await;
    }
}

/// Sends a change whose answer is not needed and that may be made twice: it sets, and does not add.
pub async fn set(client: &Client, method: Method, path: &str, body: &Value) -> Result<(), Error> {
    let mut tried = 0;
    loop {
        match client.act(method, path, body).await {
            Err(error) if error.is_ambiguous() && tried + 1 < MAKE_TRIES => {
                tried += 1;
                client.rest(tried).await;
            }
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::wire::test_server::{Reply, Server, ok, refused, status};

    #[tokio::test]
    async fn rows_without_an_id_nulls_and_missing_parts_are_taken() {
        let server = Server::new(vec![ok(&json!({"data": [
            {"type": "betaGroups", "id": "1", "attributes": {"name": "A", "open": true, "note": null}},
            {"type": "betaGroups"}, null,
            {"id": "2", "relationships": {"app": {"data": {"id": "9"}}, "x": null}},
        ], "included": [{"type": "apps", "id": "9"}]}))])
        .await;
        let all = list(&server.client(), "/v1/betaGroups", &[]).await.unwrap();
        assert_eq!(all.data.len(), 2);
        assert_eq!(all.data[0].text("name").as_deref(), Some("A"));
        assert_eq!(all.data[0].flag("open"), Some(true));
        assert_eq!(all.data[0].text("note"), None);
        assert_eq!(all.data[1].linked("app"), Some("9"));
        assert_eq!(all.data[1].linked("x"), None);
        assert!(all.brought("apps", "9").is_some());
    }

    #[tokio::test]
    async fn what_apple_has_not_is_none_in_both_of_its_words() {
        for reply in [ok(&json!({"data": null})), refused(404, "NOT_FOUND")] {
            let server = Server::new(vec![reply]).await;
            assert_eq!(read(&server.client(), "/v1/x", &[]).await.unwrap(), None);
        }
    }

    #[tokio::test]
    async fn what_was_made_and_not_answered_is_found_and_not_made_again() {
        for lost in [Reply::Broken, status(500)] {
            let server = Server::new(vec![lost]).await;
            let client = server.client();
            let found = || async {
                Ok(Some(Record {
                    id: "7".to_owned(),
                    ..Record::default()
                }))
            };
            let made = make(&client, "/v1/x", &json!({}), found).await.unwrap();
            assert_eq!(made.id, "7");
            assert_eq!(server.heard().len(), 1);
        }
    }

    #[tokio::test]
    async fn what_was_surely_not_made_is_made_again_and_not_for_ever() {
        let server = Server::new(vec![
            status(500),
            Reply::Answer(201, Vec::new(), json!({"data": {"id": "8"}}).to_string()),
        ])
        .await;
        let client = server.client();
        let nothing = || async { Ok(None) };
        let made = make(&client, "/v1/x", &json!({}), nothing).await.unwrap();
        assert_eq!(made.id, "8");
        let server = Server::new((0..9).map(|_| status(500)).collect()).await;
        let client = server.client();
        assert!(make(&client, "/v1/x", &json!({}), nothing).await.is_err());
        assert_eq!(server.heard().len(), 4);
    }

    #[tokio::test]
    async fn a_change_that_sets_is_sent_again_after_a_lost_answer() {
        let server = Server::new(vec![Reply::Broken, status(204)]).await;
        let client = server.client();
        set(&client, Method::Patch, "/v1/x", &json!({}))
            .await
            .unwrap();
        assert_eq!(server.heard().len(), 2);
    }
}
