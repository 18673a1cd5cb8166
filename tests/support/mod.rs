//! What whole-program tests share: the command line, the sandbox as a server, packages made on the spot.

mod cli;
#[expect(
    dead_code,
    reason = "the library's own tests of its GitHub client use the rest of it"
)]
pub mod github;
mod packages;
mod server;

pub use cli::{Cli, Ran};
pub use packages::{ipa, ipa_of_size};
pub use server::Server;
