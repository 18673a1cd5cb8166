//! The kinds of place where a person reads along, and how much is said there.

/// Where a person reads along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A terminal: a live progress bar.
    Terminal {
        /// Columns.
        width: usize,
    },
    /// A file, a pipe or another CI: plain lines.
    Log,
    /// A GitHub Actions step: plain lines, groups and annotations, all of them on standard output,
    /// because the runner does not keep the order across the two streams.
    Actions,
}

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Volume {
    /// Findings and the outcome alone.
    Quiet,
    /// What happens, too.
    #[default]
    Usual,
    /// Each call to App Store Connect, too.
    Verbose,
}
