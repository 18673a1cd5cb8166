//! GitHub Actions: the time before each line, and the levels of its commands.

use crate::logs::dialect::{Dialect, Prefix};

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
    hot: &["##[error]", "::error"],
    only_failed: &[r"process completed with exit code"],
    ..Dialect::SILENT
};
