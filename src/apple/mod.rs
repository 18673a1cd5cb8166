//! Apple's command-line tools: how each is called, and what its answer means. A tool runs by an absolute
//! path, under a clean environment, never without a limit to its time, and dies with all that it started.
//!
//! The room knows how the tools are spoken to and nothing of what for: what must be undone, and what is
//! told to whom, is decided above. No secret is ever an argument: what `security` takes only by argument
//! goes through `security -i` on standard input, or to `altool` in its environment. The words are those of the tools' manual pages.

pub mod altool;
pub mod diagnostics;
mod error;
mod invocation;
pub mod on_disk;
pub mod security;
mod toolbox;
pub mod xcodebuild;

pub use error::Error;
pub use invocation::{Answer, Invocation};
pub use toolbox::{Tool, Toolbox};
