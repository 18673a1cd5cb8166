//! Any bytes as an asset catalogue and as an `.icns`: no crash.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| jetway::fuzzing::read_pictures(input));
