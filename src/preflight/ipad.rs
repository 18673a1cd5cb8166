//! Whether an app shares the screen of an iPad.

use plist::Value;

use crate::bundle::Family;
use crate::preflight::rule::Asked;

/// Whether the app is for the iPad and does not ask for the full screen.
pub fn shares_the_screen(asked: &Asked<'_>) -> bool {
    const PAD: u64 = 2;
    let app = asked.package.app();
    let families = app.get("UIDeviceFamily").and_then(Value::as_array);
    let mut families = families.into_iter().flatten();
    let is_pad = families.any(|family| family.as_unsigned_integer() == Some(PAD));
    let full = app
        .get("UIRequiresFullScreen~ipad")
        .or_else(|| app.get("UIRequiresFullScreen"));
    let is_full = full.is_some_and(|full| match full {
        Value::Boolean(yes) => *yes,
        Value::String(text) => text.eq_ignore_ascii_case("yes") || text == "true",
        _ => false,
    });
    asked.family() == Some(Family::Ios) && is_pad && !is_full
}
