//! Why a run is asked to stop, and how everyone hears of it.

use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

use crate::event::{Interruption, Why};

/// Asks a run to stop, once, and remembers why. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    token: CancellationToken,
    why: Arc<OnceLock<Why>>,
}

impl Cancel {
    /// Asks to stop, and says why; the first reason stays.
    pub fn ask(&self, why: Why) {
        let _ = self.why.set(why);
        self.token.cancel();
    }

    /// The token to hand down.
    pub fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// Waits until somebody asks, and says why.
    pub async fn asked(&self) -> Why {
        self.token.cancelled().await;
        let why = self.why.get().copied();
        why.unwrap_or(Why::Interrupted(Interruption::Terminate))
    }
}
