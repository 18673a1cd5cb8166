//! The catalogue as a whole, the page made from it, and the measure against real messages.

mod harmless;
mod invariants;
mod page;
mod robust;
mod score;
mod steps;
mod style;
