//! What the key's role lets it do after the upload.

use crate::sandbox::refusal::{Refusal, role_too_low};
use crate::sandbox::scenario::Role;
use crate::sandbox::world::World;

/// Whether the key may manage testers, texts and versions: a Developer key uploads, and no more.
pub(super) fn manages(world: &World) -> Result<(), Refusal> {
    match world.script.role {
        Role::Admin | Role::AppManager => Ok(()),
        Role::Developer | Role::Onlooker => Err(role_too_low()),
    }
}

/// Whether the key may look at certificates, profiles and identifiers.
pub(super) fn provisions(world: &World) -> Result<(), Refusal> {
    manages(world)
}
