//! An answer for machines: a command tells it while it runs, and it goes to standard output at the end.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;

use crate::plan::Telling;
use crate::report::people::plain;

/// What was told, once it was.
pub struct Answer(Arc<Mutex<Option<String>>>);

/// Where a command tells its answer, and where it is heard.
pub fn channel() -> (Telling, Answer) {
    let heard = Arc::new(Mutex::new(None));
    let told = Arc::clone(&heard);
    let telling = Telling(Arc::new(move |text: &str| {
        *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.to_owned());
    }));
    (telling, Answer(heard))
}

impl Answer {
    /// Prints what was told, where anything was.
    pub fn print(self, end: &str) -> anyhow::Result<()> {
        let text = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        match text {
            Some(text) => {
                plain::data(&format!("{text}{end}")).context("the answer could not be written")
            }
            None => Ok(()),
        }
    }
}
