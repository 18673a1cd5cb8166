//! What is made for the binary before it is compiled.
//!
//! The catalogue is packed: its TOML files, which people edit, become one compressed JSON list, which is a quarter
//! of the size and quicker to read. What shells know of the options is packed too. And the released program, in
//! which nothing unwinds, is linked without the tables of unwinding (`docs/decisions/0003-a-small-binary.md`).

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use toml::{Table, Value};

const CATALOGUE: &str = "src/codes/catalogue";
const CLI: &str = "docs/cli";
/// What `jetway completions` hands out.
const COMPLETIONS: [&str; 4] = ["jetway.bash", "_jetway", "jetway.fish", "jetway.1"];
/// The start files of musl name their own tables, and keep them.
const WITHOUT_UNWINDING: &str = "\
SECTIONS {
  /DISCARD/ : { *(EXCLUDE_FILE(*crtbegin*.o *crtend*.o) .eh_frame) *(.gcc_except_table .gcc_except_table.*) }
}
INSERT AFTER .text;
";
/// The families, in the order of their entries; within one the order is that of the codes.
const FAMILIES: [&str; 18] = [
    "itms",
    "altool",
    "transporter",
    "app-store-connect",
    "xcodebuild",
    "codesign",
    "security",
    "fastlane",
    "expo",
    "codemagic",
    "dotnet",
    "flutter",
    "electron",
    "tauri",
    "engines",
    "runners",
    "mail",
    "jetway",
];

/// What every entry has to say.
const NEEDED: [&str; 8] = [
    "code", "title", "severity", "retry", "meaning", "why", "fix", "example",
];
/// What an entry may say besides.
const POSSIBLE: [&str; 13] = [
    "again",
    "also",
    "wrapper",
    "case",
    "follows",
    "framework",
    "subjects",
    "links",
    "made_up",
    "patterns",
    "recognise",
    "snippet",
    "unconfirmed",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={CATALOGUE}");
    refuse_what_no_family_holds();
    let entries: Vec<Table> = FAMILIES
        .iter()
        .flat_map(|family| family_of(family))
        .collect();
    pack(
        "catalogue.json",
        &serde_json::to_vec(&entries).expect("TOML is JSON"),
    );
    for file in COMPLETIONS {
        println!("cargo::rerun-if-changed={CLI}/{file}");
        let text = fs::read(Path::new(CLI).join(file)).expect("docs/cli is part of the source");
        pack(file, &text);
    }
    leave_unwinding_out();
}

/// `name` in the output directory, compressed, with `.z` at its end.
fn pack(name: &str, bytes: &[u8]) {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes everything");
    let packed = encoder.finish().expect("memory takes everything");
    fs::write(Path::new(&out_dir()).join(format!("{name}.z")), packed)
        .expect("the output directory is writable");
}

/// The standard library brings its tables of unwinding along, 0.9 MB of them on Linux, though a panic ends the
/// released program. The linker of macOS makes much smaller ones.
#[expect(clippy::disallowed_methods, reason = "cargo tells a build script so")]
fn leave_unwinding_out() {
    let is = |key: &str, value: &str| std::env::var(key).is_ok_and(|found| found == value);
    if !is("PROFILE", "release") || !is("CARGO_CFG_TARGET_OS", "linux") {
        return;
    }
    let script = Path::new(&out_dir()).join("without-unwinding.ld");
    fs::write(&script, WITHOUT_UNWINDING).expect("the output directory is writable");
    println!("cargo::rustc-link-arg-bins=-Wl,-T,{}", script.display());
    println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr");
}

/// A file beside the families would be read by nobody.
fn refuse_what_no_family_holds() {
    for path in files(Path::new(CATALOGUE)) {
        let name = name(&path);
        let is_known = name == "README.md" || (path.is_dir() && FAMILIES.contains(&name.as_str()));
        assert!(
            is_known,
            "{}: no family of codes is called so",
            path.display()
        );
    }
}

/// The entries of a family, each with the family's name in it.
fn family_of(family: &str) -> Vec<Table> {
    files(&Path::new(CATALOGUE).join(family))
        .into_iter()
        .map(|path| {
            println!("cargo::rerun-if-changed={}", path.display());
            let text = fs::read_to_string(&path).expect("the catalogue is part of the source");
            let entry = entry(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            let code = entry
                .get("code")
                .and_then(Value::as_str)
                .unwrap_or_default();
            assert!(
                name(&path) == format!("{code}.toml"),
                "{}: the code in it is {code:?}, and the file has to be called by it",
                path.display()
            );
            let mut entry = entry;
            entry.insert("family".to_owned(), Value::String(family.to_owned()));
            entry
        })
        .collect()
}

/// One entry, with its long texts in one line each.
fn entry(text: &str) -> Result<Table, String> {
    let mut entry: Table = toml::from_str(text).map_err(|error| error.to_string())?;
    if let Some(missing) = NEEDED.iter().find(|key| !entry.contains_key(**key)) {
        return Err(format!("`{missing}` is missing"));
    }
    let is_unknown = |key: &&String| !NEEDED.iter().chain(&POSSIBLE).any(|known| known == key);
    if let Some(other) = entry.keys().find(is_unknown) {
        return Err(format!("`{other}` is no field of an entry"));
    }
    fold(&mut entry);
    if let Some(Value::Table(lines)) = entry.get_mut("framework") {
        for (_, line) in lines {
            if let Value::String(text) = line {
                *text = prose(text);
            }
        }
    }
    if let Some(Value::Table(cases)) = entry.get_mut("case") {
        for (_, case) in cases {
            if let Value::Table(case) = case {
                fold(case);
            }
        }
    }
    Ok(entry)
}

fn fold(table: &mut Table) {
    for (key, value) in table {
        match (key.as_str(), value) {
            ("meaning" | "why" | "example", Value::String(text)) => *text = prose(text),
            ("says" | "near", Value::String(text)) => *text = expression(text),
            ("fix", Value::Array(steps)) => rewrite(steps, prose),
            ("patterns" | "recognise", Value::Array(expressions)) => {
                rewrite(expressions, expression);
            }
            _ => {}
        }
    }
}

fn rewrite(texts: &mut [Value], how: fn(&str) -> String) {
    for text in texts {
        if let Value::String(text) = text {
            *text = how(text);
        }
    }
}

/// Line ends of prose are where the line was full.
fn prose(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An expression goes on in the next line: line ends, and the white space around them, mean nothing.
fn expression(text: &str) -> String {
    if text.contains('\n') {
        text.lines().map(str::trim).collect()
    } else {
        text.to_owned()
    }
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap_or_else(|error| panic!("{}: {error}", directory.display()))
        .map(|entry| entry.expect("the directory is readable").path())
        .collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script so")]
fn out_dir() -> std::ffi::OsString {
    std::env::var_os("OUT_DIR").expect("cargo sets it")
}
