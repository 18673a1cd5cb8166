//! The kinds of place where a person reads along.

/// Where a person reads along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A terminal: a live progress bar on standard error.
    Terminal {
        /// Whether colours are welcome (`NO_COLOR` is not set).
        colour: bool,
        /// Columns.
        width: usize,
    },
    /// A file, a pipe or another CI: plain lines on standard error.
    Log,
    /// A GitHub Actions step: plain lines, groups and annotations, all of them on standard output,
    /// because the runner does not keep the order across the two streams.
    Actions,
}
