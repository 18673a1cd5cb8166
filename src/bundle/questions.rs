//! What the reader of code is asked about.

/// What matters, so that nothing else is kept.
#[derive(Clone, Copy, Debug)]
pub struct Questions {
    /// Whether an undefined symbol matters, by its name in the symbol table.
    pub symbol: fn(&str) -> bool,
    /// Whether a selector matters.
    pub selector: fn(&str) -> bool,
    /// Whether a constant text or the name of a class matters.
    pub text: fn(&str) -> bool,
}
