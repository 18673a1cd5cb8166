//! Bytes from outside can neither crash the room nor hold it up.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::codes::{Catalogue, Message, diagnose, names_in, recognise, variables};

fn all_of_it(text: &str) {
    let codes = names_in(text);
    recognise(text);
    variables(text);
    diagnose(&Message {
        text,
        codes,
        severity: None,
        source: "test",
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        all_of_it(&text);
    }

    #[test]
    fn text_with_the_shape_of_messages_is_read_without_a_panic(
        parts in prop::collection::vec(
            prop_oneof![
                Just("ITMS-90683"), Just("Info.plist"), Just("‘"), Just("’"), Just("'"), Just("“Ä.app”"), Just("["), Just("]"), Just("("),
                Just("key "), Just("value "), Just("Payload/Ü.app/"), Just("\\U201"), Just("\\"), Just("{"), Just("|"), Just("}"), Just("1.2.3"),
                Just("18446744073709551615"), Just("\n"), Just("must contain"), Just("NSCameraUsageDescription"), Just("😀"), Just(" "),
            ],
            0..60,
        )
    ) {
        all_of_it(&parts.concat());
    }

    #[test]
    fn any_name_can_be_looked_up(name in ".{0,40}") {
        Catalogue::get().find(&name);
        Catalogue::get().nearest(&name, 3);
    }
}

#[test]
fn a_line_of_ten_megabytes_is_read_at_once() {
    for piece in ["'", "a", "/.app", "key [", "(ID: ", "‘x’ "] {
        let line = piece.repeat(10_000_000 / piece.len());
        let start = Instant::now();
        all_of_it(&line);
        let taken = start.elapsed();
        assert!(taken < Duration::from_secs(20), "{piece:?} took {taken:?}");
    }
}

#[test]
fn near_misses_are_suggested() {
    assert!(
        Catalogue::get()
            .nearest("ITMS-90638", 3)
            .contains(&"itms-90683")
    );
    assert!(
        Catalogue::get()
            .nearest("quite another thing", 3)
            .is_empty()
    );
}
