//! What can be wrong with certificates and profiles, and with the machine that is to sign, with its words.

mod codes;
mod of_certificates;
mod of_profiles;

use crate::diagnostic::Diagnostic;
use crate::signing::error::Error;
use crate::text::chain;

pub use codes::*;
pub use of_certificates::*;
pub use of_profiles::*;

/// The machine did not let us prepare.
pub fn not_set_up(error: &Error) -> Diagnostic {
    Diagnostic::error(NOT_SET_UP, "the machine could not be prepared for signing")
        .message(chain::sentence(error))
}
