//! The rules, a file each; a new one is one file, two lines here, and a package in the tests that breaks it.

mod activation_rule;
mod alignment;
mod alternate_icons;
mod architectures;
mod archived_entitlements;
mod arm64e;
mod asset_catalogues;
mod background_modes;
mod background_processing;
mod beta_entitlement;
mod bitcode;
mod build_number;
mod bundle_names;
mod capabilities;
mod certificate_in_profile;
mod clip_named;
mod code_resources;
mod consistent_arm64e;
mod device_family;
mod disallowed_files;
mod documents;
mod empty_purpose;
mod encryption;
mod entitled_framework;
mod entitlements_agree;
mod entitlements_allowed;
mod entitlements_present;
mod executable;
mod executable_flags;
mod executable_segments;
mod export_code;
mod extension_folder;
mod extension_identifier;
mod extension_platform;
mod extension_point;
mod extension_versions;
mod file_type;
mod fonts;
mod foreign_keys;
mod framework_capabilities;
mod hidden_files;
mod icon_files;
mod icon_name;
mod icon_sizes;
mod identifier_characters;
mod identifier_claimed;
mod identifier_collision;
mod ipad_orientations;
mod launch_screen;
mod left_behind;
mod links;
mod listed_sdks;
mod load_paths;
mod lost_entitlements;
mod mac_category;
mod mac_claims;
mod mac_documents;
mod mac_executables;
mod mac_frameworks;
mod mac_icon;
mod mac_identifiers;
mod mac_installer;
mod mac_intel;
mod mac_location;
mod mac_minimum;
mod mac_modes;
mod mac_paths;
mod mac_quarantine;
mod mac_sandbox;
mod marketing_version;
mod messages_support;
mod minimum_os_of_code;
mod minimum_os_of_store;
mod minimum_os_present;
mod missing_versions;
mod names_alike;
mod nested_bundles;
mod nested_platforms;
mod newest_sdk;
mod nfc;
mod package_type;
mod platform_entitlements;
mod platform_name;
mod position_independent;
mod privacy_manifest;
mod private_api;
mod profile_fits;
mod profile_present;
mod purpose_strings;
pub mod push;
mod readable_info;
mod required_reasons;
mod resource_rules;
mod same_architectures;
pub mod scenes;
mod sdk;
mod shortcut_widget;
mod signature_holds;
mod signed_identifier;
mod signing_horizon;
mod simulator;
mod size;
mod standalone_code;
mod store_icon;
mod submission_certificate;
mod swift_support;
mod symbol_files;
mod timestamp;
mod toolchain;
mod unexpected_executable;
mod url_schemes;
mod value_types;
mod watch_architectures;
mod watch_icons;
mod watch_identifier;
mod watch_minimum;
mod watch_support;
mod web_view;
mod wide_code;

use crate::preflight::rule::Rule;

/// Every rule, in the order in which they are told.
pub const RULES: &[&Rule] = &[
    &disallowed_files::RULE,
    &hidden_files::RULE,
    &names_alike::RULE,
    &links::RULE,
    &standalone_code::RULE,
    &nested_bundles::RULE,
    &identifier_collision::RULE,
    &extension_identifier::RULE,
    &watch_identifier::RULE,
    &package_type::RULE,
    &swift_support::RULE,
    &size::RULE,
    &left_behind::RULE,
    &marketing_version::RULE,
    &build_number::RULE,
    &missing_versions::RULE,
    &executable::RULE,
    &readable_info::RULE,
    &identifier_characters::RULE,
    &minimum_os_present::RULE,
    &minimum_os_of_code::RULE,
    &extension_versions::RULE,
    &ipad_orientations::RULE,
    &launch_screen::RULE,
    &icon_name::RULE,
    &icon_files::RULE,
    &background_processing::RULE,
    &background_modes::RULE,
    &empty_purpose::RULE,
    &url_schemes::RULE,
    &documents::RULE,
    &sdk::RULE,
    &minimum_os_of_store::RULE,
    &toolchain::RULE,
    &newest_sdk::RULE,
    &unexpected_executable::RULE,
    &nested_platforms::RULE,
    &framework_capabilities::RULE,
    &extension_point::RULE,
    &extension_folder::RULE,
    &architectures::RULE,
    &simulator::RULE,
    &bitcode::RULE,
    &file_type::RULE,
    &encryption::RULE,
    &position_independent::RULE,
    &executable_segments::RULE,
    &same_architectures::RULE,
    &arm64e::RULE,
    &watch_architectures::RULE,
    &web_view::RULE,
    &private_api::RULE,
    &load_paths::RULE,
    &submission_certificate::RULE,
    &signature_holds::RULE,
    &certificate_in_profile::RULE,
    &profile_present::RULE,
    &profile_fits::RULE,
    &entitlements_allowed::RULE,
    &identifier_claimed::RULE,
    &entitlements_present::RULE,
    &entitlements_agree::RULE,
    &entitled_framework::RULE,
    &push::RULE,
    &lost_entitlements::RULE,
    &archived_entitlements::RULE,
    &executable_flags::RULE,
    &beta_entitlement::RULE,
    &clip_named::RULE,
    &signed_identifier::RULE,
    &privacy_manifest::RULE,
    &required_reasons::RULE,
    &listed_sdks::RULE,
    &purpose_strings::RULE,
    &mac_sandbox::RULE,
    &mac_category::RULE,
    &mac_installer::RULE,
    &mac_minimum::RULE,
    &mac_identifiers::RULE,
    &value_types::RULE,
    &bundle_names::RULE,
    &platform_name::RULE,
    &device_family::RULE,
    &watch_minimum::RULE,
    &watch_icons::RULE,
    &watch_support::RULE,
    &foreign_keys::RULE,
    &capabilities::RULE,
    &wide_code::RULE,
    &activation_rule::RULE,
    &extension_platform::RULE,
    &shortcut_widget::RULE,
    &export_code::RULE,
    &resource_rules::RULE,
    &code_resources::RULE,
    &mac_documents::RULE,
    &mac_executables::RULE,
    &mac_claims::RULE,
    &mac_frameworks::RULE,
    &mac_paths::RULE,
    &mac_modes::RULE,
    &mac_location::RULE,
    &mac_quarantine::RULE,
    &mac_icon::RULE,
    &timestamp::RULE,
    &platform_entitlements::RULE,
    &nfc::RULE,
    &consistent_arm64e::RULE,
    &alignment::RULE,
    &fonts::RULE,
    &icon_sizes::RULE,
    &alternate_icons::RULE,
    &store_icon::RULE,
    &asset_catalogues::RULE,
    &symbol_files::RULE,
    &mac_intel::RULE,
    &messages_support::RULE,
    &scenes::RULE,
    &signing_horizon::RULE,
];
