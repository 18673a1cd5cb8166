//! Which parameters each request takes: data, after Apple's specification.

use crate::sandbox::scenario::Operation;

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

static LIST_APPS: Rules = &[
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
static READ_APP: Rules = &[("fields[apps]", APP_FIELDS)];
static LIST_UPLOADS: Rules = &[
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
static READ_UPLOAD: Rules = &[
    ("fields[buildUploads]", UPLOAD_FIELDS),
    ("fields[builds]", BUILD_FIELDS),
    ("fields[buildUploadFiles]", FILE_FIELDS),
    ("include", UPLOAD_INCLUDES),
];
static LIST_FILES: Rules = &[
    ("fields[buildUploadFiles]", FILE_FIELDS),
    ("limit", Limit(200)),
    ("cursor", Any),
];
static READ_FILE: Rules = &[("fields[buildUploadFiles]", FILE_FIELDS)];
static LIST_BUILDS: Rules = &[
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
static READ_BUILD: Rules = &[
    ("fields[builds]", BUILD_FIELDS),
    ("fields[apps]", APP_FIELDS),
    ("fields[preReleaseVersions]", TRAIN_FIELDS),
    ("fields[buildBetaDetails]", BETA_FIELDS),
    ("fields[buildUploads]", UPLOAD_FIELDS),
    ("include", BUILD_INCLUDES),
];
static READ_BETA_DETAIL: Rules = &[
    ("fields[buildBetaDetails]", BETA_FIELDS),
    ("fields[builds]", BUILD_FIELDS),
    ("include", Of(&["build"])),
];
static LIST_USERS: Rules = &[
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
static LIST_CERTIFICATES: Rules = &[
    ("filter[displayName]", Any),
    ("filter[certificateType]", Any),
    ("filter[serialNumber]", Any),
    ("filter[id]", Any),
    ("sort", Any),
    ("fields[certificates]", Any),
    ("limit", Limit(200)),
    ("cursor", Any),
];

/// The parameters that an operation takes.
pub(super) fn rules(operation: Operation) -> Rules {
    match operation {
        Operation::ListApps => LIST_APPS,
        Operation::ReadApp => READ_APP,
        Operation::ListUploads => LIST_UPLOADS,
        Operation::ReadUpload => READ_UPLOAD,
        Operation::ListFiles => LIST_FILES,
        Operation::ReadFile => READ_FILE,
        Operation::ListBuilds => LIST_BUILDS,
        Operation::ReadBuild => READ_BUILD,
        Operation::ReadBetaDetail => READ_BETA_DETAIL,
        Operation::ListUsers => LIST_USERS,
        Operation::ListCertificates => LIST_CERTIFICATES,
        Operation::Reserve
        | Operation::DeleteUpload
        | Operation::ReserveFile
        | Operation::Commit
        | Operation::PutPart
        | Operation::Other => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Apple's specification, where it lies beside the repository.
    fn specification() -> Option<serde_json::Value> {
        #[expect(
            clippy::disallowed_methods,
            reason = "a test may be told where the specification is"
        )]
        let shared = std::env::var_os("JETWAY_SHARED").map_or_else(
            || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
            Into::into,
        );
        let text = std::fs::read_to_string(shared.join("apple/asc-openapi-subset.json")).ok()?;
        Some(serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn every_parameter_taken_is_one_of_the_specification() {
        let Some(specification) = specification() else {
            eprintln!("skipped: Apple's specification is not here");
            return;
        };
        for (path, operation) in [
            ("/v1/apps", Operation::ListApps),
            ("/v1/apps/{id}", Operation::ReadApp),
            ("/v1/apps/{id}/buildUploads", Operation::ListUploads),
            ("/v1/buildUploads/{id}", Operation::ReadUpload),
            (
                "/v1/buildUploads/{id}/buildUploadFiles",
                Operation::ListFiles,
            ),
            ("/v1/buildUploadFiles/{id}", Operation::ReadFile),
            ("/v1/builds", Operation::ListBuilds),
            ("/v1/builds/{id}", Operation::ReadBuild),
            ("/v1/builds/{id}/buildBetaDetail", Operation::ReadBetaDetail),
            ("/v1/users", Operation::ListUsers),
            ("/v1/certificates", Operation::ListCertificates),
        ] {
            let known = specification["paths"][path]["get"]["parameters"]
                .as_array()
                .unwrap();
            for (name, rule) in rules(operation)
                .iter()
                .filter(|(name, _)| *name != "cursor")
            {
                let found = known.iter().find(|parameter| parameter["name"] == *name);
                let schema = &found.unwrap_or_else(|| panic!("{path} has no {name}"))["schema"];
                match rule {
                    Any => {}
                    Limit(most) => assert_eq!(schema["maximum"], *most, "{path} {name}"),
                    // Free text in the specification, a list of states here.
                    Of(_) if schema["items"]["enum"].is_null() => {}
                    Of(words) => {
                        let theirs = schema["items"]["enum"].as_array().unwrap();
                        for word in *words {
                            assert!(
                                theirs.iter().any(|their| their == word),
                                "{path} {name} {word}"
                            );
                        }
                    }
                }
            }
        }
    }
}
