//! Which parameters each request takes, as data, and the reading of them. Strict: what the API does not
//! know is refused with 400.

use percent_encoding::percent_decode_str;

use super::refusal::{Refusal, illegal_parameter, invalid_parameter};
use super::scenario::Operation;

/// What a parameter may hold. All but `Limit` are lists joined by commas.
enum Rule {
    Any,
    Of(&'static [&'static str]),
    Limit(usize),
}

use Rule::{Any, Limit, Of};

type Rules = &'static [(&'static str, Rule)];

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

fn rules(operation: Operation) -> Rules {
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

/// The parameters of a request, decoded.
#[derive(Clone, Debug, Default)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn decode(raw: &str) -> Self {
        let plain = |text: &str| {
            let spaced = text.replace('+', " ");
            percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
        };
        Self(
            raw.split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (plain(name), plain(value)))
                .collect(),
        )
    }

    /// Refuses what `operation` does not know, and what is given twice.
    pub(super) fn check(&self, operation: Operation) -> Result<(), Refusal> {
        let rules = rules(operation);
        for (at, (name, value)) in self.0.iter().enumerate() {
            let Some((_, rule)) = rules.iter().find(|(known, _)| known == name) else {
                return Err(illegal_parameter(name));
            };
            if self.0[..at].iter().any(|(earlier, _)| earlier == name) {
                return Err(invalid_parameter(name, value));
            }
            let good = match rule {
                Any => true,
                Of(words) => value.split(',').all(|word| words.contains(&word)),
                Limit(most) => value.parse().is_ok_and(|n: usize| (1..=*most).contains(&n)),
            };
            if !good || value.is_empty() {
                return Err(invalid_parameter(name, value));
            }
        }
        Ok(())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The words of a list; `None` where the parameter is not given.
    pub(super) fn list(&self, name: &str) -> Option<Vec<&str>> {
        self.get(name).map(|value| value.split(',').collect())
    }

    /// Whether a filter lets `value` through.
    pub(super) fn lets(&self, name: &str, value: &str) -> bool {
        self.list(name).is_none_or(|list| list.contains(&value))
    }

    pub(super) fn includes(&self, name: &str) -> bool {
        self.list("include")
            .is_some_and(|list| list.contains(&name))
    }

    /// `fields[…]` parameters: the type and what is asked for.
    pub(super) fn fieldsets(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.0.iter().filter_map(|(name, value)| {
            let kind = name.strip_prefix("fields[")?.strip_suffix(']')?;
            Some((kind, value.split(',').collect()))
        })
    }

    /// The parameters as they go into the address of another page.
    pub(super) fn with_cursor(&self, cursor: usize) -> String {
        let encode = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
        };
        self.0
            .iter()
            .filter(|(name, _)| name != "cursor")
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .chain([format!("cursor={cursor}")])
            .collect::<Vec<_>>()
            .join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status_of(raw: &str, operation: Operation) -> Option<u16> {
        Query::decode(raw).check(operation).err().map(|r| r.status)
    }

    #[test]
    fn unknown_parameters_and_values_are_refused() {
        let uploads = Operation::ListUploads;
        assert_eq!(
            status_of("filter%5Bstate%5D=PROCESSING,FAILED&limit=200", uploads),
            None
        );
        assert_eq!(status_of("filter[state]=UPLOADED", uploads), Some(400));
        assert_eq!(status_of("limit=201", uploads), Some(400));
        assert_eq!(status_of("filter[bundleId]=a", uploads), Some(400));
        assert_eq!(status_of("limit=5&limit=5", uploads), Some(400));
        assert_eq!(
            status_of("sort=-uploadedDate", Operation::ReadUpload),
            Some(400)
        );
    }

    #[test]
    fn the_next_page_carries_every_parameter() {
        let query = Query::decode("filter%5BbundleId%5D=com.a&limit=50&cursor=1");
        let next = Query::decode(&query.with_cursor(50));
        assert_eq!(next.get("filter[bundleId]"), Some("com.a"));
        assert_eq!(next.get("limit"), Some("50"));
        assert_eq!(next.get("cursor"), Some("50"));
    }

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
