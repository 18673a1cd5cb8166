//! Azure Pipelines: its sections, and how its tasks say that a tool failed. The levels are those of GitHub.

use crate::logs::dialect::{Dialect, ShownPart, Sign};

/// Azure Pipelines' agent and tasks.
pub const DIALECT: Dialect = Dialect {
    name: "azure",
    hot: &[
        "exited with code",
        "return code",
        "script contents:",
        "starting command output",
        "##[section]",
    ],
    marks: &[
        "##[section]",
        // The folder in which an agent checks out.
        "work/#/s",
        "_xcodetask",
        "starting command output",
    ],
    only_failed: &[
        r"the operation was canceled",
        r"(?:error: )?\S+ failed with (?:return|exit|error) code",
        r"(?:bash|powershell|script) exited with code",
        r"the process '[^']*' failed (?:with exit code|because one or more lines)",
        r"\S+ failed with return code",
    ],
    signs: &[
        (
            Sign::JobFailed,
            r"^(?:Bash|PowerShell|Cmd\.exe|Script) exited with code '?-?[1-9]",
        ),
        (
            Sign::JobFailed,
            r"^(?:Error: )*\S{1,200} failed with (?:return|exit|error) code:? '?(?:-?[1-9]|null)",
        ),
    ],
    shown_parts: &[ShownPart {
        begins: r"^Script contents:",
        ends: r"^=+ Starting Command Output =+",
        before: false,
        most: 1000,
    }],
    ..Dialect::SILENT
};
