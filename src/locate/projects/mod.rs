//! Who describes the app: Xcode, its generators and the frameworks around them. Targets, their build
//! settings and the packages they bring in.

pub mod cordova;
pub mod expo;
pub mod flutter;
pub mod frameworks;
pub mod packages;
pub mod selection;
pub mod settings;
pub mod target;
pub mod tuist;
pub mod xcconfig;
pub mod xcode_project;
pub mod xcodegen;
