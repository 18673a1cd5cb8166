//! What tests of several rooms and of the whole program share: servers on loopback that stand in for
//! others, and profiles and certificates as Apple makes them. The library compiles it for its own tests only; `tests/` includes it by path.
//!
//! It lies here and not in `tests/`, because the package that cargo makes has no `tests/`, and the
//! library's tests must compile from the package too. As it is compiled into several crates, its files
//! name each other by `super::`; it knows no other room.

pub mod apps;
pub mod archives;
pub mod catalogues;
pub mod certificates;
pub mod der;
pub mod github;
pub mod images;
pub mod profiles;
pub mod reviews;
pub mod server;
