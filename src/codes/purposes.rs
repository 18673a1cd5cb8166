//! What an app must say of the data that it gets at: which class of the system asks for which purpose string, how a
//! sentence about it begins, and the reason that is mostly true of an API.

use std::collections::BTreeMap;

/// How every key of a purpose string ends.
const END: &str = "UsageDescription";

/// What a purpose string begins with until a person has written it.
const TODO: &str = "TODO:";

/// How every category of APIs that need a reason begins.
const CATEGORY: &str = "NSPrivacyAccessedAPICategory";

/// The reason that is true of most apps, by the rest of the category's name.
const REASONS: &[(&str, &str)] = &[
    ("ActiveKeyboards", "3EC4.1"),
    ("DiskSpace", "E174.1"),
    ("FileTimestamp", "C617.1"),
    ("SystemBootTime", "35F9.1"),
    ("UserDefaults", "CA92.1"),
];

/// What stands behind the keys that begin so.
struct Purpose {
    begins: &'static str,
    class: &'static str,
    /// As it reads after "what the app uses".
    data: &'static str,
    /// As it reads after "for example".
    example: &'static str,
}

const fn purpose(
    begins: &'static str,
    class: &'static str,
    data: &'static str,
    example: &'static str,
) -> Purpose {
    Purpose {
        begins,
        class,
        data,
        example,
    }
}

/// The longer of two that begin alike comes first.
#[rustfmt::skip]
const PURPOSES: &[Purpose] = &[
    purpose("NSCamera", "AVCaptureDevice", "the camera", "to scan the code on a ticket"),
    purpose("NSMicrophone", "AVAudioSession", "the microphone", "to record a voice note"),
    purpose("NSPhotoLibraryAdd", "PHPhotoLibrary", "the photo library", "to save the pictures that are taken"),
    purpose("NSPhotoLibrary", "PHPhotoLibrary", "the photo library", "to choose a picture for the profile"),
    purpose("NSLocation", "CLLocationManager", "the location", "to show which shops are near"),
    purpose("NSBluetooth", "CBCentralManager", "Bluetooth", "to connect to a heart rate belt"),
    purpose("NSContacts", "CNContactStore", "the contacts", "to find friends to share a list with"),
    purpose("NSCalendars", "EKEventStore", "the calendars", "to add the day of a booking"),
    purpose("NSReminders", "EKEventStore", "the reminders", "to add one for each task"),
    purpose("NSMotion", "CMMotionActivityManager", "motion data", "to count steps"),
    purpose("NSFaceID", "LAContext", "Face ID", "to unlock the notes"),
    purpose("NSSpeechRecognition", "SFSpeechRecognizer", "speech recognition", "to write down what is said"),
    purpose("NSHealth", "HKHealthStore", "health data", "to show how long somebody slept"),
    purpose("NSHomeKit", "HMHomeManager", "the home", "to switch its lights"),
    purpose("NSAppleMusic", "MPMediaLibrary", "the media library", "to play songs while running"),
    purpose("NSSiri", "INPreferences", "Siri", "to begin a run by voice"),
    purpose("NSLocalNetwork", "NWBrowser", "the local network", "to find speakers"),
    purpose("NSUserTracking", "ATTrackingManager", "tracking", "to show ads that fit"),
    purpose("NSNearbyInteraction", "NISession", "nearby devices", "to point to a lost key"),
    purpose("NSVideoSubscriberAccount", "VSAccountManager", "the TV provider's account", "to unlock its channels"),
    purpose("NFCReader", "NFCNDEFReaderSession", "NFC", "to read the tag of a parcel"),
];

fn of(key: &str) -> Option<&'static Purpose> {
    let mut known = PURPOSES.iter();
    known.find(|purpose| key.ends_with(END) && key.starts_with(purpose.begins))
}

/// What follows from the variables of a finding: of its purpose string the class that asks for the data and the
/// data, of its category of APIs the usual reason.
pub(super) fn derived(name: &str, variables: &BTreeMap<String, String>) -> Option<&'static str> {
    let purpose = || of(variables.get("key")?);
    match name {
        "class" => purpose().map(|purpose| purpose.class),
        "data" => purpose().map(|purpose| purpose.data),
        "reason" => {
            let rest = variables.get("category")?.strip_prefix(CATEGORY)?;
            let reason = REASONS.iter().find(|(name, _)| *name == rest);
            reason.map(|(_, reason)| *reason)
        }
        _ => None,
    }
}

/// What stands for a purpose string until a person writes it; `None` for other keys. It asks, and so says nothing
/// of the app that may not be so.
pub fn draft(key: &str) -> Option<String> {
    let is_key = key.ends_with(END) && key.chars().all(|char| char.is_ascii_alphanumeric());
    let asked = match of(key) {
        Some(Purpose { data, example, .. }) => format!("{data} for, for example {example}"),
        None => "this data for, with an example".to_owned(),
    };
    is_key.then(|| format!("{TODO} say what the app uses {asked}"))
}

/// Whether a purpose string was never written.
pub fn is_draft(text: &str) -> bool {
    text.trim_start().starts_with(TODO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_asks_for_what_the_data_is_for_and_is_known_as_one() {
        let camera = draft("NSCameraUsageDescription").unwrap();
        insta::assert_snapshot!(camera, @"TODO: say what the app uses the camera for, for example to scan the code on a ticket");
        let unknown = draft("NSLampUsageDescription").unwrap();
        insta::assert_snapshot!(unknown, @"TODO: say what the app uses this data for, with an example");
        assert!(is_draft(&camera) && is_draft(&unknown));
        assert!(!is_draft("The camera scans the code on your ticket."));
    }

    #[test]
    fn only_purpose_strings_have_one() {
        assert_eq!(draft("CFBundleIconName"), None);
        assert_eq!(draft("NS</key>UsageDescription"), None);
        assert!(draft("NFCReaderUsageDescription").is_some());
    }

    #[test]
    fn the_longer_beginning_comes_first() {
        for (at, purpose) in PURPOSES.iter().enumerate() {
            let hidden = PURPOSES[..at]
                .iter()
                .find(|earlier| purpose.begins.starts_with(earlier.begins));
            assert!(hidden.is_none(), "{}", purpose.begins);
        }
    }
}
