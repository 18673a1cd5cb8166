//! What keeps an app of iPhone or iPad from Apple Vision Pro, where the store offers it by itself.

use crate::bundle::Family;
use crate::preflight::capabilities;
use crate::preflight::rule::Asked;

/// Capabilities that Apple Vision Pro has no hardware or no support for:
/// <https://developer.apple.com/documentation/visionos/checking-whether-your-app-is-compatible-with-visionos>.
const LACKING: &[&str] = &["arkit", "camera-flash", "gps", "nfc", "sms", "telephony"];

/// Apple's advice ITMS-90984, which refuses nothing.
pub fn note(asked: &Asked<'_>) -> Option<String> {
    let app = asked.package.app();
    if asked.family() != Some(Family::Ios) {
        return None;
    }
    let names = capabilities::required(app);
    let name = names.into_iter().find(|name| LACKING.contains(name))?;
    Some(format!(
        "The app asks for `{name}` (`UIRequiredDeviceCapabilities`), so the store does not offer it on Apple Vision \
         Pro; Apple may say so (ITMS-90984)."
    ))
}
