//! Any bytes as a `.pkg`: no crash, and no more memory or time than its size allows.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| jetway::fuzzing::read_pkg(input));
