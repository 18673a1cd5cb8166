//! Which parameters each request takes: data, after Apple's specification.

/// What a parameter may hold. All but `Limit` are lists joined by commas.
pub(super) enum Rule {
    Any,
    Of(&'static [&'static str]),
    Limit(usize),
}

use Rule::{Any, Limit, Of};

pub(super) type Rules = &'static [(&'static str, Rule)];

const PLATFORMS: Rule = Of(&["IOS", "MAC_OS", "TV_OS", "VISION_OS"]);

const APP_FIELDS: Rule = Of(&[
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
const UPLOAD_FIELDS: Rule = Of(&[
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
const FILE_FIELDS: Rule = Of(&[
    "assetDeliveryState",
    "assetToken",
    "assetType",
    "fileName",
    "fileSize",
    "sourceFileChecksums",
    "uploadOperations",
    "uti",
]);
const BUILD_FIELDS: Rule = Of(&[
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
const BETA_FIELDS: Rule = Of(&[
    "autoNotifyEnabled",
    "internalBuildState",
    "externalBuildState",
    "build",
]);
const TRAIN_FIELDS: Rule = Of(&["version", "platform", "builds", "app"]);
const UPLOAD_INCLUDES: Rule = Of(&["build", "assetFile", "assetDescriptionFile", "assetSpiFile"]);
/// What the specification lists and this server can show.
const BUILD_INCLUDES: Rule = Of(&["preReleaseVersion", "app", "buildBetaDetail", "buildUpload"]);

pub(super) static LIST_APPS: Rules = &[
    ("filter[bundleId]", Any),
    ("filter[name]", Any),
    ("filter[sku]", Any),
    ("filter[id]", Any),
    (
        "sort",
        Of(&["name", "-name", "bundleId", "-bundleId", "sku", "-sku"]),
    ),
    ("fields[apps]", APP_FIELDS),
    ("limit", Limit(200)),
    ("cursor", Any),
];
pub(super) static READ_APP: Rules = &[("fields[apps]", APP_FIELDS)];
pub(super) static LIST_UPLOADS: Rules = &[
    ("filter[cfBundleShortVersionString]", Any),
    ("filter[cfBundleVersion]", Any),
    ("filter[platform]", PLATFORMS),
    (
        "filter[state]",
        Of(&["AWAITING_UPLOAD", "PROCESSING", "FAILED", "COMPLETE"]),
    ),
    (
        "sort",
        Of(&[
            "cfBundleVersion",
            "-cfBundleVersion",
            "uploadedDate",
            "-uploadedDate",
        ]),
    ),
    ("fields[buildUploads]", UPLOAD_FIELDS),
    ("fields[builds]", BUILD_FIELDS),
    ("fields[buildUploadFiles]", FILE_FIELDS),
    ("include", UPLOAD_INCLUDES),
    ("limit", Limit(200)),
    ("cursor", Any),
];
pub(super) static READ_UPLOAD: Rules = &[
    ("fields[buildUploads]", UPLOAD_FIELDS),
    ("fields[builds]", BUILD_FIELDS),
    ("fields[buildUploadFiles]", FILE_FIELDS),
    ("include", UPLOAD_INCLUDES),
];
pub(super) static LIST_FILES: Rules = &[
    ("fields[buildUploadFiles]", FILE_FIELDS),
    ("limit", Limit(200)),
    ("cursor", Any),
];
pub(super) static READ_FILE: Rules = &[("fields[buildUploadFiles]", FILE_FIELDS)];
pub(super) static LIST_BUILDS: Rules = &[
    ("filter[version]", Any),
    ("filter[expired]", Of(&["true", "false"])),
    (
        "filter[processingState]",
        Of(&["PROCESSING", "FAILED", "INVALID", "VALID"]),
    ),
    ("filter[preReleaseVersion.version]", Any),
    ("filter[preReleaseVersion.platform]", PLATFORMS),
    ("filter[app]", Any),
    ("filter[id]", Any),
    (
        "sort",
        Of(&[
            "version",
            "-version",
            "uploadedDate",
            "-uploadedDate",
            "preReleaseVersion",
            "-preReleaseVersion",
        ]),
    ),
    ("fields[builds]", BUILD_FIELDS),
    ("fields[apps]", APP_FIELDS),
    ("fields[preReleaseVersions]", TRAIN_FIELDS),
    ("fields[buildBetaDetails]", BETA_FIELDS),
    ("fields[buildUploads]", UPLOAD_FIELDS),
    ("include", BUILD_INCLUDES),
    ("limit", Limit(200)),
    ("cursor", Any),
];
pub(super) static READ_BUILD: Rules = &[
    ("fields[builds]", BUILD_FIELDS),
    ("fields[apps]", APP_FIELDS),
    ("fields[preReleaseVersions]", TRAIN_FIELDS),
    ("fields[buildBetaDetails]", BETA_FIELDS),
    ("fields[buildUploads]", UPLOAD_FIELDS),
    ("include", BUILD_INCLUDES),
];
pub(super) static READ_BETA_DETAIL: Rules = &[
    ("fields[buildBetaDetails]", BETA_FIELDS),
    ("fields[builds]", BUILD_FIELDS),
    ("include", Of(&["build"])),
];
pub(super) static LIST_USERS: Rules = &[
    ("filter[username]", Any),
    ("filter[roles]", Any),
    (
        "sort",
        Of(&["username", "-username", "lastName", "-lastName"]),
    ),
    ("fields[users]", Any),
    ("limit", Limit(200)),
    ("cursor", Any),
];
pub(super) static LIST_CERTIFICATES: Rules = &[
    ("filter[displayName]", Any),
    ("filter[certificateType]", Any),
    ("filter[serialNumber]", Any),
    ("filter[id]", Any),
    ("sort", Any),
    ("fields[certificates]", Any),
    ("limit", Limit(200)),
    ("cursor", Any),
];
