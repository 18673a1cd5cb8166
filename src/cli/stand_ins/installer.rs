//! The installer package of a Mac app, as far as a rehearsal needs one: a xar archive with one component, whose
//! payload is the app (`pkgbuild(1)`, `xar(1)`). It names the certificate of the sandbox as its signer, and nobody
//! has signed it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use plist::{Dictionary, Value};

use crate::sandbox;

/// The bytes of a SHA-1, at the head of the heap.
const CHECKSUM: u64 = 20;
/// The bytes of a signature with an RSA key of 2,048 bits, behind it.
const SIGNATURE: u64 = 256;
const DIRECTORY: u32 = 0o040_755;
const REGULAR: u32 = 0o100_000;
const LINK: u32 = 0o120_755;
const MODES: u32 = 0o777;

/// Whether the app is one for Macs, which have a directory for all that is in them.
pub fn is_of_a_mac(app: &Path) -> bool {
    app.join("Contents/Info.plist").is_file()
}

/// Writes the package of the app, as deep as this, by way of a payload beside it.
pub fn write(package: &Path, app: &Path, deepest: usize) -> io::Result<()> {
    let name = app.file_name().unwrap_or_default().to_string_lossy();
    let payload = package.with_extension("payload");
    let mut packed = GzEncoder::new(File::create(&payload)?, Compression::fast());
    entry(&mut packed, "./Applications", DIRECTORY, 0)?;
    add(&mut packed, app, &format!("./Applications/{name}"), deepest)?;
    entry(&mut packed, "TRAILER!!!", 0, 0)?;
    packed.finish()?.sync_data()?;
    let length = fs::metadata(&payload)?.len();
    let info = Value::from_file(app.join("Contents/Info.plist")).map_err(io::Error::other)?;
    let described = describe(info.as_dictionary().unwrap_or(&Dictionary::new()), &name);
    let mut file = File::create(package)?;
    file.write_all(&head(described.len() as u64, length)?)?;
    file.write_all(described.as_bytes())?;
    io::copy(&mut File::open(&payload)?, &mut file)?;
    fs::remove_file(&payload)
}

/// The component's `PackageInfo`.
fn describe(info: &Dictionary, name: &str) -> String {
    let text = |key: &str| {
        let found = info.get(key).and_then(Value::as_string);
        escaped(found.unwrap_or_default())
    };
    let identifier = text("CFBundleIdentifier");
    let (marketing, build) = (text("CFBundleShortVersionString"), text("CFBundleVersion"));
    let path = escaped(name);
    format!(
        "<pkg-info format-version=\"2\" identifier=\"{identifier}\" version=\"{marketing}\" install-location=\"/\">\
         <bundle path=\"./Applications/{path}\" id=\"{identifier}\" CFBundleShortVersionString=\"{marketing}\" \
         CFBundleVersion=\"{build}\"/></pkg-info>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// All that is before the component's files: the header, the table of contents, and its checksum.
fn head(description: u64, payload: u64) -> io::Result<Vec<u8>> {
    let file = |id: u8, name: &str, offset: u64, length: u64| {
        format!(
            "<file id=\"{id}\"><data><length>{length}</length><offset>{offset}</offset><size>{length}</size>\
             <encoding style=\"application/octet-stream\"/></data><type>file</type><name>{name}</name></file>"
        )
    };
    let first = CHECKSUM + SIGNATURE;
    let certificate = STANDARD.encode(sandbox::installer_certificate());
    let table = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><xar><toc><checksum style=\"sha1\"><offset>0</offset>\
         <size>{CHECKSUM}</size></checksum><signature style=\"RSA\"><offset>{CHECKSUM}</offset><size>{SIGNATURE}</size>\
         <KeyInfo><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></signature><file id=\"1\"><type>directory</type><name>app.pkg</name>{}{}</file></toc></xar>",
        file(2, "PackageInfo", first, description),
        file(3, "Payload", first + description, payload),
    );
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(table.as_bytes())?;
    let packed = packed.finish()?;
    let mut head = b"xar!\x00\x1c\x00\x01".to_vec();
    head.extend((packed.len() as u64).to_be_bytes());
    head.extend((table.len() as u64).to_be_bytes());
    head.extend([0, 0, 0, 1]);
    let checksum = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &packed);
    head.extend(packed);
    head.extend(checksum.as_ref());
    head.resize(head.len() + SIGNATURE as usize, 0);
    Ok(head)
}

/// A file, or a directory with all that is in it, of not too many directories.
fn add(into: &mut impl Write, from: &Path, name: &str, left: usize) -> io::Result<()> {
    let found = fs::symlink_metadata(from)?;
    if found.is_symlink() {
        let target = fs::read_link(from)?.to_string_lossy().into_owned();
        entry(into, name, LINK, target.len() as u64)?;
        return into.write_all(target.as_bytes());
    }
    if found.is_dir() {
        entry(into, name, DIRECTORY, 0)?;
        let mut names: Vec<_> = fs::read_dir(from)?
            .map(|entry| Ok(entry?.file_name()))
            .collect::<io::Result<_>>()?;
        names.sort();
        for own in names.iter().filter(|_| left > 0) {
            let below = format!("{name}/{}", own.to_string_lossy());
            add(into, &from.join(own), &below, left - 1)?;
        }
    } else if found.is_file() {
        entry(into, name, REGULAR | mode(&found), found.len())?;
        io::copy(&mut File::open(from)?, into)?;
    }
    Ok(())
}

#[cfg(unix)]
fn mode(found: &fs::Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & MODES
}

#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> u32 {
    MODES
}

/// The head of an entry of a cpio archive in the old portable form.
fn entry(into: &mut impl Write, name: &str, mode: u32, length: u64) -> io::Result<()> {
    let size = name.len() + 1;
    write!(
        into,
        "070707000000000000{mode:06o}000000000000000001000000{:011o}{size:06o}{length:011o}{name}\0",
        0
    )
}
