//! Other machines that run jobs: GitLab, CircleCI, Jenkins, TeamCity, and what git says where it has no access.

use crate::logs::dialect::{Dialect, Prefix, Sign};

/// GitLab CI, CircleCI, Jenkins.
pub const DIALECT: Dialect = Dialect {
    name: "runners",
    prefixes: &[
        Prefix::carrier(r"^\d{4}-\d\d-\d\dT[\d:.]+Z \d\d[OE][+ ]"),
        Prefix::carrier(r"^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] "),
        // Jenkins' time, where a plugin prints it, and Bamboo's.
        Prefix::carrier(r"^\d\d:\d\d:\d\d(?:\.\d{1,6})?(?: {1,4}|$)"),
        Prefix::carrier(
            r"^(?:(?:build|simple|command|error)\t)?\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d(?: \| |\t)",
        ),
        // TeamCity's time, its kind of line, and the step.
        Prefix::carrier(r"^\[\d\d:\d\d:\d\d\](?: |[A-Za-z]):\s+(?:\[Step \d+/\d+\] ?)?"),
        Prefix::begins(r"^(?P<level>fatal): "),
    ],
    hot: &[
        "job failed: exit",
        "exited with code exit status",
        "finished: failure",
        "job succeeded",
        "fatal: ",
        "permission denied (publickey)",
        "command not found",
        "no space left on device",
        "shutdown signal",
        "timed out after",
        "maximum execution time",
        "took longer than",
    ],
    only_failed: &[
        r"job failed: exit",
        r"exited with code exit status",
        r"could not read from remote repository",
        r"script returned exit code",
        r"unable to access '",
    ],
    signs: &[
        (
            Sign::JobFailed,
            r"^(?:ERROR: )?Job failed: exit (?:code|status) [1-9]",
        ),
        (Sign::JobPassed, r"^Job succeeded\s*$"),
        (Sign::JobFailed, r"^Exited with code exit status [1-9]"),
        (Sign::JobFailed, r"^Finished: FAILURE"),
        (Sign::JobPassed, r"^Finished: SUCCESS"),
        (
            Sign::JobFailed,
            r"^The runner has received a shutdown signal",
        ),
    ],
    ..Dialect::SILENT
};
