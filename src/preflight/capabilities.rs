//! What an app asks of a device.

use plist::Value;

use crate::bundle::{Bundle, Family};
use crate::preflight::rule::Asked;

/// What it requires: an array of names, or a dictionary in which yes requires and no forbids.
pub fn required(app: &Bundle) -> Vec<&str> {
    match app.get("UIRequiredDeviceCapabilities") {
        Some(Value::Dictionary(list)) => {
            let required = list
                .iter()
                .filter(|(_, value)| value.as_boolean() == Some(true));
            required.map(|(name, _)| name.as_str()).collect()
        }
        Some(_) | None => app.texts("UIRequiredDeviceCapabilities"),
    }
}

/// An app that asks for the processors of old iPhones alone.
pub fn note(asked: &Asked<'_>) -> Option<String> {
    let names = required(asked.package.app());
    let is_old = names.contains(&"armv7") && !names.contains(&"arm64");
    let is_phone = asked.family() == Some(Family::Ios);
    (is_old && is_phone).then(|| {
        "The app asks for `armv7` and not for `arm64` (`UIRequiredDeviceCapabilities`): `armv7` is the processor of \
         iPhones before 2013, and with iOS 26 such apps were reported not to install."
            .to_owned()
    })
}
