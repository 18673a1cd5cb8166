//! A request of the API, read.

use serde_json::Value;

use crate::sandbox::document::Address;
use crate::sandbox::query::Query;
use crate::sandbox::world::World;

/// A request of the API, read.
pub(super) struct Call {
    pub(super) path: String,
    /// The third piece of the path, such as the id in `/v1/builds/{id}`.
    pub(super) id: String,
    pub(super) query: Query,
    pub(super) body: Value,
}

impl Call {
    pub(super) fn address<'a>(&'a self, world: &'a World) -> Address<'a> {
        Address {
            base: &world.base,
            next_base: &world.base,
            path: &self.path,
            query: &self.query,
        }
    }
}
