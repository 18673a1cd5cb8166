//! A Mac on any machine: a home, stand-ins for Apple's tools, an archive, a certificate and a profile.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use plist::{Dictionary, Value};
use serde_json::Value as Json;
use tempfile::TempDir;

use super::Cli;
use super::testing::{archives, profiles};

/// Where Xcode looks for profiles, since 16 and before.
pub const FOLDERS: [&str; 2] = [
    "Library/Developer/Xcode/UserData/Provisioning Profiles",
    "Library/MobileDevice/Provisioning Profiles",
];

pub const PASSWORD: &str = "tüst \"1";
pub const TEAM: &str = "ABCDE12345";
pub const CERTIFICATE: &[u8] = include_bytes!("../fixtures/signing/certificate.der");

/// The certificate with its key, as this program or setting of OpenSSL writes it.
pub fn pkcs12(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/signing")
        .join(name)
}

/// A Mac.
pub struct Mac {
    place: TempDir,
}

impl Mac {
    /// A Mac with a login keychain; `None`, and a word on it, where there is no Python to play it.
    #[expect(
        clippy::print_stderr,
        clippy::disallowed_methods,
        reason = "a test that is skipped says so, and is not where others rely on what ran here"
    )]
    pub fn new() -> Option<Self> {
        if Command::new("python3").arg("--version").output().is_err() {
            assert!(
                std::env::var_os("CI").is_none(),
                "no python3 to play Apple's tools"
            );
            eprintln!("skipped: no python3 here");
            return None;
        }
        let place = tempfile::tempdir().expect("a directory");
        let mac = Self { place };
        for directory in [
            "home/Library/Keychains",
            "home/Library/Application Support",
            "home/.local/state",
            "tools/state",
            "scratch",
            "work",
        ] {
            fs::create_dir_all(mac.path(directory)).expect("a directory");
        }
        #[cfg(unix)]
        for tool in ["security", "xcodebuild", "xcrun"] {
            let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/mac/tool.py");
            std::os::unix::fs::symlink(script, mac.path("tools").join(tool)).expect("a link");
        }
        let login = mac.path("home/Library/Keychains/login.keychain-db");
        fs::write(&login, "{\"identities\": []}").expect("a keychain");
        let odd = "/Library/A \"quoted\" one.keychain";
        mac.state("search-list", &serde_json::json!([login, odd]));
        mac.state("default-keychain", &serde_json::json!(login));
        mac.archive(&[("Demo.app", "com.example.demo")]);
        Some(mac)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    pub fn state(&self, name: &str, value: &Json) {
        fs::write(self.path("tools/state").join(name), format!("{value:#}")).expect("a state");
    }

    pub fn search_list(&self) -> Json {
        let text = fs::read_to_string(self.path("tools/state/search-list")).expect("a list");
        serde_json::from_str(&text).expect("a list")
    }

    /// Makes a call of a tool go wrong: `hang`, or a status and words.
    pub fn fault(&self, call: &str, when: &str, what: &str) {
        fs::write(self.path(&format!("tools/fault-{call}-{when}")), what).expect("a fault");
    }

    pub fn no_fault(&self, call: &str, when: &str) {
        fs::remove_file(self.path(&format!("tools/fault-{call}-{when}"))).expect("a fault");
    }

    /// Writes `work/Demo.xcarchive` with these bundles, by their directories and identifiers.
    pub fn archive(&self, bundles: &[(&str, &str)]) {
        let archive = self.path("work/Demo.xcarchive");
        let team = [("Team".to_owned(), Value::from(TEAM))];
        let properties = Value::Dictionary(team.into_iter().collect());
        let info = [("ApplicationProperties".to_owned(), properties)];
        write_list(&archive.join("Info.plist"), info.into_iter().collect());
        for (directory, identifier) in bundles {
            let texts = [
                ("CFBundleIdentifier", *identifier),
                ("CFBundleShortVersionString", "1.0.0"),
                ("CFBundleVersion", "42"),
                ("CFBundleExecutable", "Demo"),
                ("CFBundleName", "Demo"),
                ("CFBundlePackageType", "APPL"),
                ("DTPlatformName", "iphoneos"),
                ("DTSDKName", "iphoneos26.0"),
                ("DTXcode", "2600"),
                ("MinimumOSVersion", "17.0"),
                ("CFBundleIconName", "AppIcon"),
            ];
            let texts = texts.map(|(key, text)| (key.to_owned(), Value::from(text)));
            let app = archive.join("Products/Applications").join(directory);
            write_list(&app.join("Info.plist"), texts.into_iter().collect());
            fs::write(app.join("Demo"), "code").expect("a binary");
        }
        let dsym = archive.join("dSYMs/Demo.app.dSYM/Contents");
        fs::create_dir_all(&dsym).expect("a directory");
        fs::write(dsym.join("Info.plist"), "symbols").expect("a file");
    }

    /// Makes the archive that of an app for Macs, gives its profile and the certificate of the installer, and
    /// has the package ready that Xcode would make of it.
    pub fn mac_app(&self) -> Cli {
        let archive = self.path("work/Demo.xcarchive");
        let app = archive.join("Products/Applications/Demo.app");
        fs::remove_dir_all(&app).expect("the app of a phone");
        let texts = [
            ("CFBundleIdentifier", "com.example.demo"),
            ("CFBundleShortVersionString", "1.0.0"),
            ("CFBundleVersion", "42"),
            ("CFBundleExecutable", "Demo"),
            ("CFBundleName", "Demo"),
            ("CFBundlePackageType", "APPL"),
            ("DTPlatformName", "macosx"),
            ("DTSDKName", "macosx26.0"),
            ("DTXcode", "2600"),
            ("LSMinimumSystemVersion", "14.0"),
        ];
        let texts = texts.map(|(key, text)| (key.to_owned(), Value::from(text)));
        let list = app.join("Contents/Info.plist");
        write_list(&list, texts.into_iter().collect());
        let files = [
            (
                "Demo.app/Contents/Info.plist".to_owned(),
                fs::read(&list).expect("a list"),
            ),
            ("Demo.app/Contents/MacOS/Demo".to_owned(), b"code".to_vec()),
        ];
        let package = archives::pkg(&files.into_iter().collect(), "com.example.demo", &[]);
        fs::write(self.path("tools/product.pkg"), package).expect("a package");
        let identifier = format!("{TEAM}.com.example.demo");
        let profile = Self::profile("com.example.demo", 1)
            .with("Platform", Value::Array(vec!["OSX".into()]))
            .granting("com.apple.application-identifier", identifier.as_str());
        let call = self.call();
        self.give("demo.mobileprovision", &profile);
        let files = ["modern.p12", "installer.p12"].map(|name| pkcs12(name).display().to_string());
        call.env("JETWAY_CERTIFICATE", files.join("\n"))
    }

    /// A profile for the App Store and the certificate of the fixtures; the last digit is that of its UUID.
    pub fn profile(bundle_identifier: &str, digit: u8) -> profiles::Profile {
        let identifier = format!("{TEAM}.{bundle_identifier}");
        let team = Value::Array(vec![TEAM.into()]);
        let certificates = Value::Array(vec![Value::Data(CERTIFICATE.to_vec())]);
        profiles::app_store(bundle_identifier)
            .with("UUID", uuid(digit).as_str())
            .with("TeamIdentifier", team)
            .with("DeveloperCertificates", certificates)
            .with("ExpirationDate", profiles::date(4_000_000_000))
            .granting("application-identifier", identifier.as_str())
    }

    /// Writes a profile into `work`.
    pub fn give(&self, name: &str, profile: &profiles::Profile) {
        fs::write(self.path("work").join(name), profile.bytes()).expect("a profile");
    }

    /// A call on this Mac, with the certificate and the profile of the demo.
    pub fn call(&self) -> Cli {
        self.give(
            "demo.mobileprovision",
            &Self::profile("com.example.demo", 1),
        );
        self.bare()
            .env("JETWAY_CERTIFICATE", pkcs12("modern.p12"))
            .env("JETWAY_CERTIFICATE_PASSWORD", PASSWORD)
            .env(
                "JETWAY_PROVISIONING_PROFILE",
                self.path("work/demo.mobileprovision"),
            )
    }

    /// A call on this Mac with nothing to sign with.
    pub fn bare(&self) -> Cli {
        Cli::new()
            .env("HOME", self.path("home"))
            .env("PATH", "/usr/bin:/bin:/usr/local/bin")
            .env("RUNNER_TEMP", self.path("scratch"))
            .env("JETWAY_TOOLS_DIR", self.path("tools"))
            .env("JETWAY_OUTPUT", self.path("output"))
    }

    /// `export` of the demo archive, with a report.
    pub fn export(&self) -> Cli {
        self.call()
            .args(["export", "--report", "report.json"])
            .arg(self.path("work/Demo.xcarchive"))
    }

    /// All that a run may leave: every file and directory of home and scratch, and the tools' state.
    pub fn snapshot(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        for part in ["home", "scratch", "tools/state"] {
            walk(&self.path(part), part, &mut found);
        }
        found
    }

    /// Every recorded call of a tool.
    pub fn calls(&self) -> Vec<Json> {
        let text = fs::read_to_string(self.path("tools/log-calls")).unwrap_or_default();
        text.lines()
            .map(|line| serde_json::from_str(line).expect("a call"))
            .collect()
    }

    /// What the tools would not have taken.
    pub fn violations(&self) -> String {
        fs::read_to_string(self.path("tools/log-violations")).unwrap_or_default()
    }

    /// The option list of the last export.
    pub fn options(&self) -> Json {
        let text = fs::read_to_string(self.path("tools/log-options")).expect("an export");
        serde_json::from_str(text.lines().last().expect("one")).expect("a list")
    }
}

/// The UUID of a profile.
pub fn uuid(digit: u8) -> String {
    format!("0f0e0d0c-0b0a-4908-8706-05040302010{digit}")
}

fn write_list(path: &Path, list: Dictionary) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
    Value::Dictionary(list).to_file_xml(path).expect("a list");
}

fn walk(directory: &Path, name: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    found.insert(format!("{name}/"), Vec::new());
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        let name = format!(
            "{name}/{}",
            path.file_name().expect("a name").to_string_lossy()
        );
        match path.is_dir() {
            true => walk(&path, &name, found),
            false => drop(found.insert(name, fs::read(&path).expect("a file"))),
        }
    }
}
