//! From what a finding is about to the file and line in the user's repository: exact, or none.
//!
//! Nothing is walked or read until the first finding asks. The room reads files below the given root
//! and nothing else: no network, no process, no environment, no writing. Where two places are equally
//! good it says none, for a wrong line costs more trust than a missing one. Its words (target,
//! configuration, build setting, product) are Xcode's.

mod cordova;
mod cursor;
mod dependencies;
mod entitlements;
mod expo;
mod export_options;
mod files;
mod flutter;
mod icons;
mod info_plist;
mod json;
mod node;
mod old_plist;
mod packages;
mod place;
mod privacy;
mod repository;
mod selection;
mod settings;
mod swift;
mod target;
mod tuist;
mod workflow;
mod xcconfig;
mod xcode_project;
mod xcodegen;
mod xml_plist;
mod yaml;
mod yaml_flow;

#[cfg(test)]
mod tests;

pub use repository::Repository;
