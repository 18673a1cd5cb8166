//! Where the bytes of a file go, part by part, as Apple says.

use serde::Deserialize;

use crate::secret::Secret;

/// One part, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadOperation {
    /// `PUT`.
    pub method: String,
    /// A signed address; whoever has it may write there.
    pub url: Secret,
    /// Where the part begins in the file.
    pub offset: u64,
    /// How long it is, in bytes.
    pub length: u64,
    /// The headers to send with it, and no others.
    pub headers: Vec<(String, String)>,
    /// Its number among the parts, from 1.
    pub part_number: Option<u32>,
    /// The MD5 of the bytes that are there, once the part is stored.
    pub entity_tag: Option<String>,
    /// Until when the address can be used, as Apple writes it.
    pub expiration: Option<String>,
}

/// An operation as it comes. It holds a signed address, so it has no `Debug`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadOperationDocument {
    method: Option<String>,
    url: Option<String>,
    length: Option<u64>,
    offset: Option<u64>,
    request_headers: Option<Vec<Header>>,
    expiration: Option<String>,
    part_number: Option<u32>,
    entity_tag: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Header {
    name: Option<String>,
    value: Option<String>,
}

/// The operations in the order of their offsets; the array comes in any order.
pub fn of(documents: Vec<UploadOperationDocument>) -> Vec<UploadOperation> {
    let mut operations: Vec<UploadOperation> =
        documents.into_iter().filter_map(operation).collect();
    operations.sort_by_key(|operation| operation.offset);
    operations
}

/// An operation without address or length is none; the check that the parts tile the file finds the
/// hole.
fn operation(raw: UploadOperationDocument) -> Option<UploadOperation> {
    Some(UploadOperation {
        method: raw.method.unwrap_or_else(|| "PUT".to_owned()),
        url: Secret::new(raw.url?),
        offset: raw.offset?,
        length: raw.length?,
        headers: raw
            .request_headers
            .unwrap_or_default()
            .into_iter()
            .filter_map(|header| Some((header.name?, header.value.unwrap_or_default())))
            .collect(),
        part_number: raw.part_number,
        entity_tag: raw.entity_tag,
        expiration: raw.expiration,
    })
}
