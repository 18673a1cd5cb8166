//! Packs the catalogue for the binary: its TOML files, which people edit, become one compressed JSON
//! list, which is a quarter of the size and quicker to read.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// The order of the entries is the order of the files.
const FILES: [&str; 4] = ["itms-1.toml", "itms-2.toml", "tools.toml", "jetway.toml"];

fn main() {
    let mut entries = Vec::new();
    for file in FILES {
        let path = Path::new("src/codes/catalogue").join(file);
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).expect("the catalogue is part of the source");
        let mut read: toml::Table =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{file} does not parse: {error}"));
        match read.remove("entry") {
            Some(toml::Value::Array(list)) if read.is_empty() => entries.extend(list),
            _ => panic!("{file} may hold entries and nothing else"),
        }
    }
    println!("cargo::rerun-if-changed=build.rs");
    let packed = Path::new(&out_dir()).join("catalogue.json.z");
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(&serde_json::to_vec(&entries).expect("TOML is JSON"))
        .expect("memory takes everything");
    fs::write(packed, encoder.finish().expect("memory takes everything"))
        .expect("the output directory is writable");
}

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script so")]
fn out_dir() -> std::ffi::OsString {
    std::env::var_os("OUT_DIR").expect("cargo sets it")
}
