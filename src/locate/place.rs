//! A place that a subject leads to.

use crate::diagnostic::Location;

/// Where something is stated, or where it is to be added.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    /// The thing itself stands here.
    Stated(Location),
    /// It is missing, and this is what must be changed to have it.
    ToAdd(Location),
}

impl Place {
    /// The place itself.
    pub(super) fn location(self) -> Location {
        match self {
            Self::Stated(location) | Self::ToAdd(location) => location,
        }
    }

    /// Stated in this line.
    pub(super) fn stated(path: &str, line: u32) -> Self {
        Self::Stated(at(path, line))
    }

    /// Stated in this line, at a column where one is named.
    pub(super) fn stated_at(path: &str, line: u32, column: Option<u32>) -> Self {
        Self::Stated(Location {
            column,
            ..at(path, line)
        })
    }

    /// To be added below this line.
    pub(super) fn to_add(path: &str, line: u32) -> Self {
        Self::ToAdd(at(path, line))
    }

    /// The file as a whole.
    pub(super) fn file(path: &str) -> Self {
        Self::Stated(Location {
            path: path.to_owned(),
            line: None,
            column: None,
        })
    }
}

fn at(path: &str, line: u32) -> Location {
    Location {
        path: path.to_owned(),
        line: Some(line),
        column: None,
    }
}

/// The one thing that all candidates say. `None` where there is no candidate, where one says nothing,
/// or where two say different things.
pub(super) fn agreed<T: PartialEq>(mut said: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = said.next()??;
    said.all(|other| other.as_ref() == Some(&first))
        .then_some(first)
}

/// The only item; `None` where there are none or several.
pub(super) fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
