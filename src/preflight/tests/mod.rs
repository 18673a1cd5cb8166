//! Packages that nothing is wrong with, and packages that are broken in one way each.

mod archives;
mod broken;
mod clean;
mod docs;
mod notes;

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use crate::bundle::{self, Package};
use crate::preflight::{Asked, Channel, QUESTIONS, check};

/// 28 November 2026.
fn today() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_824_000)
}

fn ipa(bytes: &[u8]) -> Package {
    bundle::read_ipa(&bytes, &QUESTIONS).unwrap()
}

fn pkg(bytes: &[u8]) -> Package {
    bundle::read_pkg(&bytes, &QUESTIONS).unwrap()
}

/// What the rules say, one line each: code and title.
fn said_at(package: &Package, channel: Channel, now: SystemTime) -> Vec<String> {
    let asked = Asked {
        package,
        channel,
        now,
        expected: &BTreeMap::new(),
    };
    let found = check(&asked, &[]).findings.into_iter();
    found
        .map(|one| format!("{} {}: {}", one.severity, one.code, one.title))
        .collect()
}

fn said(package: &Package) -> Vec<String> {
    said_at(package, Channel::TestFlight, today())
}
