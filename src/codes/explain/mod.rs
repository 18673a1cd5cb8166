//! An entry of the catalogue as a page: for a terminal, as Markdown, as JSON. Text only; who prints
//! it decides where it goes.

mod json;
mod list;
mod markdown;
mod text;
mod told;

pub use json::explain_json;
#[cfg(test)]
pub(super) use list::general;
pub use list::{explain_list, title};
pub use markdown::explain_markdown;
#[cfg(test)]
pub(super) use markdown::{body, quoted};
pub use text::explain_text;
pub use told::Told;
