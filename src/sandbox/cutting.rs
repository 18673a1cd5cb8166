//! How a file is cut into parts, each at an address of its own.

use crate::sandbox::clock::amz_date;
use crate::sandbox::scenario::Cutting;
use crate::sandbox::world::{File, Part, World};

/// Parts of one file, as with S3.
const MOST_PARTS: u64 = 10_000;
/// Files above this are not cut oddly: they would make too many parts.
const LARGEST_ODD: u64 = 8 * 1024 * 1024 * 1024;
/// Sizes of odd parts, over and over.
const ODD: [u64; 6] = [
    1,
    65_537,
    3 * 1024 * 1024 + 11,
    777,
    5 * 1024 * 1024,
    250_000,
];

/// What an address that was signed anew is good for, in seconds.
const ANEW: i64 = 604_800;

/// Gives new addresses to the parts of a file whose old ones have run out.
pub(super) fn sign_anew(world: &mut World, id: &str) {
    let now = world.clock().unix_seconds();
    let signature = world.signature();
    let parts = world
        .file_mut(id)
        .into_iter()
        .flat_map(|file| &mut file.parts);
    for part in parts.filter(|part| part.expires <= now) {
        part.query = format!("{}&signed={signature}", part.query);
        part.expires = now + ANEW;
    }
}

/// Puts a file in place, cut into parts.
pub(super) fn add(world: &mut World, mut file: File) -> String {
    let cutting = world.script.cutting;
    let signed = world.clock().unix_seconds();
    let lifetime = world.script.part_lifetime;
    let upload_id = world.next_id();
    let mut offset = 0;
    while offset < file.size {
        let number = file.parts.len() as u64 + 1;
        let wanted = match cutting {
            Cutting::Even(length) => length.max(file.size / MOST_PARTS + 1),
            Cutting::Odd if file.size > LARGEST_ODD => file.size / MOST_PARTS + 1,
            Cutting::Odd => ODD[file.parts.len() % ODD.len()],
        };
        let length = wanted.min(file.size - offset);
        let query = format!(
            "partNumber={number}&uploadId={upload_id}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={}\
             &X-Amz-SignedHeaders=host&X-Amz-Credential=SANDBOX%2Floopback%2Fs3%2Faws4_request\
             &X-Amz-Expires={}&X-Amz-Signature={}",
            amz_date(signed),
            lifetime.max(1),
            world.signature()
        );
        file.parts.push(Part {
            number,
            offset,
            length,
            query,
            expires: signed + lifetime,
            stored: None,
            attempts: 0,
        });
        offset += length;
    }
    let id = file.id.clone();
    world.files.push(file);
    id
}
