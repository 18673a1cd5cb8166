//! What is written for machines: the report and the receipt, each a file that is whole at any time.
//! Their schemas are frozen, see [`v1`], `docs/report.md` and `docs/receipt.md`.

mod file;
mod receipt;
pub mod v1;

pub use file::{File, RECEIPT, REPORT};
