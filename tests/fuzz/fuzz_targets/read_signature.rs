//! Any bytes as a code signature: no crash.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| jetway::fuzzing::read_signature(input));
