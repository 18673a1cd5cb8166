//! Of icons.

use plist::Value;

use super::{Row, alone, dictionary, texts};
use crate::testing::apps::{self, Part};
use crate::testing::catalogues::catalogue;

/// An app whose asset catalogue can be read.
fn with(images: &[(&str, u32, bool)]) -> Part {
    apps::app().file("Assets.car", &catalogue(images))
}

/// An app with its icons as files, and no catalogue.
fn as_files(sizes: &[(&str, u32)]) -> Part {
    let mut app = apps::app();
    app.files.remove("Assets.car");
    for (name, size) in sizes {
        app = app.file(name, &apps::picture(*size, *size));
    }
    app
}

fn for_pads(app: Part) -> Part {
    app.with("UIDeviceFamily", Value::Array(vec![1.into(), 2.into()]))
        .with("UIRequiresFullScreen", true)
}

/// An other icon that lies in the app as files.
fn night() -> Value {
    let files = dictionary(&[("CFBundleIconFiles", texts(&["Night"]))]);
    dictionary(&[("CFBundleAlternateIcons", dictionary(&[("Night", files)]))])
}

#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
pub(super) fn rows() -> Vec<Row> {
    let named = dictionary(&[(
        "CFBundlePrimaryIcon",
        dictionary(&[("CFBundleIconFiles", texts(&["AppIcon60x60"]))]),
    )]);
    let half_drawn = apps::app()
        .with("CFBundleIcons", named.clone())
        .file("AppIcon60x60@3x.png", &apps::picture(180, 180));
    let pads = dictionary(&[(
        "CFBundlePrimaryIcon",
        dictionary(&[(
            "CFBundleIconFiles",
            texts(&["AppIcon60x60", "AppIcon76x76"]),
        )]),
    )]);
    let without_pads = for_pads(apps::app())
        .with("CFBundleIcons~ipad", pads)
        .file("AppIcon60x60@2x.png", &apps::picture(120, 120));
    let alternate = dictionary(&[(
        "CFBundleAlternateIcons",
        dictionary(&[("Night", dictionary(&[("CFBundleIconName", "Night".into())]))]),
    )]);
    let misdrawn = apps::app()
        .with("CFBundleIcons", named)
        .file("AppIcon60x60@2x.png", &apps::picture(100, 100));
    let mut bare_tv = super::super::clean::parts::elsewhere("appletvos", "AppleTVOS", 3, 3);
    bare_tv.files.remove("Assets.car");
    let mut bare_vision = super::super::clean::parts::elsewhere("xros", "XROS", 11, 7);
    bare_vision.files.remove("Assets.car");
    vec![
        ("itms-90022", alone(as_files(&[]))),
        ("itms-90022", alone(as_files(&[("Icon.png", 57)]))),
        ("itms-90022", alone(misdrawn)),
        ("itms-90022", alone(half_drawn)),
        ("itms-90023", alone(without_pads)),
        (
            "itms-90032",
            alone(apps::app().with("CFBundleIcons", night())),
        ),
        (
            "itms-90890",
            alone(
                apps::app()
                    .with("CFBundleIcons", night())
                    .file("Night@2x.png", &apps::picture(114, 114)),
            ),
        ),
        (
            "itms-90892",
            alone(
                for_pads(apps::app())
                    .with("CFBundleIcons~ipad", night())
                    .file("Night@2x.png", &apps::picture(120, 120)),
            ),
        ),
        (
            "itms-90023",
            alone(for_pads(as_files(&[
                ("Icon@2x.png", 120),
                ("Pad@2x.png", 152),
            ]))),
        ),
        ("itms-90704", alone(with(&[("AppIcon", 120, true)]))),
        ("itms-90704", alone(with(&[("Lamp", 1024, true)]))),
        ("itms-90717", alone(with(&[("AppIcon", 1024, false)]))),
        (
            "itms-90895",
            alone(with(&[("AppIcon", 1024, true)]).with("CFBundleIcons", alternate)),
        ),
        (
            "itms-90704",
            alone(
                with(&[("AppIcon", 120, true)])
                    .without("CFBundleIconName")
                    .with(
                        "CFBundleIcons",
                        dictionary(&[(
                            "CFBundlePrimaryIcon",
                            dictionary(&[("CFBundleIconName", "AppIcon".into())]),
                        )]),
                    ),
            ),
        ),
        ("itms-90471", alone(bare_tv)),
        ("itms-90970", alone(bare_vision)),
    ]
}
