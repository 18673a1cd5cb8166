//! The machine behind seams: the clock, signals, private directories and processes. It knows
//! nothing of Apple or GitHub.

pub mod clock;
#[cfg(unix)]
pub mod minder;
pub mod panics;
pub mod privacy;
pub mod process;
pub mod signals;
pub mod terminal;
