//! Why a run is asked to stop, and how everyone hears of it.

use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

use crate::event::Interruption;

/// Asks a run to stop, once, and remembers why. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    token: CancellationToken,
    why: Arc<OnceLock<Interruption>>,
}

impl Cancel {
    /// Asks to stop; the first reason stays.
    pub fn interrupt(&self, why: Interruption) {
        let _ = self.why.set(why);
        self.token.cancel();
    }

    /// The token to hand down.
    pub fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// Waits until somebody asks, and says why.
    pub async fn asked(&self) -> Interruption {
        self.token.cancelled().await;
        self.why.get().copied().unwrap_or(Interruption::Terminate)
    }
}
