//! The App Store Connect API key, however it was pasted, and the tokens that are signed with it.
//!
//! This room says what a wrong key looks like and what to do; it never shows the key, never writes it
//! to the disk, and sends nothing. The words for the kinds of key are those of RFC 5208, 5915 and 7468;
//! the token's are Apple's (<https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests>).

mod api_key;
mod armour;
mod der;
pub mod diagnostics;
mod identity;
mod pasted;
mod problem;
mod token;

pub use api_key::ApiKey;
pub use identity::KeyIdentity;
pub use token::{Error, TokenSource};
