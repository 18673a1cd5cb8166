use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::time::Instant;

use proptest::prelude::*;

use crate::ids::Platform;
use crate::ipa::diagnostics::{CASES, CODES};
use crate::ipa::testing::{self, Item, app, info_plist, item, pkg, stored, xar, zip, zip_with};
use crate::ipa::*;

fn ipa(bytes: &[u8]) -> Result<Package, Error> {
    read(Cursor::new(bytes), PackageKind::Ipa)
}

/// The sentence for a package that is refused, with its case; the catalogue must have steps for it.
fn sentence(error: &Error) -> String {
    let finding = error.finding().expect("the package is at fault");
    assert!(finding.is_listed(CODES, CASES), "{finding:?}");
    assert!(!finding.title.contains('\n'), "{}", finding.title);
    match finding.variables.get("case") {
        Some(case) => format!("{error} [{case}]"),
        None => error.to_string(),
    }
}

fn refusal(bytes: &[u8]) -> String {
    sentence(&ipa(bytes).unwrap_err())
}

fn pkg_refusal(bytes: &[u8]) -> String {
    sentence(&read(Cursor::new(bytes), PackageKind::Pkg).unwrap_err())
}

/// The app's archive with its Info.plist entry changed.
fn with_info(change: impl FnOnce(&mut Item)) -> Vec<u8> {
    let mut items = app();
    change(items.last_mut().unwrap());
    zip(&items)
}

#[test]
fn the_kind_is_known_by_the_files_ending() {
    assert_eq!(
        PackageKind::from_file_name("App.ipa"),
        Some(PackageKind::Ipa)
    );
    assert_eq!(
        PackageKind::from_file_name("My App.PKG"),
        Some(PackageKind::Pkg)
    );
    assert_eq!(PackageKind::from_file_name("App.ipa.zip"), None);
    assert_eq!(PackageKind::from_file_name(".ipa"), None);
    assert_eq!(PackageKind::from_file_name("ipa"), None);
    assert_eq!(PackageKind::Ipa.uti(), "com.apple.ipa");
    assert_eq!(PackageKind::Pkg.uti(), "com.apple.pkg");
}

#[test]
fn an_ipa_says_what_it_is() {
    let package = ipa(&zip(&app())).unwrap();
    assert_eq!(package.kind, PackageKind::Ipa);
    assert_eq!(package.bundle_identifier.as_str(), "com.example.app");
    assert_eq!(package.build.marketing_version.as_str(), "1.4.0");
    assert_eq!(package.build.build_number.as_str(), "42");
    assert_eq!(package.build.platform, Platform::Ios);
    assert_eq!(package.minimum_os.as_deref(), Some("17.0"));
    assert_eq!(package.sdk.as_deref(), Some("iphoneos26.0"));
    assert_eq!(package.xcode.as_deref(), Some("2600"));
    assert_eq!(package.display_name.as_deref(), Some("Example"));
    assert_eq!(package.app_path, "Payload/Example.app");
    assert_eq!(package.info, testing::info());
}

#[test]
fn archives_of_another_packer_are_read_in_all_its_forms() {
    use ::zip::write::SimpleFileOptions;
    use ::zip::{CompressionMethod, ZipWriter};

    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for options in [stored, deflated, deflated.large_file(true)] {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer
            .start_file("Payload/Example.app/Info.plist", options)
            .unwrap();
        writer.write_all(&info_plist()).unwrap();
        writer.set_comment("made by a test").unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        assert_eq!(ipa(&bytes).unwrap().build.build_number.as_str(), "42");
    }
    let mut streamed = ZipWriter::new_stream(Vec::new());
    streamed
        .start_file("Payload/Example.app/Info.plist", deflated)
        .unwrap();
    streamed.write_all(&info_plist()).unwrap();
    let bytes = streamed.finish().unwrap().into_inner();
    assert_eq!(ipa(&bytes).unwrap().build.build_number.as_str(), "42");
}

#[test]
fn extensions_and_nested_apps_are_not_the_app() {
    let mut items = app();
    for nested in [
        "Payload/Example.app/PlugIns/Share.appex/Info.plist",
        "Payload/Example.app/Watch/Watch.app/Info.plist",
        "Payload/Example.app/Frameworks/Kit.framework/Info.plist",
        "Payload/Example.app/Base.lproj/Info.plist",
        "SwiftSupport/Info.plist",
    ] {
        items.insert(0, stored(nested, b"never read"));
        items.push(stored(nested.replace("Info", "More").as_str(), b""));
    }
    assert_eq!(ipa(&zip(&items)).unwrap().app_path, "Payload/Example.app");
}

#[test]
fn bytes_in_front_and_behind_do_no_harm() {
    let plain = zip(&app());
    let prefixed = [b"#!/bin/sh\n".to_vec(), plain.clone()].concat();
    assert!(ipa(&prefixed).is_ok());
    let suffixed = [plain, vec![b'\n'; 100]].concat();
    assert!(ipa(&suffixed).is_ok());
}

#[test]
fn a_zip64_archive_is_read() {
    let mut items = app();
    items.iter_mut().for_each(|item| item.wide = true);
    let bytes = zip_with(&items, |ending| ending.wide = true);
    assert!(ipa(&bytes).is_ok());
    assert!(ipa(&[b"prefix".to_vec(), bytes].concat()).is_ok());
}

#[test]
fn lies_in_zip64_records_are_damage() {
    let bytes = zip_with(&app(), |ending| {
        ending.wide = true;
        ending.count = 4_000_000_000;
    });
    assert!(refusal(&bytes).contains("claims 4000000000 entries and holds"));
    for change in [
        |ending: &mut testing::Ending| ending.size = u64::MAX,
        |ending: &mut testing::Ending| ending.offset = u64::MAX,
        |ending: &mut testing::Ending| ending.offset = u64::MAX - 200,
    ] {
        let bytes = zip_with(&app(), |ending| {
            ending.wide = true;
            change(ending);
        });
        let said = refusal(&bytes);
        assert!(
            said.contains("not where it should be") || said.contains("more than"),
            "{said}"
        );
    }
    let mut moved = zip_with(&app(), |ending| ending.wide = true);
    let locator = moved.len() - 22 - 20 + 8;
    moved[locator..locator + 8].copy_from_slice(&u64::MAX.to_le_bytes());
    assert!(
        ipa(&moved).is_ok(),
        "the record right before its locator counts"
    );
    let record = moved.len() - 22 - 20 - 56;
    moved[record] = b'X';
    assert!(refusal(&moved).contains("zip64 record is not where"));

    let mut contradicting = zip_with(&app(), |ending| ending.wide = true);
    let count = contradicting.len() - 22 + 10;
    contradicting[count] = 1;
    contradicting[count + 1] = 0;
    assert!(refusal(&contradicting).contains("contradicts"));

    let mut lacking = zip(&app());
    let directory = memchr::memmem::rfind(&lacking, b"PK\x01\x02").unwrap();
    lacking[directory + 20..directory + 24].copy_from_slice(&[0xff; 4]);
    assert!(refusal(&lacking).contains("lacks its zip64 sizes"));
}

#[test]
fn a_wrong_count_is_told() {
    insta::assert_snapshot!(
        refusal(&zip_with(&app(), |ending| ending.count = 3)),
        @"the zip is damaged: it claims 3 entries and holds 4"
    );
    assert!(refusal(&zip_with(&app(), |ending| ending.count = 60_000)).contains("claims 60000"));
}

#[test]
fn a_count_that_wrapped_at_sixteen_bits_is_no_lie() {
    let mut items: Vec<Item> = (0..65_536)
        .map(|n| stored(&format!("Payload/Example.app/{n}"), b""))
        .collect();
    items.extend(app());
    let bytes = zip_with(&items, |ending| ending.count %= 65_536);
    assert!(ipa(&bytes).is_ok());
}

#[test]
fn more_entries_than_any_app_has_are_not_walked() {
    let bytes = zip_with(&app(), |ending| {
        ending.wide = true;
        ending.count = zip::MOST_ENTRIES + 1;
        ending.size = ending.count * 64;
    });
    insta::assert_snapshot!(
        refusal(&bytes),
        @"the zip holds more than 400000 entries [too-much]"
    );
}

#[test]
fn what_is_no_zip_at_all_is_named() {
    insta::assert_snapshot!(refusal(b""), @"the file is not an .ipa but empty");
    insta::assert_snapshot!(
        refusal(b"<!DOCTYPE html><title>Sign in</title>"),
        @"the file is not an .ipa but a web page [download]"
    );
    insta::assert_snapshot!(
        refusal(b"version https://git-lfs.github.com/spec/v1\n"),
        @"the file is not an .ipa but a Git LFS pointer [git-lfs]"
    );
    insta::assert_snapshot!(
        refusal(&pkg("<x/>", "<x/>")),
        @"the file is not an .ipa but an installer package (.pkg) [pkg-as-ipa]"
    );
    insta::assert_snapshot!(
        pkg_refusal(&zip(&app())),
        @"the file is not a .pkg but a zip [ipa-as-pkg]"
    );
}

#[test]
fn a_cut_off_or_empty_zip_is_told() {
    let bytes = zip(&app());
    insta::assert_snapshot!(
        refusal(&bytes[..bytes.len() - 30]),
        @"the zip's directory is missing: the file is cut off"
    );
    insta::assert_snapshot!(
        refusal(&zip(&[])),
        @"the zip is empty"
    );
    assert!(refusal(&bytes[50..]).contains("not where it should be"));
}

#[test]
fn a_part_of_a_split_archive_is_told() {
    let mut bytes = zip(&app());
    let disk = bytes.len() - 22 + 4;
    bytes[disk] = 2;
    assert!(refusal(&bytes).contains("split archive"));
}

#[test]
fn unsafe_names_are_refused_wherever_they_stand() {
    for (name, why) in [
        ("Payload/../../etc/passwd", "leads out"),
        ("..", "leads out"),
        ("/etc/passwd", "root of the disk"),
        ("Payload\\Example.app\\Info.plist", "backslash"),
        ("Payload/Example.app/a\nb", "control character"),
        ("", "is empty"),
    ] {
        let mut items = app();
        items.push(stored(name, b""));
        let said = refusal(&zip(&items));
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn one_name_twice_is_refused() {
    let mut items = app();
    items.push(item("Payload/Example.app/Info.plist", &info_plist()));
    insta::assert_snapshot!(
        refusal(&zip(&items)),
        @"the zip holds `Payload/Example.app/Info.plist` twice [names]"
    );
    let mut folders = app();
    folders.push(stored("Payload/", b""));
    assert!(ipa(&zip(&folders)).is_ok(), "folders may be listed again");
}

#[test]
fn an_entry_that_calls_itself_otherwise_is_refused() {
    insta::assert_snapshot!(
        refusal(&with_info(|info| info.local_name = b"Payload/Example.app/Evil.plist".to_vec())),
        @"the zip lists `Payload/Example.app/Info.plist`, but the entry calls itself `Payload/Example.app/Evil.plist` [names]"
    );
}

#[test]
fn an_encrypted_entry_is_told_even_where_it_is_not_read() {
    let mut items = app();
    items[2].flags = 1;
    insta::assert_snapshot!(
        refusal(&zip(&items)),
        @"`Payload/Example.app/Example` is encrypted [encrypted]"
    );
}

#[test]
fn an_unknown_compression_method_is_named() {
    assert!(refusal(&with_info(|info| info.method = 93)).contains("by method 93"));
}

#[test]
fn a_link_in_place_of_the_app_or_its_info_plist_is_refused() {
    assert!(refusal(&with_info(|info| info.mode = 0o120_777)).contains("symbolic link"));
    let mut link = stored("Payload/Example.app", b"/Applications/Example.app");
    link.mode = 0o120_777;
    assert!(refusal(&zip(&[link])).contains("`Payload/Example.app` is a symbolic link"));
}

#[test]
fn four_gigabytes_of_zeros_are_not_unpacked() {
    let said = refusal(&with_info(|info| info.size = 4_000_000_000));
    assert!(said.contains("larger than 2097152 bytes"), "{said}");
    let mut bomb = item("Payload/Example.app/Info.plist", &vec![0; 64 << 20]);
    bomb.size = 1_000;
    let said = refusal(&zip(&[bomb]));
    assert!(said.contains("has not the length it states"), "{said}");
}

#[test]
fn an_info_plist_that_contradicts_itself_is_damage() {
    assert!(refusal(&with_info(|info| info.crc ^= 1)).contains("checksum"));
    assert!(refusal(&with_info(|info| info.packed.truncate(20))).contains("does not inflate"));
    assert!(refusal(&with_info(|info| info.packed[0] ^= 0xff)).contains("damaged"));
    let mut bytes = zip(&app());
    let local = memchr::memmem::find(&bytes, b"PK\x03\x04\x14\x00\x00\x00\x08").unwrap();
    bytes[local + 22] ^= 1;
    assert!(refusal(&bytes).contains("two lengths"));
    bytes[local + 8] = 0;
    assert!(refusal(&bytes).contains("two compression methods"));
}

#[test]
fn a_zip_that_holds_something_else_says_what() {
    let holding = |names: &[&str]| {
        let items: Vec<Item> = names.iter().map(|name| stored(name, b"x")).collect();
        refusal(&zip(&items))
    };
    insta::assert_snapshot!(
        holding(&["readme.txt"]),
        @"the zip holds no `Payload/<Name>.app`"
    );
    insta::assert_snapshot!(
        holding(&["build/App.ipa", "build/dSYMs.zip"]),
        @"the zip holds the package `build/App.ipa` [zipped-package]"
    );
    insta::assert_snapshot!(
        holding(&["Runner.app/Info.plist"]),
        @"the zip holds `Runner.app` outside `Payload/`"
    );
    let archive = "the zip is an Xcode archive, not an .ipa";
    assert_eq!(
        holding(&["A.xcarchive/Products/Applications/A.app/Info.plist"]),
        archive
    );
    assert_eq!(
        holding(&["Info.plist", "Products/Applications/A.app/Info.plist"]),
        archive
    );
    assert!(holding(&["out/Payload/A.app/Info.plist"]).contains("inside the folder `out`"));
    assert!(holding(&["Payload/A.app/Contents/Info.plist"]).contains("is a Mac app"));
    assert!(holding(&["Payload/A.app/A"]).contains("has no Info.plist"));
    assert!(holding(&["AndroidManifest.xml", "classes.dex"]).contains("Android"));
}

#[test]
fn two_apps_are_named() {
    let mut items = app();
    items.push(item("Payload/Second.app/Info.plist", &info_plist()));
    assert!(refusal(&zip(&items)).contains("`Payload/Example.app` and `Payload/Second.app`"));
}

const DISTRIBUTION: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<installer-gui-script minSpecVersion="2"><title>Example</title>
<product id="com.example.app" version="1.4.0"/>
<allowed-os-versions><os-version min="13.0"/></allowed-os-versions>
<pkg-ref id="com.example.app"><bundle-version>
<bundle id="com.example.app" path="Example.app" CFBundleShortVersionString="1.4.0" CFBundleVersion="42"/>
<bundle id="com.example.helper" path="Example.app/Contents/Library/Helper.app" CFBundleVersion="7"/>
</bundle-version></pkg-ref></installer-gui-script>"#;

const PACKAGE_INFO: &str = r#"<pkg-info identifier="com.example.app" version="0" install-location="/Applications">
<bundle path="./Example.app" id="com.example.app" CFBundleShortVersionString="1.4.0" CFBundleVersion="42"/>
<bundle-version><bundle id="com.example.app"/></bundle-version></pkg-info>"#;

#[test]
fn a_pkg_says_what_it_installs() {
    for bytes in [
        pkg(DISTRIBUTION, PACKAGE_INFO),
        pkg(
            "<installer-gui-script><title>Example</title></installer-gui-script>",
            PACKAGE_INFO,
        ),
        pkg(DISTRIBUTION, "<pkg-info/>"),
    ] {
        let package = read(Cursor::new(bytes), PackageKind::Pkg).unwrap();
        assert_eq!(package.kind, PackageKind::Pkg);
        assert_eq!(package.bundle_identifier.as_str(), "com.example.app");
        assert_eq!(package.build.marketing_version.as_str(), "1.4.0");
        assert_eq!(package.build.build_number.as_str(), "42");
        assert_eq!(package.build.platform, Platform::MacOs);
        assert_eq!(package.app_path, "Example.app");
        assert_eq!(package.display_name.as_deref(), Some("Example"));
    }
    let package = read(
        Cursor::new(pkg(DISTRIBUTION, PACKAGE_INFO)),
        PackageKind::Pkg,
    )
    .unwrap();
    assert_eq!(package.minimum_os.as_deref(), Some("13.0"));
}

#[test]
fn a_pkg_that_says_too_little_is_told_what_is_missing() {
    let silent = |package_info: &str| pkg_refusal(&pkg("<installer-gui-script/>", package_info));
    assert!(silent("<pkg-info/>").contains("does not say which app it installs"));
    assert!(
        silent(
            r#"<pkg-info><bundle id="a.b" path="A.app" CFBundleShortVersionString="1"/></pkg-info>"#
        )
        .contains("does not say the app's CFBundleVersion")
    );
    let two =
        r#"<pkg-info><bundle id="a.b" path="A.app"/><bundle id="a.c" path="C.app"/></pkg-info>"#;
    assert!(silent(two).contains("`a.b` and `a.c`"));
    assert!(silent("<pkg-info><bundle").contains("PackageInfo in the .pkg does not parse"));
}

#[test]
fn a_hostile_pkg_is_refused() {
    let honest = pkg(DISTRIBUTION, PACKAGE_INFO);
    assert!(pkg_refusal(&honest[..40]).contains("cut off"));
    assert!(pkg_refusal(&honest[..honest.len() - 10]).contains("cut off"));
    let mut huge = honest.clone();
    huge[16..24].copy_from_slice(&u64::MAX.to_be_bytes());
    assert!(pkg_refusal(&huge).contains("far too large"));
    let mut endless = honest.clone();
    endless[8..16].copy_from_slice(&u64::MAX.to_be_bytes());
    assert!(pkg_refusal(&endless).contains("cut off"));
    let mut garbled = honest;
    garbled[30] ^= 0xff;
    assert!(pkg_refusal(&garbled).contains("damaged"));
    let deep = "<file>".repeat(100_000);
    assert!(pkg_refusal(&xar(&deep, b"")).contains("nests too deeply"));
    let bomb = pkg(&" ".repeat(2 << 20), PACKAGE_INFO);
    assert!(pkg_refusal(&bomb).contains("larger than 1048576 bytes"));
}

/// Counts what is read through it.
struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes += count as u64;
        Ok(count)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.inner.seek(position)
    }
}

/// An IPA whose executable is `size` bytes of hole; the Info.plist lies behind it.
fn sparse_ipa(size: u64) -> File {
    let mut big = stored("Payload/Example.app/Example", b"");
    big.size = size;
    big.wide = true;
    let (header, mut listed_big) = testing::parts(&[big], 0);
    let packed_at = listed_big.len() - 16;
    listed_big[packed_at..packed_at + 8].copy_from_slice(&size.to_le_bytes());

    let base = header.len() as u64 + size;
    let mut info = item("Payload/Example.app/Info.plist", &info_plist());
    info.wide = true;
    let (local, listed) = testing::parts(&[info], base);
    let offset = base + local.len() as u64;
    let ending = testing::Ending {
        count: 2,
        size: (listed_big.len() + listed.len()) as u64,
        offset,
        wide: true,
    };
    let end = testing::end(&ending, offset + ending.size);

    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&header).unwrap();
    file.seek(SeekFrom::Start(base)).unwrap();
    for part in [local, listed_big, listed, end] {
        file.write_all(&part).unwrap();
    }
    file
}

#[test]
fn of_five_gigabytes_only_a_few_kilobytes_are_read() {
    let mut reader = Counted {
        inner: sparse_ipa(5 << 30),
        bytes: 0,
    };
    let package = read(&mut reader, PackageKind::Ipa).unwrap();
    assert_eq!(package.build.build_number.as_str(), "42");
    assert!(reader.bytes < 100_000, "{} bytes were read", reader.bytes);
}

#[test]
fn offsets_that_wrapped_at_four_gibibytes_are_found() {
    let size = 5 << 30;
    let mut info = item("Payload/Example.app/Info.plist", &info_plist());
    info.wide = false;
    let (local, listed) = testing::parts(&[info], size);
    let ending = testing::Ending {
        count: 1,
        size: listed.len() as u64,
        offset: size + local.len() as u64,
        wide: false,
    };
    let mut file = tempfile::tempfile().unwrap();
    file.seek(SeekFrom::Start(size)).unwrap();
    file.write_all(&[local, listed, testing::end(&ending, 0)].concat())
        .unwrap();
    assert!(read(file, PackageKind::Ipa).is_ok());
}

#[test]
#[ignore = "measures: cargo test --lib ipa:: -- --ignored --nocapture"]
fn four_gigabytes_take_milliseconds() {
    let mut file = sparse_ipa(4 << 30);
    let started = Instant::now();
    read(&mut file, PackageKind::Ipa).unwrap();
    let took = started.elapsed();
    println!("an .ipa of 4 GiB: {took:?}");
    assert!(took.as_millis() < 100);
}

#[test]
fn a_failing_disk_is_not_the_packages_fault() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("unplugged"))
        }
    }
    impl Seek for Failing {
        fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
            Ok(10_000)
        }
    }
    for kind in [PackageKind::Ipa, PackageKind::Pkg] {
        let error = read(Failing, kind).unwrap_err();
        assert!(matches!(error, Error::Io(_)));
        assert_eq!(error.finding(), None);
    }
}

/// Reads bytes as both kinds; whatever is accepted must be fit to be sent and shown.
fn survives(bytes: &[u8]) {
    for kind in [PackageKind::Ipa, PackageKind::Pkg] {
        match read(Cursor::new(bytes), kind) {
            Ok(package) => {
                for text in [
                    package.bundle_identifier.as_str(),
                    package.build.marketing_version.as_str(),
                    package.build.build_number.as_str(),
                    &package.app_path,
                ] {
                    assert!(
                        !text.is_empty() && !text.contains(char::is_control),
                        "{text:?}"
                    );
                }
            }
            Err(error) => assert!(sentence(&error).len() < 1_000),
        }
    }
}

fn spoiled(mut bytes: Vec<u8>, changes: &[(prop::sample::Index, u8)], cut: usize) -> Vec<u8> {
    for (at, value) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *value;
    }
    bytes.truncate(bytes.len().saturating_sub(cut));
    bytes
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        survives(&bytes);
        survives(&[b"PK\x03\x04".to_vec(), bytes.clone(), b"PK\x05\x06".to_vec(), vec![0; 18]].concat());
        survives(&xar(&String::from_utf8_lossy(&bytes), b""));
        survives(&pkg(&String::from_utf8_lossy(&bytes), "<pkg-info/>"));
    }

    #[test]
    fn arbitrary_info_plists_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        survives(&zip(&[item("Payload/A.app/Info.plist", &bytes)]));
    }

    #[test]
    fn spoiled_archives_are_survived(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in prop_oneof![4 => Just(0_usize), 1 => 0_usize..200],
        wide in any::<bool>(),
    ) {
        let mut items = app();
        items.iter_mut().for_each(|item| item.wide = wide);
        survives(&spoiled(zip_with(&items, |ending| ending.wide = wide), &changes, cut));
        survives(&spoiled(pkg(DISTRIBUTION, PACKAGE_INFO), &changes, cut));
    }

    #[test]
    fn end_records_of_any_numbers_are_survived(
        count in any::<u64>(),
        size in any::<u64>(),
        offset in any::<u64>(),
        wide in any::<bool>(),
    ) {
        survives(&zip_with(&app(), |ending| {
            *ending = testing::Ending { count, size, offset, wide };
        }));
    }
}
