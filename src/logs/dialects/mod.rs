//! How each tool speaks.

pub mod altool;
pub mod api;
pub mod mail;
pub mod xcodebuild;
