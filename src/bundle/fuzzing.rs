//! Ways in for the fuzz targets: any bytes in each reader's place.

use std::io::Cursor;

use crate::bundle::asset_catalogue::Catalogue;
use crate::bundle::questions::Questions;
use crate::bundle::stream::Stream;
use crate::bundle::{icns, image, signature};
use crate::profiles::Profile;
use crate::property_list;

/// Everything matters, so that every path is gone.
const ALL: Questions = Questions {
    symbol: |_| true,
    selector: |_| true,
};

/// As an `.ipa`.
pub fn read_ipa(bytes: &[u8]) {
    let _ = super::read_ipa(&bytes, &ALL);
}

/// As a `.pkg`.
pub fn read_pkg(bytes: &[u8]) {
    let _ = super::read_pkg(&bytes, &ALL);
}

/// As a Mach-O file.
pub fn read_image(bytes: &[u8]) {
    let mut bytes = Cursor::new(bytes);
    let _ = image::read(&mut Stream::new(&mut bytes), &ALL);
}

/// As a code signature.
pub fn read_signature(bytes: &[u8]) {
    let _ = signature::read(bytes, Some(&[[0; 32]]), 4096);
}

/// As a property list, in both its forms.
pub fn read_list(bytes: &[u8]) {
    let _ = property_list::parse(bytes);
}

/// As a provisioning profile.
pub fn read_profile(bytes: &[u8]) {
    let _ = Profile::read(bytes);
}

/// As an asset catalogue, and as an `.icns`.
pub fn read_pictures(bytes: &[u8]) {
    let _ = Catalogue::read(bytes);
    let _ = icns::kinds(&mut Cursor::new(bytes));
}
