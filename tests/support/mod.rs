//! What whole-program tests share: the command line, the sandbox as a server, packages made on the spot.

mod cli;
pub mod mac;
mod packages;
mod relay;
mod server;
#[path = "../../src/testing/mod.rs"]
#[expect(dead_code, reason = "the library's own tests use the rest of it")]
pub mod testing;

pub use cli::{Cli, Ran};
pub use packages::{content, ipa, ipa_of, ipa_of_size};
pub use relay::Relay;
pub use server::Server;
