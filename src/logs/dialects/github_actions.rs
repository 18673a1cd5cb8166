//! GitHub Actions: the time before each line, and the levels of its commands.

use crate::logs::dialect::{Dialect, Prefix, ShownPart, Sign};

/// GitHub Actions' runner. Azure Pipelines prints the same marks.
pub const DIALECT: Dialect = Dialect {
    name: "github-actions",
    prefixes: &[
        Prefix::carrier(concat!(
            r"^(?:[^\t]{1,80}\t[^\t]{1,80}\t\d{4}-\d\d-\d\dT[\d:.]+Z ?",
            r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) ?)",
        )),
        Prefix::begins(r"^##\[(?P<level>error|warning|debug)\]"),
        Prefix::begins(r"^::(?P<level>error|warning|notice|debug)(?: [^:]{0,300})?::"),
        Prefix::carrier(r"^##\[\w+\]"),
    ],
    hot: &[
        "##[error]",
        "::error",
        "##[group]run ",
        "##[endgroup]",
        "\nrun ",
        "operation was canceled",
        "was canceled because",
    ],
    only_failed: &[r"process completed with exit code"],
    signs: &[
        (
            Sign::JobFailed,
            r"^(?:Error: )?Process completed with exit code -?[1-9]",
        ),
        (
            Sign::JobFailed,
            r"^(?:Error: )?The process '[^']{1,300}' failed with exit code -?[1-9]",
        ),
        (
            Sign::JobFailed,
            r"^(?:Error: )?The (?:action '.{1,120}' has timed out after \d|operation was canceled\.?\s*$|job was canceled because)",
        ),
    ],
    shown_parts: &[
        // The script of a step, as the log has it, and as the page of the log shows it.
        ShownPart {
            begins: r"##\[group\]Run ",
            ends: r"##\[endgroup\]",
            before: false,
            most: 2000,
        },
        ShownPart {
            begins: r"^Run \S",
            ends: r"^\S|^\s+\W{3}\s",
            before: true,
            most: 2000,
        },
    ],
    ..Dialect::SILENT
};
