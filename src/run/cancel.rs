//! Why a run is asked to stop, and how everyone hears of it.

use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

use crate::event::{Interruption, Outcome};

/// Asks a run to stop, once, and remembers why. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    token: CancellationToken,
    why: Arc<OnceLock<Outcome>>,
}

impl Cancel {
    /// Asks to stop, and says what becomes of the run by that; the first reason stays.
    pub fn ask(&self, why: Outcome) {
        let _ = self.why.set(why);
        self.token.cancel();
    }

    /// The token to hand down.
    pub fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// Waits until somebody asks, and says what becomes of the run.
    pub async fn asked(&self) -> Outcome {
        self.token.cancelled().await;
        let why = self.why.get().cloned();
        why.unwrap_or(Outcome::Interrupted(Interruption::Terminate))
    }
}
