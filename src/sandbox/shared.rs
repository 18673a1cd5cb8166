//! What all connections share.

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::sandbox::world::World;

/// What all connections share.
pub(super) struct Shared {
    world: Mutex<World>,
    /// Parts on their way right now.
    pub(super) parts_now: AtomicUsize,
}

impl Shared {
    pub(super) fn new(world: World) -> Arc<Self> {
        Arc::new(Self {
            world: Mutex::new(world),
            parts_now: AtomicUsize::new(0),
        })
    }

    /// Never held across an await.
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
