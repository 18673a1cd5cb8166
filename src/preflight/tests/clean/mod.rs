//! Packages that nothing is wrong with, of every shape.

pub mod layouts;
pub mod macs;
pub mod parts;
pub mod shapes;

use super::{ipa, pkg, said};
use crate::testing::archives::Zip;

#[test]
fn a_package_that_nothing_is_wrong_with_gives_nothing() {
    let all = shapes::all().into_iter().chain(layouts::layouts());
    let faults: Vec<String> = all
        .flat_map(|(name, parts)| {
            let said = said(&ipa(&parts.ipa()));
            said.into_iter().map(move |line| format!("{name}: {line}"))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_pkg_that_nothing_is_wrong_with_gives_nothing() {
    let faults: Vec<String> = macs::all()
        .into_iter()
        .flat_map(|(name, made)| {
            let package = pkg(&made.bytes());
            assert!(!package.is_partly_read, "{name}");
            let said = said(&package);
            said.into_iter().map(move |line| format!("{name}: {line}"))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_zip_in_any_form_that_packers_write_gives_nothing() {
    let files = shapes::everything().files();
    let forms = [
        Zip {
            has_descriptors: true,
            ..Zip::default()
        },
        Zip {
            is_large: true,
            ..Zip::default()
        },
        Zip {
            is_stored: true,
            ..Zip::default()
        },
        Zip {
            folders: vec!["Payload/".into(), "Payload/Example.app/Empty/".into()],
            links: vec![(
                "Payload/Example.app/CodeResources".into(),
                "_CodeSignature/CodeResources".into(),
            )],
            ..Zip::default()
        },
    ];
    for form in forms {
        let package = ipa(&form.bytes(&files));
        assert_eq!(said(&package), Vec::<String>::new(), "{form:?}");
    }
}
