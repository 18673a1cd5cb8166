//! PKCS#12 files (RFC 7292): what is in one, and the same in the form that every macOS reads.
//!
//! What `security` says of a file that it can't read is one sentence for a wrong password and for an
//! encryption that it does not know; here both are told apart before it is asked.

mod ciphers;
mod derive;
mod read;
mod write;

pub use read::{Contents, Form, Problem, read};
pub use write::write;
