//! Any text in a workflow command, in the log and in Markdown: it stays where it is put.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| jetway::fuzzing::write_text(input));
