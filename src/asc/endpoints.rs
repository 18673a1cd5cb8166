//! The paths, in one place. An id in a path is percent-encoded: it came from outside.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::ids::{AppId, BuildId, BuildUploadFileId, BuildUploadId};

const PATH_PIECE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'`')
    .add(b'{')
    .add(b'}');

fn with(before: &str, id: &str, after: &str) -> String {
    // A piece of nothing but dots would climb the path.
    let id = match id {
        "." | ".." => id.replace('.', "%2E"),
        _ => utf8_percent_encode(id, PATH_PIECE).to_string(),
    };
    format!("/v1/{before}/{id}{after}")
}

/// The apps that the key can see.
pub const APPS: &str = "/v1/apps";
/// Builds of all apps.
pub const BUILDS: &str = "/v1/builds";
/// Where an upload is reserved.
pub const BUILD_UPLOADS: &str = "/v1/buildUploads";
/// Where a file of an upload is reserved.
pub const BUILD_UPLOAD_FILES: &str = "/v1/buildUploadFiles";
/// Groups of testers of all apps.
pub const BETA_GROUPS: &str = "/v1/betaGroups";
/// Where notes in a language are added to a build.
pub const BETA_BUILD_LOCALIZATIONS: &str = "/v1/betaBuildLocalizations";
/// Where builds are submitted to the beta review.
pub const BETA_APP_REVIEW_SUBMISSIONS: &str = "/v1/betaAppReviewSubmissions";
/// Where versions for the App Store are made.
pub const APP_STORE_VERSIONS: &str = "/v1/appStoreVersions";
/// Where phased releases are made.
pub const PHASED_RELEASES: &str = "/v1/appStoreVersionPhasedReleases";
/// Where approved versions are released.
pub const RELEASE_REQUESTS: &str = "/v1/appStoreVersionReleaseRequests";
/// Where submissions to the reviewers are made.
pub const REVIEW_SUBMISSIONS: &str = "/v1/reviewSubmissions";
/// Where something is put into a submission.
pub const REVIEW_SUBMISSION_ITEMS: &str = "/v1/reviewSubmissionItems";
/// The team's people.
pub const USERS: &str = "/v1/users";
/// The team's signing certificates.
pub const CERTIFICATES: &str = "/v1/certificates";
/// The team's provisioning profiles.
pub const PROFILES: &str = "/v1/profiles";
/// The team's bundle identifiers.
pub const BUNDLE_IDS: &str = "/v1/bundleIds";

/// One app.
pub fn app(id: &AppId) -> String {
    with("apps", id.as_str(), "")
}

/// The uploads of one app.
pub fn build_uploads_of(id: &AppId) -> String {
    with("apps", id.as_str(), "/buildUploads")
}

/// One upload.
pub fn build_upload(id: &BuildUploadId) -> String {
    with("buildUploads", id.as_str(), "")
}

/// The files of one upload.
pub fn files_of(id: &BuildUploadId) -> String {
    with("buildUploads", id.as_str(), "/buildUploadFiles")
}

/// One file.
pub fn build_upload_file(id: &BuildUploadFileId) -> String {
    with("buildUploadFiles", id.as_str(), "")
}

/// One build.
pub fn build(id: &BuildId) -> String {
    with("builds", id.as_str(), "")
}

/// One resource of this type.
pub fn one(kind: &str, id: &str) -> String {
    with(kind, id, "")
}

/// What belongs to one app.
pub fn of_app(id: &AppId, what: &str) -> String {
    with("apps", id.as_str(), &format!("/{what}"))
}

/// What belongs to one build.
pub fn of_build(id: &BuildId, what: &str) -> String {
    with("builds", id.as_str(), &format!("/{what}"))
}

/// What belongs to one resource of this type.
pub fn of(kind: &str, id: &str, what: &str) -> String {
    with(kind, id, &format!("/{what}"))
}

/// The beta states of one build.
pub fn beta_detail_of(id: &BuildId) -> String {
    with("builds", id.as_str(), "/buildBetaDetail")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stays_one_piece_of_the_path() {
        assert_eq!(app(&AppId::new("12")), "/v1/apps/12");
        assert_eq!(
            build(&BuildId::new("../x?y#z")),
            "/v1/builds/..%2Fx%3Fy%23z"
        );
        assert_eq!(
            files_of(&BuildUploadId::new("..")),
            "/v1/buildUploads/%2E%2E/buildUploadFiles"
        );
    }
}
