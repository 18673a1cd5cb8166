//! Which SDK an Xcode has, and whether Apple takes it.

use std::time::SystemTime;

use crate::preflight::lists::Lists;
use crate::preflight::version;

pub use crate::preflight::lists::When;

/// Since Xcode 26 an SDK of iOS has the number of its Xcode; before, it had one that is two higher.
const SAME_NUMBERS: u32 = 26;

/// The first number of a version.
pub fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// The SDK that Apple asks for and this Xcode has not, now or soon.
pub fn asked_for(xcode: &str, now: SystemTime) -> Option<(u32, When)> {
    let xcode = major(xcode)?;
    let sdk = if xcode < SAME_NUMBERS {
        xcode + 2
    } else {
        xcode
    };
    let lacking = Lists::get()
        .minimum_sdk
        .iter()
        .filter(|one| sdk < one.major);
    let lacking = lacking.map(|one| (one.major, one.when(now)));
    let mut found = None;
    for (major, when) in lacking {
        match (when, found) {
            (When::Now, _) | (When::Soon, None) => found = Some((major, when)),
            (When::Soon | When::Later, _) => {}
        }
    }
    found
}

/// Whether the build is one of a beta.
pub fn is_beta(build: &str) -> bool {
    version::beta(build).is_some()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn an_xcode_is_too_old_from_the_day_on_and_told_before() {
        let day = |days: u64| UNIX_EPOCH + Duration::from_secs(days * 86_400);
        let (november, february, april) = (day(20_785), day(20_850), day(20_920));
        let asked = |xcode, now| asked_for(xcode, now).map(|(sdk, when)| (sdk, when == When::Now));
        assert_eq!(asked("16.4", november), Some((26, true)));
        assert_eq!(asked("26.4.1", november), None);
        assert_eq!(asked("26.4.1", february), Some((27, false)));
        assert_eq!(asked("26.4.1", april), Some((27, true)));
        assert_eq!(asked("27.0", april), None);
    }
}
