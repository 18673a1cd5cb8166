//! What a file of a package is by its name: only what a rule asks for is read at all.

/// What a file is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An Info.plist of a bundle.
    Info,
    /// `embedded.mobileprovision` or `embedded.provisionprofile`.
    Profile,
    /// `PrivacyInfo.xcprivacy`.
    Privacy,
    /// `_CodeSignature/CodeResources`.
    Seal,
    /// Another property list: the origin of an xcframework, or entitlements of an archive.
    List,
    /// A PNG at the top of a bundle.
    Picture,
    /// An `.icns`.
    Icons,
    /// The asset catalogue of an app.
    Catalogue,
    /// Another asset catalogue: whether it is one.
    OtherCatalogue,
    /// `InfoPlist.strings`: an Info.plist's texts in another language.
    Strings,
    /// Perhaps code: its first bytes say it.
    Sniffed,
    /// Nothing that anyone asks for.
    Unread,
}

/// Endings of files that hold no code; all else is looked at by its first bytes.
const RESOURCES: &[&str] = &[
    "plist",
    "strings",
    "stringsdict",
    "nib",
    "car",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "webp",
    "heic",
    "pdf",
    "ttf",
    "otf",
    "woff",
    "woff2",
    "json",
    "js",
    "map",
    "hbc",
    "css",
    "html",
    "htm",
    "txt",
    "md",
    "xml",
    "yml",
    "yaml",
    "toml",
    "mp3",
    "mp4",
    "m4a",
    "m4v",
    "mov",
    "wav",
    "caf",
    "aif",
    "aiff",
    "ogg",
    "usdz",
    "scn",
    "metallib",
    "momd",
    "mom",
    "omo",
    "sqlite",
    "db",
    "dat",
    "unity3d",
    "assets",
    "ress",
    "resource",
    "pck",
    "ktx",
    "astc",
    "pvr",
    "bin",
    "mlmodelc",
    "tflite",
    "lproj",
    "pak",
    "dll",
    "pdb",
    "zip",
    "gz",
    "br",
    "tgz",
    "xcprivacy",
    "h",
    "modulemap",
    "swiftmodule",
    "swiftdoc",
    "swiftinterface",
    "abi",
    "cer",
    "der",
    "crt",
    "loctable",
    "intentdefinition",
    "sks",
    "atlas",
    "glsl",
    "vert",
    "frag",
    "fnt",
    "plistbase64",
    "wasm",
    "lua",
    "csv",
    "realm",
    "appiconset",
    "xib",
    "tiff",
    "ico",
    "atlasc",
    "webm",
    "flac",
    "ndjson",
];

/// The role of the file at this path of a package.
pub(super) fn role(path: &str) -> Role {
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = &path[..path.len() - name.len()];
    match name {
        "Info.plist" => return Role::Info,
        "embedded.mobileprovision" | "embedded.provisionprofile" => return Role::Profile,
        "CodeResources" if folder.ends_with("_CodeSignature/") => return Role::Seal,
        "PrivacyInfo.xcprivacy" => return Role::Privacy,
        "InfoPlist.strings" if folder.ends_with(".lproj/") => return Role::Strings,
        "CodeDirectory" | "CodeRequirements" | "CodeSignature" | "PkgInfo" => return Role::Unread,
        _ => {}
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "xcent" | "entitlements" => Role::List,
        "icns" => Role::Icons,
        "car" if name == "Assets.car" && folder.ends_with(".app/") => Role::Catalogue,
        "car" if name == "Assets.car" => Role::OtherCatalogue,
        "signature" if path.starts_with("Signatures/") => Role::List,
        "png" if folder.ends_with(".app/") || folder.ends_with(".appex/") => Role::Picture,
        ending if RESOURCES.contains(&ending) => Role::Unread,
        _ => Role::Sniffed,
    }
}
