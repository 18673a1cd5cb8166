//! Runners of tests. What is printed while a test runs is the test's: fixtures, expected faults.

use crate::logs::dialect::{Dialect, ShownPart, Sign};

/// Runners of tests of many languages.
pub const DIALECT: Dialect = Dialect {
    name: "tests",
    hot: &[
        "=== run ",
        "test case '",
        "test run started",
        "test session starts",
        "\nrunning ",
        "\npass ",
        "\nfail ",
        "** test failed",
        "** test succeeded",
    ],
    only_failed: &[r"test failed"],
    signs: &[
        (Sign::NotBuilt, r"\*\* TEST (?:EXECUTE )?FAILED \*\*"),
        (Sign::Prepared, r"^\s*\*\* TEST (?:EXECUTE )?SUCCEEDED \*\*"),
    ],
    shown_parts: &[
        // Go.
        ShownPart {
            begins: r"^=== RUN\s",
            ends: r"^\s*--- (?:PASS|FAIL|SKIP):|^(?:PASS|FAIL)\s*$|^(?:ok|FAIL)\s+\S+\s+[\d.(]",
            before: false,
            most: 400,
        },
        // XCTest. The line of a failure has a place and is told.
        ShownPart {
            begins: r"^\s*Test Case '.{1,200}' started",
            ends: r"^\s*Test Case '.{1,200}' (?:passed|failed|skipped)|: error: -\[",
            before: true,
            most: 400,
        },
        // Swift Testing.
        ShownPart {
            begins: r"^\W{0,8}Test run started",
            ends: r"^\W{0,8}Test run with \d+",
            before: false,
            most: 4000,
        },
        // pytest.
        ShownPart {
            begins: r"^=+ test session starts =+",
            ends: r"^=+ .*\bin \d[\d.]*s.* =+",
            before: false,
            most: 4000,
        },
        // Rust.
        ShownPart {
            begins: r"^running \d+ tests?\s*$",
            ends: r"^test result: ",
            before: false,
            most: 4000,
        },
        // Jest and Vitest.
        ShownPart {
            begins: r"^\s?(?:PASS|FAIL)\s+\S+\.(?:test|spec)\.\w+",
            ends: r"^\s*(?:Time|Duration):?\s+\d",
            before: false,
            most: 2000,
        },
    ],
    ..Dialect::SILENT
};
