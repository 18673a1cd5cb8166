//! What a finding can be about, one subject a file: where in the repository it is stated.

pub mod dependencies;
pub mod edit;
pub mod entitlements;
pub mod export_options;
pub mod icons;
pub mod info_plist;
pub mod privacy;
pub mod source;
pub mod workflow;
