//! What App Store Connect would refuse, and what would break without Apple noticing, told from a package alone.
//!
//! Pure: a package has been read into a value by `bundle`, the time and the channel are given, and nothing is asked of
//! the outside. A rule that lacks a fact stays silent. What is doubtful is a warning.
//!
//! Words: Apple's ITMS codes; what they mean and how to mend them is in the catalogue.

mod capabilities;
pub mod diagnostics;
mod entitlements;
mod icons;
mod ipad;
mod launch;
mod lists;
mod privacy;
mod rule;
mod rules;
mod sdks;
#[cfg(test)]
mod tests;
mod verdicts;
mod version;
mod vision;
pub mod xcode;

use crate::bundle::Questions;
use crate::preflight::lists::Lists;

pub use rule::{Asked, Channel};
pub use verdicts::{Checked, Look, check};

/// What the rules ask of code.
pub const QUESTIONS: Questions = Questions {
    symbol: |name| Lists::get().has_symbol(name),
    selector: |name| {
        rules::push::SELECTORS.contains(&name)
            || name == rules::scenes::METHOD
            || Lists::get().has_symbol(name)
    },
    text: |text| text == "UIWebView",
};
