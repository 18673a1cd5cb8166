//! How much of a log is looked at closely: what it says first, and its end. A log with more messages than
//! that is full of one tool's noise. In its middle only what decides is heard; the reason of a failure mostly
//! stands at the end.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use crate::logs::dialect::Level;

/// The most messages that are looked at before the end.
const AT_FIRST: usize = 1_000;

/// The most that are looked at of the end, whatever came before it.
const AT_LAST: usize = 4_000;

/// What is left of it.
#[derive(Debug)]
pub struct Patience {
    seen: HashSet<u64>,
    left: usize,
    was_lost: bool,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            seen: HashSet::new(),
            left: AT_FIRST,
            was_lost: false,
        }
    }
}

impl Patience {
    /// Whether messages are looked at.
    pub fn is_left(&self) -> bool {
        self.left > 0
    }

    /// Whether there was none left for some of the log.
    pub fn was_lost(&self) -> bool {
        self.was_lost
    }

    /// What comes now is the end of the log.
    pub fn renew(&mut self) {
        self.left = AT_LAST;
    }

    /// Whether a text is to be looked at: it was not yet, and there is patience for it.
    pub fn takes(&mut self, text: &str, level: Option<Level>) -> bool {
        if !self.is_left() {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        (text, level == Some(Level::Warning)).hash(&mut hasher);
        let is_new = self.seen.insert(hasher.finish());
        self.left -= usize::from(is_new);
        self.was_lost |= self.left == 0;
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_costs_nothing_and_the_end_is_looked_at_whatever_came_before() {
        let mut patience = Patience::default();
        for number in 0..AT_FIRST {
            assert!(!patience.was_lost());
            assert!(patience.takes(&format!("message {number}"), None));
            assert!(!patience.takes("message 0", None));
        }
        assert!(!patience.is_left() && patience.was_lost());
        assert!(!patience.takes("one more", None));
        patience.renew();
        assert!(patience.takes("the end", None));
        assert!(patience.was_lost());
    }

    #[test]
    fn a_warning_is_not_the_error_of_the_same_words() {
        let mut patience = Patience::default();
        assert!(patience.takes("the lantern is dim", Some(Level::Warning)));
        assert!(patience.takes("the lantern is dim", Some(Level::Error)));
        assert!(!patience.takes("the lantern is dim", None));
    }
}
