//! Resources of the shelf, as answers show them.

use crate::sandbox::call::Call;
use crate::sandbox::document::{Answer, page, single};
use crate::sandbox::refusal::{Refusal, not_found};
use crate::sandbox::shelf::Thing;
use crate::sandbox::world::World;

/// One resource, with this status.
pub(super) fn one(
    world: &World,
    call: &Call,
    (kind, id): (&str, &str),
    status: u16,
) -> Result<Answer, Refusal> {
    let thing = world.shelf.one(kind, id);
    let thing = thing.ok_or_else(|| not_found(kind, id))?;
    Ok(made(world, call, thing, status))
}

/// The same of one that is at hand.
pub(super) fn made(world: &World, call: &Call, thing: &Thing, status: u16) -> Answer {
    let shown = world.shelf.show(&world.base, thing, &call.query);
    single(status, shown, &call.address(world))
}

/// A page of resources.
pub(super) fn all<'a>(
    world: &World,
    call: &Call,
    things: impl Iterator<Item = &'a Thing>,
) -> Answer {
    let shown = things.map(|thing| world.shelf.show(&world.base, thing, &call.query));
    page(shown.collect(), &call.address(world))
}
