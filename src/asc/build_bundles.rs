//! `buildBundles`: the programs of a build as Apple sees them, with what their signatures claim.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::asc::builds::BUILDS;
use crate::asc::wire::document::Resource;
use crate::asc::wire::error::Error;
use crate::asc::wire::transport::Client;
use crate::ids::{AppId, BuildNumber, Platform};
use crate::text;

/// What the programs of a build claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The build's number.
    pub build_number: BuildNumber,
    /// The keys of each program's entitlements, by bundle identifier.
    pub keys: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug, Default, Deserialize)]
struct Attributes {
    version: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Answer {
    data: Vec<Resource<Attributes>>,
    #[serde(default)]
    included: Vec<Included>,
}

/// Anything that comes along.
#[derive(Debug, Deserialize)]
struct Included {
    attributes: Option<Value>,
}

/// What the newest build claims that can be tested; `None` where there is none, or Apple does not say.
pub async fn claimed_by_newest(
    client: &Client,
    app: &AppId,
    platform: Platform,
) -> Result<Option<Claimed>, Error> {
    let query = [
        ("filter[app]", app.as_str()),
        ("filter[preReleaseVersion.platform]", platform.api_name()),
        ("filter[processingState]", "VALID"),
        ("filter[expired]", "false"),
        ("include", "buildBundles"),
        (
            "fields[buildBundles]",
            "bundleId,bundleType,fileName,entitlements",
        ),
        ("sort", "-uploadedDate"),
        ("limit", "1"),
    ];
    let answer: Answer = client.get(BUILDS, &query).await?;
    let newest = answer.data.into_iter().next();
    let number = newest.and_then(|mut build| build.take_attributes().version);
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for attributes in answer
        .included
        .iter()
        .filter_map(|one| one.attributes.as_ref())
    {
        let (Some(identifier), Some(files)) = (
            attributes["bundleId"].as_str(),
            attributes["entitlements"].as_object(),
        ) else {
            continue;
        };
        // One entry for each file of the program with code in it.
        let claims = files.values().filter_map(Value::as_object);
        let claims = claims.flat_map(Map::keys).map(|key| text::line(key));
        keys.entry(text::line(identifier))
            .or_default()
            .extend(claims);
    }
    keys.retain(|_, keys| !keys.is_empty());
    Ok(number.filter(|_| !keys.is_empty()).map(|number| Claimed {
        build_number: BuildNumber::new(text::lines(&number)),
        keys,
    }))
}
