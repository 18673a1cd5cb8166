//! What the programs of an archive claim and a profile must grant: by their signatures, and as it was noted in them.

use std::path::Path;

use crate::archive::Archive;
use crate::bundle::{self, Questions};
use crate::ids::Platform;
use crate::profiles::is_restricted;
use crate::signing::material::Claims;

/// Of code only the signatures are looked at.
const NOTHING_ELSE: Questions = Questions {
    symbol: |_| false,
    selector: |_| false,
    text: |_| false,
};

/// What Xcode puts into every signature by itself.
pub const BASELINE: &[&str] = &[
    "application-identifier",
    "com.apple.application-identifier",
    "com.apple.developer.team-identifier",
    "get-task-allow",
    "keychain-access-groups",
    "beta-reports-active",
];

/// What only a signature for development has: an export leaves it out.
const OF_DEVELOPMENT: &[&str] =
    &["com.apple.developer.icloud-container-development-container-identifiers"];

/// The claims of the archive that was read from here. Code that can't be read claims nothing.
pub async fn of_archive(archive: &Archive, path: &Path) -> Claims {
    let mut claims = Claims::new();
    for bundle in &archive.bundles {
        let own = claims.entry(bundle.identifier.to_string()).or_default();
        own.extend(bundle.noted.iter().cloned());
    }
    let path = path.to_owned();
    let read = move || bundle::read_archive(&path, &NOTHING_ELSE);
    if let Ok(Ok(package)) = tokio::task::spawn_blocking(read).await {
        for bundle in package.bundles.iter().filter(|one| one.is_program()) {
            let signature = package.signature(bundle);
            let claimed = signature.and_then(|one| one.claims()).into_iter().flatten();
            let claimed = claimed.filter(|(_, value)| value.as_boolean() != Some(false));
            let identifier = bundle.identifier().unwrap_or_default();
            if let Some(own) = claims.get_mut(identifier) {
                own.extend(claimed.map(|(key, _)| key.clone()));
            }
        }
    }
    let is_mac = archive.platform == Platform::MacOs;
    for own in claims.values_mut() {
        own.retain(|key| {
            let key = key.as_str();
            is_restricted(key, is_mac) && !BASELINE.contains(&key) && !OF_DEVELOPMENT.contains(&key)
        });
        own.sort_unstable();
        own.dedup();
    }
    claims
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::testing::apps::{self, Parts};

    #[tokio::test]
    async fn claims_are_those_of_the_signature_and_those_that_were_noted() {
        let place = tempfile::tempdir().unwrap();
        let app = apps::app()
            .claiming("aps-environment", "production")
            .claiming("get-task-allow", true)
            .claiming("com.apple.security.get-task-allow", true);
        let noted = "<plist version=\"1.0\"><dict><key>com.apple.developer.healthkit</key><true/>\
                     <key>com.apple.developer.siri</key><false/></dict></plist>";
        let mut app = app.file("archived-expanded-entitlements.xcent", noted.as_bytes());
        app.path = "Products/Applications/Example.app".to_owned();
        for (path, bytes) in Parts::new(app, []).files() {
            let path = place.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let info =
            "<plist version=\"1.0\"><dict><key>ApplicationProperties</key><dict/></dict></plist>";
        fs::write(place.path().join("Info.plist"), info).unwrap();
        let archive = Archive::read(place.path()).unwrap();
        let claims = of_archive(&archive, place.path()).await;
        assert_eq!(
            claims["com.example.app"],
            ["aps-environment", "com.apple.developer.healthkit"]
        );
    }
}
