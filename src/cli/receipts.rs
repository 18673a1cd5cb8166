//! The receipt that a command carries on with, or takes the names of a build from.

use std::path::Path;

use crate::cli::diagnostics;
use crate::cli::files::read_at_most;
use crate::diagnostic::Diagnostic;
use crate::receipt::{self, Receipt, Upload};

/// The upload that a receipt names.
pub fn upload(path: &Path) -> Result<Upload, Box<Diagnostic>> {
    let bytes = read_at_most(path, receipt::LONGEST)
        .map_err(|error| Box::new(diagnostics::receipt_unreadable(path, &error)))?;
    Receipt::read(&String::from_utf8_lossy(&bytes))
        .and_then(Receipt::upload)
        .map_err(|error| Box::new(diagnostics::receipt_unusable(path, &error)))
}
