//! Signing: the private directory, the temporary keychain and the provisioning profiles that an export
//! needs, set up so that all of it can be undone.
//!
//! What is acquired is in the journal before it is. Nothing that we did not make is deleted or changed: the
//! default keychain, other entries of the search list, profiles that were there. Nothing secret is in a
//! file that others may read, nor in an argument.
//!
//! | file | what it does |
//! |---|---|
//! | `pkcs12` | reads and writes PKCS#12 |
//! | `material` | what was given and wanted, as values |
//! | `identity` | from what was given to certificates with their keys |
//! | `matching` | which certificate and profile is for which bundle; pure |
//! | `options` | the export's option list; pure |
//! | `workspace`, `keychain`, `installing` | acquire |
//! | `give_back` | gives back |
//! | `diagnostics` | what can be wrong, with its words |

pub mod diagnostics;
mod error;
pub mod give_back;
pub mod identity;
pub mod installing;
pub mod keychain;
pub mod matching;
pub mod material;
pub mod options;
mod pkcs12;
mod random;
pub mod workspace;

pub use error::Error;
