//! Any text as a key: no crash, and nothing of it in what is told.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| jetway::fuzzing::read_key(input));
