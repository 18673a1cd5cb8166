//! Any bytes as a log, cut anywhere: no crash, no control characters in what is shown, and the same
//! reading however the bytes are cut.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &[u8])| {
    let (cut, log) = input;
    jetway::fuzzing::read_log(log, usize::from(cut));
});
