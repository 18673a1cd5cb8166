//! What the fuzzer begins with, and a large package to measure with.

use std::fs;
use std::path::{Path, PathBuf};

use crate::testing::apps::{self, APP, Parts};
use crate::testing::{archives, certificates, images, profiles};

fn corpus(target: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("tests/fuzz/corpus").join(target);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
#[ignore = "it writes files for the fuzzer: `just fuzz-seeds`"]
fn seeds_for_the_fuzzer() {
    let write = |target: &str, name: &str, bytes: &[u8]| {
        fs::write(corpus(target).join(name), bytes).unwrap();
    };
    let small = apps::app();
    let parts = Parts::new(
        small.file("AppIcon60x60@2x.png", &apps::picture(120, 120)),
        [apps::framework("Kit"), apps::extension("Share")],
    );
    let files = parts.files();
    write("read_ipa", "app", &parts.ipa());
    let mac = Parts::new(apps::app(), []).files();
    let pkg = archives::pkg(
        &mac,
        "com.example.app",
        &[certificates::distribution(apps::TEAM)],
    );
    write("read_pkg", "app", &pkg);
    let code = &files[&format!("{APP}/Example")];
    write("read_image", "app", code);
    let slices = [((0x0100_000c, 0), code.clone()), ((12, 9), code.clone())];
    write("read_image", "universal", &images::universal(&slices));
    let magic = 0xfade_0cc0_u32.to_be_bytes();
    let start = memchr::memmem::rfind(code, &magic).expect("it is signed");
    write("read_signature", "app", &code[start..]);
    let profile = profiles::app_store("com.example.app");
    write("read_profile", "der", &profile.bytes());
    let mut ber = profile;
    ber.is_ber = true;
    write("read_profile", "ber", &ber.bytes());
    write("read_list", "binary", &files[&format!("{APP}/Info.plist")]);
    write(
        "read_list",
        "xml",
        &files[&format!("{APP}/_CodeSignature/CodeResources")],
    );
    write(
        "read_pictures",
        "icns",
        b"icns\0\0\0\x18ic09\0\0\0\x08ic10\0\0\0\x08",
    );
    write(
        "read_pictures",
        "car",
        &crate::testing::catalogues::catalogue(&[("AppIcon", 1024, true)]),
    );
    let key = concat!(
        "-----BEGIN PRI",
        "VATE KEY-----\\nMIGHAgEA\\n-----END PRI",
        "VATE KEY-----"
    );
    write("read_key", "armoured", key.as_bytes());
    write(
        "write_text",
        "command",
        "::error title=a,b::c\n##[x]<b>@a `c`".as_bytes(),
    );
}

/// Bytes that do not shrink.
fn noise(length: usize, mut state: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

#[test]
#[ignore = "it writes 1 GiB: `just preflight-figures`"]
fn a_large_package_to_measure_with() {
    const CODE: usize = 200 << 20;
    const FILE: usize = 8 << 20;
    let mut app = apps::app().image(|image| image.bulk = CODE);
    for number in 0..103 {
        let content = noise(FILE, 88_172_645_463_325_252 + number);
        app = app.file(&format!("media/{number}.mp4"), &content);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/figures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("Large.ipa"), Parts::new(app, []).ipa()).unwrap();
}
