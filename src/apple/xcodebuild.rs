//! `xcodebuild`: its version, and the export of an archive. Options and their order are those of
//! `xcodebuild(1)`; all paths are absolute, which it asks of the key's and which harms none.

use std::path::Path;
use std::time::Duration;

use crate::apple::error::Error;
use crate::apple::invocation::Invocation;
use crate::apple::toolbox::{Tool, Toolbox};

/// The first call after an installation may prepare much.
const VERSION_LIMIT: Duration = Duration::from_secs(180);

/// An export.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The `.xcarchive`.
    pub archive: &'a Path,
    /// The directory that the package is written to.
    pub into: &'a Path,
    /// The option list.
    pub options: &'a Path,
    /// The key that Xcode may use to fetch and make what it signs with.
    pub key: Option<Key<'a>>,
}

/// An App Store Connect API key as a file.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// The `.p8`, by an absolute path.
    pub file: &'a Path,
    /// The key's id.
    pub id: &'a str,
    /// The team's issuer id.
    pub issuer: &'a str,
}

/// What `xcodebuild -version` prints.
pub async fn version(tools: &Toolbox) -> Result<String, Error> {
    let call = Invocation::new(Tool::Xcodebuild).arg("-version");
    Ok(call.within(VERSION_LIMIT).run(tools).await?.output)
}

/// The call that exports.
pub fn export(export: &Export<'_>) -> Invocation {
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let call = Invocation::new(Tool::Xcodebuild)
        .arg("-exportArchive")
        .arg("-archivePath")
        .arg(path(export.archive))
        .arg("-exportPath")
        .arg(path(export.into))
        .arg("-exportOptionsPlist")
        .arg(path(export.options));
    match &export.key {
        None => call,
        Some(key) => call
            .arg("-allowProvisioningUpdates")
            .arg("-authenticationKeyPath")
            .arg(path(key.file))
            .arg("-authenticationKeyID")
            .arg(key.id)
            .arg("-authenticationKeyIssuerID")
            .arg(key.issuer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_is_called_with_absolute_paths_and_with_the_key_only_where_xcode_signs() {
        let mut given = Export {
            archive: Path::new("/b/Demo.xcarchive"),
            into: Path::new("/w/export"),
            options: Path::new("/w/ExportOptions.plist"),
            key: None,
        };
        insta::assert_snapshot!(export(&given).shown(), @"xcodebuild -exportArchive -archivePath /b/Demo.xcarchive -exportPath /w/export -exportOptionsPlist /w/ExportOptions.plist");
        given.key = Some(Key {
            file: Path::new("/w/AuthKey_2X9R4HXF34.p8"),
            id: "2X9R4HXF34",
            issuer: "57246542-96fe-1a63-e053-0824d011072a",
        });
        insta::assert_snapshot!(export(&given).shown(), @"xcodebuild -exportArchive -archivePath /b/Demo.xcarchive -exportPath /w/export -exportOptionsPlist /w/ExportOptions.plist -allowProvisioningUpdates -authenticationKeyPath /w/AuthKey_2X9R4HXF34.p8 -authenticationKeyID 2X9R4HXF34 -authenticationKeyIssuerID 57246542-96fe-1a63-e053-0824d011072a");
    }
}
