//! Of watch apps.

use plist::Value;

use super::{Row, with};
use crate::preflight::tests::clean::parts::watch;
use crate::testing::images;

pub(super) fn rows() -> Vec<Row> {
    let mut bare = watch();
    bare.files.remove("Assets.car");
    let old = watch().file("_WatchKitStub/WK", &images::executable().unsigned());
    let mut same = watch().with("CFBundleIdentifier", "com.example.app");
    same.entitlements = Some(crate::testing::apps::entitlements("com.example.app"));
    same.profile = Some(crate::testing::profiles::app_store("com.example.app"));
    vec![
        ("itms-90391", with([bare])),
        ("itms-90484", with([old])),
        ("itms-90806", with([same])),
        (
            "itms-90363",
            with([watch().with("LSRequiresIPhoneOS", true)]),
        ),
        (
            "watch-device-family",
            with([watch().with("UIDeviceFamily", Value::Array(vec![1.into()]))]),
        ),
        (
            "watch-minimum-os-version",
            with([watch().with("MinimumOSVersion", "17.0")]),
        ),
    ]
}
