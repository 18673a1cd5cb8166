//! Answers that are right, but of a kind that a client may not have expected.

use crate::sandbox::scenario::course::{Course, GOOD};
use crate::sandbox::scenario::script::{Cutting, PLAIN, Script, info};

static STRANGE: Course = Course {
    meanwhile: ("QUEUED_SOMEWHERE", "BEING_LOOKED_AT", "ALMOST_THERE"),
    ..GOOD
};

pub(super) static ALL: &[Script] = &[
    Script {
        info: info(
            "unknown-states",
            "unknown words, fields and nulls are everywhere; the composite checksum has a suffix",
            "processed",
        ),
        course: &STRANGE,
        strange: true,
        ..PLAIN
    },
    Script {
        info: info(
            "commit-settles-later",
            "the committed file stays UPLOAD_COMPLETE for two polls",
            "processed",
        ),
        settling: 2,
        ..PLAIN
    },
    Script {
        info: info(
            "big-parts",
            "files are cut into parts of 64 MiB",
            "processed",
        ),
        cutting: Cutting::Even(64 * 1024 * 1024),
        ..PLAIN
    },
    Script {
        info: info(
            "small-parts",
            "files are cut into parts of 256 KiB",
            "processed",
        ),
        cutting: Cutting::Even(256 * 1024),
        ..PLAIN
    },
    Script {
        info: info(
            "odd-parts",
            "files are cut into parts of very different sizes, from one byte up",
            "processed",
        ),
        cutting: Cutting::Odd,
        ..PLAIN
    },
    Script {
        info: info(
            "part-addresses-expired",
            "the addresses of the parts have run out when they are given",
            "unfinished",
        ),
        part_lifetime: -60,
        ..PLAIN
    },
    Script {
        info: info(
            "part-addresses-run-out",
            "the addresses of the parts have run out when they are given, and are signed anew when the file is read",
            "processed",
        ),
        part_lifetime: -60,
        signs_anew: true,
        ..PLAIN
    },
];
