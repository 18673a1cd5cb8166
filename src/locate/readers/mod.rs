//! File formats with lines: text in, a tree or values that know their line out. They know nothing of
//! projects.

pub mod collection;
pub mod cursor;
pub mod json;
pub mod node;
pub mod old_plist;
pub mod swift;
pub mod xml_plist;
pub mod yaml;
