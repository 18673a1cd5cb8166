//! Mach-O files, read once and forwards: load commands, the imports that someone asks about, the code signature. A
//! binary is never held as a whole.
//!
//! Words and layout: `mach-o/loader.h`, `mach-o/fat.h` and `mach-o/nlist.h` of Apple's xnu
//! (<https://github.com/apple-oss-distributions/xnu/tree/main/EXTERNAL_HEADERS/mach-o>).

mod commands;
mod facts;
mod read;

pub use facts::{Architecture, Binary, FileType, Version};
pub(super) use read::{Looked, read};
