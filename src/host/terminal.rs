//! What the terminal behind standard error says of itself.

/// Its columns; `None` where standard error is no terminal or does not say.
pub fn columns() -> Option<usize> {
    let (terminal_size::Width(columns), _) = terminal_size::terminal_size_of(std::io::stderr())?;
    (columns > 0).then_some(usize::from(columns))
}
