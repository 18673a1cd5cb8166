//! .NET: MSBuild's errors with place, number and project, and its last word.

use crate::logs::dialect::{Dialect, Prefix, Sign};

/// `dotnet publish` and MSBuild, for .NET MAUI and .NET for iOS and macOS.
pub const DIALECT: Dialect = Dialect {
    name: "dotnet",
    prefixes: &[
        Prefix::says(concat!(
            r"^\s*(?P<file>(?:[A-Za-z]:)?[^\s:(][^:]{0,300}?)\((?P<line>\d+)(?:,(?P<column>\d+))?(?:,\d+,\d+)?\): ",
            r"(?P<level>error|warning) (?:(?P<rest>[A-Z]{2,8}\d{2,5})? ?: ?)",
        )),
        Prefix::says(
            r"^\s*(?:[\w./-]{1,200}) : (?P<level>error|warning) (?:(?P<rest>[A-Z]{2,8}\d{2,5})? ?: ?)",
        ),
    ],
    hot: &[
        "): error ",
        " : error ",
        "error msb",
        "build failed.",
        "build succeeded.",
        "dotnet publish",
        "dotnet build",
    ],
    one_line: true,
    marks: &[
        "microsoft.ios.sdk",
        "microsoft.macos.sdk",
        "dotnet publish",
        "dotnet build",
        ".csproj",
    ],
    suffixes: &[r" *\[[^\[\]]{1,300}\.(?:cs|fs|vb)proj(?:::[^\]]{0,80})?\]\s*$"],
    only_failed: &[
        r"the command .{1,200} exited with code",
        r"MSB3073",
        r"failed to (?:codesign|build|archive) ",
        r"tool \S+ execution finished",
        r"\S+ exited with code \d+:?\s*$",
        r"\S*codesign exited with code",
        r"build failed with \d+ error",
    ],
    signs: &[
        (
            Sign::Built,
            r"^\s*Build succeeded(?: with \d+ warning.*| in .*)?\.?\s*$",
        ),
        (
            Sign::NotBuilt,
            r"^\s*Build FAILED\.?\s*$|^\s*Build failed with \d+ error",
        ),
        (Sign::Stumbled, r"^(?:MSB|NETSDK)\d{4} ?:"),
    ],
    ..Dialect::SILENT
};
