//! What parameters may hold, after Apple's specification: the rules, and the words that several resources
//! share. What one operation takes is beside its row, in the file of its resource.

/// What a parameter may hold. All but `Limit` are lists joined by commas.
pub(super) enum Rule {
    Any,
    Of(&'static [&'static str]),
    Limit(usize),
}

use Rule::{Any, Limit, Of};

/// Name and rule of each parameter that an operation takes.
pub(super) type Rules = &'static [(&'static str, Rule)];

pub(super) const LIMIT: (&str, Rule) = ("limit", Limit(200));
pub(super) const CURSOR: (&str, Rule) = ("cursor", Any);

pub(super) const PLATFORMS: Rule = Of(&["IOS", "MAC_OS", "TV_OS", "VISION_OS"]);

pub(super) const APP_FIELDS: Rule = Of(&[
    "name",
    "bundleId",
    "sku",
    "primaryLocale",
    "contentRightsDeclaration",
    "isOrEverWasMadeForKids",
    "builds",
    "buildUploads",
    "appStoreVersions",
    "preReleaseVersions",
    "betaGroups",
]);
pub(super) const UPLOAD_FIELDS: Rule = Of(&[
    "cfBundleShortVersionString",
    "cfBundleVersion",
    "createdDate",
    "state",
    "platform",
    "uploadedDate",
    "build",
    "assetFile",
    "assetDescriptionFile",
    "assetSpiFile",
    "buildUploadFiles",
]);
pub(super) const FILE_FIELDS: Rule = Of(&[
    "assetDeliveryState",
    "assetToken",
    "assetType",
    "fileName",
    "fileSize",
    "sourceFileChecksums",
    "uploadOperations",
    "uti",
]);
pub(super) const BUILD_FIELDS: Rule = Of(&[
    "version",
    "uploadedDate",
    "expirationDate",
    "expired",
    "minOsVersion",
    "lsMinimumSystemVersion",
    "computedMinMacOsVersion",
    "computedMinVisionOsVersion",
    "iconAssetToken",
    "processingState",
    "buildAudienceType",
    "usesNonExemptEncryption",
    "preReleaseVersion",
    "individualTesters",
    "betaGroups",
    "betaBuildLocalizations",
    "appEncryptionDeclaration",
    "betaAppReviewSubmission",
    "app",
    "buildBetaDetail",
    "appStoreVersion",
    "icons",
    "buildBundles",
    "perfPowerMetrics",
    "diagnosticSignatures",
    "buildUpload",
]);
pub(super) const BUNDLE_FIELDS: Rule = Of(&[
    "bundleId",
    "bundleType",
    "sdkBuild",
    "platformBuild",
    "fileName",
    "includesSymbols",
    "supportedArchitectures",
    "requiredCapabilities",
    "deviceProtocols",
    "locales",
    "entitlements",
    "minimumOsVersion",
]);
pub(super) const BETA_FIELDS: Rule = Of(&[
    "autoNotifyEnabled",
    "internalBuildState",
    "externalBuildState",
    "build",
]);
pub(super) const TRAIN_FIELDS: Rule = Of(&["version", "platform", "builds", "app"]);
pub(super) const GROUP_FIELDS: Rule = Of(&[
    "name",
    "createdDate",
    "isInternalGroup",
    "hasAccessToAllBuilds",
    "publicLinkEnabled",
    "publicLink",
    "feedbackEnabled",
    "app",
    "builds",
]);
pub(super) const NOTES_FIELDS: Rule = Of(&["whatsNew", "locale", "build"]);
