//! Findings as they are printed for machines.

use crate::cli::checkout;
use crate::cli::environment::Environment;
use crate::codes;
use crate::diagnostic::{Diagnostic, Finding};

/// The findings with what is known of their codes, and with their places in the repository.
pub fn all(findings: Vec<Diagnostic>, environment: &Environment) -> Vec<Finding> {
    let repository = checkout::repository(environment);
    let each = findings.into_iter().map(|mut diagnostic| {
        codes::complete(&mut diagnostic, None);
        match &repository {
            Some(repository) => {
                codes::suit(&mut diagnostic, repository.frameworks());
                repository.finding(diagnostic, None)
            }
            None => Finding {
                diagnostic,
                location: None,
                edit: None,
            },
        }
    });
    each.collect()
}
